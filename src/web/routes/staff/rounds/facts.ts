import type { Request } from 'express';
import type { Fact, FactInput } from '../../../../assessment/fact-sheet';
import { areasOf, inLanguage, type Area, type FactField } from '../../../../definitions/instrument';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { answerWords } from '../../../view-models/answer-words';
import {
  asNumber,
  asText,
  errorLinks,
  fieldError,
  readForm,
  shownFields,
  textOf,
  type FormError,
  type StaffForm,
} from '../form';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import type { StaffRound } from './with-round';

/** Facts are entered area by area; those of no area stand together at the end. */
interface FactPart {
  readonly code: string;
  readonly name: string;
  readonly fields: readonly FactField[];
}

const other = 'other';

function partsOf({ known, language, t }: StaffRound): FactPart[] {
  const { instrument } = known;
  const facts = instrument.facts ?? [];
  const parts = areasOf(instrument).map(({ code, name }: Area) => ({
    code,
    name: inLanguage(name, language),
    fields: facts.filter(({ area }) => area === code),
  }));
  const rest = facts.filter(({ area }) => !parts.some(({ code }) => code === area));
  return [...parts, { code: other, name: t('staff:facts.other'), fields: rest }].filter(
    (part) => part.fields.length > 0,
  );
}

export async function factSheetPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const { services, round, t, unit } = staff;
  const saved = await services.assessment.factSheet.ofRound(round.id);
  const parts = partsOf(staff);
  const done = parts.find(({ code }) => code === request.query['done']);
  return staffPage(staff, 'staff/rounds/facts', {
    title: t('staff:facts.title'),
    unit,
    roundName: roundTitle(round, staff),
    back: staff.path(),
    notice: done ? t('staff:facts.saved', { area: done.name }) : null,
    parts: parts.map((part) => ({
      ...part,
      number: part.code === other ? '' : part.code,
      href: staff.path(`/facts/${part.code}`),
      filled: part.fields.filter(({ code }) => saved.some((fact) => fact.code === code)).length,
      total: part.fields.length,
    })),
  });
}

/** The fields about one fact: its value, year, source, and why there is none. */
function factForm(field: FactField): StaffForm {
  return {
    fields: [
      field,
      { type: 'number', code: 'year', text: textOf('staff:facts.year'), min: 1990, max: 2100 },
      { type: 'short-text', code: 'source', text: textOf('staff:facts.source'), maxLength: 500 },
      { type: 'short-text', code: 'noData', text: textOf('staff:facts.noData'), maxLength: 500 },
    ],
  };
}

const whoForm: StaffForm = {
  fields: [
    {
      type: 'short-text',
      code: 'enteredBy',
      text: textOf('staff:facts.enteredBy'),
      hint: textOf('staff:facts.enteredByHint'),
      maxLength: 200,
    },
  ],
};

const prefixOf = ({ code }: FactField): string => `${code}.`;

export async function factsPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const part = partsOf(staff).find(({ code }) => code === request.params['area']);
  if (!part) return notFound();
  const saved = await savedFacts(staff);
  return show(staff, part, saved, rawOf(staff, part, saved), []);
}

/** What can be saved is saved; the rest comes back with what is wrong. */
export async function saveFacts(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const parts = partsOf(staff);
  const part = parts.find(({ code }) => code === request.params['area']);
  if (!part) return notFound();
  const raw = rawForm(request.body);
  const before = await savedFacts(staff);
  const who = readForm(whoForm, raw, staff.language);
  const errors: FormError[] = [];
  const revisions: Record<string, readonly string[]> = {};
  for (const field of part.fields) {
    const result = await saveFact(staff, field, raw, before.get(field.code), asText(who.values['enteredBy']));
    if (isRefusal(result)) return result;
    errors.push(...result.errors);
    revisions[`${prefixOf(field)}revision`] = [String(result.revision)];
  }
  // One sentence for a field that all the facts share.
  const shared = errors.filter(({ field }) => field === 'enteredBy').slice(0, 1);
  const all = [...errors.filter(({ field }) => field !== 'enteredBy'), ...who.errors, ...shared];
  if (all.length > 0) return show(staff, part, await savedFacts(staff), { ...raw, ...revisions }, all);
  const next = parts[parts.indexOf(part) + 1];
  return redirect(
    rawText(raw, 'action') === 'next' && next
      ? staff.path(`/facts/${next.code}`)
      : staff.path(`/facts?done=${part.code}`),
  );
}

interface SavedFact {
  readonly errors: readonly FormError[];
  /** What the form has to name when it is sent again. */
  readonly revision: number;
}

