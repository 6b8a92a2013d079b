import { sides, type Side } from '../../definitions/instrument';
import { round2 } from '../../shared/rounding';
import { dotLook } from '../charts/chart';
import { dotChart } from '../charts/rows';
import { areaPlace, areas, gapAt, indexPlace, scoreCell, shortName, whyWords, type Context } from '../context';
import { rowsOf } from '../figure-rows';
import { part, type Part, type Section } from '../section';
import { absentCell, numberCell, textCell, type Row } from '../table';
import { gapFinding, gapWords } from './findings';

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
    lead: rounds.length > 1 ? [w.say('sides.round', { round: rounds.at(-1)?.name })] : [],
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
            { text: w.say('column.who'), numeric: false },
          ],
          rows: shown.map((row): Row => ({
            heading: shortName(context, row.place),
            cells: [
              ...sides.map((side) => scoreCell(context, row[side], row.why[side])),
              row.gap === null ? absentCell('–', false) : numberCell(w.score(Math.abs(row.gap)), Math.abs(row.gap)),
              textCell(row.gap === null ? '–' : gapWords(context, row.gap)),
            ],
          })),
          notes: [],
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
  const shown = rows.filter(({ figure }) => figure.mean !== null || figure.why === 'hidden');
  const ranked = shown
    .flatMap((row) => (row.figure.mean === null ? [] : [{ ...row, value: round2(row.figure.mean) }]))
    .sort((a, b) => b.value - a.value);
  const [top, bottom] = [ranked[0], ranked.at(-1)];
  if (top === undefined || bottom === undefined || ranked.length < 2) return [];
  const finding = w.say('groups.finding', {
    ...{ top: w.text(top.holder.name), topScore: w.score(top.value) },
    ...{ bottom: w.text(bottom.holder.name), bottomScore: w.score(bottom.value) },
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
