import type { Request } from 'express';
import type { Event } from '../../../events/event';
import type { Registered } from '../../../events/registrations';
import { translator, type Language, type Translate } from '../../../locales/translate';
import type { Refusal } from '../../../shared/errors';
import type { Handler } from '../../handle';
import { languageOf } from '../../language';
import { page, type Outcome, type PageOutcome } from '../../outcome';
import type { Services } from '../../services';

/** One request by the holder of a private link. */
export interface OwnRegistration {
  readonly services: Services;
  readonly language: Language;
  readonly t: Translate;
  readonly event: Event;
  readonly registered: Registered;
  readonly path: string;
  /** Whether people can still be changed or cancelled. */
  readonly open: boolean;
}

export type OwnHandler = (request: Request, own: OwnRegistration) => Outcome | Refusal | Promise<Outcome | Refusal>;
export type OwnPerson = Registered['people'][number];

/** Lets only holders of a link that is known through; the others are told what may have happened to it. */
export function withRegistration(services: Services): (handler: OwnHandler) => Handler {
  return (handler) => async (request) => {
    const language = languageOf(request);
    const t = translator(language);
    const registered = await services.events.registrations.byLink(String(request.params['link']));
    const event = registered && (await services.events.events.get(registered.eventId));
    if (registered === null || event === null) return unknownLink(t);
    const begins = services.events.events.momentOf(event.startsAt);
    const open = event.state === 'published' && begins !== null && services.clock() < begins;
    const path = `/registrations/${registered.link}`;
    return handler(request, { services, language, t, event, registered, path, open });
  };
}

export function unknownLink(t: Translate): PageOutcome {
  return page('registrations/unknown', { title: t('events:link.unknownTitle') }, 404);
}

/** The person of the address, if it is one of this registration. */
export function personOf(request: Request, { registered }: OwnRegistration): OwnPerson | null {
  return registered.people.find(({ person }) => person.id === request.params['person']) ?? null;
}
