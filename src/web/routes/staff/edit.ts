import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { AuditedChange } from '../../../accounts/audit-entry';
import { inLanguage } from '../../../definitions/instrument';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { rawForm, rawList, rawText, type RawForm } from '../../forms/raw';
import { revisionOf } from '../../forms/revision';
import type { Outcome } from '../../outcome';
import { answerWords } from '../../view-models/answer-words';
import { noInstrument, readForm, type FormError, type StaffForm } from './form';
import type { Staff } from './signed-in';

/**
 * How staff change what is stored, one shape for every page: load → show → check → save, and what happens where
 * somebody else saved meanwhile. Then the page comes again with everything that was typed and, part by part, what the
 * other saved beside it; the next press saves what was chosen, or meets the page again if a third person was quicker.
 */
export interface StaffEdit<Subject extends Staff, Input, Saved extends { readonly revision: number }> {
  /** What is stored now; null for what is not there yet. */
  stored(subject: Subject): Promise<Saved | null>;
  /** The form of what is stored, or of a new one. */
  raw(subject: Subject, stored: Saved | null): RawForm;
  /** What is compared when two people changed the same. */
  parts(subject: Subject): readonly EditPart[];
  read(subject: Subject, raw: RawForm): Read<Input> | Promise<Read<Input>>;
  /** @param seen the revision that the person saw; 0 where nothing was stored */
  save(subject: Subject, input: Input, seen: number): Promise<Saved | Refusal>;
  /** A refusal at its field; null where it needs a page of its own. */
  refused(subject: Subject, refusal: Refusal): FormError | null;
  show(subject: Subject, shown: Shown): Outcome | Promise<Outcome>;
  /** Where the person goes on. */
  done(subject: Subject, saved: Saved, raw: RawForm): string;
  /**
   * Parts of which the log of the staff's work keeps the words, before and after: settings. Of all others (texts, what
   * was said or written by people, personal data) it keeps that they changed; so where it is left out.
   */
  readonly logsWords?: (code: string) => boolean;
}

export type Read<Input> = { readonly input: Input } | { readonly errors: readonly FormError[] };

/** One or more fields that mean something together: a date, a row, a list. */
export interface EditPart {
  readonly code: string;
  /** In the page's language. */
  readonly label: string;
  /** Whether this field of a form belongs to the part. */
  has(name: string): boolean;
  /** What the part says in a form; '' where it is empty. Two forms that say the same do not differ. */
  words(raw: RawForm): string;
}

export interface Shown {
  readonly raw: RawForm;
  readonly errors: readonly FormError[];
  /** For the partial `staff/edit-state`, which stands first in the form. */
  readonly edit: EditState;
  /** 409 where somebody else saved meanwhile. */
  readonly status?: number;
}

export interface EditState {
  /** Of what the form was made from, or of what the person has now been shown. */
  readonly revision: number;
  /** Marks of the parts as they were stored then, so that what a person left alone is told from what they typed. */
  readonly seen: string;
  readonly conflict: Conflict | null;
}

export interface Conflict {
  /** Both changed these: one has to be chosen. */
  readonly both: readonly {
    readonly name: string;
    readonly label: string;
    readonly theirs: string;
    readonly mine: string;
  }[];
  /** Only the other one changed these: the form has taken them over. */
  readonly taken: readonly { readonly label: string; readonly theirs: string }[];
  /** Where what is stored is shown, for who gives up their own. */
  readonly discard: string;
}

export async function showEdit<Subject extends Staff, Input, Saved extends { readonly revision: number }>(
  edit: StaffEdit<Subject, Input, Saved>,
  subject: Subject,
): Promise<Outcome> {
  const stored = await edit.stored(subject);
  const raw = edit.raw(subject, stored);
  const seen = marksOf(edit.parts(subject), raw);
  return edit.show(subject, { raw, errors: [], edit: { revision: stored?.revision ?? 0, seen, conflict: null } });
}

export async function saveEdit<Subject extends Staff, Input, Saved extends { readonly revision: number }>(
  edit: StaffEdit<Subject, Input, Saved>,
  subject: Subject,
  request: Request,
  typed: RawForm = rawForm(request.body),
): Promise<Outcome | Refusal> {
  const parts = edit.parts(subject);
  const stored = await edit.stored(subject);
  const theirs = edit.raw(subject, stored);
  const seen = stored === null ? 0 : revisionOf(typed);
  const raw = withChosen(parts, typed, theirs);
  const conflict = async (): Promise<Outcome | null> => {
    const now = await edit.stored(subject);
    return now === null ? null : conflictPage(edit, subject, raw, now, request.originalUrl);
  };
  if (stored !== null && stored.revision !== seen) {
    const page = await conflict();
    if (page !== null) return page;
  }
  const state: EditState = { revision: seen, seen: rawText(typed, 'seen'), conflict: null };
  const read = await edit.read(subject, raw);
  if ('errors' in read) return edit.show(subject, { raw, errors: read.errors, edit: state });
  const saved = await edit.save(subject, read.input, stored?.revision ?? 0);
  if (!isRefusal(saved)) {
    return { kind: 'redirect', path: edit.done(subject, saved, raw), changed: changesOf(edit, parts, theirs, raw) };
  }
  if (saved.refused === 'changed-meanwhile') return (await conflict()) ?? saved;
  const error = edit.refused(subject, saved);
  return error === null ? saved : edit.show(subject, { raw, errors: [error], edit: state });
}

