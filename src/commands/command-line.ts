import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Failure, ProblemsFound, type Problem } from '../shared/errors';

type Options = NonNullable<ParseArgsConfig['options']>;

/** One command: its words on the command line and what it does. */
export interface Command<Given extends Options> {
  /** Printed by `--help`: usage, options, input, output, an example. */
  readonly help: string;
  readonly options: Given;
  /** Returns the exit code; throws `ProblemsFound` or `Failure` for what the caller must mend. */
  run(given: ReturnType<typeof parseArgs<{ options: Given; allowPositionals: true }>>): Promise<number>;
}

/**
 * Runs a command as the process's main job: results go to stdout, problems as `{"problems":[…]}` to stderr with exit
 * code 1. `--help` prints the help and exits 0.
 */
export async function runCommand<Given extends Options>(command: Command<Given>): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) closes the pipe: nothing is wrong.
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
      process.stdout.write(command.help.trimStart());
      return;
    }
    process.exitCode = await command.run(parseArgs({ options: command.options, allowPositionals: true }));
  } catch (error) {
    process.stderr.write(`${JSON.stringify({ problems: problemsOf(error) })}\n`);
    process.exitCode = 1;
  }
}

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof ProblemsFound) return error.problems;
  if (error instanceof Failure) return [{ code: error.code, message: error.message }];
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    return [{ code: 'bad-option', message: `${error.message} See --help.` }];
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT' && 'path' in error) {
    return [{ code: 'no-such-file', file: String(error.path), message: `There is no file ${String(error.path)}.` }];
  }
  throw error;
}
