import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireLock, type Lock } from '../../src/storage/embedded/lock';
import { embeddedTestStore, temporaryFolder } from '../support/stores';
import { passes } from './children/submissions';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** What a lock of this very process says, changed to be another's. */
async function leaveLock(change: object): Promise<void> {
  const lock = await acquireLock(folder);
  const owner: unknown = JSON.parse(await readFile(join(folder, 'lock'), 'utf8'));
  await lock.release();
  await writeFile(join(folder, 'lock'), JSON.stringify({ ...(owner as object), ...change }));
}

it('is held once within a process too, and is free again after its release', async () => {
  const lock = await acquireLock(folder);
  await lock.assertHeld();
  await expect(acquireLock(folder)).rejects.toMatchObject({ code: 'store-in-use' });
  await lock.release();
  await (await acquireLock(folder)).release();
  expect(await readdir(folder)).toEqual([]);
});

it.each([
  ['of a process that no longer runs', { pid: 2 ** 22 + 1 }],
  ['whose number another program has got since', { started: '1' }],
  ['of an earlier boot', { boot: 'another' }],
])('takes over a lock %s', async (_what, change) => {
  await leaveLock(change);
  const lock = await acquireLock(folder);
  await lock.assertHeld();
  expect(await readdir(folder)).toEqual(['lock']);
  await lock.release();
});

it('takes over a lock that cannot be read', async () => {
  await writeFile(join(folder, 'lock'), '{"pi');
  const lock = await acquireLock(folder);
  await lock.assertHeld();
  await lock.release();
});

it('takes over when another process was killed while it took over', async () => {
  await leaveLock({ pid: 2 ** 22 + 1, token: 'aaaa' });
  const dead = (await readFile(join(folder, 'lock'), 'utf8')).replace('aaaa', 'bbbb');
  await writeFile(join(folder, 'lock.aaaa'), dead);
  await writeFile(join(folder, 'lock.new-bbbb'), dead);
  const lock = await acquireLock(folder);
  await lock.assertHeld();
  expect(await readdir(folder)).toEqual(['lock']);
  await lock.release();
});

it.each([
  ['no lock', null],
  ['the lock of a dead process', { pid: 2 ** 22 + 1 }],
])('lets one of many have it that come at once upon %s', async (_what, left) => {
  for (let round = 0; round < 20; round += 1) {
    if (left) await leaveLock(left);
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => acquireLock(folder)));
    const winners = results.flatMap((result): Lock[] => (result.status === 'fulfilled' ? [result.value] : []));
    const losers = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
    expect(winners).toHaveLength(1);
    expect(losers.map((reason) => (reason as { code: string }).code)).toEqual(Array(11).fill('store-in-use'));
    await winners[0]!.assertHeld();
    await winners[0]!.release();
    expect(await readdir(folder)).toEqual([]);
  }
});

it('stops a store from writing once its lock is no longer its own', async () => {
  const test = await embeddedTestStore();
  const { store, folder: own } = test;
  const all = store.collection(passes);
  await all.insert({ id: 'before', used: 0 });
  await rm(join(own, 'lock'));
  const usurper = await acquireLock(own);
  await expect(all.insert({ id: 'after', used: 0 })).rejects.toMatchObject({ code: 'store-taken-over' });
  await expect(all.find({})).rejects.toMatchObject({ code: 'store-taken-over' });
  expect(await readFile(join(own, 'passes.table'), 'utf8')).not.toContain('after');
  await store.close();
  await usurper.assertHeld();
  await usurper.release();
  await test.dispose();
});
