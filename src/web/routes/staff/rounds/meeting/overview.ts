import type { Request } from 'express';
import type { RoundResults } from '../../../../../assessment/results';
import { inLanguage, sides } from '../../../../../definitions/instrument';
import { formatDate, formatNumber } from '../../../../../locales/formats';
import { round2 } from '../../../../../shared/rounding';
import type { Outcome } from '../../../../outcome';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';
import { agreedAndSurvey, resultsLater } from './agreed-and-survey';
import { areasInScope, scoreWords } from './agreed-words';
import { presentWords } from './present-words';

/** All areas with what the group agreed, the survey's figure and last time's score beside it; and the meetings. */
export async function meetingOverview(request: Request, staff: StaffRound): Promise<Outcome> {
  const { known, language, member, round, services, t, unit } = staff;
  const inScope = areasInScope(staff);
  const { set, before, results } = await agreedAndSurvey(staff);
  const minutes = await services.assessment.minutes.of(round.id);
  const { approval = null, meetings = [] } = minutes ?? {};
  const begun = inScope.filter(({ code }) => set.has(code)).length;
  const first = inScope.find(({ code }) => !set.has(code)) ?? inScope[0];
  return staffPage(staff, 'staff/meeting/overview', {
    title: t('meeting:overview.title'),
    unit,
    roundName: roundTitle(round, staff),
    back: staff.path(),
    notice: request.query['done'] === 'meeting' ? t('meeting:overview.meetingSaved') : null,
    draft: round.status === 'draft',
    scripts: ['meeting.js'],
    keptAs: [member.user, round.id].join(' '),
    view: first && {
      href: staff.path(`/meeting/${first.code}`),
      text: t(`meeting:overview.${approval !== null ? 'showArea' : begun > 0 ? 'goOn' : 'begin'}`),
    },
    surveyLater: results === null && round.status !== 'draft' ? resultsLater(staff) : null,
    progress: { set: begun, total: inScope.length },
    withBefore: before.size > 0,
    withSurvey: results !== null,
    planes: (known.instrument.planes ?? []).map((plane) => ({
      name: inLanguage(plane.name, language),
      areas: plane.areas.map(({ code, name }) => ({
        code,
        name: inLanguage(name, language),
        href: staff.path(`/meeting/${code}`),
        before: before.has(code) ? scoreWords(staff, code, before.get(code)?.score) : t('meeting:overview.notYet'),
        survey: surveyWords(staff, results, code),
        agreed:
          set.has(code) || round.outOfScope.includes(code)
            ? scoreWords(staff, code, set.get(code)?.score)
            : t('meeting:overview.notYet'),
        isSet: set.has(code),
        inRound: !round.outOfScope.includes(code),
      })),
    })),
    meetings: meetings.map(({ id, date, present }) => ({
      href: approval === null ? staff.path(`/meetings/${id}`) : null,
      day: formatDate(date, language),
      present: present.map((one) => presentWords(staff, one)).join('; '),
    })),
    addMeeting: approval === null ? staff.path('/meetings/new') : null,
    minutesPath: round.status === 'draft' ? null : staff.path('/minutes'),
    approved:
      approval &&
      t('meeting:overview.approved', { by: approval.approvedBy, day: formatDate(approval.approvedOn, language) }),
  });
}

function surveyWords({ language, t }: StaffRound, results: RoundResults | null, area: string): string {
  const score = results?.released.scorecard.areas[area];
  if (!score) return '';
  if (score.survey !== null) return formatNumber(round2(score.survey), language, 2);
  const hidden = sides.some((side) => score.sides[side].hidden);
  return t(hidden ? 'meeting:survey.hidden' : `report:why.${score.missing ?? 'no-answers'}`);
}
