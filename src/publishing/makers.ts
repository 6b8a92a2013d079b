import type { Print } from '../reports/print/print-report';
import { programmeReport, programmeReportMaker, type ProgrammeReportDependencies } from './programme-report';
import { editionReport, editionReportMaker, type EditionFiles } from './edition-files';
import { editionsArchive, editionsArchiveMaker } from './editions-archive';
import type { Editions } from './editions';
import type { Makers } from './jobs/worker';
import { printEdition } from './print-edition';
import { reportPreview, reportPreviewMaker, type PreviewDependencies } from './report-preview';

/** Everything that is made as a job, by its kind. */
export function createMakers(
  deps: Omit<PreviewDependencies, 'print'> &
    ProgrammeReportDependencies & {
      readonly editions: Editions;
      readonly editionFiles: EditionFiles;
      readonly printer: { readonly print: Print };
    },
): Makers {
  const { editions, printer } = deps;
  const print: Print = (html) => printer.print(html);
  return {
    [editionReport]: editionReportMaker((...asked) => printEdition(editions, printer, deps.logos, ...asked)),
    [editionsArchive]: editionsArchiveMaker(deps),
    [programmeReport]: programmeReportMaker({ ...deps, print }),
    [reportPreview]: reportPreviewMaker({ ...deps, print }),
  };
}
