import type { Round } from '../assessment/round';
import type { AssessmentServices } from '../assessment/services';
import type { PaperBatches } from '../collection/paper-batches';
import type { Answers } from '../definitions/answers';
import { accepted } from './accepted';
import { plausibleAnswers, type Levels } from './answers';
import { createChance } from './random';

/** A pile of invented forms, not all of them typed; the first one twice, with slips found at the second time. */
export interface DemoPile {
  readonly group: string;
  readonly count: number;
  readonly typed: number;
}

export async function seedPile(
  rounds: AssessmentServices['rounds'],
  paper: PaperBatches,
  round: Round,
  { group, count, typed }: DemoPile,
  levels: Levels,
): Promise<void> {
  const { instrument } = rounds.instrumentOf(round);
  // Of its own, so that a pile more changes nothing else in the demo.
  const chance = createChance(1989);
  const batch = accepted(await paper.create(round.id, group, count));
  for (let number = 1; number <= typed; number += 1) {
    const answers = plausibleAnswers(instrument, group, levels, chance);
    const { token } = accepted(await paper.begin(round.id, batch.id, ''));
    accepted(await paper.enter(token, batch.id, number, number === 1 ? withSlips(answers) : answers));
    if (number > 1) continue;
    const differing = accepted(await paper.differences(round.id, batch.id, number, answers));
    const mended = Object.fromEntries(differing.map(({ question, second }) => [question, second]));
    accepted(await paper.settle(round.id, batch.id, number, mended, differing.length));
  }
}

/** Two ratings typed one too high, or too low at the end of the scale. */
function withSlips(answers: Answers): Answers {
  const slips = Object.entries(answers)
    .flatMap(([code, answer]) => (typeof answer === 'number' ? [[code, answer === 5 ? 4 : answer + 1] as const] : []))
    .slice(0, 2);
  return { ...answers, ...Object.fromEntries(slips) };
}
