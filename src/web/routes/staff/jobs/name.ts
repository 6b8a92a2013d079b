import { editionReport, type EditionReport } from '../../../../publishing/edition-files';
import type { Job } from '../../../../publishing/jobs/job';
import { editionsArchive } from '../../../../publishing/editions-archive';
import { programmeReport } from '../../../../publishing/programme-report';
import { reportPreview, type PreviewRequest } from '../../../../publishing/report-preview';
import type { Staff } from '../signed-in';

/** „Raport pełny, po polsku (podgląd) – Gmina Przykładowa”. */
export async function nameOfJob(job: Job, staff: Staff): Promise<string> {
  const { t } = staff;
  if (job.kind === editionReport) {
    const { edition, kind, language } = JSON.parse(job.input) as EditionReport;
    const about = await staff.services.publishing.editions.byId(edition);
    const which = t('jobs:list.kinds.edition', { number: about?.number ?? '–' });
    return fileWords(kind, language, which, about?.title.unit ?? null, staff);
  }
  if (job.kind === reportPreview) {
    const { subject, kind, language } = JSON.parse(job.input) as PreviewRequest;
    return fileWords(kind, language, t('jobs:list.kinds.preview'), await unitOf(subject, staff), staff);
  }
  if (job.kind === programmeReport) return t('jobs:list.kinds.programme');
  if (job.kind === editionsArchive) return t('jobs:list.kinds.archive');
  return t('jobs:list.kinds.other');
}

function fileWords(kind: string, language: string, which: string, unit: string | null, { t }: Staff): string {
  const file = t(`jobs:list.kinds.${kind}`);
  const words = `${file}, ${t(`jobs:list.languages.${language}`)} (${which})`;
  return `${words} – ${unit ?? t('jobs:list.kinds.removed')}`;
}

async function unitOf({ kind, id }: PreviewRequest['subject'], { services }: Staff): Promise<string | null> {
  const { assessments, rounds, units } = services.assessment;
  const assessmentId = kind === 'round' ? (await rounds.get(id))?.assessmentId : id;
  const assessment = assessmentId === undefined ? null : await assessments.get(assessmentId);
  const unit = assessment === null ? null : await units.get(assessment.unitId);
  return unit?.name ?? null;
}
