import type { AdvisedUnit } from '../../advisory/unit';
import { hasReached } from '../../cooperation/programme-status';
import { placeCode } from '../../territory/place';
import { dayOf } from '../../shared/clock';
import type { Counts, Programme } from '../document/programme';
import { byDay, subregionOfUnit, type Counted, type CountedRecord, type Counting } from './counted';

type GroupWords = Extract<Counts, { what: 'units-with-group-advice' }>;

/** Units whose cycle has this many meetings held, and whose cooperation programme has come this far. */
export const unitsWithGroupAdvice: Counting<GroupWords> = async (
  programme,
  { code, counts },
  { advisory, cooperation },
) => {
  const { groupAdvice } = advisory;
  const cycles = (await groupAdvice.all(programme.id)).filter(({ activity }) => activity === code);
  const [meetings, cooperationOf] = await Promise.all([
    groupAdvice.meetingsOf(cycles.map(({ id }) => id)),
    cooperation.ofUnits(cycles.map(({ unitKey }) => unitKey)),
  ]);
  const found = cycles.flatMap(({ id, unit, unitKey, year }) => {
    const held = (meetings.get(id) ?? []).filter((meeting) => groupAdvice.wasHeld(meeting));
    const day = held[counts.meetings - 1]?.date;
    const reached = hasReached(cooperationOf(unitKey, year)?.state ?? 'not-begun', counts.outcome);
    return day === undefined || !reached ? [] : [{ unit, day, record: { kind: 'advice-cycle' as const, id } }];
  });
  return unitsOf(programme, found);
};

/** Units that were given advice at least once. */
export const unitsWithIndividualAdvice: Counting = async (programme, { code }, { advisory }) => {
  const given = (await advisory.individualAdvice.all(programme.id)).flatMap(({ id, unit, activity, state, givenOn }) =>
    activity === code && state === 'given' && givenOn !== null
      ? [{ unit, day: givenOn, record: { kind: 'individual-advice' as const, id } }]
      : [],
  );
  return unitsOf(programme, given);
};

/** Units whose people took part in visits of the activity that took place, by the visits' reports. */
export const unitsOnStudyVisits: Counting = async (programme, { code }, { advisory, events, clock }) => {
  const held = new Map((await events.held(programme.id, code)).map((event) => [event.id, event]));
  const took = (await advisory.visitReports.all(programme.id)).flatMap(({ id, participants }) => {
    const event = held.get(id);
    if (event === undefined) return [];
    const day = event.endsAt.slice(0, 10);
    const record = { kind: 'visit-report' as const, id };
    return participants.map(({ unit, count }) => ({ unit, day, record, people: count }));
  });
  return unitsOf(programme, took).filter(({ day }) => day <= dayOf(clock()));
};

/** Each unit once, from the first day it counts on, with all its records. */
function unitsOf(
  programme: Programme,
  found: readonly {
    readonly unit: AdvisedUnit;
    readonly day: string;
    readonly record: CountedRecord;
    readonly people?: number;
  }[],
): Counted[] {
  const units = new Map<string, Counted>();
  for (const { unit, day, record, people } of found) {
    const key = placeCode(unit.code);
    const before = units.get(key);
    units.set(key, {
      key,
      name: { pl: unit.name },
      what: 'unit',
      subregion: before?.subregion ?? subregionOfUnit(programme, unit),
      day: before !== undefined && before.day < day ? before.day : day,
      people: people === undefined ? null : people + (before?.people ?? 0),
      records: [...(before?.records ?? []), record],
    });
  }
  return byDay([...units.values()]);
}
