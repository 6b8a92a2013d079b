import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Application } from '../compose';
import { comparisonDocument } from '../reports/assessment-report';
import { buildReport } from '../reports/model';
import { printReport } from '../reports/print/print-report';
import { reportInput } from '../reports/report-input';
import { dayOf } from '../shared/clock';
import { isRefusal } from '../shared/errors';

/**
 * Writes the comparison reports of the demo's assessed units into `folder`, the full one first, and says of each where it
 * is as soon as it is there; or why there is none and what to do.
 */
export async function writeDemoReports(
  { services, printer }: Application,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const available = await printer.available();
  if (!available.ok) {
    say(`PDF is off: ${available.reason}`);
    return;
  }
  await mkdir(folder, { recursive: true });
  for (const { id } of await services.assessment.assessments.all()) {
    const document = await comparisonDocument(services.assessment, id, dayOf(services.clock()));
    // Rounds that are not closed yet have nothing to report.
    if (isRefusal(document)) continue;
    const model = buildReport(reportInput(document), 'pl');
    for (const kind of ['full', 'summary'] as const) {
      const { pdf } = await printReport(model, kind, (html) => printer.print(html));
      const file = join(folder, `lijw-${document.unit.name.toLowerCase().replaceAll(' ', '-')}-${kind}.pdf`);
      await writeFile(`${file}.part`, pdf);
      await rename(`${file}.part`, file);
      say(`Comparison report: ${file}`);
    }
  }
}
