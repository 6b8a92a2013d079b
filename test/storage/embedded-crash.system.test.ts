import { rm } from 'node:fs/promises';
import { openEmbeddedStore } from '../../src/storage/embedded/open';
import { temporaryFolder } from '../support/stores';
import { startChild, type StoreChild } from './children/start';
import { drafts, passes, submissions } from './children/submissions';

let folder: string;
let children: StoreChild[];

beforeEach(async () => {
  folder = await temporaryFolder();
  children = [];
});

afterEach(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await rm(folder, { recursive: true, force: true });
});

async function start(fileLimit?: number): Promise<StoreChild> {
  const child = await startChild(fileLimit);
  children.push(child);
  return child;
}

const idsAfter = (child: StoreChild, word: string): string[] =>
  child.lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

it('loses no acknowledged submission to kill -9 during 500 of them, and has none twice', async () => {
  const begun: string[] = [];
  const done: string[] = [];
  let next = 0;
  // Each process takes over from the one that was killed, on the same folder, with no repair between them.
  for (const acknowledged of [0, 5, 20, 60, 90, 120]) {
    const child = await start();
    child.send(`open ${folder}`);
    expect(await child.hears('opened', 'failed')).toBe('opened');
    child.send(`submit ${next} 500`);
    // At a moment that differs from run to run, in the midst of twenty others.
    await child.counts('done', acknowledged + Math.floor(Math.random() * 20));
    await child.kill();
    begun.push(...idsAfter(child, 'begun'));
    done.push(...idsAfter(child, 'done'));
    next += 500;
  }

  const store = await openEmbeddedStore(folder);
  const stored = await store.collection(submissions).find({});
  const ids = stored.map(({ id }) => id);
  expect(done.length).toBeGreaterThan(260);
  expect(new Set(ids).size).toBe(ids.length);
  expect(done.filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids.filter((id) => !begun.includes(id))).toEqual([]);
  for (const { id, answers } of stored) expect(answers.text).toContain(`answers ${id} żżż`);

  // What was done is done in every collection: the pass is used once, the draft is gone.
  const used = new Map((await store.collection(passes).find({})).map((pass) => [pass.id, pass.used]));
  expect(done.filter((id) => used.get(id) !== 1)).toEqual([]);
  expect([...used.values()].filter((times) => times > 1)).toEqual([]);
  const left = new Set((await store.collection(drafts).find({})).map(({ id }) => id));
  expect(done.filter((id) => left.has(id))).toEqual([]);
  await store.close();
});

it('lets two processes write at the same time, and loses nothing of what one acknowledged when it is killed', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  for (const child of [one, other]) {
    child.send(`open ${folder}`);
    expect(await child.hears('opened', 'failed')).toBe('opened');
  }
  one.send('submit 0 500');
  other.send('submit 500 100');
  await one.counts('done', 40);
  await one.kill();
  await other.hears('submitted');

  const store = await openEmbeddedStore(folder);
  const ids = (await store.collection(submissions).find({})).map(({ id }) => id);
  const done = [...idsAfter(one, 'done'), ...idsAfter(other, 'done')];
  expect(idsAfter(other, 'done')).toHaveLength(100);
  expect(new Set(ids).size).toBe(ids.length);
  expect(done.filter((id) => !ids.includes(id))).toEqual([]);
  await store.close();
});

it('undoes what a full disk refuses, keeps what it had, and goes on when there is room', async () => {
  const child = await start(3_000);
  child.send(`open ${folder}`);
  await child.hears('opened');
  child.send('fill');
  await child.hears('went');
  const done = idsAfter(child, 'done');
  expect(done.length).toBeGreaterThan(100);
  expect(child.lines).toContain('full store-failed');
  expect(child.lines).toContain(`counted ${done.length}`);
  await child.kill();

  const store = await openEmbeddedStore(folder);
  const ids = (await store.collection(submissions).find({})).map(({ id }) => id);
  expect(ids.sort()).toEqual([...done].sort());
  expect(await store.collection(passes).get('small')).toEqual({ id: 'small', used: 0 });
  await store.close();
});
