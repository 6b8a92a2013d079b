import { editionsSpec, type PublishedEdition } from '../../../src/publishing/edition';
import type { PdfService } from '../../../src/web/services';
import { startTestApp, type TestApp } from '../../support/app';
import { allowed } from '../../support/builders';
import { assessedUnit, publication } from '../../support/published';
import { signedInClient, type StaffClient } from '../../support/staff';

const htmls: string[] = [];
const pdf: PdfService = {
  print: (html) => Promise.resolve(Buffer.from(`%PDF-1.7 ${htmls.push(html)}`)),
  available: () => Promise.resolve({ ok: true }),
};
const programme = 'obywatelska-wielkopolska-2014-2015';
const path = `/staff/programme-reports/${programme}`;

let test: TestApp;
let staff: StaffClient;
let first: PublishedEdition;
beforeAll(async () => {
  test = await startTestApp(undefined, pdf);
  staff = await signedInClient(test);
  const { assessment, collection, publishing } = test.services;
  const unit = { code: '302101', name: 'Gmina Próbna 1' };
  const { comparison } = await assessedUnit({ ...assessment, ...collection }, unit);
  first = allowed(await publishing.editions.publish(comparison, publication(), 0));
  for (const at of [2, 3, 4]) await publishLike(at);
}, 300_000);

/** Another unit that has published the same figures. */
async function publishLike(at: number): Promise<PublishedEdition> {
  const unit = { ...first.card!.unit, code: `30210${at}`, name: `Gmina Próbna ${at}` };
  const edition = { ...first, id: `like-${at}:1`, reportId: `like-${at}`, card: { ...first.card!, unit } };
  await test.store.collection(editionsSpec).insert(edition);
  return edition;
}
afterAll(() => test.close());

const words = (html: string): string =>
  html
    .replace(/<(style|script)[^]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/\s+/g, ' ');

it('the report says what was done, and shows no spread of fewer than five units', async () => {
  const page = await staff.get(path);
  expect(page.status).toBe(200);
  expect(words(page.text)).toContain('Co zrobiono');
  expect(words(page.text)).toContain('Wyniki pierwszej rundy opublikowały 4 jednostki programu.');
  expect(words(page.text)).toContain('co najmniej 5 jednostek');
  expect(page.text).not.toContain('spread-chart');
  expect((await staff.get('/staff/programme-reports/nonesuch')).status).toBe(404);
});

it('from the fifth unit on it shows the middle of their scores, on the page and in print, and names none', async () => {
  const fifth = await publishLike(5);
  const page = await staff.get(path);
  expect(page.text).toContain('id="spread-chart"');
  const { survey } = fifth.card!;
  // All five have the same scores, so the middle is theirs, in tenths.
  const tenth = (Math.floor(survey.now! * 10 + 0.5) / 10).toLocaleString('pl');
  expect(words(page.text)).toContain(`Indeks w rundzie powtórnej: mediana ${tenth}`);

  expect((await staff.get(`${path}/report.pdf`)).status).toBe(202);
  await test.filesMade();
  const file = await staff.get(`${path}/report.pdf`);
  expect(file.headers['content-disposition']).toContain(`lijw-${programme}-raport-z-programu.pdf`);
  const print = htmls.find((html) => html.includes('class="programme-head__name"'))!;
  for (const html of [page.text, print]) {
    expect(words(html)).toContain('Mediana');
    expect(html).not.toContain('Próbna');
  }

  // Withdrawn, it counts no more.
  await test.services.publishing.editions.withdraw(fifth.id, 'Pomyłka');
  expect((await staff.get(path)).text).not.toContain('id="spread-chart"');
});

it('it is there in English too', async () => {
  const page = await staff.get(`${path}?lang=en`);
  expect(words(page.text)).toContain('4 units of the programme have published results of the baseline round.');
});
