import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { startTestApp, type TestApp } from '../../support/app';
import { allowed } from '../../support/builders';
import { readZip } from '../../support/read-zip';
import { assessedUnit, publication } from '../../support/published';
import type { PublishedEdition } from '../../../src/publishing/services';

let test: TestApp;
let alone: PublishedEdition;
beforeAll(async () => {
  test = await startTestApp();
  const { assessment, collection, publishing } = test.services;
  const unit = await assessedUnit({ ...assessment, ...collection }, { name: 'Gmina =1+1; "Łąka"' });
  alone = allowed(await publishing.editions.publish(unit.rounds[0], publication(), 0));
  allowed(await publishing.editions.publish(unit.comparison, publication(), 0));
});
afterAll(() => test.close());

const get = (path: string) => request(test.app).get(path);
const rowsOf = async (file: string) =>
  parse<Record<string, string>>((await get(`/open-data/${file}`)).text, { columns: true });

it('has one line a figure, each round once, and says why there is none', async () => {
  const figures = await rowsOf('figures.csv');
  const index = figures.filter(({ level, holder }) => level === 'index' && holder === 'survey');
  expect(index.map(({ round, year }) => [round, year])).toEqual([
    ['baseline', '2024'],
    ['follow-up', '2025'],
  ]);
  for (const { mean, reason } of figures) expect([mean === '', reason === '']).toEqual([mean === '', mean !== '']);
  expect(figures.find(({ group, level }) => group === 'councillors' && level === 'index')).toMatchObject({
    ...{ mean: '', n: '', reason: 'hidden' },
  });
  expect(await rowsOf('changes.csv')).not.toHaveLength(0);
});

it('names each report with its hash, and leaves no formula', async () => {
  const reports = await rowsOf('reports.csv');
  expect(reports.map(({ report, hash }) => [report, hash])).toContainEqual(['2024', alone.hash]);
  expect(reports[0]!['unitName']).toBe('Gmina =1+1; "Łąka"');
});

it('describes every column of every table', async () => {
  const described = (await rowsOf('codebook.csv')).map(({ table, column }) => `${table!} ${column!}`);
  for (const table of ['reports', 'figures', 'changes', 'recommendations']) {
    const [header = ''] = (await get(`/open-data/${table}.csv`)).text.split('\r\n');
    const columns = header.split(',').map((column) => `${table} ${column}`);
    expect(described.filter((one) => one.startsWith(`${table} `))).toEqual(columns);
  }
});

it('comes as one zip with note and licence, the same bytes for the same data', async () => {
  const download = () => get('/open-data/lijw-open-data.zip').responseType('blob');
  const [one, other] = [await download(), await download()].map(({ body }) => body as Buffer);
  expect(one!.equals(other!)).toBe(true);
  const files = readZip(one!);
  expect([...files.keys()].toSorted()).toEqual([
    ...[
      'changes.csv',
      'codebook.csv',
      'datapackage.json',
      'figures.csv',
      'licence.txt',
      'method.txt',
      'recommendations.csv',
      'reports.csv',
    ],
  ]);
  expect(files.get('licence.txt')!.toString('utf8')).toContain('CC BY 4.0');
  expect(files.get('method.txt')!.toString('utf8')).toContain('ranking');
  expect(files.get('figures.csv')!.toString('utf8')).toBe((await get('/open-data/figures.csv')).text);
});

it('loses what is withdrawn at once, also for who has kept it', async () => {
  const { etag } = (await get('/open-data/reports.csv')).headers;
  expect((await get('/open-data/reports.csv').set('If-None-Match', String(etag))).status).toBe(304);
  allowed(await test.services.publishing.editions.withdraw(alone.id, 'Pomyłka.'));
  const after = await get('/open-data/reports.csv').set('If-None-Match', String(etag));
  expect(after.status).toBe(200);
  expect(after.text).not.toContain(alone.hash);
  for (const file of ['..%2fpackage.json', 'nonesuch.csv']) expect((await get(`/open-data/${file}`)).status).toBe(404);
});
