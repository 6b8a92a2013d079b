import type { Request } from 'express';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { fieldId } from '../../forms/field-names';
import { rawForm, type RawForm } from '../../forms/raw';
import { notFound, page, redirect, type Outcome, type PageOutcome } from '../../outcome';
import { formOf } from '../../view-models/answer-fields';
import { registrationInstrument } from '../events/register';
import { personFields } from '../events/registration-fields';
import { askedIn, personPrefix, readPerson, type InputError } from '../events/registration-input';
import { personOf, type OwnPerson, type OwnRegistration } from './private-link';

export function changePage(request: Request, own: OwnRegistration): Outcome {
  const found = personOf(request, own);
  if (found === null) return notFound();
  if (found.standing.is === 'cancelled' || !own.open) return redirect(own.path);
  const { person } = found;
  const instrument = registrationInstrument(own.services, own.event);
  const prefix = personPrefix(0);
  const form: RawForm = {
    ...(instrument === null ? {} : formOf(askedIn(instrument), person.answers ?? {}, own.language, prefix)),
    [`${prefix}name`]: [person.name],
    [`${prefix}email`]: [person.email ?? ''],
  };
  return show(own, found, form);
}

export async function changePerson(request: Request, own: OwnRegistration): Promise<Outcome | Refusal> {
  const found = personOf(request, own);
  if (found === null) return notFound();
  const form = rawForm(request.body);
  const instrument = registrationInstrument(own.services, own.event);
  const { person, errors, appeared } = readPerson(form, personPrefix(0), { instrument, language: own.language });
  if (errors.length > 0 || appeared.length > 0) return show(own, found, form, errors);
  const { registrations } = own.services.events;
  const result = await registrations.changeByLink(own.registered.link, found.person.id, person);
  if (isRefusal(result)) {
    if (result.refused !== 'person-registered-already') return result;
    const field = `${personPrefix(0)}name`;
    const text = own.t(`refusals:${result.refused}`, result.details);
    return show(own, found, form, [{ field, text, href: `#${fieldId(field)}` }]);
  }
  return redirect(`${own.path}?done=changed`);
}

function show(
  own: OwnRegistration,
  { person }: OwnPerson,
  form: RawForm,
  errors: readonly InputError[] = [],
): PageOutcome {
  const instrument = registrationInstrument(own.services, own.event);
  const action = `${own.path}/people/${person.id}/change`;
  return page('registrations/change', {
    title: own.t('events:change.title'),
    address: action,
    errors,
    person: personFields(form, 0, 1, instrument, errors, own.language, false),
    action,
    home: own.path,
  });
}
