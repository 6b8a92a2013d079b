import { jointMark, keptWhileUnchanged } from '../storage/change-mark';
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
  of(programme: Programme): Promise<readonly ActivityProgress[]>;
  /** One activity; null where the programme has none of that code. */
  ofActivity(programme: Programme, code: string): Promise<ActivityProgress | null>;
  /** Recommendations of the units with both rounds closed, and what has become of them. */
  recommendations(programme: Programme): Promise<CountedRecommendations>;
  /** Names of assessed units whose subregion nobody knows, so that they count towards no programme. */
  unitsNowhere(programme: Programme): Promise<readonly string[]>;
  /**
   * People with a place at an event who came or, where nobody marked attendance, were placed; of a unit, those who took
   * part. null where there is no such number. Read for what is shown, not for all that counts.
   */
  peopleOf(thing: Counted): Promise<number | null>;
}

/** Which of the things counted are in a place: a subregion's code, `elsewhere` for none of them, null for all. */
export function countedIn(counted: readonly Counted[], place: string | null): readonly Counted[] {
  if (place === null) return counted;
  return counted.filter(({ subregion }) => (place === 'elsewhere' ? subregion === null : subregion === place));
}

/** All that is said of one programme. */
interface Looked {
  readonly activities: readonly ActivityProgress[];
  readonly recommendations: CountedRecommendations;
  readonly nowhere: readonly string[];
}

export function createProgress(sources: CountingSources): Progress {
  const { clock, assessment, advisory, cooperation, events } = sources;

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

  async function look(programme: Programme): Promise<Looked> {
    const [activities, recommendations, nowhere] = await Promise.all([
      Promise.all(programme.activities.map((activity) => progressOf(programme, activity))),
      countRecommendations(programme, sources),
      unitsNowhere(programme),
    ]);
    return { activities, recommendations, nowhere };
  }

  async function unitsNowhere(programme: Programme): Promise<readonly string[]> {
    const { units, assessments } = sources.assessment;
    const assessed = new Set((await assessments.all()).map(({ unitId }) => unitId));
    return (await units.all())
      .filter((unit) => assessed.has(unit.id) && subregionOfUnit(programme, unit) === null)
      .map(({ name }) => name);
  }

  const mark = jointMark([assessment.mark, advisory.mark, cooperation.mark, events.mark]);
  const looks = new WeakMap<Programme, () => Promise<Looked>>();

  /** Everything that counts is read anew only once something has changed, or a minute is over, with which events end. */
  function lookAt(programme: Programme): Promise<Looked> {
    const known = looks.get(programme);
    if (known) return known();
    const kept = keptWhileUnchanged(
      mark,
      () => clock().toISOString().slice(0, 16),
      () => look(programme),
    );
    looks.set(programme, kept);
    return kept();
  }

  return {
    of: async (programme) => (await lookAt(programme)).activities,
    ofActivity: async (programme, code) =>
      (await lookAt(programme)).activities.find(({ activity }) => activity.code === code) ?? null,
    recommendations: async (programme) => (await lookAt(programme)).recommendations,
    unitsNowhere: async (programme) => (await lookAt(programme)).nowhere,

    async peopleOf({ what, key, people }) {
      const event = what === 'event' ? await events.events.get(key) : null;
      if (event === null) return people;
      const { attended, placed } = await events.counts.of(event);
      return attended ?? placed;
    },
  };
}

function stateOf(done: number, towardsTarget: number, target: number | null): ActivityProgress['state'] {
  if (target === null) return 'no-target';
  if (towardsTarget >= target) return 'reached';
  return done === 0 ? 'not-begun' : 'under-way';
}
