import { parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import type { Language } from '../../../locales/translate';
import type { Chart } from '../../../reports/charts/chart';
import type { ReportDocument } from '../../../reports/edition/edition';
import { codebook, editionCsv, editionXlsx } from '../../../reports/files';
import { buildReport } from '../../../reports/model';
import { reportHtml } from '../../../reports/print/html';
import { changeRecords, figureRecords } from '../../../reports/records/records';
import { reportInput } from '../../../reports/report-input';

/** What an output shows of a report: texts and bare numbers. */
export type Shown = string | number;

export type Output = (document: ReportDocument, language: Language) => Promise<readonly Shown[]> | readonly Shown[];

/** Everything that shows a report but print, which needs a browser. Another output is another line here. */
export const outputs: Readonly<Record<string, Output>> = {
  page: (document, language) => htmlTexts(reportHtml(buildReport(reportInput(document), language), 'full')),
  summary: (document, language) => htmlTexts(reportHtml(buildReport(reportInput(document), language), 'summary')),
  charts: (document, language) => chartsOf(buildReport(reportInput(document), language)).flatMap(chartShows),
  csv: (document, language) => cellsOf(editionCsv(document, language), language),
  codebook: (document, language) => cellsOf(codebook(document, language), language),
  workbook: async (document, language) => {
    const sheets = await readWorkbook(await editionXlsx(document, language));
    return sheets
      .flatMap(({ data }) => data.flat())
      .filter((cell) => typeof cell === 'string' || typeof cell === 'number');
  },
  records: (document) => {
    const input = reportInput(document);
    const shown: Shown[] = [];
    walk([figureRecords(input), changeRecords(input)], (leaf) => void shown.push(leaf));
    return shown;
  },
};

/** Every text and number in a plain value. */
export function walk(value: unknown, visit: (leaf: string | number) => void): void {
  if (typeof value === 'string' || typeof value === 'number') visit(value);
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) walk(one, visit);
}

function cellsOf(csv: string, language: Language): string[] {
  const lines: string[][] = parse(csv, { bom: true, delimiter: language === 'pl' ? ';' : ',' });
  return lines.flat();
}

/** What a reader sees or hears of a page: texts between tags, and alternative texts. */
function htmlTexts(html: string): string[] {
  const body = html
    .slice(html.indexOf('<body'))
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replaceAll('&#x27;', '’');
  const heard = [...body.matchAll(/aria-label="([^"]*)"/g)].map(([, label = '']) => label);
  return [...heard, ...body.replace(/<[^>]*>/g, '\n').split('\n')].filter((text) => /\d/.test(text));
}

/** All charts of a report, wherever they stand in it. */
export function chartsOf(model: unknown): Chart[] {
  if (typeof model !== 'object' || model === null) return [];
  if ('alt' in model && 'config' in model) return [model as Chart];
  return Object.values(model).flatMap(chartsOf);
}

/** The data and the words of a chart, without its measures. */
function chartShows({ alt, config }: Chart): Shown[] {
  const { marks = {} } = (config.options['plugins'] ?? {}) as { marks?: Record<string, unknown> };
  const { ends } = marks as { ends?: { heading: string; texts: string[] } };
  const shown: Shown[] = [];
  const data = config.data.datasets.map((one) => [one['label'], one.data]);
  walk(
    [alt, config.data.labels, data, marks['labels'], marks['whiskers'], marks['wholes'], ends?.texts],
    (leaf) => void shown.push(leaf),
  );
  return shown;
}
