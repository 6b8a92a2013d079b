import { registrationAt, type Event } from '../../../events/event';
import type { Programme } from '../../../programme/document/programme';
import { freePlaces, waiting, type QueueState, type Standing } from '../../../events/queue';
import { clockWords, momentWords, timeWords } from '../../../events/when';
import { inLanguage } from '../../../definitions/instrument';
import { translator, type Language } from '../../../locales/translate';
import { typeset } from '../../../locales/typography';

/** What pages say of an event, in one language. */
export interface EventWords {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly kind: string;
  readonly time: string;
  readonly place: string;
  readonly address: string;
  readonly subregion: string | null;
  /** „zostało 5 miejsc”, „brak wolnych miejsc”. */
  readonly places: string;
  /** „lista oczekujących: 3 osoby”; null where nobody waits. */
  readonly waitingList: string | null;
  readonly registration: string;
  readonly canRegister: boolean;
  readonly isFull: boolean;
  readonly isCancelled: boolean;
}

export function eventWords(
  event: Event,
  state: QueueState,
  programme: Programme | undefined,
  language: Language,
  now: Date,
): EventWords {
  const t = translator(language);
  const say = (key: string, words?: Record<string, unknown>): string => typeset(t(`events:${key}`, words), language);
  const subregion = programme?.subregions.find(({ code }) => code === event.subregion);
  const time = registrationAt(event, now);
  const free = freePlaces(state);
  const waits = waiting(state).length;
  const isFull = free === 0;
  const moments = {
    opens: momentWords(event.registrationOpensAt, language),
    closes: momentWords(event.registrationClosesAt, language),
  };
  return {
    id: event.id,
    path: `/events/${event.id}`,
    title: typeset(inLanguage(event.title, language), language),
    kind: t(`events:kinds.${event.kind}`),
    time: timeWords(event, language),
    place: event.place,
    address: event.address,
    subregion: subregion ? inLanguage(subregion.name, language) : null,
    places: isFull ? say('places.none') : say('places.free', { count: free }),
    waitingList: waits === 0 ? null : say('places.waiting', { count: waits }),
    registration: say(`registrationTime.${time}`, moments),
    canRegister: time === 'open',
    isFull,
    isCancelled: event.state === 'cancelled',
  };
}

export function standingWords(standing: Standing, language: Language): string {
  const t = translator(language);
  return standing.is === 'waiting' ? t('events:standing.waiting', standing) : t(`events:standing.${standing.is}`);
}

export function agendaOf(event: Event): { readonly time: string; readonly text: string }[] {
  return event.agenda.map(({ time, text }) => ({ time: clockWords(`2000-01-01T${time}`), text }));
}
