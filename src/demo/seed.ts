import { randomBytes } from 'node:crypto';
import { groupsAsked } from '../assessment/asking-plan';
import type { Instruments } from '../assessment/instruments';
import type { Round } from '../assessment/round';
import { createAssessmentWithCollection, type CollectionServices } from '../collection/services';
import type { AssessmentServices } from '../assessment/services';
import type { TimetableInput } from '../assessment/timetables';
import { createAttachedFiles, type AttachedFiles } from '../files/attached-files';
import type { Post } from '../letters/delivery';
import { createMailbox } from '../letters/mailbox';
import { randomIds } from '../shared/ids';
import type { Store } from '../storage/port';
import { accepted } from './accepted';
import { plausibleAnswers, type Levels } from './answers';
import { seedCommentReview, withComments } from './comments';
import { seedFacts } from './facts';
import { seedInvitations } from './invitations';
import { seedPile } from './paper';
import { demoPlan, type DemoAssessment, type DemoRound } from './plan';
import { seedRecommendations, seedStateReports } from './recommendations';
import { createChance, type Chance } from './random';

/**
 * Stores the demo's assessments through the same services that people use, as if on the days of the plan. Does nothing
 * for units that are there already, so a second start changes nothing. An assessment that an earlier start left half
 * done is not mended: remove the data folder.
 */
export async function seedAssessments(store: Store, instruments: Instruments, installationKey: string): Promise<void> {
  const { clock, services, setDay } = seedingOver(store, instruments, installationKey);
  const { post } = createMailbox({ store, clock });
  const chance = createChance(2015);
  for (const assessment of demoPlan) {
    if (await services.units.byCode(assessment.unit.code)) continue;
    await seedAssessment(services, assessment, chance, post, setDay);
  }
}

/** What became of recommendations once the reports were published: what was published does not know it. */
export async function seedAfterPublishing(store: Store, instruments: Instruments, key: string): Promise<void> {
  const { services, setDay } = seedingOver(store, instruments, key);
  await seedStateReports(services, setDay);
}

/** The services as if on any day. */
function seedingOver(store: Store, instruments: Instruments, installationKey: string) {
  let today = new Date();
  const clock = (): Date => today;
  const deps = { store, clock, ids: randomIds, randomBytes, instruments, installationKey };
  const { assessment, collection } = createAssessmentWithCollection(deps);
  const services: Seeding = { ...assessment, ...collection, files: createAttachedFiles(deps) };
  const setDay = (day: string): void => {
    today = new Date(`${day}T09:00:00+01:00`);
  };
  return { clock, services, setDay };
}

type Seeding = AssessmentServices & CollectionServices & { readonly files: AttachedFiles };

async function seedAssessment(
  services: Seeding,
  plan: DemoAssessment,
  chance: Chance,
  post: Post,
  setDay: (day: string) => void,
): Promise<void> {
  const unit = accepted(await services.units.create(plan.unit));
  const { id: assessmentId } = accepted(
    await services.assessments.create({ unitId: unit.id, instrumentId: 'lijw', title: plan.title }),
  );
  for (const round of plan.rounds) {
    const { name, form, assessedYear, groupSizes, plannedClosing, ways = {}, invitations } = round;
    const opensOn = round.opened ?? plannedClosing;
    const draft = accepted(
      await services.rounds.create({
        ...{ assessmentId, name, form, assessedYear, groupSizes, ways },
        ...{ opensOn, closesOn: plannedClosing },
      }),
    );
    accepted(await services.timetables.save(draft.id, daysAround(opensOn, plannedClosing), 0));
    if (round.opened === undefined) continue;
    setDay(round.opened);
    await seedFacts(services, draft, round);
    const open = accepted(await services.rounds.open(draft.id));
    if (invitations) await seedInvitations(services.rounds, services.invitations, open, invitations, post);
    await seedSubmissions(services, plan.unit.code, open, round, chance);
    if (round.pile) await seedPile(services.rounds, services.paper, open, round.pile, levelsOf(round));
    if (round.closed === undefined) continue;
    setDay(round.closed);
    accepted(await services.sealing.close(open.id));
    const closed = await services.rounds.get(open.id);
    accepted(await services.rounds.computeResults(open.id, closed?.revision ?? 0));
    await seedCommentReview(services, plan.unit.code, open);
    await seedMeeting(services, open, round);
    await seedRecommendations(services, plan.unit.code, open);
  }
}

/** The planned days of a round beside those on which it opens and closes: one meeting, two weeks after the end. */
function daysAround(opensOn: string, closesOn: string): TimetableInput {
  const after = (day: string, days: number): string =>
    new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  return {
    preparation: after(opensOn, -7),
    reminders: [after(closesOn, -10), after(closesOn, -3)],
    meetings: [after(closesOn, 14)],
    report: after(closesOn, 28),
    publication: after(closesOn, 42),
  };
}

function levelsOf({ levels }: DemoRound): Levels {
  return (area, side) => {
    const level = levels[area] ?? { administration: 3, ngo: 3 };
    return side === null ? (level.administration + level.ngo) / 2 : level[side];
  };
}

async function seedSubmissions(
  { rounds, drafts, submissions }: Seeding,
  unitCode: string,
  round: Round,
  plan: DemoRound,
  chance: Chance,
): Promise<void> {
  const { instrument } = rounds.instrumentOf(round);
  const asked = groupsAsked(instrument, round);
  const people = Object.entries(plan.answering).flatMap(([group, count]) => {
    // A group too small to be asked apart answers as the one that it is asked with.
    const code = asked.find(({ parts }) => parts.includes(group))?.code ?? group;
    return Array.from({ length: count }, () => code);
  });
  const answered = people.map((group) => ({
    group,
    answers: plausibleAnswers(instrument, group, levelsOf(plan), chance),
  }));
  await Promise.all(
    withComments(unitCode, round, answered).map(async ({ group, answers }) => {
      const { token } = accepted(await drafts.start(round.id));
      accepted(await drafts.chooseGroup(token, group));
      accepted(await drafts.save(token, answers));
      accepted(await submissions.submit(token));
    }),
  );
}

/** What else the group says of some areas, in each round. */
const demoWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'P1.2': { strengths: 'Urząd i organizacje mają wspólną listę adresów e-mail.' },
  'P1.4': { barriers: 'Terminy konsultacji są krótkie i przypadają w wakacje.' },
  'P2.1': {
    dissent: 'Radni uważają, że kwota dotacji jest wystarczająca.',
    barriers: 'Małym organizacjom brakuje wkładu własnego.',
  },
  'P3.2': { strengths: 'Organizacje mogą bezpłatnie korzystać ze świetlic.' },
};

async function seedMeeting(
  { agreedScores, meetings }: AssessmentServices,
  { id }: Round,
  plan: DemoRound,
): Promise<void> {
  const present = [
    { role: 'Pracownicy urzędu', organisation: 'Urząd gminy', side: 'administration', count: 4 },
    { role: 'Radni', organisation: 'Rada gminy', side: 'administration', count: 2 },
    { role: 'Przedstawiciele organizacji', organisation: '', side: 'ngo', count: 6 },
  ] as const;
  accepted(await meetings.add(id, { date: plan.plannedClosing, present }));
  for (const [area, [score, reasons]] of Object.entries(plan.agreed ?? {})) {
    const texts = { reasons, ...demoWords[area] };
    const edits = {
      score: { seen: undefined, mine: score },
      texts: Object.fromEntries(Object.entries(texts).map(([field, mine]) => [field, { seen: '', mine }])),
    };
    accepted(await agreedScores.write(id, area, edits, 'demo'));
  }
}
