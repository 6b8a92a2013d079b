import type { Request } from 'express';
import { inLanguage } from '../../../definitions/instrument';
import { isOver, type Event } from '../../../events/event';
import type { QueueState } from '../../../events/queue';
import type { Language } from '../../../locales/translate';
import { typeset } from '../../../locales/typography';
import type { Handler } from '../../handle';
import { languageOf } from '../../language';
import { notFound, page, type Outcome } from '../../outcome';
import type { Services } from '../../services';
import { agendaOf, eventWords } from './event-words';
import { calendarFile } from './list';

/** A request about one event that everybody may see. */
export interface OneEvent {
  readonly services: Services;
  readonly language: Language;
  readonly event: Event;
  readonly state: QueueState;
}

/** Lets only requests for a public event through. */
export function withEvent(services: Services) {
  return (handler: (request: Request, one: OneEvent) => Outcome | Promise<Outcome>): Handler =>
    async (request) => {
      const event = await services.events.events.get(String(request.params['event']));
      if (event === null || event.state === 'planned') return notFound();
      const state = await services.events.queues.state(event.id);
      return handler(request, { services, language: languageOf(request), event, state });
    };
}

export function eventPage(_request: Request, { services, language, event, state }: OneEvent): Outcome {
  const now = services.clock();
  const words = eventWords(event, state, services.programmes.get(event.programme), language, now);
  const description = event.description ? inLanguage(event.description, language) : '';
  return page('events/event', {
    title: words.title,
    event: words,
    paragraphs: description
      .split(/\n+/)
      .filter((line) => line.trim() !== '')
      .map((line) => typeset(line, language)),
    agenda: agendaOf(event),
    over: isOver(event, now),
    perFormLimit: event.perFormLimit,
    controller: event.controller,
  });
}

export function eventCalendar(baseUrl: string | null) {
  return (request: Request, { services, event }: OneEvent): Outcome =>
    calendarFile([event], request, baseUrl, services.clock(), `wydarzenie-${event.startsAt.slice(0, 10)}`);
}
