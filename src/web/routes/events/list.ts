import type { Request } from 'express';
import { inLanguage } from '../../../definitions/instrument';
import { calendarOf } from '../../../events/calendar';
import { eventKinds, isOver, type Event } from '../../../events/event';
import { translator } from '../../../locales/translate';
import { languageOf } from '../../language';
import { file, page, type FileOutcome, type Outcome } from '../../outcome';
import type { Services } from '../../services';
import { pagedBy } from '../../view-models/paging';
import { eventWords } from './event-words';
import { siteAddress } from '../../site-address';

/** An event takes five lines. */
const eventsOnPage = 15;

/** Public list: what is coming first; filters are a plain GET form. */
export function eventList(services: Services) {
  return async (request: Request): Promise<Outcome> => {
    const language = languageOf(request);
    const t = translator(language);
    const chosen = {
      kind: textOf(request.query['kind']),
      subregion: textOf(request.query['subregion']),
      when: request.query['when'] === 'past' ? 'past' : 'coming',
    };
    const now = services.clock();
    const visible = await publicEvents(services);
    const fitting = visible.filter(
      (event) =>
        (chosen.kind === '' || event.kind === chosen.kind) &&
        (chosen.subregion === '' || event.subregion === chosen.subregion) &&
        isOver(event, now) === (chosen.when === 'past'),
    );
    if (chosen.when === 'past') fitting.reverse();
    const { shown, paging } = pagedBy(request, fitting, t, eventsOnPage);
    const subregions = new Map(
      services.programmes
        .all()
        .flatMap((programme) => programme.subregions)
        .map(({ code, name }) => [code, inLanguage(name, language)]),
    );
    const option = (value: string, label: string, current: string) => ({ value, label, selected: value === current });
    return page('events/list', {
      title: t('events:list.title'),
      found: fitting.length,
      paging,
      events: await Promise.all(
        shown.map(async (event) => ({
          ...eventWords(
            event,
            await services.events.queues.state(event.id),
            services.programmes.get(event.programme),
            language,
            now,
          ),
          over: isOver(event, now),
        })),
      ),
      kinds: eventKinds
        .filter((kind) => visible.some((event) => event.kind === kind))
        .map((kind) => option(kind, t(`events:kinds.${kind}`), chosen.kind)),
      subregions: [...subregions].map(([code, name]) => option(code, name, chosen.subregion)),
      whens: ['coming', 'past'].map((when) => option(when, t(`events:list.when.${when}`), chosen.when)),
      filtered: chosen.kind !== '' || chosen.subregion !== '',
      past: chosen.when === 'past',
    });
  };
}

/** All coming events in one calendar. */
export function allCalendar(services: Services, baseUrl: string | null) {
  return async (request: Request): Promise<Outcome> => {
    const now = services.clock();
    const coming = (await publicEvents(services)).filter((event) => !isOver(event, now));
    return calendarFile(coming, request, baseUrl, now, 'wydarzenia');
  };
}

export function calendarFile(
  events: readonly Event[],
  request: Request,
  baseUrl: string | null,
  now: Date,
  name: string,
): FileOutcome {
  const text = calendarOf(events, languageOf(request), siteAddress(request, baseUrl), now);
  return file(`${name}.ics`, 'text/calendar; charset=utf-8', text);
}

/** Events that everybody may see, by start. */
async function publicEvents(services: Services): Promise<Event[]> {
  return (await services.events.events.all()).filter(({ state }) => state !== 'planned');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
