import type { Round } from '../../assessment/round';
import type { Unit } from '../../assessment/units';
import { placeCode } from '../../territory/place';
import type { Counts, Programme } from '../document/programme';
import { byDay, subregionOfUnit, type Counted, type Counting, type CountingSources } from './counted';

type Words = Extract<Counts, { what: 'units-with-closed-rounds' }>;

/** An assessment of the programme with so many rounds closed within the programme's days. */
interface ClosedAssessment {
  readonly id: string;
  readonly unit: Unit;
  /** Code of the programme's subregion. */
  readonly subregion: string;
  /** The day on which the last round that was asked for closed, `YYYY-MM-DD`. */
  readonly day: string;
  /** All that it has. */
  readonly rounds: readonly Round[];
}

/**
 * Assessments of units of the programme's region with this many rounds closed within the programme's days. A unit whose
 * subregion nobody knows may belong to another programme, so it does not count (the pages say so).
 */
export async function closedAssessments(
  programme: Programme,
  rounds: Words['rounds'],
  { assessment }: Pick<CountingSources, 'assessment'>,
): Promise<ClosedAssessment[]> {
  const [units, assessments] = await Promise.all([assessment.units.all(), assessment.assessments.all()]);
  const unitOf = new Map(units.map((unit) => [unit.id, unit]));
  const ofIndex = assessments.filter(({ instrumentId }) => instrumentId === programme.index);
  const made = await assessment.rounds.ofAssessments(ofIndex.map(({ id }) => id));
  return ofIndex.flatMap(({ id, unitId }): readonly ClosedAssessment[] => {
    const unit = unitOf.get(unitId);
    const subregion = unit ? subregionOfUnit(programme, unit) : null;
    if (!unit || subregion === null) return [];
    const own = made.get(id) ?? [];
    const closed = own
      .map(({ status, closedOn }) => (status === 'closed' ? closedOn : null))
      .filter((day) => day !== null && programme.startsOn <= day && day <= programme.endsOn)
      .map(String)
      .sort();
    const day = closed[rounds - 1];
    return day === undefined ? [] : [{ id, unit, subregion, day, rounds: own }];
  });
}

/** Units with this many rounds of one assessment closed within the programme's days. */
export const unitsWithClosedRounds: Counting<Words> = async (programme, { counts }, sources) => {
  const counted = new Map<string, Counted>();
  for (const { id, unit, subregion, day } of await closedAssessments(programme, counts.rounds, sources)) {
    const key = placeCode(unit.code);
    const before = counted.get(key);
    const records = [...(before?.records ?? []), { kind: 'assessment' as const, id }];
    const first = before !== undefined && before.day < day ? before.day : day;
    counted.set(key, { key, name: { pl: unit.name }, what: 'unit', subregion, day: first, people: null, records });
  }
  return byDay([...counted.values()]);
};
