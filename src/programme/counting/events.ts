import type { Counting } from './counted';

/** Events of the activity that were published, not cancelled, and are over. */
export const eventsHeld: Counting = async ({ id, subregions }, activity, { events }) =>
  (await events.held(id, activity.code)).map((event) => ({
    key: event.id,
    name: event.title,
    what: 'event' as const,
    subregion: subregions.some(({ code }) => code === event.subregion) ? event.subregion : null,
    day: event.endsAt.slice(0, 10),
    people: null,
    records: [{ kind: 'event' as const, id: event.id }],
  }));
