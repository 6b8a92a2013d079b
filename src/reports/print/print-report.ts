import type { Logo } from '../../shared/logo';
import type { ReportModel } from '../model';
import { reportHtml, type ReportKind } from './html';
import { packPdf } from './pack-pdf';
import { readPages } from './read-pages';

/** Prints a page; `PdfPrinter.print` of src/adapters/pdf. */
export type Print = (html: string) => Promise<Buffer>;

export interface PrintedReport {
  readonly pdf: Buffer;
  readonly pages: number;
}

/**
 * The report as PDF. The full one is printed twice, since page numbers of the contents are known only once it has been
 * printed; the numbers have their room from the start, so nothing moves.
 */
export async function printReport(
  model: ReportModel,
  kind: ReportKind,
  print: Print,
  logos: readonly Logo[] = [],
): Promise<PrintedReport> {
  const first = await print(reportHtml(model, kind, logos));
  const { count, anchors } = readPages(first);
  if (kind === 'summary' || anchors.size === 0) return { pdf: packPdf(first), pages: count };
  const pdf = await print(reportHtml(model, kind, logos, anchors));
  return { pdf: packPdf(pdf), pages: readPages(pdf).count };
}
