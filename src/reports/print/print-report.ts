import type { Logo } from '../../shared/logo';
import { readPages } from '../../shared/pdf-pages';
import type { ReportModel } from '../model';
import { reportHtml, type ReportKind } from './html';
import { packPdf } from './pack-pdf';

/** Prints a page; `PdfPrinter.print` of src/adapters/pdf. */
export type Print = (html: string) => Promise<Buffer>;

export interface PrintedReport {
  readonly pdf: Buffer;
  readonly pages: number;
}

/** The report as PDF. */
export async function printReport(
  model: ReportModel,
  kind: ReportKind,
  print: Print,
  logos: readonly Logo[] = [],
): Promise<PrintedReport> {
  const pdf = await print(reportHtml(model, kind, logos));
  return { pdf: packPdf(pdf), pages: readPages(pdf).count };
}
