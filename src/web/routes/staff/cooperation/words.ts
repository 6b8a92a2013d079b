import type { CooperationProgramme } from '../../../../cooperation/programme';
import { latenessOf } from '../../../../cooperation/lateness';
import { formatDate } from '../../../../locales/formats';
import { dayOf } from '../../../../shared/clock';
import type { Staff } from '../signed-in';

/** What is late, and what is due until when. */
export function latenessWords({ language, services, t }: Staff, programme: CooperationProgramme) {
  const { year } = programme;
  const deadlines = services.cooperationDeadlines(year);
  const { adoption, report } = latenessOf(programme, deadlines, dayOf(services.clock()));
  const adoptionDay = formatDate(deadlines.adoption, language);
  const reportDay = formatDate(deadlines.report, language);
  const warnings = [
    ...(adoption === 'not-adopted' || adoption === 'adopted-late' ? [t(`cooperation:late.${adoption}`, { year, day: adoptionDay })] : []), // prettier-ignore
    ...(report === 'missing' || report === 'late'
      ? [t(`cooperation:late.report-${report}`, { year, day: reportDay })]
      : []),
  ];
  return { warnings, adoptionDay, reportDay };
}
