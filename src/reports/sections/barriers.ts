import { sides, type Choice } from '../../definitions/instrument';
import { barriersQuestion } from '../barrier-counts';
import { countChart } from '../charts/counts';
import { groupNames, type Context } from '../context';
import { part, type Section } from '../section';
import { absentCell, numberCell, type Cell } from '../table';
import type { BarrierCounts } from '../input';

/** What hinders cooperation, by side; left out where too few answered in every round. */
export function barriersSection(context: Context): Section | null {
  const { w, rounds } = context;
  const question = barriersQuestion(context.input.instrument);
  const shown = rounds.filter(({ round }) => round.barriers !== null);
  const last = shown.at(-1);
  if (question === null || last === undefined) return null;
  const counted = sides.flatMap((side) => {
    const counts = last.round.barriers?.[side] ?? null;
    return counts === null ? [] : [{ side, counts }];
  });
  const shareOf = ({ answered, chosen }: BarrierCounts, { code }: Choice) => (100 * (chosen[code] ?? 0)) / answered;
  const mean = (choice: Choice) =>
    counted.reduce((sum, { counts }) => sum + shareOf(counts, choice), 0) / counted.length;
  // "Nothing" and "something else" are no barriers that could lead the list.
  const plain = ({ exclusive, other }: Choice) => !exclusive && !other;
  const choices = [...question.choices].sort((a, b) => Number(plain(b)) - Number(plain(a)) || mean(b) - mean(a));
  const [first] = choices;
  if (first === undefined) return null;
  const tops = counted.map(({ side, counts }) => {
    const top = [...choices]
      .filter(plain)
      .sort((a, b) => (counts.chosen[b.code] ?? 0) - (counts.chosen[a.code] ?? 0))[0];
    const { code, text } = top ?? first;
    return w.say('barriers.top', {
      side: w.say(`side.${side}.name`),
      barrier: w.text(text),
      n: w.count(counts.chosen[code] ?? 0),
      answered: w.count(counts.answered),
    });
  });
  const finding = w.say('barriers.finding', { tops: tops.join('; ') });
  const cell = (counts: BarrierCounts | null | undefined, { code }: Choice): Cell => {
    if (!counts) return absentCell('–', false);
    const n = counts.chosen[code] ?? 0;
    return numberCell(w.say('barriers.cell', { n: w.count(n), share: w.share(n, counts.answered) }), n);
  };
  const columns = shown.flatMap(({ round, short }) =>
    sides.map((side) => ({ counts: round.barriers?.[side], side, short })),
  );
  const without = [...new Set(columns.flatMap(({ counts }) => counts?.without ?? []))];
  return {
    id: 'barriers',
    title: w.say('barriers.title'),
    lead: [w.text(question.text)],
    parts: [
      part({
        finding,
        chart: countChart({
          id: 'chart-barriers',
          alt: finding,
          rows: choices.map(({ text }) => ({ name: w.text(text), holds: 'neither' })),
          series: counted.map(({ side, counts }) => ({
            name: w.say('barriers.series', { side: w.say(`side.${side}.name`), answered: w.count(counts.answered) }),
            form: 'now',
            holds: side,
            values: choices.map((choice) => Math.round(shareOf(counts, choice))),
            labels: choices.map(({ code }) => w.share(counts.chosen[code] ?? 0, counts.answered)),
            absent: choices.map(() => null),
          })),
          max: 100,
          title: w.say('barriers.axis'),
          room: 36,
        }),
        table: {
          caption: w.say('barriers.caption'),
          spans: [{ text: '', columns: 1 }, ...shown.map(({ name }) => ({ text: name, columns: sides.length }))],
          columns: [
            { text: w.say('column.barrier'), numeric: false },
            ...columns.map(({ side }) => ({ text: w.say(`side.${side}.name`), numeric: true })),
          ],
          rows: [
            ...choices.map((choice) => ({
              heading: w.text(choice.text),
              cells: columns.map(({ counts }) => cell(counts, choice)),
            })),
            {
              heading: w.say('barriers.answered'),
              kind: 'total' as const,
              cells: columns.map(({ counts }) =>
                counts ? numberCell(w.count(counts.answered), counts.answered) : absentCell('–', false),
              ),
            },
          ],
          notes: without.length > 0 ? [w.say('barriers.without', { groups: groupNames(context, without) })] : [],
        },
        reading: w.say('barriers.reading'),
      }),
    ],
  };
}
