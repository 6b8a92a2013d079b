import type { Language } from '../locales/translate';
import { buildReport } from '../reports/model';
import type { ReportKind } from '../reports/print/html';
import { printReport, type Print } from '../reports/print/print-report';
import { reportInput } from '../reports/report-input';
import type { Logo } from '../shared/logo';
import type { Editions } from './editions';

/** The PDF of an edition, made from its document alone; null where nobody may see it (any more). */
export async function printEdition(
  editions: Editions,
  printer: { readonly print: Print },
  logos: readonly Logo[],
  id: string,
  language: Language,
  kind: ReportKind,
): Promise<Buffer | null> {
  const about = await editions.byId(id);
  const opened = about === null ? null : await editions.open(about);
  if (opened === null) return null;
  const model = buildReport(reportInput(opened.edition), language);
  return (await printReport(model, kind, (html) => printer.print(html), logos)).pdf;
}
