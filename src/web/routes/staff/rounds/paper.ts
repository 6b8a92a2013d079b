import type { Request } from 'express';
import { groupsAsked } from '../../../../assessment/asking-plan';
import { wayOf } from '../../../../assessment/round';
import { checkedEvery, mostForms, type PaperBatch, type TypedForm } from '../../../../collection/paper-batch';
import { inLanguage } from '../../../../definitions/instrument';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { readNumber } from '../../../../shared/typed-number';
import { rawForm, rawText } from '../../../forms/raw';
import { notFound, redirect, withCookie, type Cookie, type Outcome } from '../../../outcome';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import type { StaffRound } from './with-round';

/** One request about one pile of paper forms. */
export interface StaffBatch extends StaffRound {
  readonly batch: PaperBatch;
  readonly groupName: string;
  readonly forms: readonly TypedForm[];
  /** Each form carries a code, which is typed first. */
  readonly coded: boolean;
  /** Paths of this pile, to its page where left out. */
  readonly batchPath: (rest?: string) => string;
}

type BatchHandler = (request: Request, staff: StaffBatch) => Outcome | Refusal | Promise<Outcome | Refusal>;

export function withBatch(handler: BatchHandler) {
  return async (request: Request, staff: StaffRound): Promise<Outcome | Refusal> => {
    const { known, language, round, services } = staff;
    if (round.status !== 'open') return redirect(staff.path('/paper'));
    const { paper } = services.collection;
    const batch = await paper.get(round.id, String(request.params['batch']));
    if (batch === null) return notFound();
    const group = groupsAsked(known.instrument, round).find(({ code }) => code === batch.group);
    const batchPath = (rest = ''): string => staff.path(`/paper/${encodeURIComponent(batch.id)}${rest}`);
    return handler(request, {
      ...{ ...staff, batch, batchPath },
      groupName: inLanguage(group?.name ?? { pl: batch.group }, language),
      forms: await paper.forms(round.id, batch.id),
      coded: wayOf(round, batch.group) === 'cards',
    });
  };
}

/** All piles of a round, and a form for the next. */
export function paperPage(_request: Request, staff: StaffRound): Promise<Outcome> {
  return showBatches(staff, null);
}

async function showBatches(staff: StaffRound, fault: { readonly text: string; readonly typed: string } | null) {
  const { known, language, round, services, t, unit } = staff;
  const { paper } = services.collection;
  const open = round.status === 'open';
  const groups = groupsAsked(known.instrument, round);
  const nameOf = (code: string): string => {
    const group = groups.find((one) => one.code === code);
    return inLanguage(group?.name ?? { pl: code }, language);
  };
  const batches = open ? await paper.ofRound(round.id) : [];
  return staffPage(
    staff,
    'staff/rounds/paper',
    {
      title: t('staff:paper.title'),
      errors: fault === null ? [] : [{ text: fault.text, href: '#count' }],
      ...{ unit, open },
      roundName: roundTitle(round, staff),
      back: staff.path(),
      address: staff.path('/paper'),
      error: fault?.text ?? null,
      typed: fault?.typed ?? '',
      groups: groups.map(({ code, name }) => ({ code, name: inLanguage(name, language) })),
      batches: await Promise.all(
        batches.map(async (batch) => ({
          href: staff.path(`/paper/${encodeURIComponent(batch.id)}`),
          title: t('staff:paper.batch', { number: batch.number, group: nameOf(batch.group) }),
          progress: progressOf(staff, batch, await paper.forms(round.id, batch.id)),
        })),
      ),
    },
    fault === null ? 200 : 422,
  );
}

function progressOf({ t }: StaffRound, { count }: PaperBatch, forms: readonly TypedForm[]): string {
  return t('staff:paper.progress', { count: forms.length, all: count });
}

