import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(__dirname, '..', '..');
/** Found from any folder. */
const tsx = pathToFileURL(require.resolve('tsx')).href;

export interface EndedScript {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ScriptOptions {
  /** Where it runs; the checkout where left out. */
  readonly cwd?: string;
  /** Beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from standard input. */
  readonly input?: string;
}

/** Runs a command of `scripts/` to its end, as `npm run` does. */
export function runScript(
  name: string,
  words: readonly string[],
  { cwd = root, env = {}, input = '' }: ScriptOptions = {},
): Promise<EndedScript> {
  const program = ['--import', tsx, join(root, 'scripts', `${name}.ts`), ...words];
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 1e8 };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, program, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
    // One that does not read its input may have ended before it was given.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
