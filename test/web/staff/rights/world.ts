import { fileOwnerOfFact } from '../../../../src/assessment/fact-confirmations';
import { fileOwnerOfProgramme } from '../../../../src/cooperation/programme';
import type { UnitInput } from '../../../../src/assessment/units';
import type { TestApp } from '../../../support/app';
import {
  allowed,
  closeAndCompute,
  newAssessment,
  newOpenRound,
  roundInput,
  submitAnswers,
} from '../../../support/builders';
import { publication } from '../../../support/published';
import { newEvent, registrationForm } from '../../../events/event-builders';

/** Values for the parameters of paths: things of one unit, and what belongs to none. */
export interface World {
  readonly unitId: string;
  readonly unitCode: string;
  readonly name: string;
  fill(route: string): string;
}

/** What is of a closed round; the rest is asked of an open one. */
const closedOnly = /\/(results|comments|compute|publish)(\/|$)/;

/** A unit with one thing of every kind: both rounds closed and published, another round open, paper, advice. */
export async function newWorld(test: TestApp, unit: Pick<UnitInput, 'code' | 'name'>): Promise<World> {
  const { advisory, assessment, collection, events, publishing } = test.services;
  const services = { ...assessment, ...collection };
  const { assessment: made, unit: stored } = await newAssessment(services, unit);
  let closed = '';
  for (const name of ['baseline', 'follow-up'] as const) {
    const { id } = allowed(await services.rounds.create(roundInput(made.id, { name })));
    allowed(await services.rounds.open(id));
    for (let person = 0; person < 8; person += 1) {
      const comment = person < 2 ? { 'p1-comment': `Słowa ${person} o ${unit.name}` } : {};
      await submitAnswers(services, id, 'ngo', { meetings: 2, a1: 1 + (person % 5), a2: 2, b1: 3, c1: 4, ...comment });
    }
    await closeAndCompute(services, id);
    closed = id;
  }
  const comparison = { kind: 'comparison', id: made.id } as const;
  const edition = allowed(await publishing.editions.publish(comparison, publication(), 0));
  const review = allowed(await services.comments.review(closed));
  const second = allowed(
    await services.assessments.create({ unitId: stored.id, instrumentId: 'small', title: 'Druga ocena' }),
  );
  const open = await newOpenRound(services, { assessmentId: second.id });
  const batch = allowed(await services.paper.create(open.id, 'ngo', 5));
  const table = { name: 'dotacje.csv', content: Buffer.from('zadanie;kwota') };
  const file = allowed(await test.services.files.attach(fileOwnerOfFact(open.id, 'council'), table, 'zofia'));
  const meeting = allowed(await services.meetings.add(open.id, { date: '2026-03-10', present: [] }));
  const recommended = { area: null, what: 'Powołać zespół.', who: 'Urząd', due: null };
  const recommendation = allowed(await services.recommendations.add(open.id, recommended));
  const person = { name: 'Zofia Kontaktowa', role: '', email: 'zofia@example.org', phone: '' };
  const contact = allowed(await services.contacts.add(stored.id, person));
  const note = allowed(await services.notes.add(stored.id, 'zofia', { text: 'Zadzwonić po sesji.' }));
  const [programme] = test.services.programmes.all();
  const advised = { code: unit.code, name: unit.name, subregion: null };
  const cycle = allowed(
    await advisory.groupAdvice.create({
      ...{ programme: programme!.id, activity: 'group-advice', unit: advised, plannedMeetings: 6, year: 2027 },
    }),
  );
  const annual = await test.services.cooperation.ensure(advised, 2027);
  const draft = allowed(await test.services.files.attach(fileOwnerOfProgramme(annual.id), table, 'zofia'));
  const held = { from: '2026-03-01', to: '2026-03-10', how: 'Spotkanie', withWhom: 'Organizacje', link: '' };
  const consultation = allowed(
    await test.services.cooperation.addConsultation(annual.id, { ...held, received: 3, accepted: 1 }),
  );
  const talk = allowed(
    await advisory.groupAdvice.addMeeting(cycle.id, {
      ...{ date: '2026-03-10', topic: '', advisers: 'Zofia Doradcza', notes: '', decisions: '' },
      present: { office: 1, ngo: 1, other: 0 },
    }),
  );
  const advice = allowed(
    await advisory.individualAdvice.create({
      ...{ programme: programme!.id, activity: 'individual-advice', unit: advised, request: 'Jak pisać regulamin?' },
      ...{ requestedOn: '2026-03-10', topic: '', adviser: '', state: 'requested', hours: 0 },
      ...{ givenOn: null, outcome: '', followUp: '' },
    }),
  );
  const event = await newEvent(events, 5);
  await events.registrations.register(event.id, registrationForm(['Zofia Dzwoniąca']));
  const visit = await newEvent(events, 5, { activity: 'study-visits', kind: 'study-visit' });
  const [registrant] = (await events.queues.state(event.id)).registrants;
  const invited = { name: 'Ewa Zaproszona', email: '', role: 'viewer', units: [], side: null } as const;
  const account = allowed(await test.services.people.invite(invited));
  const values: Readonly<Record<string, string>> = {
    ...{ unit: stored.id, assessment: made.id, cycle: cycle.id, advice: advice.id, event: event.id },
    account: account.id,
    ...{
      batch: batch.id,
      ...{ fact: 'council', cooperation: annual.id, element: 'aims', consultation: consultation.id },
      recommendation: recommendation.id,
      group: 'ngo',
      page: 'policies',
      area: 'P1.2',
      name: 'baseline',
    },
    ...{ contact: contact.id, note: note.id },
    ...{ shelf: edition.unit, report: edition.report, person: registrant!.person.id },
    ...{ programme: programme!.id, activity: programme!.activities[0]!.code, archive: 'pl-x.zip' },
    ...{ sheet: 'x', invitation: 'x', action: 'pause' },
  };
  return {
    ...{ unitId: stored.id, unitCode: stored.code, name: unit.name },
    fill(route) {
      const path = route.replace(/^\w+ /, '');
      const own: Record<string, string> = {
        ...values,
        round: closedOnly.test(path) ? closed : open.id,
        meeting: path.includes('/advice/') ? talk.id : meeting.id,
        number: path.includes('/comments/') ? String(review.comments[0]?.number ?? 1) : '1',
        file: path.includes('/cooperation/') ? draft.id : file.id,
        ...(path.includes('/visits/') ? { event: visit.id } : {}),
      };
      return path.replace(/:(\w+)/g, (_, name: string) => {
        const value = own[name];
        if (value === undefined) throw new Error(`The world has no :${name} for ${route}.`);
        return encodeURIComponent(value);
      });
    },
  };
}