export async function createBatch(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const form = rawForm(request.body);
  const typed = rawText(form, 'count');
  const reading = readNumber(typed);
  const count = 'number' in reading ? reading.number : 0;
  const batch = await staff.services.collection.paper.create(staff.round.id, rawText(form, 'group'), count);
  if (!isRefusal(batch)) return redirect(staff.path(`/paper/${encodeURIComponent(batch.id)}`));
  return batch.refused === 'count-malformed'
    ? showBatches(staff, { text: staff.t('refusals:count-malformed', { count: mostForms }), typed })
    : batch;
}

/** One pile: how far it is, the next form, and which are to be typed a second time. */
export function batchPage(request: Request, staff: StaffBatch): Outcome {
  return showBatch(staff, null, Number(request.query['done'] ?? 0));
}

export function showBatch(
  staff: StaffBatch,
  fault: { readonly text: string; readonly href: string; readonly typed: string } | null,
  done = 0,
): Outcome {
  const { batch, batchPath, coded, forms, groupName, round, t, unit } = staff;
  const sample = forms.filter(({ number }) => number % checkedEvery === 1);
  return staffPage(
    staff,
    'staff/rounds/paper-batch',
    {
      title: t('staff:paper.batch', { number: batch.number, group: groupName }),
      errors: fault === null ? [] : [{ text: fault.text, href: fault.href }],
      notice: done > 0 ? t('staff:paper.entered', { number: done }) : null,
      ...{ unit, batch, coded },
      roundName: roundTitle(round, staff),
      back: staff.path('/paper'),
      progress: progressOf(staff, batch, forms),
      complete: forms.length === batch.count,
      next: nextNumber(staff),
      beginPath: batchPath('/begin'),
      countPath: batchPath('/count'),
      codeError: fault?.href === '#code' ? fault.text : null,
      countError: fault?.href === '#count' ? fault.text : null,
      typed: fault?.typed ?? '',
      sample: sample.map(({ number, differences }) => ({
        number,
        href: batchPath(`/check/${number}`),
        state:
          differences === null
            ? t('staff:paper.unchecked')
            : differences === 0
              ? t('staff:paper.same')
              : t('staff:paper.differences', { count: differences }),
        checked: differences !== null,
      })),
    },
    fault === null ? 200 : 422,
  );
}

/** The next form to be typed; null where all are. A number that was left out comes first. */
export function nextNumber({ batch, forms }: Pick<StaffBatch, 'batch' | 'forms'>): number | null {
  const taken = new Set(forms.map(({ number }) => number));
  const free = Array.from({ length: batch.count }, (_, at) => at + 1).find((number) => !taken.has(number));
  return free ?? null;
}

/** Begins to type a form, with its code where forms have one. */
export async function beginForm(request: Request, staff: StaffBatch): Promise<Outcome | Refusal> {
  const { batch, batchPath, round, services, t } = staff;
  const typed = rawText(rawForm(request.body), 'code');
  const begun = await services.collection.paper.begin(round.id, batch.id, typed);
  if (!isRefusal(begun)) return withCookie(redirect(batchPath('/form')), paperCookie(staff, begun.token));
  const { refused, details } = begun;
  const ofCode = refused.startsWith('ticket-') || refused.startsWith('code-');
  return ofCode ? showBatch(staff, { text: t(`refusals:${refused}`, details), href: '#code', typed }) : begun;
}

export async function recountBatch(request: Request, staff: StaffBatch): Promise<Outcome | Refusal> {
  const { batch, batchPath, round, services, t } = staff;
  const typed = rawText(rawForm(request.body), 'count');
  const reading = readNumber(typed);
  const count = 'number' in reading ? reading.number : 0;
  const counted = await services.collection.paper.recount(round.id, batch.id, count);
  if (!isRefusal(counted)) return redirect(batchPath());
  return counted.refused === 'count-malformed'
    ? showBatch(staff, { text: t('refusals:count-malformed', { count: mostForms }), href: '#count', typed })
    : counted;
}

/** The draft of the form that is being typed, in the typist's browser; '' takes it away. */
export function paperCookie(staff: StaffRound, token: string): Cookie {
  return { name: 'paper', value: token, path: staff.path('/paper') };
}
