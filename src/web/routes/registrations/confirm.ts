import type { Request } from 'express';
import type { Registered } from '../../../events/registrations';
import { momentWords, warsawTime } from '../../../events/when';
import { translator, type Language } from '../../../locales/translate';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { languageOf } from '../../language';
import { page, redirect, type Outcome } from '../../outcome';
import type { Services } from '../../services';
import { eventWords } from '../events/event-words';
import { unknownLink } from './private-link';

/**
 * What the link of the letter opens. It only asks: programs that look into letters open every link in them, and must not
 * confirm anything.
 */
export function confirmPage(services: Services) {
  return async (request: Request): Promise<Outcome | Refusal> => {
    const language = languageOf(request);
    const t = translator(language);
    const secret = String(request.params['secret']);
    const registered = await services.events.registrations.bySecret(secret);
    const event = registered && (await services.events.events.get(registered.eventId));
    if (registered === null || event === null) return unknownLink(t);
    const isActive = registered.people.some(({ standing }) => standing.is !== 'cancelled');
    if (registered.confirmBy === null && !registered.lapsed && isActive) return redirect(pathOf(registered));
    const state = await services.events.queues.state(event.id);
    return page('registrations/confirm', {
      title: t('events:confirm.title'),
      event: eventWords(event, state, services.programmes.get(event.programme), language, services.clock()),
      lapsed: registered.lapsed,
      nobody: !isActive,
      people: registered.people.map(({ person }) => person.name),
      action: `/confirm/${secret}`,
    });
  };
}

export function confirm(services: Services) {
  return async (request: Request): Promise<Outcome | Refusal> => {
    const result = await services.events.registrations.confirm(String(request.params['secret']));
    return isRefusal(result) ? result : redirect(`${pathOf(result)}?done=confirmed`);
  };
}

/** „do 17 marca 2026, godz. 12:00”. */
export function untilWords(confirmBy: string, language: Language): string {
  return momentWords(warsawTime(new Date(confirmBy)), language);
}

function pathOf({ link }: Registered): string {
  return `/registrations/${link}`;
}
