import type { Request } from 'express';
import type { PartStatus } from '../../../../../assessment/fact-confirmations';
import { isRefusal, type Refusal } from '../../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../../forms/raw';
import { notFound, redirect, type Outcome } from '../../../../outcome';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import { namesOf } from '../../who-when';
import type { StaffRound } from '../with-round';
import { factLine, partLine, storedFacts } from './fact-lines';

/** The parts of the fact sheet, and how far each is. */
export async function factSheetPage(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { services, round, t, unit } = staff;
  const parts = await services.assessment.factConfirmations.ofRound(round);
  if (isRefusal(parts)) return parts;
  const nameOf = await namesOf(
    staff,
    parts.flatMap(({ confirmed }) => confirmed?.by ?? []),
  );
  const lines = parts.map((part) => partLine(staff, part, nameOf));
  const done = lines.find(({ code }) => code === request.query['done']);
  return staffPage(staff, 'staff/rounds/facts/sheet', {
    title: t('facts:title'),
    unit,
    roundName: roundTitle(round, staff),
    back: staff.path(),
    review: staff.path('/facts/review'),
    notice: done ? t('facts:saved', { area: done.name }) : null,
    whole: wholeWords(staff, parts),
    parts: lines,
  });
}

/** Every fact to be read, beside that of the round before, and the buttons that confirm what is shown. */
export async function reviewPage(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { done } = request.query;
  const notice = done === 'confirmed' || done === 'withdrawn' ? staff.t(`facts:review.${done}`) : null;
  return showReview(staff, { notice, problem: null });
}

async function showReview(
  staff: StaffRound,
  { notice, problem }: { readonly notice: string | null; readonly problem: string | null },
): Promise<Outcome | Refusal> {
  const stored = await storedFacts(staff);
  if (isRefusal(stored)) return stored;
  const { round, t, unit } = staff;
  const toConfirm = stored.parts.filter(({ state }) => state === 'complete' || state === 'changed');
  return staffPage(
    staff,
    'staff/rounds/facts/review',
    {
      title: t('facts:review.title'),
      unit,
      roundName: roundTitle(round, staff),
      address: staff.path('/facts/confirm'),
      withdraw: staff.path('/facts/withdraw'),
      back: staff.path('/facts'),
      notice,
      problem,
      whole: wholeWords(staff, stored.parts),
      canConfirmWhole: toConfirm.length > 1 && stored.parts.every((part) => part.filled === part.fields.length),
      parts: stored.parts.map((part) => ({
        ...partLine(staff, part, stored.nameOf),
        mark: part.mark,
        canConfirm: part.filled === part.fields.length && part.state !== 'confirmed',
        facts: part.fields.map((field) => ({
          ...factLine(staff, field, stored),
          changed: part.changed.includes(field.code),
        })),
      })),
    },
    problem === null ? undefined : 409,
  );
}

/** Confirms the part of the button, or the whole sheet, as the page showed it. */
export async function confirmFacts(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { member, round, services, t } = staff;
  const { factConfirmations } = services.assessment;
  const raw = rawForm(request.body);
  const parts = await factConfirmations.ofRound(round);
  if (isRefusal(parts)) return parts;
  const named = rawText(raw, 'part');
  const chosen = parts.filter(({ code, state }) => (named === 'all' ? state !== 'confirmed' : code === named));
  if (chosen.length === 0) return notFound();
  const seen = chosen.map(({ code }) => ({ code, mark: markIn(raw, code) }));
  const refusal = await factConfirmations.confirm(round, seen, member.user);
  if (refusal === null) return redirect(staff.path(`/facts/review?done=confirmed#part-${named}`));
  if (refusal.refused !== 'facts-changed' && refusal.refused !== 'facts-incomplete') return refusal;
  return showReview(staff, { notice: null, problem: t(`refusals:${refusal.refused}`) });
}

export async function withdrawConfirmation(request: Request, staff: StaffRound): Promise<Outcome> {
  const part = rawText(rawForm(request.body), 'part');
  await staff.services.assessment.factConfirmations.withdraw(staff.round.id, part);
  return redirect(staff.path(`/facts/review?done=withdrawn#part-${part}`));
}

const markIn = (raw: RawForm, code: string): string => rawText(raw, `mark.${code}`);

/** How much of the whole sheet is confirmed; null where there is none. */
function wholeWords({ t }: StaffRound, parts: readonly PartStatus[]): string | null {
  if (parts.length === 0) return null;
  const confirmed = parts.filter(({ state }) => state === 'confirmed').length;
  if (confirmed === parts.length) return t('facts:whole.all');
  return confirmed === 0 ? t('facts:whole.none') : t('facts:whole.some', { confirmed, count: parts.length });
}
