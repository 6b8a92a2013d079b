import { changeCells, scoreCell, shortName, standing, type Context, type Standing } from '../context';
import { placesOf, type Holder, type Place } from '../figure-rows';
import type { Cell, Column, Table } from '../table';
import { verdictCell } from '../verdicts';

/** Index, planes and areas, a row each: one holder's figures then and now, and the change. */
export function placesTable(context: Context, holder: Holder, caption: string): Table {
  const { w, two } = context;
  return {
    caption,
    columns: [
      { text: w.say('column.place'), numeric: false },
      ...roundColumns(context),
      ...changeColumns(context),
      ...(two && holder.kind !== 'agreed' ? [{ text: w.say('column.verdict'), numeric: false }] : []),
    ],
    rows: placesOf(context.input.instrument).map((place) => {
      const one = standing(context, place, holder);
      return {
        heading: shortName(context, place),
        kind: place.level === 'area' ? 'part' : 'total',
        cells: [
          ...roundCells(context, one),
          ...(two ? changeCells(context, one) : []),
          ...(two && holder.kind !== 'agreed' ? [verdictCell(context, place, holder)] : []),
        ],
      };
    }),
    notes: ownNotes(context, placesOf(context.input.instrument), [holder]),
  };
}

/** A score for each round of the report, the earlier first. */
export function roundCells(context: Context, one: Standing): readonly Cell[] {
  return context.rounds.map(({ form }) => {
    const before = form === 'before';
    const cell = scoreCell(context, before ? one.before : one.now, before ? one.whyBefore : one.whyNow);
    // In a table of compared figures one that is compared with nothing says so.
    return isOwn(context, one) && cell.value !== null ? { ...cell, text: `${cell.text}*` } : cell;
  });
}

/** A figure of a report of two rounds that has no counterpart and is therefore of all groups of its round. */
function isOwn({ two }: Context, { compared, before, now }: Standing): boolean {
  return two && !compared && (before !== null || now !== null);
}

/** What the asterisk of `roundCells` means, where there is one. */
export function ownNotes(context: Context, places: readonly Place[], holders: readonly Holder[]): readonly string[] {
  const marked = (of: readonly Holder[]) =>
    places.some((place) => of.some((holder) => isOwn(context, standing(context, place, holder))));
  return [
    ...(marked(holders.filter(({ kind }) => kind !== 'agreed')) ? [context.w.say('basis.own')] : []),
    ...(marked(holders.filter(({ kind }) => kind === 'agreed')) ? [context.w.say('basis.ownAgreed')] : []),
  ];
}

/** Columns of `roundCells`; one round alone needs no name. */
export function roundColumns({ rounds, two, w }: Context): readonly Column[] {
  return rounds.map(({ short }) => ({ text: two ? short : w.say('column.score'), numeric: true }));
}

/** Columns of `changeCells`; none in a report of one round. */
export function changeColumns({ w, two }: Context): readonly Column[] {
  return two
    ? [
        { text: w.say('column.points'), numeric: true },
        { text: w.say('column.percent'), numeric: true },
      ]
    : [];
}
