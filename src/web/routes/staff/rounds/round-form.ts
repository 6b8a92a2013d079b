import { graceOf, roundSettings } from '../../../../assessment/round';
import type { RoundEdit } from '../../../../assessment/rounds';
import type { Answer, Answers } from '../../../../definitions/answers';
import type { FormName, Instrument } from '../../../../definitions/instrument';
import type { Language } from '../../../../locales/translate';
import type { RawForm } from '../../../forms/raw';
import { formOf } from '../../../view-models/answer-fields';
import type { Refusal } from '../../../../shared/errors';
import { mapField, schemaField } from '../../../forms/schema-field';
import { asList, asNumber, asText, fieldError, textOf, type FormError, type StaffForm } from '../form';
import type { Staff } from '../signed-in';

/** What is set about a round on its form; whom it asks together, and how, stands on the plan (`plan.ts`). */
export type RoundFields = Required<Omit<RoundEdit, 'mergedGroups' | 'ways'>>;

const sizeField = (group: string): string => `size-${group}`;

/** The fields of a round as far as they may be changed (`editableIn`). */
export function roundForm(instrument: Instrument, editable: readonly (keyof RoundEdit)[]): StaffForm {
  const may = editable.filter((field) => field !== 'mergedGroups' && field !== 'ways');
  const { forms, groups = [], planes = [] } = instrument;
  const people = textOf('staff:roundForm.people');
  const all: Readonly<Record<keyof RoundFields, StaffForm['fields']>> = {
    form: [
      {
        type: 'single-choice',
        code: 'form',
        text: textOf('staff:roundForm.form'),
        ...(forms.core ? { hint: textOf('staff:roundForm.formHint') } : {}),
        choices: (['full', 'core'] as const).flatMap((name) => {
          const minutes = forms[name]?.minutes;
          return minutes === undefined
            ? []
            : [{ code: name, text: textOf(`staff:roundForm.forms.${name}`, { count: minutes }) }];
        }),
      },
    ],
    assessedYear: [
      schemaField(roundSettings, 'assessedYear', {
        text: textOf('staff:roundForm.year'),
        hint: textOf('staff:roundForm.yearHint'),
      }),
    ],
    opensOn: [schemaField(roundSettings, 'opensOn', { text: textOf('staff:roundForm.opensOn') })],
    opensTime: [
      schemaField(roundSettings, 'opensTime', {
        text: textOf('staff:roundForm.opensTime'),
        hint: textOf('staff:roundForm.opensTimeHint'),
      }),
    ],
    closesTime: [
      schemaField(roundSettings, 'closesTime', {
        text: textOf('staff:roundForm.closesTime'),
        hint: textOf('staff:roundForm.closesTimeHint'),
      }),
    ],
    graceMinutes: [
      schemaField(roundSettings, 'graceMinutes', {
        text: textOf('staff:roundForm.grace'),
        hint: textOf('staff:roundForm.graceHint'),
        unit: textOf('staff:roundForm.minutesUnit'),
      }),
    ],
    closesOn: [schemaField(roundSettings, 'closesOn', { text: textOf('staff:roundForm.closesOn') })],
    groupSizes: groups.map(({ code, name }) =>
      mapField(roundSettings, 'groupSizes', sizeField(code), { text: name, unit: people }),
    ),
    notAsked: [
      {
        type: 'multiple-choice',
        code: 'notAsked',
        text: textOf('staff:roundForm.notAsked'),
        hint: textOf('staff:roundForm.notAskedHint'),
        choices: groups.map(({ code, name }) => ({ code, text: name })),
      },
    ],
    outOfScope: [
      {
        type: 'multiple-choice',
        code: 'outOfScope',
        text: textOf('staff:roundForm.scope'),
        hint: textOf('staff:roundForm.scopeHint'),
        choices: planes.flatMap(({ areas }) => areas.map(({ code, name }) => ({ code, text: name }))),
      },
    ],
  };
  const needed = ['form', 'opensOn', 'closesOn'] as const;
  return {
    fields: may.flatMap((field) => all[field]),
    required: {
      ...Object.fromEntries(
        needed.filter((name) => may.includes(name)).map((name) => [name, `staff:roundForm.missing.${name}`]),
      ),
      ...(may.includes('assessedYear') ? { assessedYear: 'staff:roundForm.missing.year' } : {}),
    },
  };
}

