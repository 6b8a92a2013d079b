import type { Instrument } from '../definitions/instrument';
import type { CheckedInstrument } from '../definitions/registry';
import { unroundedPair, type Change, type RoundInput, type RoundToRelease } from '../scoring';
import type { VersionMap } from '../definitions/version-map';
import type { Problem } from '../shared/errors';
import type { Command } from './command-line';
import { scoreDocument, type ScoreDocument } from './score';
import {
  missingOption,
  openInstrument,
  readRound,
  readVersionMap,
  throwProblems,
  unexpectedWords,
} from './scoring-options';

/** Options of everything that compares two files of answers. */
export const comparisonOptions = {
  instrument: { type: 'string' },
  'baseline-instrument': { type: 'string' },
  map: { type: 'string' },
  baseline: { type: 'string' },
  'follow-up': { type: 'string' },
  'group-sizes': { type: 'string', multiple: true },
  'group-sizes-baseline': { type: 'string', multiple: true },
  'group-sizes-follow-up': { type: 'string', multiple: true },
  form: { type: 'string' },
  'form-baseline': { type: 'string' },
  'form-follow-up': { type: 'string' },
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
  --baseline-instrument ID@VERSION|FILE
                                    the version that the first round asked, where it is another
  --map FILE.json                   what became of items and areas between the two versions, see below; the one
                                    that the later version carries (comparesWith) where left out
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
  --form-baseline, --form-follow-up the same of one round; a full and a core round compare on the core items
  --k N                             hide figures with fewer than N answers; 5 where left out, 1 hides nothing

Rules see the first two rounds of the instrument (baseline, follow-up).

Output: {"baseline": SCORE, "followUp": SCORE, "versions": MAP, "change": {"areas": {CODE: C}, "planes": {CODE: C},
  "index": C}}; MAP as below, null where both rounds use one version; "form" is core where the two differ.
  SCORE as score --help tells.
  C = {"survey": D, "sides": {"administration": D, "ngo": D}, "groups": {CODE: D}, "notCompared": {"groups", "areas"}}
  D = {"baseline", "followUp", "points", "percent", "se", "df", "p", "adjustedP", "interval", "detectable", "verdict"}:
  over the groups and areas present in both rounds, so the two figures may differ from the rounds' own. Points are not
  rounded; percent is as published, from figures rounded to hundredths. A null df beside a p is infinite. Verdicts: rose,
  fell, same (practically), unknown (cannot be told). Groups have "n" and "delta" (Cliff's), or say in "withheld" why
  their change is not judged: spread (fewer than 2k people), noSpread (all the same). "borrowed" names groups whose
  spread is taken from others. "notCompared" names the other groups and areas and what each round that lacks them says.

Map: {"instrument": ID, "from": VERSION, "to": VERSION, "items": F, "areas": F}
  F = {"kept": […], "changed": […], "dropped": […], "new": […]}, every code of either version once. Only kept items
  count, in both rounds; an area that keeps less than half of its weight in either version is not compared.

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
    const { rounds, problems } = await readBothRounds(values);
    throwProblems([...unexpectedWords(positionals), ...problems]);
    if (rounds === null) return 1;
    process.stdout.write(`${JSON.stringify(comparisonDocument(rounds), null, 2)}\n`);
    return 0;
  },
};

/** Two rounds with the instruments they asked. */
export interface BothRounds {
  readonly baseline: RoundToCompare;
  readonly followUp: RoundToCompare;
  /** null where both rounds use one version. */
  readonly map: VersionMap | null;
}

type RoundToCompare = RoundToRelease & { readonly opened: CheckedInstrument };

/** Reads both files; `rounds` is null where there are problems. */
export async function readBothRounds(
  values: ComparisonValues,
): Promise<{ readonly rounds: BothRounds | null; readonly problems: readonly Problem[] }> {
  const later = await openInstrument(values.instrument);
  const other = values['baseline-instrument'];
  const earlier = other === undefined ? later : await openInstrument(other);
  const map = await readVersionMap(values.map, earlier, later);
  const [first = null, second = null] = later.instrument.rounds ?? [];
  const baseline = await readOneRound(earlier.instrument, values, 'baseline', first);
  const followUp = await readOneRound(later.instrument, values, 'follow-up', second);
  const problems = [...map.problems, ...baseline.problems, ...followUp.problems];
  if (problems.length > 0 || baseline.input === null || followUp.input === null) return { rounds: null, problems };
  const rounds = {
    baseline: { opened: earlier, input: baseline.input },
    followUp: { opened: later, input: followUp.input },
    map: map.value,
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
    form: values[`form-${which}`] ?? values.form,
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
  /** What became of items and areas between two versions; null where both rounds use one. */
  readonly versions: VersionMap | null;
  readonly change: Change;
}

export function comparisonDocument({ baseline, followUp, map }: BothRounds): ComparisonDocument {
  const scored = unroundedPair(baseline, followUp, map);
  const later = scoreDocument(followUp.opened, followUp.input, scored.followUp);
  const { instrument, k } = later;
  return {
    ...{ instrument, form: baseline.input.form === followUp.input.form ? later.form : 'core', k },
    baseline: scoreDocument(baseline.opened, baseline.input, scored.baseline),
    followUp: later,
    versions: map,
    change: scored.change,
  };
}
