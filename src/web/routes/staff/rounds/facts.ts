import type { Request } from 'express';
import { factInput, type Fact, type FactInput } from '../../../../assessment/fact-sheet';
import { areasOf, inLanguage, type Area, type FactField } from '../../../../definitions/instrument';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { revisionOf } from '../../../forms/revision';
import { schemaField } from '../../../forms/schema-field';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { compared, fieldParts, marksOf, withChosen, type Conflict, type EditPart, type EditState } from '../edit';
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
      schemaField(factInput, 'year', { text: textOf('staff:facts.year') }),
      schemaField(factInput, 'source', { text: textOf('staff:facts.source') }),
      schemaField(factInput, 'noData', { text: textOf('staff:facts.noData') }),
    ],
  };
}

const whoForm: StaffForm = {
  fields: [
    schemaField(factInput, 'enteredBy', {
      text: textOf('staff:facts.enteredBy'),
      hint: textOf('staff:facts.enteredByHint'),
    }),
  ],
};

const prefixOf = ({ code }: FactField): string => `${code}.`;

/** A fact as one part of the page: its value or why there is none, its year and source. */
function factPart(field: FactField, staff: StaffRound): EditPart {
  const prefix = prefixOf(field);
  const fields = new Map(fieldParts(factForm(field), staff, prefix).map((part) => [part.code, part]));
  const words = (code: string, raw: RawForm): string => fields.get(prefix + code)?.words(raw) ?? '';
  return {
    code: field.code,
    label: inLanguage(field.text, staff.language),
    has: (name) => name.startsWith(prefix),
    words(raw) {
      const said = [words(field.code, raw), words('noData', raw), words('source', raw)].filter((one) => one !== '');
      return said.length === 0 ? '' : [...said, words('year', raw)].join('; ');
    },
  };
}

export async function factsPage(request: Request, staff: StaffRound): Promise<Outcome> {
  const part = partsOf(staff).find(({ code }) => code === request.params['area']);
  if (!part) return notFound();
  return show(staff, part, await savedFacts(staff), null, []);
}

/** What can be saved is saved; the rest comes back with what is wrong, or with what somebody else saved meanwhile. */
export async function saveFacts(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const parts = partsOf(staff);
  const part = parts.find(({ code }) => code === request.params['area']);
  if (!part) return notFound();
  const before = await savedFacts(staff);
  const facts = part.fields.map((field) => factPart(field, staff));
  const raw = withChosen(facts, rawForm(request.body), rawOf(staff, part, before));
  const who = readForm(whoForm, raw, staff.language);
  const results: SavedFact[] = [];
  for (const field of part.fields) {
    const result = await saveFact(staff, field, raw, before.get(field.code), asText(who.values['enteredBy']));
    if (isRefusal(result)) return result;
    results.push(result);
  }
  const errors = results.flatMap((result) => result.errors);
  // One sentence for a field that all the facts share.
  const shared = errors.filter(({ field }) => field === 'enteredBy').slice(0, 1);
  const all = [...errors.filter(({ field }) => field !== 'enteredBy'), ...who.errors, ...shared];

  const now = await savedFacts(staff);
  const meanwhile = compared(
    facts.filter((_, index) => results[index]?.changedMeanwhile),
    raw,
    rawOf(staff, part, now),
  );
  if (all.length > 0 || meanwhile !== null) {
    const revisions = part.fields.map((field, index) => [
      `${prefixOf(field)}revision`,
      [String(results[index]?.changedMeanwhile ? (now.get(field.code)?.revision ?? 0) : results[index]?.revision)],
    ]);
    const typed = { ...(meanwhile?.raw ?? raw), ...(Object.fromEntries(revisions) as RawForm) };
    const discard = staff.path(`/facts/${part.code}`);
    const conflict = meanwhile && { both: meanwhile.both, taken: meanwhile.taken, discard };
    return show(staff, part, now, typed, all, conflict);
  }
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
  readonly changedMeanwhile?: boolean;
}

async function saveFact(
  staff: StaffRound,
  field: FactField,
  raw: RawForm,
  before: Fact | undefined,
  enteredBy: string,
): Promise<SavedFact | Refusal> {
  const { language, round, services, t } = staff;
  const prefix = prefixOf(field);
  const form = factForm(field);
  const seen = before === undefined ? 0 : revisionOf(raw, `${prefix}revision`);
  if (before !== undefined && before.revision !== seen) return { errors: [], revision: seen, changedMeanwhile: true };
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
  if (before && sameFact(before, input)) return { errors: [], revision: seen };
  const result = await services.assessment.factSheet.set(round.id, field.code, input, seen);
  if (!isRefusal(result)) return { errors: [], revision: result.revision };
  if (result.refused === 'changed-meanwhile') return { errors: [], revision: seen, changedMeanwhile: true };
  const text = t(`refusals:${result.refused}`, result.details);
  const { field: name = field.code } = result.details ?? {};
  if (name === 'enteredBy') return { errors: [fieldError(whoForm, 'enteredBy', text)], revision: seen };
  return at(name === 'value' ? field.code : String(name), text);
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
  /** null: what is saved. */
  typed: RawForm | null,
  errors: readonly FormError[],
  conflict: Conflict | null = null,
): Outcome {
  const { language, round, t, unit } = staff;
  const parts = partsOf(staff);
  const stored = rawOf(staff, part, saved);
  const raw = typed ?? stored;
  const facts = part.fields.map((field) => factPart(field, staff));
  // The revisions stand at the facts.
  const edit: EditState = { revision: 0, seen: marksOf(facts, stored), conflict };
  const model = {
    title: part.name,
    errors: errorLinks(errors),
    unit,
    roundName: roundTitle(round, staff),
    address: staff.path(`/facts/${part.code}`),
    back: staff.path('/facts'),
    edit,
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
  };
  return staffPage(staff, 'staff/rounds/facts-area', model, conflict ? 409 : undefined);
}
