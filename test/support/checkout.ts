import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const parts = ['package.json', 'package-lock.json', 'scripts', 'src', 'views', 'survey-definitions'];

/** A copy of this checkout, without git history, in a folder whose name has a blank; it shares the packages. */
export function copyOfCheckout({ packages }: { readonly packages: boolean }): Checkout {
  const root = mkdtempSync(join(tmpdir(), 'lijw copy '));
  for (const part of parts) cpSync(join(process.cwd(), part), join(root, part), { recursive: true });
  if (packages) symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  return {
    root,
    run(command, args, env = {}) {
      const { status, stdout, stderr } = spawnSync(command, args, {
        cwd: root,
        env: { ...process.env, ...env },
        encoding: 'utf8',
        timeout: 100_000,
      });
      return { code: status, output: stdout + stderr };
    },
    start: (command, args, env = {}) =>
      spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export interface Checkout {
  readonly root: string;
  run(command: string, args: string[], env?: NodeJS.ProcessEnv): { code: number | null; output: string };
  start(command: string, args: string[], env?: NodeJS.ProcessEnv): ChildProcess;
  remove(): void;
}

/** Waits until a program has printed something that fits and gives the whole match. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const match = pattern.exec(output);
      if (match) resolve(match[0]);
    });
    child.once('exit', (code) => reject(new Error(`It ended with ${String(code)} and had printed: ${output}`)));
  });
}
