import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import request from 'supertest';
import type { Edition } from '../../../src/reports/edition/edition';
import type { Subject } from '../../../src/publishing/services';
import { startTestApp, type TestApp } from '../../support/app';
import { allowed } from '../../support/builders';
import { publication } from '../../support/published';
import { ownText, recommendedUnit, reviewedTexts } from '../../support/recommendations';
import { signedInClient } from '../../support/staff';

/** The published comparison of a unit whose follow-up has reviewed every recommendation of its baseline. */
let test: TestApp;
let comparison: Subject;
let rounds: readonly [Subject, Subject];
beforeAll(async () => {
  test = await startTestApp();
  ({ comparison, rounds } = await recommendedUnit({ ...test.services.assessment, ...test.services.collection }));
  allowed(await test.services.publishing.editions.publish(comparison, publication(), 0));
});
afterAll(() => test.close());

const report = '/library/309901/2024-2025/1';
const get = (path: string) => request(test.app).get(path);
const words = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
const fateWords = { done: 'wykonana', partly: 'wykonana częściowo', 'not-done': 'niewykonana' } as const;
const counted = 'Z 3 rekomendacji rundy początkowej wykonano 1, częściowo 1, nie wykonano 1.';

it('prints each recommendation of the baseline with its fate, and the counts', async () => {
  const page = words((await get(report)).text);
  expect(page).toContain(counted);
  for (const { what, fate, why } of reviewedTexts) {
    // Between a text and its fate stand area, who and by when of the same recommendation.
    const after = page.slice(page.indexOf(`${what} `));
    const own = after.slice(0, after.indexOf('Co się z nią stało') + 60);
    expect(own).toMatch(new RegExp(`Co się z nią stało ${fateWords[fate]}( |$)`));
    if (why !== '') expect(page).toContain(why);
  }
  expect(page).toContain(ownText);
  expect(page).not.toContain('prowadzaca');
});

it('has the same in the document, in the workbook and in the open data, each recommendation once', async () => {
  const { rounds: told } = JSON.parse((await get(`${report}/edition.json`)).text) as Edition;
  expect(told[0].recommendations).toBeUndefined();
  expect(told[1]!.reviewed).toMatchObject(reviewedTexts);
  expect(told[1]!.recommendations).toMatchObject([{ what: ownText, area: null, priority: true, state: 'planned' }]);

  const file = (await get(`${report}/report.xlsx`).responseType('blob')).body as Buffer;
  const [, ...lines] = await readSheet(file, 'Rekomendacje');
  const fates = reviewedTexts.map(({ fate }) => fateWords[fate]);
  expect(lines.map((line) => line[4])).toEqual([...reviewedTexts.map(({ what }) => what), ownText]);
  expect(lines.map((line) => line[8])).toEqual([...fates, 'zaplanowana']);
  expect(lines.map((line) => line[7])).toEqual([null, null, null, 'tak']);

  const rows: Record<string, string>[] = parse((await get('/open-data/recommendations.csv')).text, { columns: true });
  expect(rows.map(({ round, year, what, fate, state }) => [round, year, what, fate, state])).toEqual([
    ...reviewedTexts.map(({ what, fate }) => ['baseline', '2024', what, fate, '']),
    ['follow-up', '2025', ownText, '', 'planned'],
  ]);
});

it('keeps the fate that was published, whatever is reported or entered afterwards', async () => {
  const { recommendationReviews, recommendations, rounds: stored } = test.services.assessment;
  const followUp = (await stored.get(rounds[1].id))!;
  const [first] = await recommendationReviews.ofRound(followUp);
  const { id } = first!.recommendation;
  allowed(await recommendations.report(id, { state: 'given-up', remark: 'Uchylono' }, 'ja', 1));
  const preview = async () =>
    words((await (await signedInClient(test)).get(`/staff/assessments/${comparison.id}/comparison`)).text);
  expect(await preview()).toContain(counted);
  const later = { fate: 'not-done', why: 'Uchwałę uchylono', evidence: '' } as const;
  allowed(await recommendationReviews.decide(followUp.id, id, later, 'ja', 1));
  expect(await preview()).toContain('wykonano 0, częściowo 1, nie wykonano 2.');
  expect(words((await get(report)).text)).toContain(counted);
  allowed(await recommendationReviews.decide(followUp.id, id, { fate: 'done', why: '', evidence: '' }, 'ja', 2));
});

it('is counted by the progress of the programme, for the staff', async () => {
  const [programme] = test.services.programmes.all();
  // The rounds were closed in the test's spring, after the programme of 2014 and 2015.
  const during = { ...programme!, startsOn: '2026-01-01', endsOn: '2026-12-31', index: 'small' };
  expect(await test.services.progress.recommendations(during)).toEqual({
    ...{ units: 1, all: 3, done: 1, partly: 1, notDone: 1, open: 0 },
  });
  expect(await test.services.progress.recommendations(programme!)).toMatchObject({ units: 0, all: 0 });
  const staff = await signedInClient(test);
  const page = words((await staff.get(`/staff/progress/${programme!.id}`)).text);
  expect(page).toContain('Żadna jednostka programu nie zamknęła jeszcze obu rund');
  expect(words((await get(`/programmes/${programme!.id}/progress`)).text)).not.toContain('rekomendacji');
});
