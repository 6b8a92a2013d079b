import { changeCells, scoreCell, shortName, standing, type Context, type Standing } from '../context';
import { placesOf, type Holder } from '../figure-rows';
import type { Cell, Column, Table } from '../table';

/** Index, planes and areas, a row each: one holder's figures then and now, and the change. */
export function placesTable(context: Context, holder: Holder, caption: string): Table {
  const { w, two } = context;
  return {
    caption,
    columns: [{ text: w.say('column.place'), numeric: false }, ...roundColumns(context), ...changeColumns(context)],
    rows: placesOf(context.input.instrument).map((place) => {
      const one = standing(context, place, holder);
      return {
        heading: shortName(context, place),
        kind: place.level === 'area' ? 'part' : 'total',
        cells: [...roundCells(context, one), ...(two ? changeCells(context, one) : [])],
      };
    }),
    notes: [],
  };
}

/** A score for each round of the report, the earlier first. */
export function roundCells(context: Context, one: Standing): readonly Cell[] {
  return context.rounds.map(({ form }) =>
    form === 'before' ? scoreCell(context, one.before, one.whyBefore) : scoreCell(context, one.now, one.whyNow),
  );
}

/** Columns of `roundCells`. */
export function roundColumns({ rounds }: Context): readonly Column[] {
  return rounds.map(({ short }) => ({ text: short, numeric: true }));
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