async function saveFact(
  staff: StaffRound,
  field: FactField,
  raw: RawForm,
  before: Fact | undefined,
  enteredBy: string,
): Promise<SavedFact | Refusal> {
  const { known, language, round, services, t } = staff;
  const prefix = prefixOf(field);
  const form = factForm(field);
  const seen = Number(rawText(raw, `${prefix}revision`));
  const { values, errors } = readForm(form, raw, language, prefix);
  if (errors.length > 0) return { errors: tagged(errors, field), revision: seen };
  const answer = values[field.code] ?? null;
  const noData = asText(values['noData']);
  const at = (name: string, text: string): SavedFact => ({
    errors: tagged([fieldError(form, name, text, prefix)], field),
    revision: seen,
  });
  if (answer === null && noData === '') {
    if (seen > 0) return at(field.code, t('staff:facts.unset'));
    // A source alone is no data yet, and nobody's typing is thrown away for it.
    return asText(values['source']) === '' ? { errors: [], revision: 0 } : at(field.code, t('refusals:reason-missing'));
  }
  if (answer !== null && noData !== '') return at('noData', t('staff:facts.either'));
  const input: FactInput = {
    value: answer as FactInput['value'],
    noData: noData === '' ? null : noData,
    year: asNumber(values['year']) ?? round.assessedYear,
    source: asText(values['source']),
    enteredBy,
  };
  if (before && before.revision === seen && sameFact(before, input)) return { errors: [], revision: seen };
  const result = await services.assessment.factSheet.set(round.id, field.code, input, seen);
  if (!isRefusal(result)) return { errors: [], revision: result.revision };
  switch (result.refused) {
    case 'entered-by-missing':
      return { errors: [fieldError(whoForm, 'enteredBy', t('refusals:entered-by-missing'))], revision: seen };
    case 'changed-meanwhile': {
      const now = (await savedFacts(staff)).get(field.code);
      const value =
        now?.value == null
          ? (now?.noData ?? '')
          : answerWords(known.instrument, field, { [field.code]: now.value }, language).join(', ');
      return { ...at(field.code, t('staff:facts.conflict', { value })), revision: now?.revision ?? 0 };
    }
    default:
      return at(field.code, t(`refusals:${result.refused}`, result.details));
  }
}

/** Errors of one fact's fields, told apart from those of the same fields of other facts. */
function tagged(errors: readonly FormError[], field: FactField): FormError[] {
  return errors.map((error) => ({ ...error, field: prefixOf(field) + error.field }));
}

function sameFact(saved: Fact, input: FactInput): boolean {
  const plain = ({ value, noData, year, source }: FactInput): string => JSON.stringify([value, noData, year, source]);
  return plain(saved) === plain(input);
}

async function savedFacts({ services, round }: StaffRound): Promise<Map<string, Fact>> {
  const facts = await services.assessment.factSheet.ofRound(round.id);
  return new Map(facts.map((fact) => [fact.code, fact]));
}

/** The form of what is saved; a new fact is of the assessed year. */
function rawOf({ language, round }: StaffRound, part: FactPart, saved: ReadonlyMap<string, Fact>): RawForm {
  const fields = part.fields.flatMap((field) => {
    const fact = saved.get(field.code);
    const answers = {
      ...(fact?.value == null ? {} : { [field.code]: fact.value }),
      year: fact?.year ?? round.assessedYear,
      source: fact?.source ?? '',
      noData: fact?.noData ?? '',
    };
    return Object.entries({
      ...formOf(factForm(field).fields, answers, language, prefixOf(field)),
      [`${prefixOf(field)}revision`]: [String(fact?.revision ?? 0)],
    });
  });
  const enteredBy = [...saved.values()].at(-1)?.enteredBy ?? '';
  return { ...Object.fromEntries(fields), enteredBy: [enteredBy] };
}

function show(
  staff: StaffRound,
  part: FactPart,
  saved: ReadonlyMap<string, Fact>,
  raw: RawForm,
  errors: readonly FormError[],
): Outcome {
  const { language, round, t, unit } = staff;
  const parts = partsOf(staff);
  return staffPage(staff, 'staff/rounds/facts-area', {
    title: part.name,
    errors: errorLinks(errors),
    unit,
    roundName: roundTitle(round, staff),
    address: staff.path(`/facts/${part.code}`),
    back: staff.path('/facts'),
    partly: errors.length > 0 && saved.size > 0 ? t('staff:facts.partly') : null,
    facts: part.fields.map((field) => {
      const prefix = prefixOf(field);
      const own = errors
        .filter((error) => error.field.startsWith(prefix))
        .map((error) => ({ ...error, field: error.field.slice(prefix.length) }));
      const fields = shownFields(factForm(field), raw, language, own, prefix);
      const value = fields[field.code];
      return {
        value,
        rest: [fields['year'], fields['source'], fields['noData']],
        about: value?.label,
        revision: { name: `${prefix}revision`, value: rawText(raw, `${prefix}revision`) },
      };
    }),
    who: shownFields(whoForm, raw, language, errors)['enteredBy'],
    last: parts.at(-1)?.code === part.code,
  });
}
