import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sealedFreeTextsSpec } from '../../src/assessment/sealed-answers';
import { openEmbeddedStore } from '../../src/storage/embedded/open';
import { allowed, assessmentOver, closeAndCompute, filledDraft, newOpenRound } from '../support/builders';
import { openPart } from '../support/open-part';
import { temporaryFolder } from '../support/stores';

const respondents = 500;

/** Answers by which each respondent is told from all others. */
function answersOf(index: number) {
  return {
    ...{ a1: 1, c1: 1, meetings: index % 10 },
    ...{ a2: 1 + (Math.floor(index / 10) % 5), b1: 1 + (Math.floor(index / 50) % 5), c2: 1 + Math.floor(index / 250) },
  };
}

/** Hands the tokens to a process at once; kills it after so many receipts. Resolves to the receipts it gave. */
async function submitIn(folder: string, tokens: readonly string[], killAfter: number): Promise<Set<string>> {
  const script = join(__dirname, 'submitting-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(tokens.map((token) => `${token}\n`).join(''));
  const receipts = new Set<string>();
  for await (const token of createInterface({ input: child.stdout })) {
    receipts.add(token);
    if (receipts.size === killAfter) child.kill('SIGKILL');
  }
  expect(await ended).toEqual(
    killAfter <= tokens.length ? { code: null, signal: 'SIGKILL' } : { code: 0, signal: null },
  );
  return receipts;
}

it('kill -9 during 500 submissions loses no acknowledged answer and doubles none', async () => {
  const folder = await temporaryFolder();
  let store = await openEmbeddedStore(folder);
  let services = assessmentOver(store);
  const round = await newOpenRound(services, { groupSizes: { ngo: respondents } });
  const tokens = await Promise.all(
    Array.from({ length: respondents }, (_, index) =>
      filledDraft(services, round.id, 'ngo', { ...answersOf(index), 'p1-comment': `Uwaga ${index}` }),
    ),
  );
  await store.close();

  const acknowledged = new Set<string>();
  for (const killAfter of [1, 60, 250]) {
    // Those whose receipt never came send again; the others only once in the end.
    const waiting = tokens.filter((token) => !acknowledged.has(token));
    for (const token of await submitIn(folder, waiting, killAfter)) acknowledged.add(token);

    // The next start needs no repair, and every receipt is kept although nobody has sent again.
    store = await openEmbeddedStore(folder);
    services = assessmentOver(store);
    await services.sealing.resumeClosing();
    const { ngo = 0 } = await services.submissions.counts(round.id);
    expect(ngo).toBeGreaterThanOrEqual(acknowledged.size);
    expect(ngo).toBeLessThanOrEqual(respondents);
    const submitted = await openPart(store, round.id).drafts.count({ state: 'submitted' });
    expect(submitted).toBeGreaterThanOrEqual(acknowledged.size);
    await store.close();
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(311);
  expect((await submitIn(folder, tokens, Infinity)).size).toBe(respondents);

  store = await openEmbeddedStore(folder);
  services = assessmentOver(store);
  expect(await services.submissions.counts(round.id)).toEqual({ ngo: respondents });
  await closeAndCompute(services, round.id);
  const sealed = await services.sealedRounds.answersOf(round.id);
  const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one, keys)).sort();
  const keys = ['a1', 'a2', 'b1', 'c1', 'c2', 'meetings'];
  expect(sorted(sealed.map(({ answers }) => answers))).toEqual(sorted(tokens.map((_, index) => answersOf(index))));
  const words = await store.collection(sealedFreeTextsSpec).find({ roundId: round.id });
  expect(words.map(({ text }) => text).sort()).toEqual(tokens.map((_, index) => `Uwaga ${index}`).sort());
  expect(allowed(await services.results.roundResults(round.id)).released.respondents).toBe(respondents);
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
