import { findingsOf } from '../definitions/read-instrument';
import { readDefinition } from '../definitions/read-definition';
import { isProgrammeDocument } from '../programme/document/check';
import { programmeProblems } from '../programme/document/load';
import { Failure, type Problem } from '../shared/errors';
import type { Command } from './command-line';

const help = `
Usage: npm run --silent check-definitions -- FILE…

Checks instruments and programmes: their shape (survey-definitions/instrument.schema.json, programme.schema.json)
and their meaning (references, rules, order, forms; targets and what counts). A document with "kind": "programme" is
a programme; a JSON Schema among the files is checked as a schema.

Output (stdout): {"problems":[{"file","pointer","code","message","line"}]}, everything at once, in the order of
the files; pointer is a JSON pointer (RFC 6901) to the place, '' is the whole document.
Exit code: 0 where there is no problem, else 1.

Example: npm run --silent check-definitions -- survey-definitions/*.json survey-definitions/programmes/*.json
`;

/** Logic of `npm run check-definitions`. */
export const checkDefinitions: Command<Record<string, never>> = {
  help,
  options: {},
  async run({ positionals }) {
    if (positionals.length === 0) throw new Failure('no-files', 'Name at least one file. See --help.');
    const problems = (await Promise.all(positionals.map((file) => problemsOf(file)))).flat();
    const lines = problems.map(({ file, pointer, code, message, line }) => ({ file, pointer, code, message, line }));
    process.stdout.write(`${JSON.stringify({ problems: lines })}\n`);
    return problems.length === 0 ? 0 : 1;
  },
};

async function problemsOf(file: string): Promise<readonly Problem[]> {
  const read = await readDefinition(file);
  return isProgrammeDocument(read.value) ? programmeProblems(file, read) : findingsOf(read).problems;
}
