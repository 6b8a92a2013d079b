import type { Request } from 'express';
import { groupsAsked, type AskedGroup } from '../../../../assessment/asking-plan';
import { everybodyAnswered, totals, type GroupCount } from '../../../../assessment/group-counts';
import { resultsStateOf } from '../../../../assessment/results-status';
import { graceOf, wayOf } from '../../../../assessment/round';
import { actionsOfStaff } from '../../../../assessment/round-status';
import { editableIn } from '../../../../assessment/rounds';
import { areasOf, inLanguage } from '../../../../definitions/instrument';
import { formatClock, formatDate, formatList, formatTime } from '../../../../locales/formats';
import { dayOf } from '../../../../shared/clock';
import { isRefusal } from '../../../../shared/errors';
import type { Outcome } from '../../../outcome';
import { siteAddress } from '../../../site-address';
import { roundDays, roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import { frozenWords } from './edit-round';
import { responseOf } from './response';
import type { StaffRound } from './with-round';

const notices: Readonly<Record<string, string>> = {
  ...{ opened: 'opened', closing: 'closingNow', reopened: 'reopenedNow', closed: 'closedNow', saved: 'saved' },
};

/** One round: what to do next, its link, who has answered, its settings. */
export async function roundPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const { assessment, known, language, round, services, t, unit } = staff;
  const { instrument } = known;
  const counts = await responseOf(staff);
  const opening = round.status === 'draft' ? await services.assessment.rounds.openingRefusal(round.id) : null;
  const facts = await services.assessment.factSheet.ofRound(round.id);
  const agreed = round.status === 'draft' ? [] : await services.assessment.agreedScores.ofRound(round.id);
  const inScope = areasOf(instrument).filter(({ code }) => !round.outOfScope.includes(code));
  const set = agreed.filter(({ area }) => inScope.some(({ code }) => code === area)).length;
  const overdue = round.status === 'open' && round.closesOn < dayOf(services.clock());
  const asked = groupsAsked(instrument, round);
  const { done } = request.query;
  const notice = typeof done === 'string' ? notices[done] : undefined;
  const scope = areasOf(instrument).filter(({ code }) => round.outOfScope.includes(code));

  return staffPage(staff, 'staff/rounds/round', {
    title: roundTitle(round, staff),
    unit,
    assessment,
    round,
    notice: notice === undefined ? null : t(`staff:round.${notice}`),
    days: roundDays(round, staff),
    statusName: t(`staff:status.${round.status}`),
    paths: Object.fromEntries(
      [
        'open',
        'close',
        'reopen',
        'seal',
        'plan',
        'compute',
        'edit',
        'facts',
        'meeting',
        'results',
        'cards',
        'paper',
        'timetable',
      ].map((name) => [name, staff.path(`/${name}`)]),
    ),
    byCards: asked.some(({ code }) => wayOf(round, code) === 'cards'),
    linkFor: linkFor(staff, asked),
    moves: Object.fromEntries(
      actionsOfStaff(round.status).map((move) => [move, staff.may(move === 'open' ? 'rounds.open' : 'rounds.close')]),
    ),
    begun: round.status === 'closing' ? await services.collection.drafts.begun(round.id) : 0,
    engine: services.engine,
    // On the first day closing is far away: until everybody has answered or the day has come it stands last.
    closeNow: overdue || round.closesOn === dayOf(services.clock()) || everybodyAnswered(counts),
    unknownSizes: unknownSizes(staff, counts),
    results: resultsStateOf(round),
    frozen: frozenWords(staff),
    next: nextWords(staff, {
      ...{ overdue, allAgreed: set === inScope.length },
      byOtherWays: asked.some(({ code }) => wayOf(round, code) !== 'link'),
    }),
    barred: isRefusal(opening) ? t(`refusals:${opening.refused}`, opening.details) : null,
    link: `${siteAddress(request, services.baseUrl)}/survey/${round.linkCode}`,
    counts,
    misuse: round.status === 'open' || round.status === 'closing' ? await misuseOf(staff) : [],
    ...totals(counts),
    scripts: ['staff.js'],
    few: counts.some(({ few }) => few),
    k: round.thresholds?.k ?? 0,
    invitations: await invitationsLine(staff),
    facts: { filled: facts.length, total: instrument.facts?.length ?? 0 },
    agreed: { set, total: inScope.length },
    comments: await commentsOf(staff),
    recommendations: await recommendationsOf(staff),
    settings: {
      form: t(`staff:roundForm.forms.${round.form}`, { count: instrument.forms[round.form]?.minutes ?? 0 }),
      version: `${inLanguage(instrument.title, language)}, ${instrument.version}`,
      opensOn: plannedMoment(staff, round.opensOn, round.opensTime),
      closesOn: plannedMoment(staff, round.closesOn, round.closesTime),
      grace: t('staff:round.settings.graceMinutes', { count: graceOf(round) }),
      reopened: round.reopened ?? 0,
      paper: paperWords(staff),
      scope:
        scope.length === 0
          ? null
          : formatList(
              scope.map(({ shortName }) => inLanguage(shortName, language)),
              language,
            ),
      editable: editableIn(round).length > 0,
    },
  });
}