function changesOf<Subject extends Staff, Input, Saved extends { readonly revision: number }>(
  { logsWords }: StaffEdit<Subject, Input, Saved>,
  parts: readonly EditPart[],
  stored: RawForm,
  saved: RawForm,
): AuditedChange[] {
  return parts.flatMap((part) => {
    const [before, after] = [part.words(stored), part.words(saved)];
    if (before === after) return [];
    const words = logsWords?.(part.code) ? { before, after } : { before: null, after: null };
    return [{ label: part.label, ...words }];
  });
}

/** null where what is stored says the same as what was typed: there is nothing to choose, and saving loses nothing. */
async function conflictPage<Subject extends Staff, Input, Saved extends { readonly revision: number }>(
  edit: StaffEdit<Subject, Input, Saved>,
  subject: Subject,
  raw: RawForm,
  now: Saved,
  discard: string,
): Promise<Outcome | null> {
  const parts = edit.parts(subject);
  const theirs = edit.raw(subject, now);
  const found = compared(parts, raw, theirs);
  if (found === null) return null;
  const state: EditState = {
    revision: now.revision,
    seen: marksOf(parts, theirs),
    conflict: { both: found.both, taken: found.taken, discard },
  };
  return edit.show(subject, { raw: found.raw, errors: [], edit: state, status: 409 });
}

/** What two forms differ in; null where they say the same. `raw` is the typed one with what only the other changed. */
export function compared(
  parts: readonly EditPart[],
  typed: RawForm,
  theirs: RawForm,
): (Pick<Conflict, 'both' | 'taken'> & { readonly raw: RawForm }) | null {
  const differing = parts.filter((part) => part.words(typed) !== part.words(theirs));
  if (differing.length === 0) return null;
  const seen = readMarks(rawText(typed, 'seen'));
  const isLeftAlone = (part: EditPart): boolean => seen[part.code] === markOf(part.words(typed));
  const taken = differing.filter(isLeftAlone);
  return {
    both: differing
      .filter((part) => !isLeftAlone(part))
      .map((part) => ({
        name: choiceName(part.code),
        label: part.label,
        theirs: part.words(theirs),
        mine: part.words(typed),
      })),
    taken: taken.map((part) => ({ label: part.label, theirs: part.words(theirs) })),
    raw: taken.reduce((form, part) => withPart(part, form, theirs), typed),
  };
}

/** The form with those parts taken from what is stored for which the person chose so on the page of a conflict. */
export function withChosen(parts: readonly EditPart[], typed: RawForm, theirs: RawForm): RawForm {
  return parts
    .filter((part) => rawText(typed, choiceName(part.code)) === 'theirs')
    .reduce((form, part) => withPart(part, form, theirs), typed);
}

const choiceName = (code: string): string => `take.${code}`;

function withPart(part: EditPart, form: RawForm, from: RawForm): RawForm {
  const rest = Object.entries(form).filter(([name]) => !part.has(name));
  return Object.fromEntries([...rest, ...Object.entries(from).filter(([name]) => part.has(name))]);
}

/** The marks of all parts of a form, for the hidden field `seen`. */
export function marksOf(parts: readonly EditPart[], raw: RawForm): string {
  return JSON.stringify(Object.fromEntries(parts.map((part) => [part.code, markOf(part.words(raw))])));
}

function markOf(words: string): string {
  return createHash('sha256').update(words).digest('base64url').slice(0, 12);
}

function readMarks(text: string): Readonly<Record<string, unknown>> {
  try {
    const marks: unknown = JSON.parse(text);
    return typeof marks === 'object' && marks !== null ? { ...marks } : {};
  } catch {
    return {};
  }
}

/** Each field of a form as a part of its own. */
export function fieldParts(form: StaffForm, { language }: Staff, prefix = ''): EditPart[] {
  return form.fields.map((field) => {
    const name = prefix + field.code;
    const has = (one: string): boolean => one === name || one.startsWith(`${name}.`);
    return {
      code: name,
      label: inLanguage(field.text, language),
      has,
      words(raw) {
        const { values, errors } = readForm({ fields: [field] }, raw, language, prefix);
        const value = values[field.code];
        // What cannot be read stands as it was typed.
        if (errors.length > 0) return Object.keys(raw).filter(has).flatMap((one) => rawList(raw, one)).join(' '); // prettier-ignore
        if (value === null || value === undefined) return '';
        return answerWords(noInstrument, field, { [field.code]: value }, language).join(', ');
      },
    };
  });
}
