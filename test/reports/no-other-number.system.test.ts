import { browserSearchFrom } from '../../src/adapters/pdf/browser-search';
import { createPdfPrinter, type PdfPrinter } from '../../src/adapters/pdf/printer';
import { textRuns } from '../../src/commands/bench/numbers/printed';
import { strangeNumbers } from '../../src/commands/bench/numbers/strange-numbers';
import { buildReport } from '../../src/reports/model';
import { printReport } from '../../src/reports/print/print-report';
import { reportInput } from '../../src/reports/report-input';

import { readPdf } from '../support/read-pdf';
import { lijw, lijwPeople, reportDocument } from '../support/report';

let printer: PdfPrinter;
beforeAll(() => {
  printer = createPdfPrinter({ search: browserSearchFrom(process.env) });
});
afterAll(() => printer.close());

it('no PDF holds a number that is not in the released document, but those of its pages', async () => {
  const first = lijwPeople(81, 2.6, { officials: 14, councillors: 7, authorities: 3, ngo: 21, 'benefit-council': 3 });
  const second = lijwPeople(82, 3.4, { officials: 13, councillors: 12, ngo: 19, informal: 4 });
  const document = reportDocument(lijw, [{ respondents: first }, { respondents: second, groupSizes: { ngo: 43 } }]);
  const model = buildReport(reportInput(document), 'pl');
  for (const kind of ['summary', 'full'] as const) {
    const { pdf } = await printReport(model, kind, (html) => printer.print(html));
    const { alternatives } = await readPdf(pdf);
    const runs = await textRuns(pdf);
    expect(runs.join(' ')).toMatch(/\d,\d\d/);
    const strange = strangeNumbers([...runs, ...alternatives], document, 'pl');
    expect(strange).toEqual([]);
    // The reader would find one.
    expect(strangeNumbers([...runs, 'ukryta średnia 2,137'], document, 'pl')).toContain('2.137');
  }
});
