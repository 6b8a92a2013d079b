import type { Request } from 'express';
import type { Assessment } from '../../../../assessment/assessments';
import type { KnownInstrument } from '../../../../assessment/instruments';
import type { Round } from '../../../../assessment/round';
import type { Unit } from '../../../../assessment/units';
import { Failure, isRefusal, type Refusal } from '../../../../shared/errors';
import { notFound, type Outcome } from '../../../outcome';
import type { Staff, StaffHandler } from '../signed-in';

/** One request about one round. */
export interface StaffRound extends Staff {
  readonly round: Round;
  readonly assessment: Assessment;
  readonly unit: Unit;
  /** What the round asks, or would ask if it opened now. */
  readonly known: KnownInstrument;
  /** Paths of this round, to its page where left out. */
  path(rest?: string): string;
}

export type RoundHandler = (request: Request, staff: StaffRound) => Outcome | Refusal | Promise<Outcome | Refusal>;

/** Finds the round of `:round` with all that belongs to it. */
export function withRound(handler: RoundHandler): StaffHandler {
  return async (request, staff) => {
    const { assessments, rounds, units } = staff.services.assessment;
    const round = await rounds.get(String(request.params['round']));
    if (!round) return notFound();
    const assessment = await assessments.get(round.assessmentId);
    const unit = assessment && (await units.get(assessment.unitId));
    if (!unit) throw new Failure('unit-missing', `Round ${round.id} has no assessment or its unit is gone.`);
    const known = await rounds.expectedInstrument(round);
    if (isRefusal(known)) return known;
    const path = (rest = ''): string => `/staff/rounds/${round.id}${rest}`;
    return handler(request, { ...staff, round, assessment, unit, known, path });
  };
}
