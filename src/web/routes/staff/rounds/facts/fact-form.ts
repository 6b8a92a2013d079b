import { factInput, type Fact, type FactInput } from '../../../../../assessment/fact-sheet';
import { inLanguage, type FactField } from '../../../../../definitions/instrument';
import { rawList, type RawForm } from '../../../../forms/raw';
import { schemaField } from '../../../../forms/schema-field';
import { formOf } from '../../../../view-models/answer-fields';
import { fieldParts, type EditPart } from '../../edit';
import { textOf, type FormError, type StaffForm } from '../../form';
import type { StaffRound } from '../with-round';

/** The fields about one fact: its value, year, source, why there is none, and why an odd one is right. */
export function factForm(field: FactField): StaffForm {
  return {
    fields: [
      field,
      schemaField(factInput, 'year', { text: textOf('facts:field.year') }),
      schemaField(factInput, 'source', { text: textOf('facts:field.source') }),
      schemaField(factInput, 'link', { text: textOf('facts:field.link') }),
      schemaField(factInput, 'noData', { text: textOf('facts:field.noData') }),
      schemaField(factInput, 'explanation', {
        text: textOf('facts:field.explanation'),
        hint: textOf('facts:field.explanationHint'),
      }),
    ],
  };
}

/** Stands before the names of all fields of a fact. */
export const prefixOf = ({ code }: FactField): string => `${code}.`;

/** Fields of the form that are no part of the fact itself. */
export const fileFields = {
  revision: (field: FactField): string => `${prefixOf(field)}revision`,
  /** Files that are to be attached. */
  attach: (field: FactField): string => `${prefixOf(field)}files`,
  /** Ids of attached files that are to go. */
  remove: (field: FactField): string => `${prefixOf(field)}removed`,
};

/** A fact as one part of the page: its value or why there is none, its year and source. */
export function factPart(field: FactField, staff: StaffRound): EditPart {
  const prefix = prefixOf(field);
  const fields = new Map(fieldParts(factForm(field), staff, prefix).map((part) => [part.code, part]));
  const words = (code: string, raw: RawForm): string => fields.get(prefix + code)?.words(raw) ?? '';
  return {
    code: field.code,
    label: inLanguage(field.text, staff.language),
    has: (name) => name.startsWith(prefix),
    words(raw) {
      const parts = [field.code, 'noData', 'source', 'link', 'explanation'];
      const said = parts.map((code) => words(code, raw)).filter((one) => one !== '');
      return said.length === 0 ? '' : [...said, words('year', raw)].join('; ');
    },
  };
}

/** The form of what is saved; a new fact is of the assessed year. */
export function rawOf(
  { language, round }: StaffRound,
  fields: readonly FactField[],
  saved: ReadonlyMap<string, Fact>,
): RawForm {
  const entries = fields.flatMap((field) => {
    const fact = saved.get(field.code);
    const answers = {
      ...(fact?.value == null ? {} : { [field.code]: fact.value }),
      year: fact?.year ?? round.assessedYear,
      source: fact?.source ?? '',
      link: fact?.link ?? '',
      noData: fact?.noData ?? '',
      explanation: fact?.explanation ?? '',
    };
    return Object.entries({
      ...formOf(factForm(field).fields, answers, language, prefixOf(field)),
      [fileFields.revision(field)]: [String(fact?.revision ?? 0)],
    });
  });
  return Object.fromEntries(entries);
}

/** Errors of one fact's fields, told apart from those of the same fields of other facts. */
export function tagged(errors: readonly FormError[], field: FactField): FormError[] {
  return errors.map((error) => ({ ...error, field: prefixOf(field) + error.field }));
}

/** Those of one fact, as its own form knows them. */
export function untagged(errors: readonly FormError[], field: FactField): FormError[] {
  const prefix = prefixOf(field);
  return errors
    .filter((error) => error.field.startsWith(prefix))
    .map((error) => ({ ...error, field: error.field.slice(prefix.length) }));
}

export function sameFact(saved: Fact, input: FactInput): boolean {
  const plain = ({ value, noData, year, source, link, explanation }: FactInput): string =>
    JSON.stringify([value, noData, year, source, link, explanation]);
  return plain(saved) === plain(input);
}

/** Ids of the files that a form asks to take off a fact. */
export function removedFiles(raw: RawForm, field: FactField): readonly string[] {
  return rawList(raw, fileFields.remove(field));
}
