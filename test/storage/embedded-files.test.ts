import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../src/storage/embedded/database';
import { openEmbeddedStore } from '../../src/storage/embedded/open';
import { openTable } from '../../src/storage/embedded/table';
import { filesHold } from '../support/raw-store';
import { embeddedTestStore, temporaryFolder } from '../support/stores';
import { notesSpec, slipsSpec } from './parcels';

let files: Awaited<ReturnType<typeof embeddedTestStore>>;
beforeEach(async () => (files = await embeddedTestStore()));
afterEach(() => files.dispose());

const pageSize = 4096;
const mainFile = (): Promise<Buffer> => readFile(join(files.folder, 'lijw.sqlite'));

/** How many pages of the file are not as they were. */
function changedPages(before: Buffer, after: Buffer): number {
  const pages = Math.max(before.length, after.length) / pageSize;
  const page = (bytes: Buffer, number: number) => bytes.subarray(number * pageSize, (number + 1) * pageSize);
  return Array.from({ length: pages }, (_, number) => number).filter(
    (number) => !page(before, number).equals(page(after, number)),
  ).length;
}

it('a deletion changes the pages of what is deleted, and rewrites no table', async () => {
  const notes = files.store.collection(notesSpec);
  for (let n = 0; n < 500; n += 1)
    await notes.insert({ id: `n${n}`, title: `Note ${n} ${'x'.repeat(900)}`, revision: 1 });
  await files.store.tidy();
  const before = await mainFile();
  expect(before.length).toBeGreaterThan(100 * pageSize);
  await notes.remove({ id: 'n250' });
  await files.store.tidy();
  const after = await mainFile();
  expect(changedPages(before, after)).toBeLessThan(8);
  expect(await filesHold(files.folder, 'Note 250 ')).toBe(false);
  expect(await filesHold(files.folder, 'Note 251 ')).toBe(true);
});

it('what was replaced or removed is in no file once they are tidied, in either file', async () => {
  const notes = files.store.collection(notesSpec);
  const slips = files.store.collection(slipsSpec, 'one');
  await notes.insert({ id: 'a', title: 'Pierwszy tytuł', revision: 1 });
  await notes.update('a', (one) => ({ ...one, title: 'Drugi tytuł' }));
  for (let n = 0; n < 100; n += 1)
    await slips.insert({ id: `s${n}`, text: `Kartka ${n}. ${'y'.repeat(300)}`, kind: 'k' });
  await slips.remove({ kind: 'k' });
  await files.store.tidy();
  for (const gone of ['Pierwszy', 'Kartka']) expect(await filesHold(files.folder, gone)).toBe(false);
  expect(await filesHold(files.folder, 'Drugi')).toBe(true);
});

it('counts over parts are kept until something changes in them, by this process or another', async () => {
  const another = await openEmbeddedStore(files.folder);
  const slip = (id: string, kind: string) => ({ id, text: `Kartka ${id}`, kind });
  const counted = async () => {
    const counts = await files.store.countByInParts(slipsSpec, ['one', 'two'], {}, 'kind');
    return ['one', 'two'].map((part) => Object.fromEntries(counts.get(part) ?? []));
  };
  const [own, others] = [files.store.collection(slipsSpec, 'one'), another.collection(slipsSpec, 'one')];
  expect(await counted()).toEqual([{}, {}]);
  await own.insert(slip('a', 'k'));
  expect(await counted()).toEqual([{ k: 1 }, {}]);
  await others.insert(slip('b', 'k'));
  expect(await counted()).toEqual([{ k: 2 }, {}]);
  await another.collection(slipsSpec, 'two').insert(slip('c', 'l'));
  await others.update('b', (one) => ({ ...one, kind: 'l' }));
  expect(await counted()).toEqual([{ k: 1, l: 1 }, { l: 1 }]);
  await own.remove({ id: 'a' });
  await files.store.tidy();
  expect(await counted()).toEqual([{ l: 1 }, { l: 1 }]);
  await another.dropPart('two');
  expect(await counted()).toEqual([{ l: 1 }, {}]);
  await files.store.dropPart('one');
  expect(await counted()).toEqual([{}, {}]);
  await another.close();
});

