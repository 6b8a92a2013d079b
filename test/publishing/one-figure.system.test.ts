import { browserSearchFrom } from '../../src/adapters/pdf/browser-search';
import { createPdfPrinter, type PdfPrinter } from '../../src/adapters/pdf/printer';
import { buildReport } from '../../src/reports/model';
import { printReport } from '../../src/reports/print/print-report';
import { reportInput } from '../../src/reports/report-input';
import { generatedEditions, howMany } from '../support/editions';
import { meansOfDocument, meansOfPdf } from '../support/figure-readers';
import { readPdf } from '../support/read-pdf';

let printer: PdfPrinter;
beforeAll(() => {
  printer = createPdfPrinter({ search: browserSearchFrom(process.env), warn: () => undefined });
});
afterAll(() => printer.close());

it.each(generatedEditions(howMany))(
  'every mean of %s is read from its PDF as it stands in the document',
  async (_name, edition) => {
    const { pdf } = await printReport(buildReport(reportInput(edition), 'pl'), 'full', (html) => printer.print(html));
    const { text } = await readPdf(pdf);
    expect(meansOfPdf(edition, text)).toEqual(meansOfDocument(edition));
  },
);
