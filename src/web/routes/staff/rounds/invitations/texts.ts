import type { Request } from 'express';
import {
  letterTexts,
  type LetterKind,
  type LetterTexts,
  type RoundLetterTexts,
} from '../../../../../collection/invitations/letter-texts';
import { isRefusal, type Refusal } from '../../../../../shared/errors';
import { rawForm, rawText } from '../../../../forms/raw';
import { schemaField } from '../../../../forms/schema-field';
import type { Outcome } from '../../../../outcome';
import { siteAddress } from '../../../../site-address';
import { formOf } from '../../../../view-models/answer-fields';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../../form';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';
import { letterParagraphs } from './letter-paragraphs';

const kinds = ['invitation', 'reminder'] as const;

const textsForm: StaffForm = {
  fields: Object.keys(letterTexts.properties).map((code) =>
    schemaField(letterTexts, code, {
      text: textOf(`invitations:texts.${code}`),
      ...(code.endsWith('English') ? { hint: textOf('invitations:texts.englishHint') } : {}),
    }),
  ),
};

/** What became of a test letter. */
interface Tested {
  readonly kind: LetterKind;
  readonly to: string;
  readonly error: string | null;
}

/** One request about the texts. */
interface StaffTexts extends StaffRound {
  /** Public address of the site, for links in examples. */
  readonly site: string;
  readonly tested: Tested | null;
  readonly notice: string | null;
}

const textsEdit: StaffEdit<StaffTexts, LetterTexts, RoundLetterTexts> = {
  stored: ({ round, services }) => services.collection.invitations.texts.of(round.id),
  raw: (staff, stored) => formOf(textsForm.fields, wordsOf(stored), staff.language),
  parts: (staff) => fieldParts(textsForm, staff),
  read(staff, raw) {
    const { values, errors } = readForm(textsForm, raw, staff.language);
    const texts = Object.fromEntries(Object.entries(values).map(([code, value]) => [code, asText(value)]));
    return errors.length > 0 ? { errors } : { input: texts as unknown as LetterTexts };
  },
  save: ({ round, services }, input, seen) => services.collection.invitations.texts.save(round.id, input, seen),
  refused({ t }, { refused, details }) {
    const key = refused.startsWith('letter-') ? `invitations:refusals.${refused}` : `refusals:${refused}`;
    const field = details?.['field'];
    return typeof field === 'string' ? fieldError(textsForm, field, t(key, details)) : null;
  },
  done: (staff) => staff.path('/invitations/texts?done=texts'),
  show,
};

export function textsPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const notice = request.query['done'] === 'texts' ? staff.t('invitations:page.done.texts') : null;
  return showEdit(textsEdit, subjectOf(request, staff, null, notice));
}

export function saveTexts(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  return saveEdit(textsEdit, subjectOf(request, staff), request);
}

/** One letter to the person who writes them, with the texts as they are saved. */
export async function sendTestLetter(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { round, services, t } = staff;
  const raw = rawForm(request.body);
  const kind = kinds.find((one) => one === rawText(raw, 'kind')) ?? 'invitation';
  const to = rawText(raw, 'to').trim();
  const { post } = services.mail;
  const sent = post === null ? null : await services.collection.invitations.sendExample(post, round, kind, to);
  const error =
    sent === null
      ? t('invitations:texts.testOff')
      : isRefusal(sent)
        ? t(`invitations:${sent.refused === 'letter-not-taken' ? 'refusals' : 'faults'}.${sent.refused}`, sent.details)
        : null;
  const notice = error === null ? t('invitations:texts.testSent', { address: to }) : null;
  return showEdit(textsEdit, subjectOf(request, staff, { kind, to, error }, notice));
}

function subjectOf(
  request: Request,
  staff: StaffRound,
  tested: Tested | null = null,
  notice: string | null = null,
): StaffTexts {
  return { ...staff, site: siteAddress(request, staff.services.baseUrl), tested, notice };
}

function wordsOf(texts: LetterTexts | null): Record<string, string> {
  if (texts === null) return {};
  const { invitationSubject, invitation, invitationEnglish, reminderSubject, reminder, reminderEnglish } = texts;
  return { invitationSubject, invitation, invitationEnglish, reminderSubject, reminder, reminderEnglish };
}

async function show(staff: StaffTexts, { raw, errors, edit, status }: Shown): Promise<Outcome> {
  const { language, notice, round, services, site, t, tested, unit } = staff;
  const { invitations } = services.collection;
  const words = await invitations.texts.of(round.id);
  const letters = await Promise.all(
    kinds.map(async (kind) => {
      const { subject, text } = await invitations.example(round, kind, words);
      return {
        title: t(`invitations:texts.${kind}Title`),
        ...{ kind, subject, selected: kind === tested?.kind },
        paragraphs: letterParagraphs(text, site),
      };
    }),
  );
  const testError = tested?.error ?? null;
  return staffPage(
    staff,
    'staff/rounds/invitations/texts',
    {
      title: t('invitations:texts.title'),
      errors: [...errorLinks(errors), ...(testError === null ? [] : [{ text: testError, href: '#to' }])],
      address: staff.path('/invitations/texts'),
      back: staff.path('/invitations'),
      roundName: roundTitle(round, staff),
      ...{ unit, edit, letters, testError, notice },
      fields: Object.values(shownFields(textsForm, raw, language, errors)),
      test:
        services.mail.post === null ? null : { action: staff.path('/invitations/test-letter'), to: tested?.to ?? '' },
    },
    status ?? (testError === null ? undefined : 422),
  );
}
