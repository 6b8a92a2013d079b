import type { Language } from '../locales/translate';
import type { ReportKind } from '../reports/print/html';
import { archiveGroup } from './editions-archive';
import type { FileAnswer, Jobs } from './jobs/jobs';
import type { Maker } from './jobs/worker';

/** The PDFs of an edition: each is made once and kept as long as the edition is public. */
export interface EditionFiles {
  /** The PDF, or how far it is; it is made where nobody has asked for it yet. Ask for published editions only. */
  requestFile(edition: string, language: Language, kind: ReportKind): Promise<FileAnswer>;
  /** Has all of them made, after what somebody waits for. */
  makeAhead(edition: string): Promise<void>;
  /** Removes them and every archive, also those that are being made: call it once the edition is withdrawn. */
  removeFilesOf(edition: string): Promise<void>;
}

export const editionReport = 'edition-report';

/** What a job of this kind is given. */
export interface EditionReport {
  readonly edition: string;
  readonly language: Language;
  readonly kind: ReportKind;
}

export function createEditionFiles(jobs: Jobs): EditionFiles {
  const request = (input: EditionReport, rank: 0 | 1): Promise<FileAnswer> => {
    const { edition, language, kind } = input;
    return jobs.request({
      id: `report/${edition}/${kind}/${language}`,
      kind: editionReport,
      group: edition,
      rank,
      input,
    });
  };
  return {
    requestFile: (edition, language, kind) => request({ edition, language, kind }, 0),
    async makeAhead(edition) {
      for (const kind of ['summary', 'full'] as const) {
        for (const language of ['pl', 'en'] as const) await request({ edition, language, kind }, 1);
      }
    },
    async removeFilesOf(edition) {
      await jobs.removeOf(edition);
      await jobs.removeOf(archiveGroup);
    },
  };
}

/**
 * @param print the PDF of an edition; null where it is not published (any more). It is asked after its job was stored,
 * so a withdrawal that removes jobs once the edition is withdrawn leaves none behind.
 */
export function editionReportMaker(
  print: (edition: string, language: Language, kind: ReportKind) => Promise<Buffer | null>,
): Maker {
  return {
    timeLimit: 3 * 60_000,
    keepDays: null,
    async make(input) {
      const { edition, language, kind } = input as EditionReport;
      const pdf = await print(edition, language, kind);
      return pdf === null ? { outcome: 'gone' } : { outcome: 'made', type: 'application/pdf', content: [pdf] };
    },
  };
}
