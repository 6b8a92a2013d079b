import type { Request } from 'express';
import { comparisonDocument, roundDocument } from '../../../reports/assessment-report';
import { codebook, editionCsv, editionXlsx } from '../../../reports/files';
import type { ReportInput } from '../../../reports/model';
import type { ReportKind } from '../../../reports/print/html';
import type { ReportDocument } from '../../../reports/edition/edition';
import { requestPreview, type PreviewRequest } from '../../../publishing/report-preview';
import { reportInput } from '../../../reports/report-input';
import { releaseNotes } from '../../../reports/release-notes';
import { dayOf } from '../../../shared/clock';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { file, notFound, redirect, type Outcome } from '../../outcome';
import { reportPage } from '../../report-page';
import { statusOfRefusal } from '../../refusals';
import { fileName, xlsxType } from '../../file-name';
import { fileOrWait } from '../../waiting-file';
import { publishPath } from './publishing/publish';
import { roundTitle } from './round-lines';
import type { StaffRound } from './rounds/with-round';
import { staffModel, staffPage, type Staff } from './signed-in';

/** What a page of results and its downloads are made from: one round, or both of an assessment. */
interface Subject {
  readonly input: ReportInput;
  readonly document: ReportDocument;
  readonly subject: PreviewRequest['subject'];
  readonly title: string;
  /** The page itself; its files are below it. */
  readonly path: string;
  readonly back: { readonly href: string; readonly text: string };
}

type Find<Context extends Staff> = (request: Request, staff: Context) => Promise<Subject | Refusal | null>;

export async function roundSubject(_request: Request, staff: StaffRound): Promise<Subject | Refusal> {
  const { round, services, t } = staff;
  const document = await roundDocument(services.assessment, round.id, dayOf(services.clock()));
  if (isRefusal(document)) return document;
  return {
    ...{ input: reportInput(document), document, subject: { kind: 'round', id: round.id } },
    title: t('staff:results.title', { round: roundTitle(round, staff) }),
    path: staff.path('/results'),
    back: { href: staff.path(), text: roundTitle(round, staff) },
  };
}

export async function comparisonSubject(request: Request, staff: Staff): Promise<Subject | Refusal | null> {
  const { services, t } = staff;
  const assessment = await services.assessment.assessments.get(String(request.params['assessment']));
  if (!assessment) return null;
  const document = await comparisonDocument(services.assessment, assessment.id, dayOf(services.clock()));
  if (isRefusal(document)) return document;
  return {
    ...{ input: reportInput(document), document, subject: { kind: 'comparison', id: assessment.id } },
    title: t('staff:results.comparison'),
    path: `/staff/assessments/${assessment.id}/comparison`,
    back: { href: `/staff/assessments/${assessment.id}`, text: assessment.title },
  };
}

/** The report as a page: finding, picture, table; and what can be downloaded of it. */
export function resultsPage<Context extends Staff>(find: Find<Context>) {
  return withSubject(find, async (staff, { document, input, subject, title, path, back }, request) => {
    const { t } = staff;
    const compared = input.rounds.length > 1;
    const { ok: pdf } = await staff.services.pdf.available();
    return staffPage(staff, 'staff/results', {
      title,
      unit: input.unit,
      report: reportPage(request, path, input, staff.language),
      links: [{ href: '#downloads', text: t('staff:results.downloads') }],
      notes: releaseNotes(document, staff.language),
      back,
      publishPath: publishPath(subject),
      pdf,
      files: [
        { href: `${path}/report.xlsx`, text: t('staff:results.workbook') },
        { href: `${path}/figures.csv`, text: t(compared ? 'staff:results.comparisonCsv' : 'staff:results.csv') },
        { href: `${path}/codes.csv`, text: t('staff:results.codes') },
        ...(pdf
          ? [
              { href: `${path}/summary.pdf`, text: t('staff:results.summaryPdf') },
              { href: `${path}/full.pdf`, text: t('staff:results.fullPdf') },
            ]
          : []),
      ],
    });
  });
}

export function figuresFile<Context extends Staff>(find: Find<Context>) {
  return withSubject(find, ({ language, t }, { input, document }) => {
    const name = fileName(input, t(`staff:results.file.${input.rounds.length > 1 ? 'comparison' : 'figures'}`), 'csv');
    return file(name, 'text/csv; charset=utf-8', editionCsv(document, language));
  });
}

export function workbookFile<Context extends Staff>(find: Find<Context>) {
  return withSubject(find, async ({ language, t }, { input, document }) =>
    file(fileName(input, t('staff:results.file.workbook'), 'xlsx'), xlsxType, await editionXlsx(document, language)),
  );
}

export function codesFile<Context extends Staff>(find: Find<Context>) {
  return withSubject(find, ({ language, t }, { input, document }) =>
    file(
      fileName(input, t('staff:results.file.codes'), 'csv'),
      'text/csv; charset=utf-8',
      codebook(document, language),
    ),
  );
}

export function reportFile<Context extends Staff>(find: Find<Context>, kind: ReportKind) {
  return withSubject(find, async (staff, { input, document, subject, path, back }, request) => {
    const { language, services, t } = staff;
    if (!(await services.pdf.available()).ok) {
      // Whoever has kept the address of a PDF is told on the page why there is none.
      return redirect(path);
    }
    return fileOrWait(request, await requestPreview(services.jobs, { subject, kind, language }, document), {
      title: t(`staff:results.${kind}Pdf`),
      name: fileName(input, t(`staff:results.file.${kind}`), 'pdf'),
      path: `${path}/${kind}.pdf`,
      back: { href: path, text: t('staff:results.back', { title: back.text }) },
      model: staffModel(staff),
    });
  });
}

/** Nothing of results before its time, and nothing of what is not there. */
function withSubject<Context extends Staff>(
  find: Find<Context>,
  handler: (staff: Context, subject: Subject, request: Request) => Outcome | Promise<Outcome>,
): (request: Request, staff: Context) => Promise<Outcome> {
  return async (request, staff) => {
    const subject = await find(request, staff);
    if (subject === null) return notFound();
    if (!isRefusal(subject)) return handler(staff, subject, request);
    const { refused, details } = subject;
    return staffPage(
      staff,
      'staff/refused',
      { title: staff.t('common:errors.refused.title'), text: staff.t(`refusals:${refused}`, details) },
      statusOfRefusal(refused),
    );
  };
}
