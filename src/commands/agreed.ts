import { agreedScores, compareAgreed } from '../scoring';
import type { Command } from './command-line';
import { missingOption, openInstrument, readAgreedScores, throwProblems, unexpectedWords } from './scoring-options';

const options = {
  instrument: { type: 'string' },
  baseline: { type: 'string' },
  'follow-up': { type: 'string' },
} as const;

const help = `
Usage: npm run --silent agreed -- --instrument ID@VERSION|FILE --baseline a.json --follow-up b.json

Index, planes and change of two rounds' agreed scores, rounded as they are published, as JSON on standard output.

Options:
  --instrument ID@VERSION|FILE   instrument of survey-definitions, or an instrument file
  --baseline a.json              agreed scores of the first round: {"P1.1": 2.5, …}, every area in half points,
                                 null = out of scope
  --follow-up b.json             the same of the second round

Output: {"baseline": R, "followUp": R, "change": {"index": D, "planes": {CODE: D}, "areas": {CODE: D}, "notCompared"}}
  R = {"index", "planes": {CODE: mean}, "areas": {CODE: score}, "outOfScope": [CODE], "missing"}: each round's own;
      "missing" says why a figure is null
  D = {"baseline", "followUp", "points", "percent"}: over the areas in scope in both rounds, computed from the rounded
      figures; the areas in scope in one round only are in "notCompared"

Problems go to standard error as {"problems": [{"file", "pointer", "code", "message"}]}, with exit code 1.

Example:
  npm run --silent agreed -- --instrument lijw@1.0.0 --baseline agreed-2024.json --follow-up agreed-2025.json
`;

/** The command `agreed`. */
export const agreedCommand: Command<typeof options> = {
  help,
  options,
  async run({ values, positionals }) {
    const { instrument, hash } = await openInstrument(values.instrument);
    const read = async (option: 'baseline' | 'follow-up') => {
      const file = values[option];
      return file === undefined
        ? { scores: {}, problems: [missingOption(`--${option}`, 'a JSON file of agreed scores')] }
        : readAgreedScores(instrument, file);
    };
    const baseline = await read('baseline');
    const followUp = await read('follow-up');
    throwProblems([...unexpectedWords(positionals), ...baseline.problems, ...followUp.problems]);
    const result = {
      instrument: { id: instrument.id, version: instrument.version, hash },
      baseline: agreedScores(instrument, baseline.scores),
      followUp: agreedScores(instrument, followUp.scores),
      change: compareAgreed(instrument, baseline.scores, followUp.scores),
    };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return 0;
  },
};
