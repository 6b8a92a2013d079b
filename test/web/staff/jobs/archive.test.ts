import type { PublishedEdition } from '../../../../src/publishing/services';
import type { PdfService } from '../../../../src/web/services';
import { startTestApp, testMoment, type TestApp } from '../../../support/app';
import { allowed } from '../../../support/builders';
import { assessedUnit, publication } from '../../../support/published';
import { readZip } from '../../../support/read-zip';
import { signedInClient, type StaffClient } from '../../../support/staff';

const pdf: PdfService = {
  print: (html) => Promise.resolve(Buffer.from(`%PDF-1.7 ${/<title>([^<]*)/.exec(html)?.[1] ?? ''}`)),
  available: () => Promise.resolve({ ok: true }),
};

let test: TestApp;
let staff: StaffClient;
let comparison: PublishedEdition;
let round: PublishedEdition;
let now = testMoment.getTime();
beforeAll(async () => {
  test = await startTestApp(undefined, pdf, () => new Date(now));
  staff = await signedInClient(test);
  const { assessment, collection, publishing } = test.services;
  const unit = await assessedUnit({ ...assessment, ...collection });
  comparison = allowed(await publishing.editions.publish(unit.comparison, publication(), 0));
  round = allowed(await publishing.editions.publish(unit.rounds[0], publication(), 0));
});
afterAll(() => test.close());

const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

async function archiveOf(...editions: readonly PublishedEdition[]): Promise<string> {
  const asked = await staff.post('/staff/archives/new', { edition: editions.map(({ id }) => id) });
  expect(asked.status).toBe(303);
  const path = asked.headers['location']!.split('?')[0]!;
  // It waits for the PDFs, which are made first, and is looked at again.
  for (const wait of [0, 2_000]) {
    now += wait;
    await test.makeFiles();
  }
  return path;
}

it('an archive holds what is published of the chosen reports, whatever order they are named in', async () => {
  const page = await staff.get('/staff/archives/new');
  expect(page.text.match(/name="edition"/g)).toHaveLength(2);
  const path = await archiveOf(comparison, round);
  expect(words((await staff.get(`${path}?waiting=on`)).text)).toContain('Plik jest gotowy');
  const answer = await staff
    .get(path)
    .buffer()
    .parse((response, done) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => done(null, Buffer.concat(pieces)));
    });
  expect(answer.headers['content-type']).toBe('application/zip');
  const files = readZip(answer.body as Buffer);
  const folders = [comparison, round].map(({ unit, report, number }) => `${unit}-${report}-${number}`);
  const names = ['codes.csv', 'edition.json', 'figures.csv', 'full.pdf', 'report.xlsx', 'summary.pdf'];
  expect([...files.keys()].sort()).toEqual(folders.flatMap((one) => names.map((name) => `${one}/${name}`)).sort());
  expect(files.get(`${folders[0]!}/full.pdf`)!.toString()).toContain('%PDF-1.7 Gmina Przykładowa');
  const opened = await test.services.publishing.editions.open(comparison);
  expect(files.get(`${folders[0]!}/edition.json`)!.toString()).toBe(opened!.text);
  // The same reports in another order are the same archive.
  expect(await archiveOf(round, comparison)).toBe(path);
});

it('nothing chosen is said to, and what is not published cannot be chosen', async () => {
  for (const edition of [[], ['nonesuch']]) {
    const answer = await staff.post('/staff/archives/new', { edition });
    expect(answer.status).toBe(422);
    expect(words(answer.text)).toContain('Proszę zaznaczyć co najmniej jeden raport');
  }
});

it('withdrawing a report removes every archive with it', async () => {
  const path = await archiveOf(comparison, round);
  expect((await staff.get(path)).status).toBe(200);
  await test.services.publishing.editions.withdraw(round.id, 'Pomyłka');
  const gone = await staff.get(path);
  expect(gone.status).toBe(410);
  expect(words(gone.text)).toContain('Tego archiwum już nie ma');
  expect((await staff.get('/staff/archives/new')).text.match(/name="edition"/g)).toHaveLength(1);
});
