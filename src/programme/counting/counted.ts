import type { AdvisoryServices } from '../../advisory/services';
import type { AdvisedUnit } from '../../advisory/unit';
import type { AssessmentServices } from '../../assessment/services';
import type { CooperationProgrammes } from '../../cooperation/programmes';
import type { Text } from '../../definitions/instrument';
import type { EventServices } from '../../events/services';
import type { Clock } from '../../shared/clock';
import { subregionCalled, subregionOfPlace, type Activity, type Counts, type Programme } from '../document/programme';

/** One thing that counts: an event, or a unit with the records that make it count. */
export interface Counted {
  /** Unique among the things counted towards an activity. */
  readonly key: string;
  /** The event's title, or the unit's name: words that the public version leaves out. */
  readonly name: Text;
  readonly what: 'event' | 'unit';
  /** Code of the programme's subregion; null where it has none (an event for all, a unit outside). */
  readonly subregion: string | null;
  /** The day it came to count, `YYYY-MM-DD`. */
  readonly day: string;
  /** People of the unit who took part; null where there is no such number, and of events, whose lists `peopleOf` counts. */
  readonly people: number | null;
  readonly records: readonly CountedRecord[];
}

/** A stored document behind a counted thing. */
export interface CountedRecord {
  readonly kind: 'event' | 'assessment' | 'advice-cycle' | 'individual-advice' | 'visit-report';
  readonly id: string;
}

/** Where the records are. */
export interface CountingSources {
  readonly clock: Clock;
  readonly events: Pick<EventServices, 'events' | 'counts' | 'held' | 'mark'>;
  readonly assessment: Pick<AssessmentServices, 'units' | 'assessments' | 'rounds' | 'recommendationReviews' | 'mark'>;
  readonly advisory: AdvisoryServices;
  readonly cooperation: Pick<CooperationProgrammes, 'ofUnits' | 'mark'>;
}

/** A word of the vocabulary: the query that returns what counts, the earliest first. */
export type Counting<Words extends Counts = Counts> = (
  programme: Programme,
  activity: Activity & { readonly counts: Words },
  sources: CountingSources,
) => Promise<Counted[]>;

/** Code of the subregion that a unit lies in: by its TERC code, else by what was entered for it. */
export function subregionOfUnit(
  programme: Programme,
  unit: Pick<AdvisedUnit, 'code'> & { readonly subregion?: string | null },
): string | null {
  const byCode = subregionOfPlace(programme, unit.code);
  return (byCode ?? subregionCalled(programme, unit.subregion ?? ''))?.code ?? null;
}

export function byDay(counted: readonly Counted[]): Counted[] {
  return counted.toSorted((one, other) => (one.day === other.day ? 0 : one.day < other.day ? -1 : 1));
}
