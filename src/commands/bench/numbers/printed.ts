import type { PdfPrinter } from '../../../adapters/pdf/printer';
import type { Language } from '../../../locales/translate';
import type { ReportDocument } from '../../../reports/edition/edition';
import { buildReport } from '../../../reports/model';
import type { ReportKind } from '../../../reports/print/html';
import { printReport } from '../../../reports/print/print-report';
import { reportInput } from '../../../reports/report-input';
import type { Shown } from './shown';

/**
 * The texts of a printed report, run by run, so that the numbers of neighbouring cells do not run together; without
 * those that number its pages.
 */
export async function printed(
  printer: Pick<PdfPrinter, 'print'>,
  document: ReportDocument,
  language: Language,
  kind: ReportKind,
): Promise<readonly Shown[]> {
  const model = buildReport(reportInput(document), language);
  const { pdf } = await printReport(model, kind, (html) => printer.print(html));
  return textRuns(pdf);
}

/** Every run of text of a PDF by itself. */
export async function textRuns(pdf: Uint8Array): Promise<readonly string[]> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const loading = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, verbosity: 0 });
  const document = await loading.promise;
  const runs: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    const texts = items.flatMap((item) => ('str' in item ? [item.str] : []));
    runs.push(...texts.filter((text) => !isPageNumber(text, document.numPages)));
  }
  await loading.destroy();
  return runs;
}

/** „3”, „3 / 14”: of a page, or of the contents. */
function isPageNumber(text: string, pages: number): boolean {
  const numbers = /^\s*(\d+)(?:\s*\/\s*(\d+))?\s*$/.exec(text.replaceAll('\u00a0', ' '));
  return numbers !== null && Number(numbers[1]) <= pages && Number(numbers[2] ?? pages) <= pages;
}
