import { appendFile, cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { markLine, readTableFile, recordLine } from '../../src/storage/embedded/log-format';
import { openEmbeddedStore } from '../../src/storage/embedded/open';
import type { Store } from '../../src/storage/port';
import { temporaryFolder } from '../support/stores';
import { drafts, passes } from './children/submissions';

let folder: string;
let file: string;
let store: Store;
let notices: string[];

async function open(): Promise<Store> {
  notices = [];
  store = await openEmbeddedStore(folder, { notice: (message) => notices.push(message) });
  return store;
}

const idsOf = async (): Promise<string[]> =>
  (await store.collection(drafts).find({}, { sort: [['id', 'ascending']] })).map(({ id }) => id);

beforeEach(async () => {
  folder = await temporaryFolder();
  file = join(folder, 'drafts.table');
  const all = (await open()).collection(drafts);
  for (const id of ['a', 'b', 'c']) await all.insert({ id, text: `text of ${id}: zażółć` });
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('what a crash tears off', () => {
  it.each([
    ['half a line', '0badc0de {"_id":"d","_v":0,"te'],
    ['a line without its end', recordLine({ _id: 'd', _v: 0, text: 'x' }).trimEnd()],
    ['a block of zeros', '\0'.repeat(4096)],
    ['zeros before a line of the same batch', `${'\0'.repeat(100)}\n${recordLine({ _id: 'd', _v: 0, text: 'x' })}`],
  ])('is cut off and kept aside: %s', async (_what, torn) => {
    await store.close();
    await appendFile(file, torn);
    await open();
    expect(await idsOf()).toEqual(['a', 'b', 'c']);
    expect(await readFile(`${file}.torn-1`, 'utf8')).toBe(torn);
    expect(notices).toEqual([expect.stringContaining('drafts.table.torn-1')]);
    await store.collection(drafts).insert({ id: 'e', text: 'later' });
    await store.close();
    await open();
    expect(await idsOf()).toEqual(['a', 'b', 'c', 'e']);
    expect(notices).toEqual([]);
  });

  it('takes with it nothing that was complete, wherever the file ends', async () => {
    const all = store.collection(drafts);
    await Promise.all(['d', 'e', 'f'].map((id) => all.insert({ id, text: 'together' })));
    const content = await readFile(file);
    const start = content.indexOf('\n') + 1;
    for (let end = start; end <= content.length; end += 1) {
      const { records, goodBytes, damage } = readTableFile(content.subarray(0, end));
      expect(damage).toBeUndefined();
      expect(goodBytes).toBe(content.lastIndexOf('\n', end - 1) + 1);
      const complete = content.toString('utf8', 0, goodBytes).match(/"_id":"."/g) ?? [];
      expect(records.size).toBe(complete.length);
    }
  });

  it('may come twice: each piece is kept', async () => {
    for (const number of [1, 2]) {
      await store.close();
      await appendFile(file, `piece ${number}`);
      await open();
      expect(await readFile(`${file}.torn-${number}`, 'utf8')).toBe(`piece ${number}`);
    }
    expect(await idsOf()).toEqual(['a', 'b', 'c']);
  });

  it('leaves nothing of a rewrite that was cut short', async () => {
    await store.close();
    await writeFile(`${file}.new`, 'lijw-table 1\nhalf of what was to be removed');
    await open();
    expect(await readdir(folder)).not.toContain('drafts.table.new');
    expect(await idsOf()).toEqual(['a', 'b', 'c']);
  });
});

describe('damage that no crash can have done', () => {
  it('is a failure that names file and line, and changes nothing', async () => {
    await store.close();
    const damaged = (await readFile(file, 'utf8')).replace('text of b', 'text of B');
    const line = damaged.split('\n').findIndex((text) => text.includes('text of B')) + 1;
    await writeFile(file, damaged);
    await expect(open()).rejects.toMatchObject({
      code: 'store-corrupt',
      message: expect.stringContaining(`${file} is damaged at line ${line}:`),
    });
    expect(await readFile(file, 'utf8')).toBe(damaged);
    expect(await readdir(folder)).toEqual(['drafts.table']);
  });

  it.each([
    ['an empty file', ''],
    ['a file of another kind', '{"hello":"world"}\n'],
    ['a file of a later format', 'lijw-table 2\n-\n'],
  ])('is a failure: %s', async (_what, content) => {
    await store.close();
    await writeFile(file, content);
    await expect(open()).rejects.toMatchObject({ code: 'store-corrupt', message: expect.stringContaining('line 1') });
  });

  it('never passes for good: any changed byte of a closed file is found, or has cost no record', async () => {
    await store.close();
    const content = await readFile(file);
    const whole = readTableFile(content);
    const position = fc.nat({ max: content.length - 1 });
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const changed = Buffer.from(content);
        changed[at] = changed[at]! ^ difference;
        const { records, damage } = readTableFile(changed);
        if (damage === undefined) expect(records).toEqual(whole.records);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('removed data', () => {
  const everything = async (): Promise<string> =>
    (await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))).join('');

  it('is gone from the files once the removal is acknowledged', async () => {
    const all = store.collection(drafts);
    await all.update('a', { set: { text: 'newer text of a' } });
    await all.remove({ id: 'a' });
    expect(await everything()).not.toContain('text of a');
    expect(await idsOf()).toEqual(['b', 'c']);
    await store.close();
    await open();
    expect(await idsOf()).toEqual(['b', 'c']);
  });

  it('is gone also when it was written a moment before, among other writes', async () => {
    const all = store.collection(drafts);
    const inserts = Array.from({ length: 50 }, (_, n) => all.insert({ id: `n${n}`, text: `secret of n${n}` }));
    const removals = inserts.map(async (insert, n) => {
      await insert;
      await all.remove({ id: `n${n}` });
      expect(await everything()).not.toContain(`secret of n${n}"`);
    });
    await Promise.all(removals);
    expect(await idsOf()).toEqual(['a', 'b', 'c']);
  });

  it('is what unset takes out, too', async () => {
    const loose = { ...drafts, name: 'loose', schema: { ...drafts.schema, required: ['id'] } };
    const all = store.collection(loose);
    await all.insert({ id: 'a', text: 'of the past' });
    await all.update('a', { unset: ['text'] });
    expect(await everything()).not.toContain('of the past');
  });
});

it('shows nobody a document before it is on the disk', async () => {
  const all = store.collection(passes);
  const insert = all.insert({ id: 'p', used: 0 });
  const found = await all.get('p');
  const copy = join(folder, 'copy');
  await cp(join(folder, 'passes.table'), copy);
  expect(found).toEqual({ id: 'p', used: 0 });
  expect(await readFile(copy, 'utf8')).toContain('"_id":"p"');
  await insert;
});

it('gives each change the document as it was right after it', async () => {
  const all = store.collection(passes);
  await all.insert({ id: 'p', used: 0 });
  const changes = await Promise.all(Array.from({ length: 100 }, () => all.update('p', { inc: { used: 1 } })));
  expect(changes.map((pass) => pass?.used)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
});

it('rewrites a file that has grown much larger than what it holds', async () => {
  const all = store.collection(passes);
  await all.insert({ id: 'p', used: 0 });
  for (let round = 0; round < 30; round += 1) {
    await Promise.all(Array.from({ length: 100 }, () => all.update('p', { inc: { used: 1 } })));
  }
  expect(await all.get('p')).toEqual({ id: 'p', used: 3000 });
  const lines = (await readFile(join(folder, 'passes.table'), 'utf8')).split('\n');
  expect(lines.length).toBeLessThan(1300);
  await store.close();
  await open();
  expect(await store.collection(passes).get('p')).toEqual({ id: 'p', used: 3000 });
});

it('opens a file whose last mark is missing, as a killed process leaves it', async () => {
  await store.close();
  const { length } = await readFile(file);
  await truncate(file, length - markLine.length);
  await open();
  expect(await idsOf()).toEqual(['a', 'b', 'c']);
  expect(notices).toEqual([]);
});
