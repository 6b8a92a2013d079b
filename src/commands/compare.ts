import type { Instrument } from '../definitions/instrument';
import type { CheckedInstrument } from '../definitions/registry';
import { compareRounds, type Change } from '../scoring/comparison';
import { scoredRound, type RoundInput, type ScoredRound } from '../scoring/scorecard';
import type { Problem } from '../shared/errors';
import type { Command } from './command-line';
import { scoreDocument, type ScoreDocument } from './score';
import { missingOption, openInstrument, readRound, throwProblems, unexpectedWords } from './scoring-options';

/** Options of everything that compares two files of answers. */
export const comparisonOptions = {
  instrument: { type: 'string' },
  baseline: { type: 'string' },
  'follow-up': { type: 'string' },
  'group-sizes': { type: 'string', multiple: true },
  'group-sizes-baseline': { type: 'string', multiple: true },
  'group-sizes-follow-up': { type: 'string', multiple: true },
  form: { type: 'string' },
  facts: { type: 'string' },
  'facts-baseline': { type: 'string' },
  'facts-follow-up': { type: 'string' },
  'out-of-scope': { type: 'string', multiple: true },
  'out-of-scope-baseline': { type: 'string', multiple: true },
  'out-of-scope-follow-up': { type: 'string', multiple: true },
  k: { type: 'string' },
} as const;

/** What `parseArgs` makes of `comparisonOptions`. */
export type ComparisonValues = {
  readonly [Name in keyof typeof comparisonOptions]?:
    ((typeof comparisonOptions)[Name] extends { readonly multiple: true } ? string[] : string) | undefined;
};

const help = `
Usage: npm run --silent compare -- --instrument ID@VERSION|FILE --baseline A.csv --follow-up B.csv [options]

Scores the answers of two rounds and what changed between them, and writes both as JSON on standard output.

Options:
  --instrument ID@VERSION|FILE      instrument of survey-definitions, or an instrument file
  --baseline A.csv                  answers of the first round; score --help tells the format
  --follow-up B.csv                 answers of the second round
  --group-sizes-baseline GROUP=N,…  known number of people in groups, in that round
  --group-sizes-follow-up GROUP=N,…
  --facts-baseline FILE.json        fact sheet of that round, where rules read it
  --facts-follow-up FILE.json
  --out-of-scope-baseline AREA,…    areas the unit did not work on in that round
  --out-of-scope-follow-up AREA,…
  --group-sizes, --facts, --out-of-scope
                                    the same for both rounds, where a round has none of its own
  --form core|full                  the questionnaire that was used; full where left out
  --k N                             hide figures with fewer than N answers; 5 where left out, 1 hides nothing

Rules see the first two rounds of the instrument (baseline, follow-up).

Output: {"baseline": SCORE, "followUp": SCORE, "change": {"areas": {CODE: C}, "planes": {CODE: C}, "index": C}}
  SCORE as score --help tells.
  C = {"survey": D, "sides": {"administration": D, "ngo": D}, "groups": {CODE: D}, "notCompared": {"groups", "areas"}}
  D = {"baseline", "followUp", "points", "percent"}: over the groups and areas present in both rounds, so the two
  figures may differ from the rounds' own. Points are not rounded; percent is as published, from figures rounded to
  hundredths. "notCompared" names the other groups and areas and what each round that lacks them says.

Problems go to standard error as {"problems": [{"file", "line", "column", "code", "message"}]}, with exit code 1.

Example:
  npm run --silent compare -- --instrument lijw@1.0.0 --baseline 2024.csv --follow-up 2025.csv \\
    --group-sizes-baseline officials=18,ngo=40 --group-sizes-follow-up officials=17,ngo=43
`;

/** The command `compare`. */
export const compareCommand: Command<typeof comparisonOptions> = {
  help,
  options: comparisonOptions,
  async run({ values, positionals }) {
    const opened = await openInstrument(values.instrument);
    const { rounds, problems } = await readBothRounds(opened, values);
    throwProblems([...unexpectedWords(positionals), ...problems]);
    if (rounds === null) return 1;
    process.stdout.write(`${JSON.stringify(comparisonDocument(opened, rounds), null, 2)}\n`);
    return 0;
  },
};

/** Two rounds, scored. */
export interface BothRounds {
  readonly baseline: ScoredRound;
  readonly followUp: ScoredRound;
}

/** Reads and scores both files; `rounds` is null where there are problems. */
export async function readBothRounds(
  { instrument }: CheckedInstrument,
  values: ComparisonValues,
): Promise<{ readonly rounds: BothRounds | null; readonly problems: readonly Problem[] }> {
  const [first = null, second = null] = instrument.rounds ?? [];
  const baseline = await readOneRound(instrument, values, 'baseline', first);
  const followUp = await readOneRound(instrument, values, 'follow-up', second);
  const problems = [...baseline.problems, ...followUp.problems];
  if (problems.length > 0 || baseline.input === null || followUp.input === null) return { rounds: null, problems };
  const rounds = {
    baseline: scoredRound(instrument, baseline.input),
    followUp: scoredRound(instrument, followUp.input),
  };
  return { rounds, problems };
}

/** One of the two rounds; `input` is null where its answers are not named. `round` is its name in rules. */
export async function readOneRound(
  instrument: Instrument,
  values: ComparisonValues,
  which: 'baseline' | 'follow-up',
  round: string | null,
): Promise<{ readonly input: RoundInput | null; readonly problems: readonly Problem[] }> {
  const answers = values[which];
  if (answers === undefined) {
    return { input: null, problems: [missingOption(`--${which}`, 'a CSV file of answers')] };
  }
  const own = <Name extends 'group-sizes' | 'out-of-scope'>(name: Name) =>
    values[`${name}-${which}`] === undefined ? name : (`${name}-${which}` as const);
  const [sizes, scope] = [own('group-sizes'), own('out-of-scope')];
  return readRound(instrument, {
    answers,
    form: values.form,
    round,
    facts: values[`facts-${which}`] ?? values.facts,
    groupSizes: values[sizes] ?? [],
    outOfScope: values[scope] ?? [],
    k: values.k,
    options: { groupSizes: `--${sizes}`, outOfScope: `--${scope}` },
  });
}

/** What `compare` writes. */
export interface ComparisonDocument {
  readonly instrument: ScoreDocument['instrument'];
  readonly form: string;
  readonly k: number;
  readonly baseline: ScoreDocument;
  readonly followUp: ScoreDocument;
  readonly change: Change;
}

export function comparisonDocument(opened: CheckedInstrument, { baseline, followUp }: BothRounds): ComparisonDocument {
  const first = scoreDocument(opened, baseline);
  return {
    instrument: first.instrument,
    form: first.form,
    k: first.k,
    baseline: first,
    followUp: scoreDocument(opened, followUp),
    change: compareRounds(opened.instrument, baseline, followUp),
  };
}
