import { sides, type Side } from '../../definitions/instrument';
import { round2, roundedOrNull } from '../../shared/rounding';
import { dotLook } from '../charts/chart';
import { dotChart } from '../charts/rows';
import {
  areaPlace,
  areas,
  gapAt,
  groupName,
  indexPlace,
  scoreCell,
  shortName,
  whyWords,
  type Context,
} from '../context';
import { latestBasis, withoutNotes } from '../basis';
import { levelsOf } from '../extremes';
import { gapsAt, rowsOf, type Place } from '../figure-rows';
import { part, type Part, type Section } from '../section';
import { absentCell, numberCell, textCell, type Row } from '../table';
import { gapVerdict } from '../verdicts';
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
    absent: shown.map((row) => {
      if (row[side] !== null) return null;
      const why = whyWords(context, row.why[side]);
      // What both sides lack for one reason is said once.
      const both = sides.every((one) => row[one] === null && row.why[one] === row.why[side]);
      return both ? why : w.say('sides.absent', { side: w.say(`side.${side}.name`), why });
    }),
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
          rowHeight: 22,
          series: sides.map(series),
          ends: {
            heading: w.say('column.difference'),
            texts: shown.map(({ gap }) => (gap === null ? '–' : w.score(Math.abs(gap)))),
            width: 40,
          },
        }),
        paragraphs: gapVerdicts(
          context,
          shown.map(({ place }) => place),
        ),
        table: {
          caption: w.say('sides.caption'),
          columns: [
            { text: w.say('column.area'), numeric: false },
            ...sides.map((side) => ({ text: w.say(`side.${side}.name`), numeric: true })),
            { text: w.say('column.difference'), numeric: true },
            ...(oneHigher === null ? [{ text: w.say('column.who'), numeric: false }] : []),
            { text: w.say('column.verdict'), numeric: false },
          ],
          rows: shown.map((row): Row => ({
            heading: shortName(context, row.place),
            cells: [
              ...sides.map((side) => scoreCell(context, row[side], row.why[side])),
              row.gap === null ? absentCell('–', false) : numberCell(w.score(Math.abs(row.gap)), Math.abs(row.gap)),
              ...(oneHigher === null ? [textCell(row.gap === null ? '–' : gapWords(context, row.gap))] : []),
              textCell(row.gap === null ? '–' : gapVerdict(context, gapsAt(context.latest, row.place)?.sides.verdict)),
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
      ...pairsPart(context),
    ],
  };
}

/** In which areas the sides probably differ, and of how many it cannot be told. */
function gapVerdicts(context: Context, places: readonly Place[]): readonly string[] {
  const { w, latest } = context;
  const judged = places.flatMap((place) => {
    const gap = gapsAt(latest, place)?.sides;
    return gap?.points == null ? [] : [{ place, verdict: gap.verdict }];
  });
  const differing = judged.filter(({ verdict }) => verdict === 'higher' || verdict === 'lower');
  const unknown = judged.filter(({ verdict }) => verdict === 'unknown').length;
  return [
    ...(differing.length > 0
      ? [
          w.say('sides.certain', {
            count: differing.length,
            places: w.list(differing.map(({ place }) => shortName(context, place))),
          }),
        ]
      : []),
    ...(unknown > 0 ? [w.say('sides.unknown', { count: unknown })] : []),
  ];
}

/** Differences between every two groups in the index, largest first. */
function pairsPart(context: Context): readonly Part[] {
  const { w, latest, input } = context;
  const pairs = (gapsAt(latest, indexPlace)?.pairs ?? [])
    .flatMap((pair) => (pair.points === null ? [] : [{ ...pair, points: pair.points }]))
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  if (pairs.length === 0) return [];
  return [
    part({
      title: w.say('sides.pairs'),
      table: {
        caption: w.say('sides.pairsCaption'),
        columns: [
          { text: w.say('column.first'), numeric: false },
          { text: w.say('column.second'), numeric: false },
          { text: w.say('column.difference'), numeric: true },
          { text: w.say('column.verdict'), numeric: false },
        ],
        rows: pairs.map(({ first, second, points, verdict, withheld }) => {
          const [high, low] = points < 0 ? [second, first] : [first, second];
          return {
            heading: groupName(context, high),
            cells: [
              textCell(groupName(context, low)),
              numberCell(w.score(Math.abs(points)), Math.abs(points)),
              textCell(
                withheld === undefined
                  ? w.say(`verdict.pair.${verdict === 'higher' || verdict === 'lower' ? 'differ' : verdict}`)
                  : w.say(`verdict.withheld.${withheld}`),
              ),
            ],
          };
        }),
        notes: [],
      },
      reading: w.say('sides.pairsReading', { count: 2 * input.k }),
    }),
  ];
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
      finding,
      chart: dotChart({
        id: 'chart-groups',
        alt: finding,
        scale: context.scale,
        rows: shown.map(({ holder }) => w.text(holder.name)),
        rowHeight: 26,
        series: [
          {
            name: w.say('index'),
            look: dotLook(
              shown.map(({ holder }) => holder.side ?? 'neither'),
              'now',
            ),
            values: shown.map(({ figure }) => roundedOrNull(figure.mean)),
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
              ? absentCell(
                  figure.withheld !== null
                    ? w.say('verdict.withheld.few')
                    : figure.why === null
                      ? '–'
                      : whyWords(context, figure.why),
                  figure.why === 'hidden',
                )
              : { text: w.interval(figure.interval), value: null, numeric: true },
          ],
        })),
        notes: [],
      },
      reading: w.say('groups.reading'),
    }),
  ];
}
