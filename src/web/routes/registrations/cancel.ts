import type { Request } from 'express';
import { waiting } from '../../../events/queue';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { notFound, page, redirect, type Outcome } from '../../outcome';
import { eventWords, standingWords } from '../events/event-words';
import { personOf, type OwnRegistration } from './private-link';

/** Asks before a place is given up: the next in line gets it at once. */
export async function cancelPage(request: Request, own: OwnRegistration): Promise<Outcome> {
  const { services, event, language, t, path } = own;
  const found = personOf(request, own);
  if (found === null) return notFound();
  if (found.standing.is === 'cancelled' || !own.open) return redirect(path);
  const state = await services.events.queues.state(event.id);
  return page('registrations/cancel', {
    title: t('events:cancel.title'),
    name: found.person.name,
    text: t(
      `events:cancel.${found.standing.is === 'waiting' ? 'waiting' : waiting(state).length > 0 ? 'placed' : 'nobodyWaits'}`,
    ),
    standing: standingWords(found.standing, language),
    event: eventWords(event, state, services.programmes.get(event.programme), language, services.clock()),
    action: `${path}/people/${found.person.id}/cancel`,
    home: path,
  });
}

export async function cancelPerson(request: Request, own: OwnRegistration): Promise<Outcome | Refusal> {
  const { services, registered, path } = own;
  const id = String(request.params['person']);
  const result = await services.events.registrations.cancelByLink(registered.link, id);
  // Pressed twice: it is done.
  if (isRefusal(result) && result.refused !== 'cancelled-already') return result;
  return redirect(`${path}?done=cancelled`);
}
