import type { CheckedInstrument } from '../definitions/registry';
import { scoreRound, type RoundInput, type Scorecard } from '../scoring';
import type { Command } from './command-line';
import { missingOption, openInstrument, readRound, throwProblems, unexpectedWords } from './scoring-options';

const options = {
  instrument: { type: 'string' },
  answers: { type: 'string' },
  'group-sizes': { type: 'string', multiple: true },
  form: { type: 'string' },
  facts: { type: 'string' },
  'out-of-scope': { type: 'string', multiple: true },
  round: { type: 'string' },
  k: { type: 'string' },
} as const;

const help = `
Usage: npm run --silent score -- --instrument ID@VERSION|FILE --answers FILE.csv [options]

Scores the answers of one round and writes the scorecard as JSON on standard output.

Options:
  --instrument ID@VERSION|FILE   instrument of survey-definitions, or an instrument file
  --answers FILE.csv             one respondent a row, see below
  --group-sizes GROUP=N,…        known number of people in groups; narrows intervals, may be repeated
  --form core|full               the questionnaire that was used; full where left out
  --facts FILE.json              fact sheet {"CODE": value, …}, where rules read it
  --out-of-scope AREA,…          areas the unit does not work on
  --round NAME                   what rules see as the round; unknown where left out
  --k N                          hide figures with fewer than N answers; 5 where left out, 1 hides nothing

Answers: UTF-8 CSV with comma or semicolon. Columns respondent, group and codes of questions, in any order;
CODE.other for the words of an "other" choice. An empty cell or an absent column is unanswered.
  rating, number, percent, money   digits, decimal point (also comma where ; parts the columns)
  single choice                    code of the choice
  multiple choice, ranking         codes joined by |
  date                             YYYY-MM-DD
  yes-no                           true or false
  text                             as it is
  any question that offers it      hs = hard to say, na = not applicable

Output: {"instrument": {"id", "version", "hash"}, "form", "round", "k",
         "areas": {CODE: S}, "planes": {CODE: S}, "index": S, "gaps": {"areas": {CODE: G}, "planes": {CODE: G}, "index": G}}
  S = {"survey", "surveyInterval", "sides": {"administration": {"mean", "interval"}, "ngo": {"mean", "interval"}},
       "groups": {CODE: {"mean", "n", "sd", "interval": [low, high]}}, "alpha"}
  G = {"sides": D, "pairs": [{"first", "second", "n", "delta", …D}]}: the first less the second, administration less NGOs
  D = {"figures", "points", "se", "df", "p", "adjustedP", "interval", "detectable", "verdict"}
      verdict: higher, lower, same, unknown; a null df beside a p is infinite
  Figures are not rounded. Where fewer than k people of a group answered, the group is merged as the instrument says,
  and stands under codes joined by "+"; without a partner it is {"hidden": "k"}, and its side names it in "without".
  "withheld" says why a statistic of a shown figure is kept back: spread (fewer than 2k people), noSpread (all the
  same), areas (a pair with different areas). "borrowed" names groups whose spread is taken from others, "assumed" says
  that nobody lends one. A null says why in "missing": no-answers, out-of-scope, side-missing, area-missing, one-answer,
  no-spread. "missingAreas" names areas in scope that a figure goes without. "alpha" is Cronbach's, of areas; "items"
  counts the answers to an area's items and the three kinds of missing.

Problems go to standard error as {"problems": [{"file", "line", "column", "code", "message"}]}, with exit code 1.

Example:
  npm run --silent score -- --instrument lijw@1.0.0 --answers answers.csv --group-sizes officials=18,ngo=40
`;

/** The command `score`. */
export const scoreCommand: Command<typeof options> = {
  help,
  options,
  async run({ values, positionals }) {
    const opened = await openInstrument(values.instrument);
    const unexpected = unexpectedWords(positionals);
    if (values.answers === undefined) {
      throwProblems([...unexpected, missingOption('--answers', 'a CSV file of answers')]);
      return 1;
    }
    const { input, problems } = await readRound(opened.instrument, {
      answers: values.answers,
      form: values.form,
      round: values.round ?? null,
      facts: values.facts,
      groupSizes: values['group-sizes'] ?? [],
      outOfScope: values['out-of-scope'] ?? [],
      k: values.k,
      options: { groupSizes: '--group-sizes', outOfScope: '--out-of-scope' },
    });
    throwProblems([...unexpected, ...problems]);
    const score = scoreDocument(opened, input, scoreRound(opened.instrument, input));
    process.stdout.write(`${JSON.stringify(score, null, 2)}\n`);
    return 0;
  },
};

/** A round's scorecard as the commands write it. */
export interface ScoreDocument extends Scorecard {
  readonly instrument: { readonly id: string; readonly version: string; readonly hash: string };
  readonly form: string;
  readonly round: string | null;
  readonly k: number;
}

export function scoreDocument(
  { instrument, hash }: CheckedInstrument,
  { form, round, k }: RoundInput,
  scorecard: Scorecard,
): ScoreDocument {
  const { id, version } = instrument;
  return { instrument: { id, version, hash }, ...{ form, round, k }, ...scorecard };
}
