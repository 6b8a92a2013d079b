import { randomBytes } from 'node:crypto';
import { createAdvisory, type AdvisoryServices } from '../advisory/services';
import { createCooperationProgrammes, type CooperationProgrammes } from '../cooperation/programmes';
import { createEventServices, type EventServices } from '../events/services';
import { createAttachedFiles } from '../files/attached-files';
import type { Programme } from '../programme/document/programme';
import { randomIds } from '../shared/ids';
import type { Store } from '../storage/port';
import { accepted } from './accepted';
import { seedCooperation } from './cooperation';
import {
  demoAdvice,
  demoCycles,
  demoEvents,
  demoOrganisations,
  demoPeople,
  demoTopics,
  demoVisitReport,
  type DemoCycle,
  type DemoEvent,
} from './programme-plan';
import programme from './programmes/obywatelska-wielkopolska-pokaz.json';

/** The demo's programme: the ten activities of Civic Wielkopolska, run by invented partners. */
export const demoProgramme = programme as unknown as Programme;

/** Everything here happens so many days after today; before it, if negative. */
type DayAt = (offset: number) => string;

/**
 * Stores a programme in the middle of its way, through the same services that people use, as if on the days when things
 * happened. Does nothing where the programme has events already. What an earlier start left half done is not mended:
 * remove the data folder.
 */
export async function seedProgrammeDemo(store: Store, now: Date = new Date()): Promise<void> {
  let moment = now;
  const deps = { store, clock: () => moment, ids: randomIds, randomBytes };
  const events = createEventServices(deps);
  const cooperation = createCooperationProgrammes(deps);
  const advisory = createAdvisory({ ...deps, cooperation, files: createAttachedFiles(deps) });
  if ((await events.events.all()).some((event) => event.programme === demoProgramme.id)) return;

  const dayAt: DayAt = (offset) => new Date(now.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
  const goTo = (offset: number): void => {
    moment = new Date(`${dayAt(offset)}T15:00:00Z`);
  };
  for (const [index, event] of demoEvents.entries()) await seedEvent(event, index, { events, advisory, dayAt, goTo });
  moment = now;
  for (const cycle of demoCycles) await seedCycle(cycle, { ...advisory, cooperation }, dayAt);
  for (const [index, { unit, ago, state, hours, request, outcome }] of demoAdvice.entries()) {
    accepted(
      await advisory.individualAdvice.create({
        ...{ programme: demoProgramme.id, activity: 'individual-advice', unit, state, hours, request, outcome },
        requestedOn: dayAt(-ago),
        topic: demoTopics[index % demoTopics.length] ?? '',
        adviser: state === 'requested' ? '' : index % 2 === 0 ? 'Doradczyni Przykładowa' : 'Doradca Zmyślony',
        givenOn: state === 'given' ? dayAt(-ago + 7) : null,
        followUp: state === 'given' && index % 3 === 0 ? 'Rozmowa kontrolna po dwóch miesiącach.' : '',
      }),
    );
  }
}

async function seedEvent(
  event: DemoEvent,
  index: number,
  to: { events: EventServices; advisory: AdvisoryServices; dayAt: DayAt; goTo: (offset: number) => void },
): Promise<void> {
  const { events, advisory, dayAt, goTo } = to;
  const { activity, kind, title, place, subregion, seats, people } = event;
  const at = workday(event.at, dayAt);
  const day = dayAt(at);
  // Registration has been open for a while; the far ones open later.
  const opens = Math.min(at - 45, at > 60 ? at - 45 : -10);
  goTo(opens - 1);
  const stored = accepted(
    await events.events.create(
      {
        ...{ programme: demoProgramme.id, activity, kind, title, place, subregion, description: event.description },
        address: 'ul. Przykładowa 1',
        startsAt: `${day}T09:30`,
        endsAt: `${day}T15:30`,
        agenda: [
          { time: '09:30', text: 'Powitanie i kawa' },
          { time: '10:00', text: 'Część pierwsza: jak jest dziś' },
          { time: '12:00', text: 'Przerwa' },
          { time: '12:30', text: 'Część druga: praca w grupach' },
          { time: '15:00', text: 'Podsumowanie' },
        ],
        registrationOpensAt: `${dayAt(opens)}T08:00`,
        registrationClosesAt: `${dayAt(at - 2)}T16:00`,
        perFormLimit: 5,
        form: null,
        controller: 'Fundacja Przykładowa, ul. Przykładowa 1, 00-000 Przykładowo',
        deleteAfter: dayAt(at + 365),
      },
      seats,
    ),
  );
  accepted(await events.events.publish(stored.id));
  goTo(Math.min(opens + 3, 0));
  for (let taken = 0; taken < people;) {
    const place = (index * 3 + taken) % demoOrganisations.length;
    const organisation = demoOrganisations[place];
    if (organisation === undefined) break;
    const size = Math.min(1 + (taken % 3), people - taken);
    const group = Array.from({ length: size }, (_, one) => ({
      name: demoPeople[(index * 7 + taken + one) % demoPeople.length] ?? '',
      email: `osoba${index + 1}-${taken + one + 1}@przyklad.example`,
    }));
    accepted(
      await events.registrations.register(stored.id, {
        ...{ formKey: randomIds.uuid(), channel: 'web', organisation, language: 'pl', people: group },
        contactEmail: `kontakt${index + 1}-${taken + 1}@przyklad.example`,
      }),
    );
    taken += size;
  }
  if (at >= 0) return;
  goTo(at);
  const { registrants } = await events.queues.state(stored.id);
  // One in eight did not come.
  const came = registrants.filter((_one, place) => place < seats && place % 8 !== 7).map(({ person }) => person.id);
  accepted(await events.attendances.mark(stored.id, new Set(came)));
  if (kind !== 'study-visit') return;
  accepted(
    await advisory.visitReports.save({ id: stored.id, programme: demoProgramme.id, activity, ...demoVisitReport }, 0),
  );
}

/** The same or the next day on which people work. */
function workday(offset: number, dayAt: DayAt): number {
  const weekday = new Date(dayAt(offset)).getUTCDay();
  return offset + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
}

async function seedCycle(
  plan: DemoCycle,
  { groupAdvice, cooperation }: AdvisoryServices & { readonly cooperation: CooperationProgrammes },
  dayAt: DayAt,
): Promise<void> {
  const year = Number(dayAt(0).slice(0, 4)) + 1;
  const { id } = accepted(
    await groupAdvice.create({
      ...{ programme: demoProgramme.id, activity: 'group-advice', unit: plan.unit },
      ...{ plannedMeetings: plan.planned, year },
    }),
  );
  for (let meeting = 0; meeting < plan.held + plan.coming; meeting++) {
    const isHeld = meeting < plan.held;
    accepted(
      await groupAdvice.addMeeting(id, {
        date: dayAt(isHeld ? (meeting - plan.held) * 21 : (meeting - plan.held + 1) * 14),
        topic: demoTopics[meeting % demoTopics.length] ?? '',
        advisers: 'Doradczyni Przykładowa, Doradca Zmyślony',
        present: isHeld ? { office: 3 + (meeting % 2), ngo: 4, other: meeting % 2 } : { office: 0, ngo: 0, other: 0 },
        notes: isHeld ? 'Omówiono wyniki samooceny w tym obszarze i przykłady z innych gmin.' : '',
        decisions: isHeld ? 'Urząd przygotuje kalendarz konsultacji. Organizacje zgłoszą dwie osoby do zespołu.' : '',
      }),
    );
  }
  await seedCooperation(cooperation, plan, year, dayAt);
}
