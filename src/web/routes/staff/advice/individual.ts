import type { Request } from 'express';
import {
  adviceStates,
  individualAdviceInput,
  type IndividualAdvice,
  type IndividualAdviceInput,
} from '../../../../advisory/individual-advice';
import { activitiesOf, type Programme } from '../../../../programme/document/programme';
import { dayOf } from '../../../../shared/clock';
import type { Refusal } from '../../../../shared/errors';
import { rawText, type RawForm } from '../../../forms/raw';
import { schemaField } from '../../../forms/schema-field';
import { notFound, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import type { PlacePicker } from '../../../view-models/place-picker';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../edit';
import { asNumber, asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { staffPage, type Staff } from '../signed-in';
import { chosenTopic, chosenUnit, nameIn, programmeOf, topicPart, topicSelect, unitSelect } from './choices';

const adviceField = (code: string, hint?: string) =>
  schemaField(individualAdviceInput, code, {
    text: textOf(`advisory:individual.${code}`),
    ...(hint === undefined ? {} : { hint: textOf(hint) }),
    choice: (one) => textOf(`advisory:individual.states.${one}`),
  });

const adviceForm: StaffForm = {
  fields: [
    adviceField('request'),
    adviceField('requestedOn'),
    adviceField('adviser'),
    adviceField('state'),
    adviceField('hours', 'advisory:individual.hoursHint'),
    adviceField('givenOn'),
    adviceField('outcome'),
    adviceField('followUp'),
  ],
  required: {
    request: 'advisory:missing.request',
    requestedOn: 'advisory:missing.date',
    state: 'advisory:missing.state',
  },
};

/** One request about one piece of advice; null: a new one. */
interface StaffAdvice extends Staff {
  readonly advice: IndividualAdvice | null;
  readonly programme: Programme;
  readonly activity: string;
  /** All units that may be chosen. */
  readonly units: PlacePicker;
}

const adviceEdit: StaffEdit<StaffAdvice, IndividualAdviceInput, IndividualAdvice> = {
  stored: ({ advice, services }) =>
    advice === null ? Promise.resolve(null) : services.advisory.individualAdvice.get(advice.id),
  raw({ language, services }, stored): RawForm {
    if (stored === null) {
      const fresh = { requestedOn: dayOf(services.clock()), state: 'requested' };
      return formOf(adviceForm.fields, fresh, language);
    }
    const { request, requestedOn, adviser, state, hours, givenOn, outcome, followUp, topic, unit } = stored;
    const given = givenOn === null ? {} : { givenOn };
    const answers = { request, requestedOn, adviser, state, hours, outcome, followUp, ...given };
    return { ...formOf(adviceForm.fields, answers, language), unit: [unit.code], topic: [topic] };
  },
  parts: (staff) => [
    {
      code: 'unit',
      label: staff.t('advisory:unit.label'),
      has: (name) => name === 'unit',
      words: (raw) => nameIn(staff.units, rawText(raw, 'unit')),
    },
    topicPart(staff, staff.programme),
    ...fieldParts(adviceForm, staff),
  ],
  async read(staff, raw) {
    const { activity, advice, programme, t } = staff;
    const { values, errors } = readForm(adviceForm, raw, staff.language);
    const unit = await chosenUnit(staff, programme, rawText(raw, 'unit'), advice?.unit);
    const missing = unit ? [] : [{ field: 'unit', target: 'unit', text: t('advisory:missing.unit') }];
    if (unit === null || errors.length > 0) return { errors: [...missing, ...errors] };
    return {
      input: {
        ...{ programme: programme.id, activity, unit },
        request: asText(values['request']),
        requestedOn: asText(values['requestedOn']),
        topic: chosenTopic(staff, programme, raw),
        adviser: asText(values['adviser']),
        state: adviceStates.find((state) => state === values['state']) ?? 'requested',
        hours: asNumber(values['hours']) ?? 0,
        givenOn: asText(values['givenOn']) || null,
        outcome: asText(values['outcome']),
        followUp: asText(values['followUp']),
      },
    };
  },
  async save({ advice, services }, input, seen) {
    const { individualAdvice } = services.advisory;
    return advice === null ? individualAdvice.create(input) : individualAdvice.edit(advice.id, input, seen);
  },
  refused(staff, { refused, details }) {
    const field = details?.['field'];
    if (typeof field !== 'string') return null;
    return fieldError(adviceForm, field, staff.t(`advisory:refusals.${refused}`, details));
  },
  done: ({ programme }) => `/staff/advice?programme=${programme.id}#individual`,
  show,
};

/** The request of the address, or a new one. */
export async function individualPage(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : showEdit(adviceEdit, subject);
}

export async function saveIndividual(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await find(request, staff);
  return subject === null ? notFound() : saveEdit(adviceEdit, subject, request);
}

async function find(request: Request, staff: Staff): Promise<StaffAdvice | null> {
  const id = request.params['advice'];
  const advice = id === undefined ? null : await staff.services.advisory.individualAdvice.get(String(id));
  if (id !== undefined && advice === null) return null;
  const programme = advice ? staff.services.programmes.get(advice.programme) : programmeOf(request, staff);
  const [activity] = programme ? activitiesOf(programme, 'individual-advice') : [];
  if (!programme || !activity) return null;
  const field = { id: 'unit', label: staff.t('advisory:unit.label'), chosen: '' };
  const units = await unitSelect(staff, programme, field, advice?.unit);
  return { ...staff, advice, programme, activity: advice?.activity ?? activity.code, units };
}

async function show(staff: StaffAdvice, { raw, errors, edit, status }: Shown): Promise<Outcome> {
  const { advice, language, programme, t } = staff;
  const unitError = errors.find(({ field }) => field === 'unit')?.text;
  const field = { id: 'unit', label: t('advisory:unit.label'), chosen: rawText(raw, 'unit') };
  const withError = unitError === undefined ? field : { ...field, error: unitError };
  return staffPage(
    staff,
    'staff/advice/individual',
    {
      scripts: ['places.js'],
      title: t(advice ? 'advisory:individual.edit' : 'advisory:individual.new'),
      errors: errorLinks(errors),
      address: advice
        ? `/staff/advice/individual/${advice.id}`
        : `/staff/advice/individual/new?programme=${programme.id}`,
      programme,
      advice,
      edit,
      unit: await unitSelect(staff, programme, withError, advice?.unit),
      topic: topicSelect(staff, programme, rawText(raw, 'topic')),
      fields: shownFields(adviceForm, raw, language, errors),
    },
    status,
  );
}