/** What came to the survey that its pages do not send: totals, while it is open. */
async function misuseOf({ round, services, t }: StaffRound) {
  const totals = await services.collection.misuse.totals(round.id);
  return totals.map(({ kind, today, all }) => ({ name: t(`staff:misuse.${kind}`), today, all }));
}

/** Whom the open link is for, in words; null where no group answers by it. */
function linkFor({ language, round, t }: StaffRound, asked: readonly AskedGroup[]): string | null {
  const byLink = asked.filter(({ code }) => wayOf(round, code) === 'link');
  if (byLink.length === 0) return null;
  if (byLink.length === asked.length) return t('staff:round.link.text');
  const names = byLink.map(({ name }) => inLanguage(name, language));
  return t('staff:round.link.some', { groups: formatList(names, language) });
}

/** How far the reading of the comments has come; null where there is none to read. */
async function commentsOf(staff: StaffRound) {
  const { round, services, t } = staff;
  if (resultsStateOf(round) !== 'computed') return null;
  const progress = await services.assessment.comments.progress(round.id);
  if (isRefusal(progress)) return null;
  const { state, total, unread } = progress;
  const key = state === 'review' ? 'read' : state;
  return { href: staff.path('/comments'), words: t(`staff:round.comments.${key}`, { count: total - unread, total }) };
}

/** How many recommendations there are, and in a follow-up how far the review of the baseline's has come. */
async function recommendationsOf(staff: StaffRound) {
  const { round, services, t } = staff;
  const { recommendations, recommendationReviews } = services.assessment;
  const [own, reviewed] = await Promise.all([recommendations.ofRound(round.id), recommendationReviews.ofRound(round)]);
  const count = reviewed.filter(({ fate }) => fate !== null).length;
  return {
    href: staff.path('/recommendations'),
    words: t('recommendations:count', { count: own.length }),
    review:
      reviewed.length === 0
        ? null
        : { href: staff.path('/review'), words: t('recommendations:round.review', { count, all: reviewed.length }) },
  };
}

/** „31 marca 2026, o 8.00 samoczynnie”, or the day alone where staff do it by hand. */
function plannedMoment({ language, t }: StaffRound, day: string, time = ''): string {
  const date = formatDate(day, language);
  return time === '' ? date : t('staff:round.settings.byClock', { day: date, time: formatClock(time, language) });
}

/** How many are invited by e-mail; null where no group answers so. */
async function invitationsLine(staff: StaffRound) {
  const { known, round, services, t } = staff;
  if (!groupsAsked(known.instrument, round).some(({ code }) => wayOf(round, code) === 'invitations')) return null;
  const count = (await services.collection.invitations.invitations.ofRound(round.id)).length;
  const text = count === 0 ? t('invitations:round.none') : t('invitations:round.count', { count });
  return { path: staff.path('/invitations'), text: round.status === 'open' ? text : null };
}

/** How many answers came on paper, once it is closed; null where none did. */
function paperWords({ round: { paper, thresholds }, t }: StaffRound): string | null {
  if (paper === undefined) return null;
  return paper.answers === null
    ? t('staff:round.settings.fewOnPaper', { count: thresholds?.k ?? 0 })
    : t('staff:round.settings.onPaper', { count: paper.answers });
}

function nextWords(
  { language, round, t }: StaffRound,
  {
    overdue,
    allAgreed,
    byOtherWays,
  }: { readonly overdue: boolean; readonly allAgreed: boolean; readonly byOtherWays: boolean },
): string {
  if (round.status === 'closing') {
    const time = round.closingUntil === undefined ? '' : formatTime(new Date(round.closingUntil), language);
    return t('staff:round.next.closing', { time });
  }
  if (overdue) return t('staff:round.next.overdue', { day: formatDate(round.closesOn, language) });
  if (resultsStateOf(round) === 'waiting') return t('staff:round.next.compute');
  if (round.status === 'open' && byOtherWays) return t('staff:round.next.openByWays');
  return t(`staff:round.next.${round.status === 'closed' && allAgreed ? 'agreed' : round.status}`);
}

/** Says once of which groups nobody knows how many people they have; null where all are known. */
function unknownSizes({ language, t }: StaffRound, counts: readonly GroupCount[]): string | null {
  const unknown = counts.filter(({ size }) => size === null);
  if (unknown.length === 0) return null;
  if (unknown.length === counts.length) return t('staff:round.counts.noSizes');
  const names = unknown.map(({ name }) => inLanguage(name, language));
  return t('staff:round.counts.unknownSizes', { count: unknown.length, groups: formatList(names, language) });
}
