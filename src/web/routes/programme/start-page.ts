import { inLanguage } from '../../../definitions/instrument';
import { isOver } from '../../../events/event';
import { formatDate, formatList } from '../../../locales/formats';
import { translator, type Language } from '../../../locales/translate';
import type { Programme } from '../../../programme/document/programme';
import { dayOf } from '../../../shared/clock';
import type { PageModel } from '../../outcome';
import type { Services } from '../../services';
import { eventWords, type EventWords } from '../events/event-words';

/** How many events the start page shows; the calendar has them all. */
const shownEvents = 3;

/** The public start page of a programme: what it is, what is on next, how to take part, how far it has come. */
export async function startModel(services: Services, programme: Programme, language: Language): Promise<PageModel> {
  const t = translator(language);
  const today = dayOf(services.clock());
  const { startsOn, endsOn } = programme;
  const state = today < startsOn ? 'from' : today > endsOn ? 'ended' : 'until';
  const done = await services.progress.of(programme);
  return {
    title: inLanguage(programme.name, language),
    programme,
    progressPath: `/programmes/${programme.id}/progress`,
    state: t(`programme:start.${state}`, { day: formatDate(state === 'from' ? startsOn : endsOn, language) }),
    dates: t('programme:start.dates', { from: formatDate(startsOn, language), to: formatDate(endsOn, language) }),
    subregions: formatList(
      programme.subregions.map(({ name }) => inLanguage(name, language)),
      language,
    ),
    next: await nextEvents(services, programme, language),
    activities: done.map(({ activity, target, counted, towardsTarget }) => ({
      name: activity.name,
      target,
      bar: target === null ? null : Math.min(target, towardsTarget),
      href: `/programmes/${programme.id}/progress/${activity.code}`,
      done:
        target === null ? String(counted.length) : t('programme:progress.ofTarget', { done: counted.length, target }),
    })),
    others: services.programmes.all().filter(({ id }) => id !== programme.id),
  };
}

/** The programme's next events, those that begin first. */
async function nextEvents(services: Services, { id }: Programme, language: Language): Promise<EventWords[]> {
  const now = services.clock();
  const coming = (await services.events.events.all())
    .filter((event) => event.programme === id && event.state === 'published' && !isOver(event, now))
    .slice(0, shownEvents);
  return Promise.all(
    coming.map(async (event) =>
      eventWords(
        event,
        await services.events.queues.state(event.id),
        services.programmes.get(event.programme),
        language,
        now,
      ),
    ),
  );
}
