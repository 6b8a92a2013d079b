import { resultsStateOf } from './results-status';
import { roundNames, type Round, type RoundName } from './round';
import type { Assessment } from './assessments';
import type { Task } from './task';
import type { Tasks } from './tasks';
import type { Unit } from './units';

/** How far one round has come, for those who see many: `closed` until the working group has set every score. */
export const roundPhases = ['planned', 'open', 'closed', 'agreed'] as const;
export type RoundPhase = (typeof roundPhases)[number];

/** Where a unit is in the programme, by its latest round. */
export type UnitState = 'no-assessment' | 'no-round' | `${RoundName}-${RoundPhase}`;
export const unitStates: readonly UnitState[] = [
  'no-assessment',
  'no-round',
  ...roundNames.flatMap((name) => roundPhases.map((phase): UnitState => `${name}-${phase}`)),
];

/** One unit as the programme's office sees it. */
export interface Standing {
  readonly unit: Unit;
  readonly state: UnitState;
  /** The latest; null where there is none. */
  readonly assessment: Assessment | null;
  /** Its latest round; null where there is none. */
  readonly round: Round | null;
  /** How many have answered in that round, where this was looked up for its tasks; else null. */
  readonly answers: number | null;
  /** What there is to do first; null where nothing is. */
  readonly next: Task | null;
}

export interface Standings {
  /** In the order in which the units are given. */
  ofUnits(units: readonly Unit[]): Promise<Standing[]>;
}

export function createStandings({ tasks }: { tasks: Pick<Tasks, 'lookAt'> }): Standings {
  return {
    async ofUnits(units) {
      const looked = await tasks.lookAt(units);
      const next = new Map<string, Task>();
      for (const task of looked.tasks) if (!next.has(task.unit.id)) next.set(task.unit.id, task);
      return units.map((unit) => {
        const made = looked.assessments.get(unit.id) ?? [];
        const rounds = made.flatMap(({ id }) => looked.rounds.get(id) ?? []);
        const round = rounds.reduce<Round | null>(later, null);
        const assessment = made.find(({ id }) => id === round?.assessmentId) ?? made.at(-1) ?? null;
        const state = stateOf(assessment, round, looked.areasLeft);
        const answers = round === null ? null : (looked.answers.get(round.id)?.all ?? null);
        return { unit, state, assessment, round, answers, next: next.get(unit.id) ?? null };
      });
    },
  };
}

function later(one: Round | null, other: Round): Round {
  return one !== null && one.opensOn > other.opensOn ? one : other;
}

function stateOf(
  assessment: Assessment | null,
  round: Round | null,
  areasLeft: ReadonlyMap<string, number>,
): UnitState {
  if (assessment === null) return 'no-assessment';
  return round === null ? 'no-round' : `${round.name}-${phaseOf(round, areasLeft)}`;
}

function phaseOf(round: Round, areasLeft: ReadonlyMap<string, number>): RoundPhase {
  if (round.status === 'draft') return 'planned';
  if (round.status !== 'closed') return 'open';
  return resultsStateOf(round) === 'computed' && areasLeft.get(round.id) === 0 ? 'agreed' : 'closed';
}
