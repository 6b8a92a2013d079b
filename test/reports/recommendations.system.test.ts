import { createPdfPrinter, type PdfPrinter } from '../../src/adapters/pdf/printer';
import { browserSearchFrom } from '../../src/adapters/pdf/browser-search';
import { comparisonDocument } from '../../src/reports/assessment-report';
import { buildReport } from '../../src/reports/model';
import { printReport } from '../../src/reports/print/print-report';
import { reportInput } from '../../src/reports/report-input';
import { allowed, assessmentOver } from '../support/builders';
import { readPdf } from '../support/read-pdf';
import { ownText, recommendedUnit, reviewedTexts } from '../support/recommendations';
import { embeddedTestStore, type TestStore } from '../support/stores';

let files: TestStore;
let printer: PdfPrinter;
beforeAll(async () => {
  files = await embeddedTestStore();
  printer = createPdfPrinter({ search: browserSearchFrom(process.env), warn: () => undefined });
});
afterAll(async () => {
  await printer.close();
  await files.dispose();
});

it('the print has each recommendation of the baseline with its fate, and the summary the counts and priorities', async () => {
  const services = assessmentOver(files.store);
  const { comparison } = await recommendedUnit(services);
  const document = allowed(await comparisonDocument(services, comparison.id, '2026-03-16'));
  const model = buildReport(reportInput(document), 'pl');
  const text = async (kind: 'summary' | 'full') => {
    const { pdf, pages } = await printReport(model, kind, (html) => printer.print(html));
    return { pages, text: (await readPdf(pdf)).text.replaceAll('\u00a0', ' ') };
  };
  const full = await text('full');
  for (const { what, fate } of reviewedTexts) {
    const own = full.text.slice(full.text.indexOf(what, full.text.indexOf('Co się stało z rekomendacjami')));
    const words = { done: 'wykonana', partly: 'wykonana częściowo', 'not-done': 'niewykonana' }[fate];
    expect(own.slice(0, own.indexOf('Co się z nią stało') + 40)).toContain(`Co się z nią stało ${words}`);
  }
  const summary = await text('summary');
  expect(summary.pages).toBe(2);
  expect(summary.text).toContain('Z 3 rekomendacji rundy początkowej wykonano 1, częściowo 1, nie wykonano 1.');
  expect(summary.text).toContain(ownText);
});
