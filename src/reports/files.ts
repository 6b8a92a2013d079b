import type { Language } from '../locales/translate';
import { contextOf } from './context';
import { csvText } from './csv/csv-text';
import { comparisonFiguresCsv, roundFiguresCsv } from './csv/figures-csv';
import type { ReportDocument } from './edition/edition';
import { buildReport } from './model';
import { reportInput } from './report-input';
import { itemsSheet, questionsSheet } from './sheets/answers-sheets';
import { codebookSheet } from './sheets/codebook';
import { commentsSheet } from './sheets/comments-sheet';
import { changesSheet, scoresSheet } from './sheets/figures-sheets';
import { gapsSheet } from './sheets/gaps-sheet';
import { recommendationsSheet } from './sheets/recommendations-sheet';
import type { Sheet } from './sheets/sheet';
import { methodSheet, summarySheet } from './sheets/summary-sheet';
import { agreedSheet, factsSheet, peopleSheet } from './sheets/unit-sheets';
import { xlsxOf } from './sheets/xlsx';
import { wordingOf } from './wording';

/**
 * A report as files for spreadsheets, published or previewed: everything is read from its document, and nothing is
 * computed anew.
 */

/** The workbook: one sheet for each question that a person asks. */
export function editionXlsx(document: ReportDocument, language: Language): Promise<Buffer> {
  return xlsxOf(editionSheets(document, language));
}

/** The sheets of the workbook as data. */
export function editionSheets(document: ReportDocument, language: Language): readonly Sheet[] {
  const input = reportInput(document);
  const context = contextOf(input, wordingOf(language));
  const model = buildReport(input, language);
  return [
    summarySheet(context, model, document),
    peopleSheet(context),
    scoresSheet(context),
    changesSheet(context),
    gapsSheet(context),
    itemsSheet(context),
    questionsSheet(context),
    factsSheet(context),
    agreedSheet(context),
    commentsSheet(context),
    recommendationsSheet(context),
    methodSheet(context, model),
    codebookSheet(context),
  ].filter((sheet) => sheet !== null);
}

/** All figures as one table, for spreadsheets set to the language. */
export function editionCsv(document: ReportDocument, language: Language): string {
  const input = reportInput(document);
  return input.rounds.length > 1 ? comparisonFiguresCsv(input, language) : roundFiguresCsv(input, 0, language);
}

/** What every code in the figures means, as CSV for spreadsheets set to the language. */
export function codebook(document: ReportDocument, language: Language): string {
  const { columns, rows } = codebookSheet(contextOf(reportInput(document), wordingOf(language)));
  return csvText(language, [
    columns.map(({ text }) => text),
    // A codebook holds words only.
    ...rows.map((row) => row.map((value) => (typeof value === 'object' ? '' : value))),
  ]);
}
