import type { Group } from '../../definitions/instrument';
import { countChart } from '../charts/counts';
import { groupNames, type Context, type RoundWords } from '../context';
import { groupingOf } from '../figure-rows';
import { part, type Section } from '../section';
import { absentCell, numberCell, textCell, type Cell, type Row } from '../table';

/** Respondents of a group; null where they are fewer than k and none of their number may be told. */
export function respondentsShown(
  _context: Context,
  { round }: Pick<RoundWords, 'round'>,
  group: string,
): number | null {
  return round.hiddenGroups.includes(group) ? null : (round.respondents[group] ?? 0);
}

/** Answers of all groups whose number is told, and the known sizes where every one of those groups has one. */
export function totalOf(context: Context, words: RoundWords) {
  const shown = context.input.instrument.groups.flatMap(({ code }) => {
    const n = respondentsShown(context, words, code);
    return n === null ? [] : [{ n, size: words.round.groupSizes[code] ?? null }];
  });
  const known = shown.filter(({ n, size }) => n > 0 || size !== null);
  return {
    n: shown.reduce((sum, { n }) => sum + n, 0),
    size: known.every(({ size }) => size !== null) ? known.reduce((sum, { size }) => sum + (size ?? 0), 0) : null,
  };
}

/** Groups of a round with fewer than k respondents, by code. */
export function smallGroups(context: Context, words: RoundWords): readonly string[] {
  return context.input.instrument.groups
    .map(({ code }) => code)
    .filter((code) => respondentsShown(context, words, code) === null);
}

export function totalWords(context: Context, words: RoundWords): string {
  const { w } = context;
  const { n, size } = totalOf(context, words);
  const people = w.say('participation.people', { count: n });
  const share = size === null || size === 0 ? '' : w.say('participation.share', { share: w.share(n, size) });
  return w.say('participation.finding', { round: words.name, people, share });
}

/** Who took part: answers against the known size of each group. */
export function participationSection(context: Context): Section {
  const { w, rounds, input } = context;
  // A group that nobody was invited to and nobody chose says nothing.
  const groups = input.instrument.groups.filter(({ code }) =>
    rounds.some(
      ({ round }) => respondentsShown(context, { round }, code) !== 0 || round.groupSizes[code] !== undefined,
    ),
  );
  const finding = rounds.map((words) => totalWords(context, words)).join(' ');
  const small = rounds.flatMap((words) => smallGroups(context, words));
  const less = w.say('participation.less', { k: w.count(input.k) });
  const largest = Math.max(
    1,
    ...groups.flatMap(({ code }) =>
      rounds.map((words) => Math.max(respondentsShown(context, words, code) ?? 0, words.round.groupSizes[code] ?? 0)),
    ),
  );
  const chart = countChart({
    id: 'chart-participation',
    alt: finding,
    rows: groups.map(({ name, side }) => ({ name: w.text(name), holds: side ?? 'neither' })),
    series: rounds.map((words) => ({
      name: words.name,
      form: words.form,
      values: groups.map(({ code }) =>
        groupingOf(words.round, code) === null ? respondentsShown(context, words, code) : null,
      ),
      wholes: groups.map(({ code }) => words.round.groupSizes[code] ?? null),
      labels: groups.map(({ code }) =>
        groupingOf(words.round, code) === null ? answersWords(context, words, code) : null,
      ),
      absent: groups.map(({ code }) =>
        respondentsShown(context, words, code) !== null
          ? null
          : context.two
            ? w.say('participation.label', { round: words.tiny, words: less })
            : less,
      ),
    })),
    max: Math.ceil(largest / 5) * 5,
    room: 110,
  });
  const groupRow = ({ code, name, side }: Group): Row => ({
    heading: w.text(name),
    cells: [
      textCell(w.say(side === null ? 'side.none' : `side.${side}.name`)),
      ...rounds.flatMap((words) => participationCells(context, words, code)),
    ],
  });
  const totals = rounds.map((words) => totalOf(context, words));
  return {
    id: 'participation',
    title: w.say('participation.title'),
    lead: [],
    parts: [
      part({
        finding,
        chart,
        table: {
          caption: w.say('participation.caption'),
          ...(rounds.length > 1
            ? {
                spans: [{ text: '', columns: 2 }, ...rounds.map(({ name }) => ({ text: name, columns: 3 }))],
              }
            : {}),
          columns: [
            { text: w.say('column.group'), numeric: false },
            { text: w.say('column.side'), numeric: false },
            ...rounds.flatMap(() =>
              ['answers', 'size', 'rate'].map((column) => ({ text: w.say(`column.${column}`), numeric: true })),
            ),
          ],
          rows: [
            ...groups.map(groupRow),
            {
              heading: w.say(small.length > 0 ? 'participation.totalShown' : 'participation.total'),
              kind: 'total',
              cells: [
                textCell(''),
                ...totals.flatMap(({ n, size }) => [
                  numberCell(w.count(n), n),
                  size === null ? absentCell('–', false) : numberCell(w.count(size), size),
                  size ? numberCell(w.share(n, size), Math.round((100 * n) / size)) : absentCell('–', false),
                ]),
              ],
            },
          ],
          notes: [
            ...(small.length > 0 ? [w.say('participation.smallNote', { k: w.count(input.k) })] : []),
            ...rounds.flatMap((words) => unknownSizes(context, words)),
          ],
        },
        reading: w.say('participation.reading'),
      }),
    ],
  };
}

/** Groups of which somebody answered and nobody knows how many people they have. */
function unknownSizes(context: Context, words: RoundWords): readonly string[] {
  const { respondents, groupSizes } = words.round;
  const unknown = Object.keys(respondents).filter((code) => groupSizes[code] === undefined);
  if (unknown.length === 0) return [];
  const groups = groupNames(context, unknown);
  return [context.w.say('participation.unknownSize', { count: unknown.length, round: words.name, groups })];
}

function answersWords(context: Context, words: RoundWords, code: string): string {
  const { w } = context;
  const n = respondentsShown(context, words, code);
  const size = words.round.groupSizes[code];
  if (n === null) return '';
  const counted = size === undefined ? w.count(n) : w.say('participation.of', { n: w.count(n), size: w.count(size) });
  // At the bar, since two shades of one hue cannot be told apart in grey print.
  return context.two ? w.say('participation.label', { round: words.tiny, words: counted }) : counted;
}

function participationCells(context: Context, words: RoundWords, code: string): readonly Cell[] {
  const { w, input } = context;
  const elsewhere = groupingOf(words.round, code);
  if (elsewhere !== null) {
    return [absentCell(w.say(`why.${elsewhere}`), false), absentCell('–', false), absentCell('–', false)];
  }
  const n = respondentsShown(context, words, code);
  const size = words.round.groupSizes[code];
  const sizeCell = size === undefined ? absentCell(w.say('why.unknown'), false) : numberCell(w.count(size), size);
  if (n === null) {
    return [
      absentCell(w.say('participation.less', { k: w.count(input.k) }), true),
      sizeCell,
      absentCell(w.say('why.hidden'), true),
    ];
  }
  return [
    numberCell(w.count(n), n),
    sizeCell,
    size === undefined ? absentCell('–', false) : numberCell(w.share(n, size), Math.round((100 * n) / size)),
  ];
}
