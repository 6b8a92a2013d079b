import type { Request } from 'express';
import { shownState, type ShownState } from '../../../../events/event-status';
import { isOver, type Event } from '../../../../events/event';
import { identityOf } from '../../../../shared/plain-text';
import { momentWords, warsawTime } from '../../../../events/when';
import { redirect, type Outcome } from '../../../outcome';
import { eventWords } from '../../events/event-words';
import { staffPage, type Staff } from '../signed-in';

const orders = ['day', 'day-back', 'title'] as const;
const states: readonly ShownState[] = ['planned', 'published', 'held', 'cancelled'];

/** All events: what is coming first, the nearest on top, then what is over, the latest on top. Searched and sorted by GET. */
export async function eventsPage(request: Request, staff: Staff): Promise<Outcome> {
  const { services, language, t } = staff;
  const now = services.clock();
  const query = (name: string): string => {
    const value = request.query[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const search = query('search');
  const state = states.find((one) => one === query('state')) ?? '';
  const order = orders.find((one) => one === query('order')) ?? 'day';
  const all = await services.events.events.all();
  const found = all.filter((event) => (state === '' || shownState(event, now) === state) && fits(event, search));
  const rowOf = async (event: Event) => {
    const queue = await services.events.queues.state(event.id);
    const { seats, placed, waiting } = await services.events.counts.of(event);
    const is = shownState(event, now);
    return {
      ...eventWords(event, queue, services.programmes.get(event.programme), language, now),
      path: `/staff/events/${event.id}`,
      state: t(`events:staff.state.${is}`),
      stateCode: is,
      fill: t('events:staff.fill', { seats, placed, waiting }),
    };
  };
  const coming = found.filter((event) => !isOver(event, now));
  const past = found.filter((event) => isOver(event, now)).reverse();
  const sorted = (events: readonly Event[]): readonly Event[] => {
    const { compare } = new Intl.Collator(language);
    const titleOf = (event: Event): string => event.title[language] ?? event.title.pl;
    if (order === 'title') return [...events].sort((one, other) => compare(titleOf(one), titleOf(other)));
    return order === 'day-back' ? [...events].reverse() : events;
  };
  const part = async (key: string, events: readonly Event[]) => ({
    title: t(`events:staff.parts_of_list.${key}`),
    rows: await Promise.all(sorted(events).map(rowOf)),
  });
  const heldBack = await services.events.retention.heldBack();
  const moment = (iso: string): string => momentWords(warsawTime(new Date(iso)), language);
  const option = (value: string, label: string, chosen: string) => ({ value, label, selected: value === chosen });
  return staffPage(staff, 'staff/events/list', {
    title: t('events:staff.title'),
    parts: (await Promise.all([part('coming', coming), part('past', past)])).filter(({ rows }) => rows.length > 0),
    hasAny: all.length > 0,
    search,
    states: [
      option('', t('events:staff.search.anyState'), state),
      ...states.map((one) => option(one, t(`events:staff.state.${one}`), state)),
    ],
    orders: orders.map((one) => option(one, t(`events:staff.search.orders.${one}`), order)),
    clock: heldBack && { now: moment(heldBack.now), known: moment(heldBack.known) },
    done: query('done') === 'clock' ? t('events:staff.done.clock') : null,
  });
}

/** A person has looked at the date: what is past its day is deleted. */
export async function confirmClock(_request: Request, { services }: Staff): Promise<Outcome> {
  await services.events.retention.confirmClock();
  return redirect('/staff/events?done=clock');
}

/** Every word that is searched for is somewhere in title, place or address. */
function fits({ title, place, address }: Event, search: string): boolean {
  const text = identityOf([title.pl, title.en ?? '', place, address].join(' '));
  return identityOf(search)
    .split(' ')
    .every((word) => text.includes(word));
}
