import type { Request } from 'express';
import { hiddenMark } from '../../../../assessment/comment-text';
import type { Comment, CommentReview } from '../../../../assessment/comments';
import { commentQuestions } from '../../../../definitions/comment-questions';
import { inLanguage, type Instrument } from '../../../../definitions/instrument';
import { formatList } from '../../../../locales/formats';
import type { Language } from '../../../../locales/translate';
import { groupsAfterMerging } from '../../../../scoring';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, rawText } from '../../../forms/raw';
import { revisionOf } from '../../../forms/revision';
import { redirect, type Outcome } from '../../../outcome';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import type { StaffRound } from './with-round';

/** All comments that may be read, those that nobody has decided about, or those of which something is hidden. */
const choices = ['all', 'unread', 'hidden'] as const;
type Choice = (typeof choices)[number];

const fits: Readonly<Record<Choice, (comment: Comment) => boolean>> = {
  all: () => true,
  unread: ({ decided }) => decided === null,
  hidden: ({ text, shown }) => text !== shown,
};

/** Comments of a closed round, group by group: read, hide what must not be published, publish the rest. */
export async function commentsPage(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { known, language, round, services, t, unit } = staff;
  const review = await services.assessment.comments.review(round.id);
  if (isRefusal(review)) return review;
  const show = choices.find((one) => one === request.query['show']) ?? 'all';
  const listed = review.comments.filter(fits[show]);
  const groups = [...new Set(listed.map(({ group }) => group))];
  const { done } = request.query;
  return staffPage(staff, 'staff/rounds/comments', {
    title: t('staff:comments.title'),
    unit,
    roundName: roundTitle(round, staff),
    back: staff.path(),
    notice: done === 'published' || done === 'saved' ? t(`staff:comments.done.${done}`) : null,
    state: review.state,
    keptBack: keptBackWords(staff, review),
    ...progressOf(review),
    publishPath: review.actions.includes('publish') ? staff.path('/comments/publish') : null,
    resultsPath: staff.path('/results#comments'),
    show,
    choices: choices.map((code) => ({
      href: staff.path(code === 'all' ? '/comments' : `/comments?show=${code}`),
      text: t(`staff:comments.show.${code}`, { count: review.comments.filter(fits[code]).length }),
      current: code === show,
    })),
    groups: groupNames(known.instrument, groups, language).map(({ code, name }) => ({
      code,
      name,
      comments: listed.filter(({ group }) => group === code).map((comment) => card(staff, comment, show)),
    })),
  });
}

/** Publishes a comment as it is, in one press. */
export async function keepComment(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { comments } = staff.services.assessment;
  const number = numberOf(request);
  const form = rawForm(request.body);
  const input = { decision: 'publish', hiddenWords: '', reason: null } as const;
  const kept = await comments.decide(staff.round.id, number, input, revisionOf(form));
  // Somebody else has decided meanwhile: their decision is looked at first.
  if (isRefusal(kept) && kept.refused === 'changed-meanwhile') return redirect(staff.path(`/comments/${number}`));
  if (isRefusal(kept)) return kept;
  const review = await comments.review(staff.round.id);
  const next = isRefusal(review) ? undefined : review.comments.find((one) => one.number > number && fits.unread(one));
  const show = rawText(form, 'show') === 'unread' ? '?show=unread' : '';
  return redirect(staff.path(`/comments${show}#${next === undefined ? 'progress' : `c${next.number}`}`));
}

/** Says what is published, and that it cannot be taken back, before it is. */
export async function publishingPage(_request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { round, services, t, unit } = staff;
  const review = await services.assessment.comments.review(round.id);
  if (isRefusal(review)) return review;
  const progress = progressOf(review);
  if (!review.actions.includes('publish') || progress.unread > 0) return redirect(staff.path('/comments'));
  const count = (holds: (comment: Comment) => boolean): number => review.comments.filter(holds).length;
  return staffPage(staff, 'staff/rounds/comments-publish', {
    title: t('staff:comments.publishing.title'),
    unit,
    roundName: roundTitle(round, staff),
    back: staff.path('/comments'),
    address: staff.path('/comments/publish'),
    lines: [
      t('staff:comments.publishing.shown', { count: count(({ shown }) => shown !== null) }),
      t('staff:comments.publishing.words', { count: count(({ shown, text }) => shown !== null && shown !== text) }),
      t('staff:comments.publishing.hidden', { count: count(({ shown }) => shown === null) }),
    ],
  });
}

export async function publishComments(_request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const published = await staff.services.assessment.comments.publish(staff.round.id);
  if (!isRefusal(published)) return redirect(staff.path('/comments?done=published'));
  // Somebody has come before it: the page says how many are left.
  return published.refused === 'comments-unread' ? redirect(staff.path('/comments?show=unread')) : published;
}

/** The number of a comment in its address; 0, which none has, where it is none. */
export function numberOf(request: Request): number {
  const given = String(request.params['number']);
  return /^[1-9]\d{0,5}$/.test(given) ? Number(given) : 0;
}

/** What somebody was asked, in the words of the group. */
export function questionWords({ known, language }: StaffRound, { question }: Comment): string {
  const asked = commentQuestions(known.instrument.questions).find(({ code }) => code === question);
  return asked === undefined ? question : inLanguage(asked.text, language);
}

export function groupNames(
  instrument: Instrument,
  codes: readonly string[],
  language: Language,
): readonly { readonly code: string; readonly name: string }[] {
  return groupsAfterMerging(instrument, codes)
    .filter(({ code }) => codes.includes(code))
    .map(({ code, name }) => ({ code, name: inLanguage(name, language) }));
}

/** A text with the places where words are hidden apart, so that the page can set them off. */
export function pieces(text: string): readonly { readonly text: string; readonly hidden: boolean }[] {
  return text
    .split(hiddenMark)
    .flatMap((piece, at) => [
      ...(at === 0 ? [] : [{ text: hiddenMark, hidden: true }]),
      ...(piece === '' ? [] : [{ text: piece, hidden: false }]),
    ]);
}

function card(staff: StaffRound, comment: Comment, show: Choice) {
  const { t } = staff;
  const { number, decided, shown, text, revision } = comment;
  const state = decided === null ? 'unread' : shown === null ? 'hidden' : shown === text ? 'kept' : 'words';
  return {
    number,
    question: questionWords(staff, comment),
    state,
    stateName: t(`staff:comments.state.${state}`),
    reason: decided?.reason == null ? null : t(`staff:comments.reason.${decided.reason}`),
    pieces: pieces(shown ?? text),
    href: staff.path(`/comments/${number}`),
    keepPath: decided === null ? staff.path(`/comments/${number}/keep`) : null,
    revision,
    show,
  };
}

function progressOf({ comments }: CommentReview) {
  const unread = comments.filter(fits.unread).length;
  return { total: comments.length, read: comments.length - unread, unread };
}

/** Whose comments nobody reads, and why. */
function keptBackWords({ known, language, t }: StaffRound, { keptBack, fewest }: CommentReview): string | null {
  if (keptBack.length === 0) return null;
  const names = groupNames(known.instrument, keptBack, language).map(({ name }) => name);
  return t('staff:comments.keptBack', { count: keptBack.length, fewest, groups: formatList(names, language) });
}
