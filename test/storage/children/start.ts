import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A store in a process of its own (`store-child.ts`). */
export interface StoreChild {
  readonly pid: number;
  /** Everything it has said so far. */
  readonly lines: readonly string[];
  send(command: string): void;
  /** The first line, old or new, that begins with one of these words. */
  hears(...words: string[]): Promise<string>;
  /** Resolves when it has said this many lines that begin with the word. */
  counts(word: string, lines: number): Promise<void>;
  /** Ends it with `kill -9`. */
  kill(): Promise<void>;
  /** Ends it by closing its stdin. */
  end(): Promise<void>;
}

/** `fileLimit` (KiB) makes the system refuse to let any file grow beyond it, as a full disk would. */
export async function startChild(fileLimit?: number): Promise<StoreChild> {
  const program = ['--import', 'tsx', join(__dirname, 'store-child.ts')];
  const child: ChildProcess =
    fileLimit === undefined
      ? spawn(process.execPath, program, { stdio: ['pipe', 'pipe', 'inherit'] })
      : spawn('bash', ['-c', `ulimit -f ${fileLimit}; exec "$0" "$@"`, process.execPath, ...program], {
          stdio: ['pipe', 'pipe', 'inherit'],
        });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  let waiting: (() => void)[] = [];
  const look = (): void => {
    const now = waiting;
    waiting = [];
    for (const wake of now) wake();
  };
  createInterface({ input: child.stdout! }).on('line', (line) => {
    lines.push(line);
    look();
  });
  child.on('exit', look);

  async function until(holds: () => boolean, what: string): Promise<void> {
    while (!holds()) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`The child ended before it said ${what}: ${lines.slice(-5).join(' | ')}`);
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  const result: StoreChild = {
    pid: child.pid!,
    lines,
    send: (command) => void child.stdin!.write(`${command}\n`),
    async hears(...words) {
      const find = (): string | undefined => lines.find((line) => words.includes(line.split(' ')[0]!));
      await until(() => find() !== undefined, words.join(' or '));
      return find()!;
    },
    counts: (word, number) => until(() => lines.filter((line) => line.startsWith(word)).length >= number, word),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async end() {
      child.stdin!.end();
      await exited;
    },
  };
  await result.hears('ready');
  return result;
}
