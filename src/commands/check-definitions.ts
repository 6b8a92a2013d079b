import { checkFile } from '../definitions/registry';
import { Failure } from '../shared/errors';
import type { Command } from './command-line';

const help = `
Usage: npm run --silent check-definitions -- FILE…

Checks instrument files: their shape (survey-definitions/instrument.schema.json) and their meaning
(references, rules, order, forms). A JSON Schema among the files is checked as a schema.

Output (stdout): {"problems":[{"file","pointer","code","message","line"}]}, everything at once, in the order of
the files; pointer is a JSON pointer (RFC 6901) to the place, '' is the whole document.
Exit code: 0 where there is no problem, else 1.

Example: npm run --silent check-definitions -- survey-definitions/*.json
`;

/** Logic of `npm run check-definitions`. */
export const checkDefinitions: Command<Record<string, never>> = {
  help,
  options: {},
  async run({ positionals }) {
    if (positionals.length === 0) throw new Failure('no-files', 'Name at least one file. See --help.');
    const findings = await Promise.all(positionals.map((file) => checkFile(file)));
    const problems = findings.flatMap(({ problems: found }) => found);
    const lines = problems.map(({ file, pointer, code, message, line }) => ({ file, pointer, code, message, line }));
    process.stdout.write(`${JSON.stringify({ problems: lines })}\n`);
    return problems.length === 0 ? 0 : 1;
  },
};
