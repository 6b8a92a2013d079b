import type { Request } from 'express';
import { approvalInput, reopeningInput } from '../../../../../assessment/meeting/approval';
import type { RoundMinutes } from '../../../../../assessment/meeting/minutes';
import { minutesHtml } from '../../../../../handouts/minutes';
import { dayOf } from '../../../../../shared/clock';
import { Failure, isRefusal, type Refusal } from '../../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../../forms/raw';
import { schemaField } from '../../../../forms/schema-field';
import { plainName } from '../../../../file-name';
import { redirect, type Outcome } from '../../../../outcome';
import { formOf } from '../../../../view-models/answer-fields';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type FormError, type StaffForm } from '../../form'; // prettier-ignore
import { printedFile } from '../../printed';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';
import { minutesDocument } from './minutes-document';

const approvalForm: StaffForm = {
  fields: [
    schemaField(approvalInput, 'approvedOn', { text: textOf('meeting:approval.on') }),
    schemaField(approvalInput, 'approvedBy', {
      text: textOf('meeting:approval.by'),
      hint: textOf('meeting:approval.byHint'),
    }),
  ],
  required: { approvedOn: 'meeting:approval.missingOn', approvedBy: 'meeting:approval.missingBy' },
};

const reopeningForm: StaffForm = {
  fields: [
    schemaField(reopeningInput, 'why', {
      text: textOf('meeting:reopening.why'),
      hint: textOf('meeting:reopening.hint'),
    }),
  ],
  required: { why: 'meeting:reopening.missing' },
};

/** What a form of the page was sent with, where it has to be shown again. */
interface Again {
  readonly raw: RawForm;
  readonly errors: readonly FormError[];
  /** Somebody has written since the page was shown, so that something else would be approved. */
  readonly meanwhile?: boolean;
}

export async function minutesPage(request: Request, staff: StaffRound): Promise<Outcome> {
  if (staff.round.status === 'draft') return redirect(staff.path('/meeting'));
  const { done } = request.query;
  return show(staff, await minutesOf(staff), null, typeof done === 'string' ? done : '');
}

export async function approveMinutes(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const raw = rawForm(request.body);
  const { values, errors } = readForm(approvalForm, raw, staff.language);
  if (errors.length > 0) return show(staff, await minutesOf(staff), { raw, errors });
  const input = { approvedOn: asText(values['approvedOn']), approvedBy: asText(values['approvedBy']) };
  const { minutes } = staff.services.assessment;
  const approved = await minutes.approve(staff.round.id, input, rawText(raw, 'mark'), staff.member.user);
  if (!isRefusal(approved)) return redirect(staff.path('/minutes?done=approved'));
  if (approved.refused === 'changed-meanwhile') {
    return show(staff, await minutesOf(staff), { raw, errors: [], meanwhile: true });
  }
  return showRefused(staff, approvalForm, raw, approved);
}

export async function reopenMinutes(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const raw = rawForm(request.body);
  const { values, errors } = readForm(reopeningForm, raw, staff.language);
  if (errors.length > 0) return show(staff, await minutesOf(staff), { raw, errors });
  const { minutes } = staff.services.assessment;
  const reopened = await minutes.reopen(staff.round.id, { why: asText(values['why']) }, staff.member.user);
  // Somebody else has taken them up: what was wanted is done.
  if (!isRefusal(reopened) || reopened.refused === 'changed-meanwhile') return redirect(staff.path('/minutes?done=reopened')); // prettier-ignore
  return showRefused(staff, reopeningForm, raw, reopened);
}

export async function minutesFile(_request: Request, staff: StaffRound): Promise<Outcome> {
  if (staff.round.status === 'draft') return redirect(staff.path('/meeting'));
  const { language, round, t, unit } = staff;
  const document = await minutesDocument(staff, await minutesOf(staff));
  const name = plainName(['lijw', unit.name, t('meeting:minutes.file'), String(round.assessedYear)], 'pdf');
  return printedFile(staff, { name, back: staff.path('/minutes') }, (print) => print(minutesHtml(document, language)));
}

async function minutesOf({ round, services }: StaffRound): Promise<RoundMinutes> {
  const minutes = await services.assessment.minutes.of(round.id);
  if (minutes === null) throw new Failure('round-missing', `Round ${round.id} is gone.`);
  return minutes;
}

async function showRefused(staff: StaffRound, form: StaffForm, raw: RawForm, refusal: Refusal) {
  const field = refusal.details?.['field'];
  if (typeof field !== 'string') return refusal;
  const errors = [fieldError(form, field, staff.t(`refusals:${refusal.refused}`, refusal.details))];
  return show(staff, await minutesOf(staff), { raw, errors });
}

async function show(staff: StaffRound, minutes: RoundMinutes, again: Again | null, done = ''): Promise<Outcome> {
  const { language, services, t } = staff;
  const { barred, mark, state } = minutes;
  const usual = { approvedOn: dayOf(services.clock()), approvedBy: t('meeting:approval.usual') };
  const raw = again?.raw ?? formOf(approvalForm.fields, usual, language);
  const errors = again?.errors ?? [];
  const fieldsOf = (form: StaffForm) => Object.values(shownFields(form, raw, language, errors));
  const mayApprove = staff.may('meeting.approve');
  const document = await minutesDocument(staff, minutes);
  return staffPage(
    staff,
    'staff/meeting/minutes',
    {
      title: document.title,
      address: staff.path('/minutes'),
      errors: errorLinks(errors),
      back: staff.path('/meeting'),
      notice: ['approved', 'reopened'].includes(done) ? t(`meeting:minutes.done.${done}`) : null,
      meanwhile: again?.meanwhile ?? false,
      minutes: document,
      pdf: (await services.pdf.available()).ok ? staff.path('/minutes.pdf') : null,
      approve:
        state === 'open' && mayApprove && barred === null
          ? { path: staff.path('/minutes/approve'), mark, fields: fieldsOf(approvalForm) }
          : null,
      barred: state === 'open' && mayApprove && barred ? t(`refusals:${barred.refused}`, barred.details) : null,
      reopen:
        state === 'approved' && mayApprove
          ? { path: staff.path('/minutes/reopen'), fields: fieldsOf(reopeningForm), open: errors.length > 0 }
          : null,
    },
    again?.meanwhile ? 409 : undefined,
  );
}
