import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { browserSearchFrom } from '../../src/adapters/pdf/browser-search';
import { createPdfPrinter, type PdfPrinter } from '../../src/adapters/pdf/printer';
import { buildReport } from '../../src/reports/model';
import { printReport } from '../../src/reports/print/print-report';
import { reportInput } from '../../src/reports/report-input';
import { strangeNumbers } from '../support/numbers';
import { readPdf } from '../support/read-pdf';
import { lijw, lijwPeople, reportDocument } from '../support/report';

let printer: PdfPrinter;
beforeAll(() => {
  printer = createPdfPrinter({ search: browserSearchFrom(process.env) });
});
afterAll(() => printer.close());

/** Every run of text of a PDF by itself, so that the numbers of neighbouring cells do not run together. */
async function runsOf(pdf: Uint8Array): Promise<string[]> {
  const loading = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 });
  const { numPages, getPage } = await loading.promise.then((document) => ({
    numPages: document.numPages,
    getPage: (number: number) => document.getPage(number),
  }));
  const runs: string[] = [];
  for (let number = 1; number <= numPages; number += 1) {
    const { items } = await (await getPage(number)).getTextContent();
    runs.push(...items.flatMap((item) => ('str' in item ? [item.str] : [])));
  }
  await loading.destroy();
  return runs;
}

it('no PDF holds a number that is not in the released document, but those of its pages', async () => {
  const first = lijwPeople(81, 2.6, { officials: 14, councillors: 7, authorities: 3, ngo: 21, 'benefit-council': 3 });
  const second = lijwPeople(82, 3.4, { officials: 13, councillors: 12, ngo: 19, informal: 4 });
  const document = reportDocument(lijw, [{ respondents: first }, { respondents: second, groupSizes: { ngo: 43 } }]);
  const model = buildReport(reportInput(document), 'pl');
  for (const kind of ['summary', 'full'] as const) {
    const { pdf } = await printReport(model, kind, (html) => printer.print(html));
    const { pages, alternatives } = await readPdf(pdf);
    const runs = await runsOf(pdf);
    expect(runs.join(' ')).toMatch(/\d,\d\d/);
    const numbersOfPages = new Set(pages.map((_page, at) => String(at + 1)));
    const strange = strangeNumbers([...runs, ...alternatives], document, 'pl');
    expect(strange.filter((number) => !numbersOfPages.has(number))).toEqual([]);
    // The reader would find one.
    expect(strangeNumbers([...runs, 'ukryta średnia 2,137'], document, 'pl')).toContain('2.137');
  }
});
