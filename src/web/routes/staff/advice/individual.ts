import type { Request } from 'express';
import { adviceStates, type AdviceState, type IndividualAdvice } from '../../../../advisory/individual-advice';
import { activitiesOf, type Programme } from '../../../../programme/document/programme';
import { dayOf } from '../../../../shared/clock';
import { isRefusal } from '../../../../shared/errors';
import { rawForm, rawText, type RawForm } from '../../../forms/raw';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
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
import { staffPage, type Staff } from '../signed-in';
import { chosenTopic, chosenUnit, programmeOf, topicSelect, unitSelect } from './choices';

const adviceForm: StaffForm = {
  fields: [
    { type: 'long-text', code: 'request', text: textOf('advisory:individual.request'), maxLength: 2000 },
    { type: 'date', code: 'requestedOn', text: textOf('advisory:individual.requestedOn') },
    { type: 'short-text', code: 'adviser', text: textOf('advisory:individual.adviser'), maxLength: 200 },
    {
      type: 'single-choice',
      code: 'state',
      text: textOf('advisory:individual.state'),
      choices: adviceStates.map((code) => ({ code, text: textOf(`advisory:individual.states.${code}`) })),
    },
    {
      type: 'number',
      code: 'hours',
      text: textOf('advisory:individual.hours'),
      hint: textOf('advisory:individual.hoursHint'),
      min: 0,
      max: 200,
      decimals: 2,
    },
    { type: 'date', code: 'givenOn', text: textOf('advisory:individual.givenOn') },
    { type: 'long-text', code: 'outcome', text: textOf('advisory:individual.outcome'), maxLength: 4000 },
    { type: 'long-text', code: 'followUp', text: textOf('advisory:individual.followUp'), maxLength: 4000 },
  ],
  required: {
    request: 'advisory:missing.request',
    requestedOn: 'advisory:missing.date',
    state: 'advisory:missing.state',
  },
};

const fieldOf: Readonly<Record<string, string>> = {
  'request-missing': 'request',
  'hours-malformed': 'hours',
  'hours-missing': 'hours',
  'adviser-missing': 'adviser',
  'given-on-missing': 'givenOn',
  'given-in-future': 'givenOn',
  'given-before-requested': 'givenOn',
};

export async function newIndividualPage(request: Request, staff: Staff): Promise<Outcome> {
  const programme = programmeOf(request, staff);
  if (!programme || activitiesOf(programme, 'individual-advice').length === 0) return notFound();
  const fresh = { requestedOn: dayOf(staff.services.clock()), state: 'requested' };
  return show(staff, programme, null, formOf(adviceForm.fields, fresh, staff.language), []);
}

export async function individualPage(request: Request, staff: Staff): Promise<Outcome> {
  const advice = await staff.services.advisory.individualAdvice.get(String(request.params['advice']));
  const programme = advice && staff.services.programmes.get(advice.programme);
  if (!advice || !programme) return notFound();
  const { request: asked, requestedOn, adviser, state, hours, givenOn, outcome, followUp } = advice;
  const given = givenOn === null ? {} : { givenOn };
  const answers = { request: asked, requestedOn, adviser, state, hours, outcome, followUp, ...given };
  const raw = {
    ...formOf(adviceForm.fields, answers, staff.language),
    unit: [advice.unit.code],
    topic: [advice.topic],
  };
  return show(staff, programme, advice, raw, []);
}

/** Adds a request, or changes the one of the address. */
export async function saveIndividual(request: Request, staff: Staff): Promise<Outcome> {
  const { individualAdvice } = staff.services.advisory;
  const id = request.params['advice'];
  const advice = id === undefined ? null : await individualAdvice.get(String(id));
  if (id !== undefined && advice === null) return notFound();
  const programme = advice ? staff.services.programmes.get(advice.programme) : programmeOf(request, staff);
  const [activity] = programme ? activitiesOf(programme, 'individual-advice') : [];
  if (!programme || !activity) return notFound();

  const raw = rawForm(request.body);
  const { values, errors } = readForm(adviceForm, raw, staff.language);
  const unit = await chosenUnit(staff, programme, rawText(raw, 'unit'), advice?.unit);
  const missing = unit ? [] : [{ field: 'unit', target: 'unit', text: staff.t('advisory:missing.unit') }];
  if (unit === null || errors.length > 0) return show(staff, programme, advice, raw, [...missing, ...errors]);
  const input = {
    ...{ programme: programme.id, activity: advice?.activity ?? activity.code, unit },
    request: asText(values['request']),
    requestedOn: asText(values['requestedOn']),
    topic: chosenTopic(staff, programme, raw),
    adviser: asText(values['adviser']),
    state: asText(values['state']) as AdviceState,
    hours: asNumber(values['hours']) ?? 0,
    givenOn: asText(values['givenOn']) || null,
    outcome: asText(values['outcome']),
    followUp: asText(values['followUp']),
  };
  const saved = advice
    ? await individualAdvice.edit(advice.id, input, Number(rawText(raw, 'revision')))
    : await individualAdvice.create(input);
  if (!isRefusal(saved)) return redirect(`/staff/advice?programme=${programme.id}#individual`);
  const text = staff.t(`advisory:refusals.${saved.refused}`, saved.details);
  const now = advice && (await individualAdvice.get(advice.id));
  return show(staff, programme, now, raw, [fieldError(adviceForm, fieldOf[saved.refused] ?? 'request', text)]);
}

async function show(
  staff: Staff,
  programme: Programme,
  advice: IndividualAdvice | null,
  raw: RawForm,
  errors: readonly FormError[],
): Promise<Outcome> {
  const unitError = errors.find(({ field }) => field === 'unit')?.text;
  const field = { id: 'unit', label: staff.t('advisory:unit.label'), chosen: rawText(raw, 'unit') };
  const withError = unitError === undefined ? field : { ...field, error: unitError };
  return staffPage(staff, 'staff/advice/individual', {
    title: staff.t(advice ? 'advisory:individual.edit' : 'advisory:individual.new'),
    errors: errorLinks(errors),
    address: advice
      ? `/staff/advice/individual/${advice.id}`
      : `/staff/advice/individual/new?programme=${programme.id}`,
    programme,
    advice,
    unit: await unitSelect(staff, programme, withError, advice?.unit),
    topic: topicSelect(staff, programme, rawText(raw, 'topic')),
    fields: shownFields(adviceForm, raw, staff.language, errors),
  });
}
