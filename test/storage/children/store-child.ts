import { createInterface } from 'node:readline';
import { openEmbeddedStore } from '../../../src/storage/embedded/open';
import type { Store } from '../../../src/storage/port';
import { drafts, passes, submissions } from './submissions';

/**
 * A process for tests to race, fill up and kill. It takes commands as lines on stdin (`open FOLDER`, `submit FIRST
 * COUNT`, `fill`, `close`) and says on stdout what came of them; it ends when its stdin does.
 */
const say = (line: string): boolean => process.stdout.write(`${line}\n`);
let store: Store | null = null;

const commands: Record<string, (...given: string[]) => Promise<void>> = {
  async open(folder = '') {
    try {
      store = await openEmbeddedStore(folder);
      say('opened');
    } catch (error) {
      say(`failed ${(error as { code?: string }).code ?? ''} ${(error as Error).message}`);
    }
  },

  /** Twenty at a time hand in a questionnaire: the answers are stored, the pass is used up, the draft is removed. */
  async submit(first = '0', count = '0') {
    const opened = store!;
    let next = Number(first);
    const last = next + Number(count);
    async function one(id: string): Promise<void> {
      await opened.collection(drafts).insert({ id, text: `draft ${id}` });
      await opened.collection(passes).insert({ id, used: 0 });
      say(`begun ${id}`);
      await opened
        .collection(submissions)
        .insert({ id, pass: id, answers: { text: `answers ${id} ${'ż'.repeat(400)}` } });
      await opened.collection(passes).update(id, (pass) => (pass.used === 0 ? { ...pass, used: 1 } : null));
      await opened.collection(drafts).remove({ id });
      say(`done ${id}`);
    }
    async function worker(): Promise<void> {
      while (next < last) {
        const id = `s${next}`;
        next += 1;
        await one(id);
      }
    }
    await Promise.all(Array.from({ length: 20 }, worker));
    say('submitted');
  },

  /** Writes until the disk is full, then goes on with less. */
  async fill() {
    const opened = store!;
    const all = opened.collection(submissions);
    let written = 0;
    try {
      for (; written < 5000; written += 1) {
        const id = `f${written}`;
        await all.insert({ id, pass: id, answers: { text: 'x'.repeat(1000) } });
        say(`done ${id}`);
      }
    } catch (error) {
      say(`full ${(error as { code?: string }).code ?? ''}`);
    }
    say(`counted ${await all.count({})}`);
    await opened.collection(passes).insert({ id: 'small', used: 0 });
    say('went on');
  },

  async close() {
    await store?.close();
    say('closed');
  },
};

say('ready');
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [command = '', ...given] = line.split(' ');
    void commands[command]?.(...given);
  })
  .on('close', () => process.exit(0));
