import type { Round } from '../../../assessment/round';
import { plannedSteps, type PlannedStep } from '../../../assessment/timetables';
import { formatDate } from '../../../locales/formats';
import { dayOf } from '../../../shared/clock';
import type { Services } from '../../services';
import type { Staff } from './signed-in';

/** The planned days of a round with what has become of them. */
export async function stepsOfRound({ assessment, clock, publishing }: Services, round: Round): Promise<PlannedStep[]> {
  const isClosed = round.status === 'closed';
  const [timetable, held, areasLeft, editions] = await Promise.all([
    assessment.timetables.ofRound(round.id),
    assessment.meetings.counts([round.id]),
    isClosed ? assessment.agreedScores.areasLeft([round]) : new Map<string, number>(),
    isClosed ? publishing.editions.ofSubject({ kind: 'round', id: round.id }) : [],
  ]);
  const done = {
    meetings: held.get(round.id) ?? 0,
    agreed: areasLeft.get(round.id) === 0,
    published: editions.some(({ state }) => state === 'published'),
  };
  return plannedSteps(round, timetable, done, dayOf(clock()));
}

/** Each planned day in words, for the partial `staff/steps`. */
export function stepWords(steps: readonly PlannedStep[], { language, t }: Staff) {
  return steps.map(({ step, day, state }) => ({
    ...{ state, what: t(`office:timetable.steps.${step}`), day: formatDate(day, language) },
    stateName: t(`office:timetable.states.${state}`),
  }));
}
