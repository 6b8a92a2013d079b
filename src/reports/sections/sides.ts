import { sides, type Side } from '../../definitions/instrument';
import { round2 } from '../../shared/rounding';
import { dotLook } from '../charts/chart';
import { dotChart } from '../charts/rows';
import { areaPlace, areas, gapAt, indexPlace, scoreCell, shortName, whyWords, type Context } from '../context';
import { latestBasis, withoutNotes } from '../basis';
import { levelsOf } from '../extremes';
import { rowsOf } from '../figure-rows';
import { part, type Part, type Section } from '../section';
import { absentCell, numberCell, textCell, type Row } from '../table';
import { gapFinding, gapWords, scoredNames } from './findings';

/** Where the sides see it differently in the later round, widest gap first, and how each group sees the whole. */
export function sidesSection(context: Context): Section | null {
  const { w, rounds } = context;
  const rows = areas(context)
    .map(({ code }) => ({ place: areaPlace(code), ...gapAt(context, areaPlace(code)) }))
    // Areas without a gap to tell come last, in the order of the instrument.
    .sort(
      (a, b) => Math.abs(b.gap ?? -1) - Math.abs(a.gap ?? -1) || (a.gap === null ? 1 : 0) - (b.gap === null ? 1 : 0),
    );
  const finding = gapFinding(context);
  if (finding === null) return null;
  const shown = [...rows.filter(({ gap }) => gap !== null), ...rows.filter(({ gap }) => gap === null)];
  const gaps = shown.flatMap(({ gap }) => gap ?? []);
  // One sentence instead of the same word in every row.
  const oneHigher =
    gaps.length > 1 && gaps.every((gap) => gap > 0)
      ? ('administration' as const)
      : gaps.length > 1 && gaps.every((gap) => gap < 0)
        ? ('ngo' as const)
        : null;
  const series = (side: Side) => ({
    name: w.say(`side.${side}.name`),
    look: dotLook(side, 'now'),
    values: shown.map((row) => row[side]),
    labels: shown.map((row) => (row[side] === null ? null : w.score(row[side]))),
    absent: shown.map((row) =>
      row[side] === null
        ? w.say('sides.absent', { side: w.say(`side.${side}.name`), why: whyWords(context, row.why[side]) })
        : null,
    ),
  });
  return {
    id: 'sides',
    title: w.say('sides.title'),
    lead: [
      rounds.length > 1 ? w.say('sides.round', { round: rounds.at(-1)?.name }) : w.say('sides.single'),
      ...(oneHigher === null ? [] : [w.say(`sides.higherEverywhere.${oneHigher}`)]),
      ...latestBasis(context),
    ],
    parts: [
      part({
        finding,
        chart: dotChart({
          id: 'chart-sides',
          alt: finding,
          scale: context.scale,
          rows: shown.map(({ place }) => shortName(context, place)),
          rowHeight: 28,
          series: sides.map(series),
          ends: {
            heading: w.say('column.difference'),
            texts: shown.map(({ gap }) => (gap === null ? '–' : w.score(Math.abs(gap)))),
            width: 40,
          },
        }),
        table: {
          caption: w.say('sides.caption'),
          columns: [
            { text: w.say('column.area'), numeric: false },
            ...sides.map((side) => ({ text: w.say(`side.${side}.name`), numeric: true })),
            { text: w.say('column.difference'), numeric: true },
            ...(oneHigher === null ? [{ text: w.say('column.who'), numeric: false }] : []),
          ],
          rows: shown.map((row): Row => ({
            heading: shortName(context, row.place),
            cells: [
              ...sides.map((side) => scoreCell(context, row[side], row.why[side])),
              row.gap === null ? absentCell('–', false) : numberCell(w.score(Math.abs(row.gap)), Math.abs(row.gap)),
              ...(oneHigher === null ? [textCell(row.gap === null ? '–' : gapWords(context, row.gap))] : []),
            ],
          })),
          notes: withoutNotes(
            context,
            shown.map(({ place }) => place),
          ),
        },
        reading: w.say('sides.reading'),
      }),
      ...groupsPart(context),
    ],
  };
}

/** Every group's view of the whole, with its interval: how far the group's mean could be off. */
function groupsPart(context: Context): readonly Part[] {
  const { w } = context;
  const rows = rowsOf(context.input, indexPlace).flatMap(({ holder, figures }) => {
    const figure = figures.at(-1);
    return holder.kind === 'group' && figure !== undefined ? [{ holder, figure }] : [];
  });
  // Highest first; hidden ones at the end.
  const shown = rows
    .filter(({ figure }) => figure.mean !== null || figure.why === 'hidden')
    .toSorted((a, b) => (b.figure.mean ?? -Infinity) - (a.figure.mean ?? -Infinity) || 0);
  const levels = levelsOf(
    shown.flatMap(({ holder, figure }) =>
      figure.mean === null ? [] : [{ name: w.inside(w.text(holder.name)), value: round2(figure.mean) }],
    ),
    ({ value }) => value,
  );
  const [top, bottom] = [levels[0], levels.at(-1)];
  if (top === undefined || bottom === undefined || (levels.length === 1 && top.entries.length < 2)) return [];
  const names = ({ value, entries }: typeof top) =>
    scoredNames(
      context,
      entries.map(({ name }) => name),
      value,
    );
  const finding =
    levels.length === 1
      ? w.say('groups.alike', { score: w.score(top.value) })
      : w.say(top.entries.length > 1 ? 'groups.findingMany' : 'groups.finding', {
          top: names(top),
          bottom: names(bottom),
        });
  return [
    part({
      title: w.say('groups.title'),
      newPage: true,
      finding,
      chart: dotChart({
        id: 'chart-groups',
        alt: finding,
        scale: context.scale,
        rows: shown.map(({ holder }) => w.text(holder.name)),
        series: [
          {
            name: w.say('index'),
            look: dotLook(
              shown.map(({ holder }) => holder.side ?? 'neither'),
              'now',
            ),
            values: shown.map(({ figure }) => (figure.mean === null ? null : round2(figure.mean))),
            labels: shown.map(({ figure }) => (figure.mean === null ? null : w.score(figure.mean))),
            absent: shown.map(({ figure }) => (figure.mean === null ? whyWords(context, figure.why) : null)),
            intervals: shown.map(({ figure }) => figure.interval),
          },
        ],
      }),
      table: {
        caption: w.say('groups.caption'),
        columns: [
          { text: w.say('column.group'), numeric: false },
          { text: w.say('column.side'), numeric: false },
          { text: w.say('column.mean'), numeric: true },
          { text: w.say('column.n'), numeric: true },
          { text: w.say('column.interval'), numeric: true },
        ],
        rows: shown.map(({ holder, figure }) => ({
          heading: w.text(holder.name),
          cells: [
            textCell(w.say(holder.side === null ? 'side.none' : `side.${holder.side}.name`)),
            scoreCell(context, figure.mean, figure.why),
            figure.n === null
              ? absentCell(whyWords(context, figure.why), figure.why === 'hidden')
              : numberCell(w.count(figure.n), figure.n),
            figure.interval === null
              ? absentCell(figure.why === null ? '–' : whyWords(context, figure.why), figure.why === 'hidden')
              : { text: w.interval(figure.interval), value: null, numeric: true },
          ],
        })),
        notes: [],
      },
      reading: w.say('groups.reading'),
    }),
  ];
}
