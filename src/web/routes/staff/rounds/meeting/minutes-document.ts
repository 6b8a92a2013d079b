import { areaTexts, type AreaRecord } from '../../../../../assessment/meeting/area-record';
import type { Meeting } from '../../../../../assessment/meeting/meetings';
import type { RoundMinutes } from '../../../../../assessment/meeting/minutes';
import { inLanguage, type Area } from '../../../../../definitions/instrument';
import type { MinutesDocument } from '../../../../../handouts/minutes';
import { formatDate, formatNumber, formatTime } from '../../../../../locales/formats';
import { dayOf } from '../../../../../shared/clock';
import { roundTitle } from '../../round-lines';
import type { StaffRound } from '../with-round';
import { agreedAndSurvey, type AgreedAndSurvey } from './agreed-and-survey';
import { areasInScope, scoreWords } from './agreed-words';
import { presentWords } from './present-words';
import { recommendationLines } from './recommendation-lines';
import { surveyLines } from './survey-lines';

/** The minutes in the words of page and print. */
export async function minutesDocument(staff: StaffRound, minutes: RoundMinutes): Promise<MinutesDocument> {
  const { language, services, t, unit, round } = staff;
  const { approval, areas, meetings, reopened } = minutes;
  const [beside, { own: recommended }] = await Promise.all([agreedAndSurvey(staff), recommendationLines(staff)]);
  const index = beside.results?.agreed.index ?? null;
  const day = (one: string) => formatDate(one, language);
  return {
    title: t('meeting:minutes.title'),
    unit: unit.name,
    round: roundTitle(round, staff),
    isApproved: approval !== null,
    approval:
      approval === null
        ? t('meeting:minutes.notApproved')
        : t('meeting:minutes.approved', { by: approval.approvedBy, day: day(approval.approvedOn) }),
    reopened: reopened.map(({ approvedOn, reopened: { by, at, why } }) => {
      const moment = new Date(at);
      const when = { day: day(dayOf(moment)), time: formatTime(moment, language) };
      return t('meeting:minutes.reopened', { approved: day(approvedOn), by, why, ...when });
    }),
    meetings: meetings.map((meeting) => meetingWords(staff, meeting)),
    index: index === null ? null : t('meeting:minutes.index', { index: formatNumber(index, language, 2) }),
    areas: areasInScope(staff).map((area) => {
      const record = areas.find((one) => one.area === area.code);
      return { ...areaWords(staff, area, record, beside), recommendations: recommended.get(area.code) ?? [] };
    }),
    recommendations: recommended.get('') ?? [],
    made: t('meeting:minutes.made', { day: day(dayOf(services.clock())) }),
  };
}

function meetingWords(staff: StaffRound, meeting: Meeting): MinutesDocument['meetings'][number] {
  const { language, t } = staff;
  const { date, present, names = '', keptBy = '', namesErasedOn } = meeting;
  return {
    day: formatDate(date, language),
    present: present.map((one) => presentWords(staff, one)),
    ...{ names, keptBy },
    erased:
      namesErasedOn === undefined ? null : t('meeting:presence.erased', { day: formatDate(namesErasedOn, language) }),
  };
}

function areaWords(
  staff: StaffRound,
  area: Area,
  record: AreaRecord | undefined,
  { before, results }: AgreedAndSurvey,
): Omit<MinutesDocument['areas'][number], 'recommendations'> {
  const { language, t } = staff;
  const last = before.get(area.code);
  const lines = results === null ? [] : surveyLines(staff, results, area.code).filter(({ isGroup }) => !isGroup);
  const survey = lines.map(({ name, value, interval }) =>
    t(interval === null ? 'meeting:minutes.figure' : 'meeting:minutes.figureWithin', { name, value, interval }),
  );
  return {
    code: area.code,
    name: inLanguage(area.name, language),
    score: record?.score === undefined ? t('meeting:overview.notYet') : scoreWords(staff, area.code, record.score),
    beside: [
      ...(survey.length === 0 ? [] : [t('meeting:minutes.survey', { figures: survey.join('; ') })]),
      ...(last === undefined ? [] : [t('meeting:last.score', { score: scoreWords(staff, area.code, last.score) })]),
    ],
    texts: areaTexts.flatMap((field) => {
      const text = record?.[field] ?? '';
      return text === '' ? [] : [{ label: t(`meeting:texts.${field}`), text }];
    }),
  };
}
