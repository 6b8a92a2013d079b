import { Failure } from '../../../../src/shared/errors';
import type { PdfService } from '../../../../src/web/services';
import type { Round } from '../../../../src/assessment/round';
import { startTestApp, testMoment, type TestApp } from '../../../support/app';
import { agree, allowed, newOpenRound, submitAnswers } from '../../../support/builders';
import { signedInClient, type StaffClient } from '../../../support/staff';

/** Prints what the test says, when it says so. */
function handPrinter() {
  let print: () => Promise<Buffer> = () => Promise.resolve(Buffer.from('%PDF-1.7 tested'));
  const pdf: PdfService = { print: () => print(), available: () => Promise.resolve({ ok: true }) };
  return { pdf, prints: (next: () => Promise<Buffer>) => (print = next) };
}

let test: TestApp;
let staff: StaffClient;
let round: Round;
let now: number;
let prints: (next: () => Promise<Buffer>) => void;

beforeEach(async () => {
  const printer = handPrinter();
  prints = printer.prints;
  now = testMoment.getTime();
  test = await startTestApp(undefined, printer.pdf, () => new Date(now));
  staff = await signedInClient(test);
  round = await newOpenRound(test.services.assessment, { groupSizes: { officials: 20 } });
  const { instrument } = test.services.assessment.rounds.instrumentOf(round);
  const items = instrument.questions.filter(({ type }) => type === 'rating').map(({ code }) => code);
  const answers = Object.fromEntries(items.map((code) => [code, 3]));
  for (let person = 0; person < 6; person += 1) {
    await submitAnswers(test.services.collection, round.id, 'officials', answers);
  }
  allowed(await test.services.collection.sealing.close(round.id));
  const { revision } = (await test.services.assessment.rounds.get(round.id))!;
  await staff.post(`/staff/rounds/${round.id}/compute`, { revision: String(revision) });
});
afterEach(() => test.close());

const path = (): string => `/staff/rounds/${round.id}/results/summary.pdf`;
const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

it('a PDF is made once for all who ask, on a page that waits and then offers it', async () => {
  let printed = 0;
  let finish!: () => void;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  prints(async () => {
    printed += 1;
    await finished;
    return Buffer.from('%PDF-1.7 tested');
  });
  const first = await staff.get(path());
  expect(first.status).toBe(202);
  expect(words(first.text)).toContain('Przygotowujemy plik');
  expect(words(first.text)).toContain('Podsumowanie, 2 strony (PDF)');
  expect(first.headers['refresh']).toBe(`4; url=${path()}?waiting=on`);
  const still = await staff.get(`${path()}?waiting=still`);
  expect(still.status).toBe(202);
  expect(still.headers['refresh']).toBeUndefined();
  await Promise.all(Array.from({ length: 20 }, () => staff.get(path())));
  finish();
  await test.filesMade();
  expect(printed).toBe(1);

  const ready = await staff.get(`${path()}?waiting=on`);
  expect(ready.status).toBe(200);
  expect(ready.headers['refresh']).toBeUndefined();
  expect(words(ready.text)).toContain('Plik jest gotowy');
  expect(ready.text).toContain(`href="${path()}"`);
  const pdf = await staff.get(path()).buffer();
  expect(pdf.headers['content-type']).toBe('application/pdf');
  expect(pdf.headers['content-disposition']).toMatch(/lijw-gmina-przykladowa-podsumowanie-\d{4}\.pdf/);
  expect((pdf.body as Buffer).toString()).toBe('%PDF-1.7 tested');

  // Whoever sets an agreed score sees another report, and gets another file.
  await agree(test.services.assessment, round.id, 'P1.1', 2.5);
  expect((await staff.get(path())).status).toBe(202);
});

it('a PDF that fails is said to, and staff find it with its reason and try it anew', async () => {
  prints(() => Promise.reject(new Failure('pdf-failed', 'The PDF could not be made: <the browser> ended.')));
  await staff.get(path());
  for (const wait of [0, 10_000, 60_000, 300_000]) {
    now += wait;
    await staff.get(path());
    await test.makeFiles();
  }
  const failed = await staff.get(path());
  expect(failed.status).toBe(503);
  expect(words(failed.text)).toContain('Pliku nie udało się przygotować');
  expect(words(failed.text)).toContain('Program, który drukuje PDF, przerwał pracę.');

  const list = await staff.get('/staff/jobs');
  expect(words(list.text)).toContain('Podsumowanie, po polsku (podgląd) – Gmina Przykładowa');
  expect(list.text).toContain('&lt;the browser&gt; ended.');
  prints(() => Promise.resolve(Buffer.from('%PDF-1.7 at last')));
  const job = /name="job" value="([^"]+)"/.exec(list.text)![1]!;
  expect((await staff.post('/staff/jobs/retry', { job })).headers['location']).toBe('/staff/jobs');
  await test.filesMade();
  expect(words((await staff.get('/staff/jobs')).text)).toContain('Ostatnio gotowe');
  expect((await staff.get(path())).status).toBe(200);
  // A button that was pressed twice, or by two people, does no harm.
  expect((await staff.post('/staff/jobs/retry', { job })).status).toBe(303);
  expect((await staff.get(path())).status).toBe(200);
});

it('the page of files says so where there are none, and is for staff only', async () => {
  expect(words((await staff.get('/staff/jobs')).text)).toContain('Nie ma teraz żadnych plików.');
  const { default: request } = await import('supertest');
  expect((await request(test.app).get('/staff/jobs')).headers['location']).toContain('/staff/sign-in');
});