/** What the form said, only of fields that it had. */
export function roundEdit(
  form: StaffForm,
  values: Readonly<Record<string, Answer | null>>,
  instrument: Instrument,
): RoundEdit {
  const has = (code: string): boolean => form.fields.some((field) => field.code === code);
  const groups = (instrument.groups ?? []).filter(({ code }) => has(sizeField(code)));
  return {
    ...(has('form') ? { form: asText(values['form']) as FormName } : {}),
    ...(has('assessedYear') ? { assessedYear: asNumber(values['assessedYear']) ?? 0 } : {}),
    ...(has('opensOn') ? { opensOn: asText(values['opensOn']) } : {}),
    ...(has('closesOn') ? { closesOn: asText(values['closesOn']) } : {}),
    ...(has('opensTime') ? { opensTime: typedTime(values['opensTime']) } : {}),
    ...(has('closesTime') ? { closesTime: typedTime(values['closesTime']) } : {}),
    ...(has('graceMinutes') ? { graceMinutes: asNumber(values['graceMinutes']) ?? graceOf({}) } : {}),
    ...(groups.length > 0
      ? {
          groupSizes: Object.fromEntries(
            groups.flatMap(({ code }) => {
              const size = asNumber(values[sizeField(code)]);
              return size === null ? [] : [[code, size]];
            }),
          ),
        }
      : {}),
    ...(has('notAsked') ? { notAsked: asList(values['notAsked']) } : {}),
    ...(has('outOfScope') ? { outOfScope: asList(values['outOfScope']) } : {}),
  };
}

/** „8.00”, „8:00” and „08:00” are one time. */
function typedTime(value: Answer | null | undefined): string {
  const typed = asText(value).trim();
  const [, hour, minute] = /^(\d{1,2})[.:](\d{2})$/.exec(typed) ?? [];
  return hour === undefined || minute === undefined ? typed : `${hour.padStart(2, '0')}:${minute}`;
}

/** What is known of a round as answers to its form. */
export function roundAnswers(round: Partial<RoundFields>): Answers {
  const { groupSizes = {}, notAsked = [], outOfScope = [], ...single } = round;
  return {
    ...(single.form === undefined ? {} : { form: single.form }),
    ...(single.assessedYear === undefined ? {} : { assessedYear: single.assessedYear }),
    ...(single.opensOn === undefined ? {} : { opensOn: single.opensOn }),
    ...(single.closesOn === undefined ? {} : { closesOn: single.closesOn }),
    ...(single.opensTime ? { opensTime: single.opensTime } : {}),
    ...(single.closesTime ? { closesTime: single.closesTime } : {}),
    graceMinutes: graceOf(single),
    ...(notAsked.length === 0 ? {} : { notAsked }),
    ...(outOfScope.length === 0 ? {} : { outOfScope }),
    ...Object.fromEntries(Object.entries(groupSizes).map(([group, size]) => [sizeField(group), size])),
  };
}

export function roundRaw(form: StaffForm, round: Partial<RoundFields>, language: Language): RawForm {
  return formOf(form.fields, roundAnswers(round), language);
}

/** A refusal of the domain at the field it is about; null where it is about none. */
export function refusalAtField({ t }: Staff, form: StaffForm, { refused, details }: Refusal): FormError | null {
  const { field, key } = details ?? {};
  if (typeof field !== 'string') return null;
  const code = field === 'groupSizes' ? sizeField(String(key)) : field;
  return fieldError(form, code, t(`refusals:${refused}`, details));
}
