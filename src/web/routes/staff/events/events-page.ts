import type { Request } from 'express';
import { shownState, type ShownState } from '../../../../events/event-status';
import { isOver, type Event } from '../../../../events/event';
import { groupedBy } from '../../../../shared/grouped';
import { fits } from '../../../../shared/search-words';
import { momentWords, warsawTime } from '../../../../events/when';
import { redirect, type Outcome } from '../../../outcome';
import { pagedBy } from '../../../view-models/paging';
import { eventWords } from '../../events/event-words';
import { staffPage, type Staff } from '../signed-in';

/** An event takes four lines. */
const eventsOnPage = 15;
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
  const found = all.filter(
    (event) =>
      (state === '' || shownState(event, now) === state) &&
      fits(search, [event.title.pl, event.title.en ?? '', event.place, event.address]),
  );
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
  const listed = [
    ...sorted(coming).map((event) => ({ event, part: 'coming' })),
    ...sorted(past).map((event) => ({ event, part: 'past' })),
  ];
  const { shown, paging } = pagedBy(request, listed, t, eventsOnPage);
  const parts = await Promise.all(
    [...groupedBy(shown, ({ part }) => part)].map(async ([part, own]) => ({
      title: t(`events:staff.parts_of_list.${part}`),
      rows: await Promise.all(own.map(({ event }) => rowOf(event))),
    })),
  );
  const heldBack = await services.events.retention.heldBack();
  const moment = (iso: string): string => momentWords(warsawTime(new Date(iso)), language);
  const option = (value: string, label: string, chosen: string) => ({ value, label, selected: value === chosen });
  return staffPage(staff, 'staff/events/list', {
    title: t('events:staff.title'),
    parts,
    paging,
    found:
      search === '' && state === '' ? null : t('events:staff.search.found', { count: listed.length, all: all.length }),
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
