import { hashOf } from '../definitions/hash';
import type { Language } from '../locales/translate';
import { comparisonDocument, roundDocument } from '../reports/assessment-report';
import type { ReportDocument } from '../reports/edition/edition';
import { buildReport } from '../reports/model';
import type { ReportKind } from '../reports/print/html';
import { printReport, type Print } from '../reports/print/print-report';
import { reportInput } from '../reports/report-input';
import { dayOf, type Clock } from '../shared/clock';
import { isRefusal } from '../shared/errors';
import type { Logo } from '../shared/logo';
import type { FileAnswer, Jobs } from './jobs/jobs';
import type { Maker } from './jobs/worker';

export const reportPreview = 'report-preview';

/** A report as it stands today, for those who work on it. */
export interface PreviewRequest {
  readonly subject: { readonly kind: 'round' | 'comparison'; readonly id: string };
  readonly kind: ReportKind;
  readonly language: Language;
}

/**
 * The PDF of a report that is not published, or how far it is. The same report is made once, for whoever asks.
 *
 * @param document what the page shows now: as soon as it changes, so does the file
 */
export function requestPreview(jobs: Jobs, input: PreviewRequest, document: ReportDocument): Promise<FileAnswer> {
  const { kind, language } = input;
  return jobs.request({
    id: `preview/${hashOf(document)}/${kind}/${language}`,
    ...{ kind: reportPreview, group: 'previews', rank: 0, input },
  });
}

export interface PreviewDependencies {
  readonly assessment: Parameters<typeof roundDocument>[0];
  readonly clock: Clock;
  readonly print: Print;
  readonly logos: readonly Logo[];
}

export function reportPreviewMaker(deps: PreviewDependencies): Maker {
  return {
    timeLimit: 3 * 60_000,
    keepDays: 1,
    async make(given) {
      const { subject, kind, language } = given as PreviewRequest;
      const read = subject.kind === 'round' ? roundDocument : comparisonDocument;
      const document = await read(deps.assessment, subject.id, dayOf(deps.clock()));
      if (isRefusal(document)) return { outcome: 'gone' };
      const { pdf } = await printReport(buildReport(reportInput(document), language), kind, deps.print, deps.logos);
      return { outcome: 'made', type: 'application/pdf', content: [pdf] };
    },
  };
}
