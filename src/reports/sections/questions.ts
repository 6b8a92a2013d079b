import { countedAt, sides, type CountedQuestion } from '../../definitions/instrument';
import { choiceCodes, type CountsHolder, type HolderCounts, type QuestionCounts } from '../../scoring';
import { countChart } from '../charts/counts';
import { groupNames, type Context, type RoundWords } from '../context';
import { levelsOf } from '../extremes';
import { part, type Part, type Section } from '../section';
import { numberCell, type Cell, type Table } from '../table';

/**
 * How the questions outside the areas were answered, a section for each place: what hinders, what support is needed,
 * what else was asked. A question that was asked stands here also where nothing of it may be shown.
 */
export function questionSections(context: Context): readonly Section[] {
  const { w, input } = context;
  return (['barriers', 'support', 'views'] as const).flatMap((place): Section[] => {
    const parts = countedAt(input.instrument, place).flatMap((question) => questionPart(context, question));
    return parts.length === 0 ? [] : [{ id: place, title: w.say(`questions.title.${place}`), lead: [], parts }];
  });
}

interface Choice {
  readonly code: string;
  readonly name: string;
  /** "Something else": no answer that could lead a list. */
  readonly other: boolean;
  /** "None of these". */
  readonly exclusive: boolean;
}

function questionPart(context: Context, question: CountedQuestion): readonly Part[] {
  const { w, rounds, two } = context;
  const asked = rounds.flatMap((round) => {
    const counts = round.round.counts.find((one) => one.question === question.code);
    return counts === undefined ? [] : [{ round, counts }];
  });
  const shown = asked.filter(({ counts }) => counts.holders.length > 0);
  if (asked.length === 0) return [];
  const title = w.text(question.text);
  const absent = asked.flatMap(({ round, counts }) =>
    counts.why === null ? [] : [w.say(`questions.${counts.why}`, { round: round.name, k: w.count(context.input.k) })],
  );
  const last = shown.at(-1);
  if (last === undefined) return [part({ title, paragraphs: absent })];

  const choices = sorted(choicesOf(context, question), last.counts.holders);
  const finding = [
    ...(two ? [w.say('questions.round', { round: last.round.name })] : []),
    ...last.counts.holders.map((holder) => mostNamed(context, choices, holder)),
  ].join(' ');
  const most = Math.max(...last.counts.holders.flatMap((one) => choices.map(({ code }) => shareOf(one, code))));
  return [
    part({
      title,
      finding,
      paragraphs: absent,
      chart: countChart({
        id: `chart-${question.code}`,
        alt: finding,
        rows: choices.map(({ name }) => ({ name, holds: 'neither' })),
        series: last.counts.holders.map((one) => ({
          name: w.say('questions.series', { holder: holderName(context, one.holder), answered: w.count(one.answered) }),
          form: 'now',
          holds: one.holder === 'everyone' ? 'survey' : one.holder,
          values: choices.map(({ code }) => Math.round(shareOf(one, code))),
          labels: choices.map(({ code }) => w.share(one.chosen[code] ?? 0, one.answered)),
          absent: choices.map(() => null),
        })),
        // To the next ten: the longest bar fills the picture.
        max: Math.max(10, Math.ceil(most / 10) * 10),
        room: 36,
      }),
      table: countsTable(context, choices, shown),
      reading: readingOf(context, question),
    }),
  ];
}

/** „Administracja najczęściej wskazywała: „brak czasu” i „brak pieniędzy” (po 5 z 12).” */
function mostNamed({ w }: Context, choices: readonly Choice[], { holder, answered, chosen }: HolderCounts): string {
  const [first, ...rest] = levelsOf(choices, ({ code }) => chosen[code] ?? 0);
  if (first === undefined || rest.length === 0) return w.say(`questions.alike.${holder}`);
  const { entries, value } = first;
  return w.say(`questions.most.${holder}.${entries.length > 1 ? 'several' : 'one'}`, {
    choices: w.list(entries.map(({ name }) => w.quote(name))),
    n: w.count(value),
    answered: w.count(answered),
  });
}

function countsTable(
  context: Context,
  choices: readonly Choice[],
  shown: readonly { readonly round: RoundWords; readonly counts: QuestionCounts }[],
): Table {
  const { w, two } = context;
  const columns = shown.flatMap(({ counts }) => counts.holders);
  const without = shown.flatMap(({ round, counts }) =>
    counts.without.length === 0
      ? []
      : [
          w.say('questions.without', {
            round: round.name,
            k: w.count(context.input.k),
            groups: groupNames(context, counts.without),
          }),
        ],
  );
  const cell = ({ chosen, answered }: HolderCounts, code: string): Cell => {
    const n = chosen[code] ?? 0;
    return numberCell(w.say('questions.cell', { n: w.count(n), share: w.share(n, answered) }), n);
  };
  return {
    caption: w.say('questions.caption'),
    ...(two
      ? {
          spans: [
            { text: '', columns: 1 },
            ...shown.map(({ round, counts }) => ({ text: round.name, columns: counts.holders.length })),
          ],
        }
      : {}),
    columns: [
      { text: w.say('column.answer'), numeric: false },
      ...columns.map(({ holder }) => ({ text: holderName(context, holder), numeric: true })),
    ],
    rows: [
      ...choices.map(({ code, name }) => ({ heading: name, cells: columns.map((one) => cell(one, code)) })),
      {
        heading: w.say('questions.answered'),
        kind: 'total' as const,
        cells: columns.map(({ answered }) => numberCell(w.count(answered), answered)),
      },
    ],
    notes: without,
  };
}

function choicesOf({ w }: Context, question: CountedQuestion): readonly Choice[] {
  if (question.type === 'yes-no') {
    return choiceCodes(question).map((code) => ({
      ...{ code, name: w.say(`questions.${code}`), other: false, exclusive: false },
    }));
  }
  return question.choices.map(({ code, text, other = false, exclusive = false }) => ({
    ...{ code, name: w.text(text), other, exclusive },
  }));
}

/** Most named first, of the mean of the holders' shares; "none of these" and "something else" stay at the end. */
function sorted(choices: readonly Choice[], holders: readonly HolderCounts[]): readonly Choice[] {
  const mean = ({ code }: Choice) => holders.reduce((sum, one) => sum + shareOf(one, code), 0) / holders.length;
  const last = ({ other, exclusive }: Choice) => Number(other || exclusive);
  return choices.toSorted((a, b) => last(a) - last(b) || mean(b) - mean(a));
}

/** Percent, 0..100, unrounded. */
function shareOf({ answered, chosen }: HolderCounts, code: string): number {
  return (100 * (chosen[code] ?? 0)) / answered;
}

function holderName({ w }: Context, holder: CountsHolder): string {
  return sides.some((side) => side === holder) ? w.say(`side.${holder}.name`) : w.say('questions.everyone');
}

function readingOf({ w }: Context, question: CountedQuestion): string | null {
  if (question.type === 'multiple-choice') {
    const { maxChoices } = question;
    return maxChoices === undefined
      ? w.say('questions.reading.many')
      : w.say('questions.reading.most', { count: maxChoices });
  }
  if (question.type === 'ranking') {
    return w.say('questions.reading.ranking', { count: question.places ?? question.choices.length });
  }
  return null;
}
