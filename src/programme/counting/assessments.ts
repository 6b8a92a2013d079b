import { placeCode } from '../../territory/place';
import type { Counts } from '../document/programme';
import { byDay, subregionOfUnit, type Counted, type Counting } from './counted';

type Words = Extract<Counts, { what: 'units-with-closed-rounds' }>;

/**
 * Units of the programme's region with this many rounds of one assessment closed within the programme's days. A unit
 * whose subregion nobody knows may belong to another programme, so it does not count (the pages say so).
 */
export const unitsWithClosedRounds: Counting<Words> = async (programme, { counts }, { assessment }) => {
  const [units, assessments] = await Promise.all([assessment.units.all(), assessment.assessments.all()]);
  const counted = new Map<string, Counted>();
  for (const { id, unitId } of assessments.filter(({ instrumentId }) => instrumentId === programme.index)) {
    const unit = units.find((one) => one.id === unitId);
    const subregion = unit ? subregionOfUnit(programme, unit) : null;
    if (!unit || subregion === null) continue;
    const closed = (await assessment.rounds.ofAssessment(id))
      .map(({ status, closedOn }) => (status === 'closed' ? closedOn : null))
      .filter((day) => day !== null && programme.startsOn <= day && day <= programme.endsOn)
      .map(String)
      .sort();
    const day = closed[counts.rounds - 1];
    if (day === undefined) continue;
    const key = placeCode(unit.code);
    const before = counted.get(key);
    const records = [...(before?.records ?? []), { kind: 'assessment' as const, id }];
    const first = before !== undefined && before.day < day ? before.day : day;
    counted.set(key, { key, name: { pl: unit.name }, what: 'unit', subregion, day: first, people: null, records });
  }
  return byDay([...counted.values()]);
};
