import { randomBytes } from 'node:crypto';
import { createAdvisory } from '../../../advisory/services';
import { createCooperationProgrammes } from '../../../cooperation/programmes';
import { createEventServices } from '../../../events/services';
import { createAttachedFiles } from '../../../files/attached-files';
import type { Programme } from '../../../programme/document/programme';
import { randomIds } from '../../../shared/ids';
import type { Store } from '../../../storage/port';
import { must } from '../must';
import { inTurns } from './in-turns';

/** A programme's events, groups with their meetings, single advice and study visits: as many of each as there are units. */
export async function seedActivities(store: Store, programme: Programme, units: number): Promise<void> {
  const deps = { store, clock: () => new Date('2025-12-01T09:00:00+01:00'), ids: randomIds, randomBytes };
  const events = createEventServices(deps);
  const advisory = createAdvisory({
    ...deps,
    cooperation: createCooperationProgrammes(deps),
    files: createAttachedFiles(deps),
  });
  const numbers = Array.from({ length: units }, (_, index) => index + 1);
  const day = (number: number): string =>
    new Date(Date.UTC(2026, 0, 5) + number * 2 * 86_400_000).toISOString().slice(0, 10);
  const unitOf = (number: number) => ({ code: `BENCH-${number}`, name: `Gmina Próbna ${number}`, subregion: null });

  await inTurns(numbers, async (number) => {
    const isVisit = number % 10 === 0;
    const event = must(
      await events.events.create(
        {
          programme: programme.id,
          activity: isVisit ? 'study-visits' : 'model-trainings',
          kind: isVisit ? 'study-visit' : 'training',
          title: { pl: `Spotkanie próbne ${number}` },
          description: { pl: 'Jednodniowe spotkanie.' },
          place: `Dom Przykładów ${number}`,
          address: 'ul. Zmyślona 1',
          subregion: programme.subregions[number % programme.subregions.length]?.code ?? null,
          startsAt: `${day(number)}T09:00`,
          endsAt: `${day(number)}T15:00`,
          agenda: [{ time: '09:00', text: 'Powitanie' }],
          registrationOpensAt: '2025-11-01T08:00',
          registrationClosesAt: `${day(number - 1)}T16:00`,
          perFormLimit: 5,
          form: null,
          controller: 'Stowarzyszenie Organizator, ul. Zmyślona 2',
          deleteAfter: '2028-06-30',
        },
        20,
      ),
    );
    must(await events.events.publish(event.id));
  });
  await inTurns(numbers, async (number) => {
    const cycle = must(
      await advisory.groupAdvice.create({
        ...{ programme: programme.id, activity: 'group-advice', unit: unitOf(number) },
        ...{ plannedMeetings: 5, year: 2026 },
      }),
    );
    for (const month of ['06', '08', '10']) {
      must(
        await advisory.groupAdvice.addMeeting(cycle.id, {
          date: `2025-${month}-15`,
          topic: '',
          advisers: 'Doradczyni Przykładowa',
          present: { office: 3, ngo: 4, other: 0 },
          notes: 'Omówiono wyniki samooceny.',
          decisions: '',
        }),
      );
    }
  });
  await inTurns(numbers, async (number) => {
    must(
      await advisory.individualAdvice.create({
        ...{ programme: programme.id, activity: 'individual-advice', unit: unitOf(number) },
        ...{
          request: 'Jak napisać program współpracy?',
          requestedOn: '2025-09-01',
          topic: '',
          adviser: 'Doradca Zmyślony',
        },
        ...{ state: 'given', hours: 2, givenOn: '2025-10-01', outcome: 'Omówiono.', followUp: '' },
      }),
    );
  });
}