it('dropping a part takes its words out of the files at once', async () => {
  const slips = files.store.collection(slipsSpec, 'one');
  for (let n = 0; n < 50; n += 1)
    await slips.insert({ id: `s${n}`, text: `Kartka ${n}. ${'y'.repeat(900)}`, kind: 'k' });
  await files.store.dropPart('one');
  expect(await filesHold(files.folder, 'Kartka')).toBe(false);
});

it('neither a search by an index nor a change by id looks at every row', () => {
  const asked: string[] = [];
  const database = openDatabase(':memory:');
  const spying = {
    ...database,
    all: (sql: string, ...values: (string | number)[]) => (asked.push(sql), database.all(sql, ...values)),
    run: (sql: string, ...values: (string | number)[]) => (asked.push(sql), database.run(sql, ...values)),
  };
  const plan = { name: 'drafts', part: 'one', unique: { label: ['label'] }, indexes: [['group', 'state']] };
  const table = openTable(plan, spying, () => undefined);
  return (async () => {
    const document = { id: 'a', label: 'l', group: 'g', state: 's' };
    await table.insert(document);
    asked.length = 0;
    const by = (field: string, value: string) => ({ field, operator: '$eq', value }) as const;
    const [found] = await table.find({ tests: [by('id', 'a')], sort: [['id', 1]], limit: 1 });
    await table.find({ tests: [by('label', 'l')], sort: [['id', 1]] });
    await table.count([by('group', 'g'), { field: 'state', operator: '$in', value: ['s', 't'] }]);
    await table.replace(found!, { ...document, state: 't' });
    await table.remove([{ field: 'id', operator: '$in', value: ['a'] }]);
    expect(asked).toHaveLength(5);
    for (const sql of asked) {
      const plans = database.all(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => String(detail));
      expect(plans.filter((detail) => detail.startsWith('SCAN drafts'))).toEqual([]);
      expect(plans.join()).toMatch(/SEARCH drafts\/one USING/);
    }
    database.close();
  })();
});

it('an acknowledged change has waited for the disk, unless a store is opened for tests', () => {
  const waits = (database: Database) => {
    const [setting] = database.all('PRAGMA synchronous');
    database.close();
    return setting?.synchronous;
  };
  const [full, off] = [2, 0];
  expect(waits(openDatabase(':memory:'))).toBe(full);
  expect(waits(openDatabase(':memory:', false))).toBe(off);
});

describe('at the start', () => {
  it('a folder of an earlier version is refused in words, and left as it is', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'rounds.table'), 'lijw-table 1\n');
    await expect(openEmbeddedStore(folder)).rejects.toMatchObject({
      code: 'store-old-format',
      message: expect.stringContaining(`${folder} holds files of an earlier version (rounds.table)`),
    });
    expect(await readFile(join(folder, 'rounds.table'), 'utf8')).toBe('lijw-table 1\n');
    await rm(folder, { recursive: true });
  });

  it('a file that is no database, or a damaged one, is named', async () => {
    const folder = await temporaryFolder();
    const store = await openEmbeddedStore(folder);
    const notes = store.collection(notesSpec);
    for (let n = 0; n < 200; n += 1) await notes.insert({ id: `n${n}`, title: 'x'.repeat(500), revision: 1 });
    await store.close();
    const file = join(folder, 'lijw.sqlite');
    const whole = await readFile(file);
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 3 * pageSize, 5 * pageSize);
    for (const content of [damaged, Buffer.from('not a database at all, '.repeat(300))]) {
      await writeFile(file, content);
      await expect(openEmbeddedStore(folder)).rejects.toMatchObject({
        code: 'store-corrupt',
        message: expect.stringContaining(file),
      });
    }
    await writeFile(file, whole);
    const again = await openEmbeddedStore(folder);
    expect(await again.collection(notesSpec).count({})).toBe(200);
    await again.close();
    await rm(folder, { recursive: true });
  });

  it('a file of a later version of the program is refused', async () => {
    const folder = await temporaryFolder();
    const database = openDatabase(join(folder, 'lijw.sqlite'));
    database.run('PRAGMA user_version = 2');
    database.close();
    await expect(openEmbeddedStore(folder)).rejects.toMatchObject({ code: 'store-too-new' });
    await rm(folder, { recursive: true });
  });
});
