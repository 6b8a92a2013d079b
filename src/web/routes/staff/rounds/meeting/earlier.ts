import type { Request } from 'express';
import type { Written } from '../../../../../assessment/meeting/area-record';
import { inLanguage } from '../../../../../definitions/instrument';
import { formatDate, formatNumber, formatTime } from '../../../../../locales/formats';
import { dayOf } from '../../../../../shared/clock';
import type { Outcome } from '../../../../outcome';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffArea } from './area';

/** What was replaced in an area, the newest first: nothing that was said is lost. */
export async function earlierPage(_request: Request, staff: StaffArea): Promise<Outcome> {
  const { area, language, round, services, t, unit } = staff;
  const found = await services.assessment.agreedScores.earlier(round.id, area.code);
  const when = ({ by, at }: Written): string => {
    const moment = new Date(at);
    return t('meeting:earlier.who', {
      by,
      day: formatDate(dayOf(moment), language),
      time: formatTime(moment, language),
    });
  };
  const scoreText = (text: string): string =>
    text === '' ? t('meeting:score.none') : formatNumber(Number(text), language, 1);
  return staffPage(staff, 'staff/meeting/earlier', {
    title: t('meeting:earlier.title'),
    unit,
    roundName: roundTitle(round, staff),
    area: { code: area.code, name: inLanguage(area.name, language) },
    back: staff.path(`/meeting/${area.code}`),
    texts: found.map(({ field, text, written, replaced }) => ({
      field: field === 'score' ? t('meeting:score.title') : t(`meeting:texts.${field}`),
      text: field === 'score' ? scoreText(text) : text,
      written: written && when(written),
      replaced: when(replaced),
    })),
  });
}
