import { createInterface } from 'node:readline';
import { isRefusal } from '../../src/shared/errors';
import { openEmbeddedStore } from '../../src/storage/embedded/open';
import { assessmentOver } from '../support/builders';

/**
 * A process of its own that submits the drafts whose tokens come on stdin, all at the same time, and writes each token
 * back once its receipt is given: `submitting-process.ts FOLDER`.
 */
async function main(folder: string): Promise<void> {
  const store = await openEmbeddedStore(folder);
  const services = assessmentOver(store);
  await services.sealing.resumeClosing();
  const sent: Promise<void>[] = [];
  for await (const token of createInterface({ input: process.stdin })) {
    sent.push(
      services.submissions.submit(token).then((outcome) => {
        if (isRefusal(outcome)) throw new Error(outcome.refused);
        process.stdout.write(`${token}\n`);
      }),
    );
  }
  await Promise.all(sent);
  await store.close();
}

void main(process.argv[2] ?? '');
