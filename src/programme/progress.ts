import { targetOf, type Activity, type Programme } from './document/programme';
import type { Counted, CountingSources } from './counting/counted';
import { countRecommendations, type CountedRecommendations } from './counting/recommendations';
import { subregionOfUnit } from './counting/counted';
import { countedTowards } from './counting/vocabulary';

export type { Counted, CountedRecord } from './counting/counted';
export type { CountedRecommendations } from './counting/recommendations';

/** An activity with everything that counts towards it. */
export interface ActivityProgress {
  readonly activity: Activity;
  /** For the whole programme; null where no number was promised. */
  readonly target: number | null;
  /** In each subregion; null where the target is not by subregion. */
  readonly targetInEach: number | null;
  readonly counted: readonly Counted[];
  /** What of it brings the target nearer: a second conference in a subregion that promised one does not. */
  readonly towardsTarget: number;
  readonly state: 'not-begun' | 'under-way' | 'reached' | 'no-target';
}

export interface Progress {
  /** Every activity, in the order of the document. */
  of(programme: Programme): Promise<ActivityProgress[]>;
  /** One activity; null where the programme has none of that code. */
  ofActivity(programme: Programme, code: string): Promise<ActivityProgress | null>;
  /** Recommendations of the units with both rounds closed, and what has become of them. */
  recommendations(programme: Programme): Promise<CountedRecommendations>;
  /** Names of assessed units whose subregion nobody knows, so that they count towards no programme. */
  unitsNowhere(programme: Programme): Promise<string[]>;
}

/** Which of the things counted are in a place: a subregion's code, `elsewhere` for none of them, null for all. */
export function countedIn(counted: readonly Counted[], place: string | null): readonly Counted[] {
  if (place === null) return counted;
  return counted.filter(({ subregion }) => (place === 'elsewhere' ? subregion === null : subregion === place));
}

export function createProgress(sources: CountingSources): Progress {
  async function progressOf(programme: Programme, activity: Activity): Promise<ActivityProgress> {
    const counted = await countedTowards(programme, activity, sources);
    const target = targetOf(programme, activity);
    const targetInEach =
      activity.target !== null && 'perSubregion' in activity.target ? activity.target.perSubregion : null;
    const towardsTarget =
      targetInEach === null
        ? counted.length
        : programme.subregions.reduce(
            (sum, { code }) => sum + Math.min(targetInEach, countedIn(counted, code).length),
            0,
          );
    return {
      activity,
      target,
      targetInEach,
      counted,
      towardsTarget,
      state: stateOf(counted.length, towardsTarget, target),
    };
  }

  return {
    of: (programme) => Promise.all(programme.activities.map((activity) => progressOf(programme, activity))),
    async ofActivity(programme, code) {
      const activity = programme.activities.find((one) => one.code === code);
      return activity ? progressOf(programme, activity) : null;
    },
    recommendations: (programme) => countRecommendations(programme, sources),
    async unitsNowhere(programme) {
      const { units, assessments } = sources.assessment;
      const assessed = new Set((await assessments.all()).map(({ unitId }) => unitId));
      return (await units.all())
        .filter((unit) => assessed.has(unit.id) && subregionOfUnit(programme, unit) === null)
        .map(({ name }) => name);
    },
  };
}

function stateOf(done: number, towardsTarget: number, target: number | null): ActivityProgress['state'] {
  if (target === null) return 'no-target';
  if (towardsTarget >= target) return 'reached';
  return done === 0 ? 'not-begun' : 'under-way';
}
