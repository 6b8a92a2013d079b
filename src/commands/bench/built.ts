import { execFile, fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../shared/project-root';

let built: Promise<unknown> | null = null;

/** Builds `dist/` where it is not made of what is there now: what browsers get, and the program as it is started. */
export async function builtAnew(): Promise<void> {
  built ??= promisify(execFile)(process.execPath, [join(projectRoot, 'scripts', 'build.mjs'), '--if-changed']);
  await built;
}

/**
 * A process of the program as it is built and started: what runs from the sources is slower, and takes more memory.
 *
 * @param script of this folder, without its ending
 * @param settings of its environment, beside those of this process
 */
export async function forkBuilt(
  script: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  await builtAnew();
  return fork(join(projectRoot, 'dist', 'commands', 'bench', `${script}.js`), {
    ...{ env: { ...process.env, ...settings }, execArgv: [] },
  });
}
