import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Application } from '../compose';
import { comparisonReport } from '../reports/assessment-report';
import { buildReport } from '../reports/model';
import { reportKinds } from '../reports/print/html';
import { printReport } from '../reports/print/print-report';
import { dayOf } from '../shared/clock';
import { isRefusal } from '../shared/errors';

/**
 * Writes the comparison report of the demo's assessed units into `folder` and says in a line where it is, or why there
 * is none and what to do.
 */
export async function writeDemoReports({ services, printer }: Application, folder: string): Promise<string> {
  const available = await printer.available();
  if (!available.ok) return `PDF is off: ${available.reason}`;
  const written: string[] = [];
  for (const { id } of await services.assessment.assessments.all()) {
    const input = await comparisonReport(services.assessment, id, dayOf(services.clock()));
    // Rounds that are not closed yet have nothing to report.
    if (isRefusal(input)) continue;
    await mkdir(folder, { recursive: true });
    const model = buildReport(input, 'pl');
    const files = reportKinds.map(async (kind) => {
      const { pdf } = await printReport(model, kind, (html) => printer.print(html));
      const file = join(folder, `lijw-${input.unit.toLowerCase().replaceAll(' ', '-')}-${kind}.pdf`);
      await writeFile(`${file}.part`, pdf);
      await rename(`${file}.part`, file);
      return file;
    });
    written.push(...(await Promise.all(files)));
  }
  return written.map((file) => `Comparison report: ${file}`).join('\n');
}
