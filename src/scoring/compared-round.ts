import type { Instrument } from '../definitions/instrument';
import { roundGroup, type RoundGroup } from './cells';
import { classesOfCompared, ratedAlike } from './classes';
import { countByGroup, groupsAfterMerging, sizeOf, type ScoredGroup } from './merging';
import { fewestForSpread, type Protection } from './release-rules';
import { itemsByArea, scoresOver, type Item } from './respondent-scores';
import { thresholdsOf } from './round-input';
import type { ScoredRound } from './scorecard';

/** What a comparison makes of each of its two rounds: by which groups, how protected, and over which items. */

/** One round as the comparison sees it. */
export interface ComparedRound {
  readonly groups: ReadonlyMap<string, RoundGroup>;
  readonly outOfScope: readonly string[];
}

/** The groups that two rounds are compared by, in the instrument's order. */
export function groupsOfPair(
  instrument: Instrument,
  baseline: ScoredRound,
  followUp: ScoredRound,
): readonly ScoredGroup[] {
  const { rules } = followUp.protection;
  const merged = new Set([...baseline.merged, ...followUp.merged]);
  const inBoth = [...merged].filter((code) => baseline.merged.includes(code) && followUp.merged.includes(code));
  return groupsAfterMerging(instrument, rules.has('merge-in-both') ? [...merged] : inBoth, rules);
}

/** How the people of both rounds are protected in a comparison. */
export function protectionOfPair(baseline: ScoredRound, followUp: ScoredRound): Protection {
  const { rules } = followUp.protection;
  const both = [baseline.protection.k, followUp.protection.k];
  return { k: rules.has('larger-k') ? Math.max(...both) : Math.min(...both), rules };
}

/** A round's cells for the comparison: its groups merged as either round needs, over the common items only. */
export function comparedRound(
  round: ScoredRound,
  groups: readonly ScoredGroup[],
  items: ReadonlyMap<string, ReadonlySet<string>>,
  protection: Protection,
): ComparedRound {
  const { instrument, input, merged } = round;
  const own = itemsByArea(instrument, input.form);
  const kept = new Map(
    [...own].map(([area, list]): [string, readonly Item[]] => [
      area,
      list.filter(({ code }) => items.get(area)?.has(code)),
    ]),
  );
  const recomputed = new Set(
    [...own].filter(([area, list]) => kept.get(area)?.length !== list.length).map(([area]) => area),
  );
  const { minAnsweredShare } = thresholdsOf(instrument, input);
  const people = recomputed.size === 0 ? round.respondents : scoresOver(round.respondents, kept, minAnsweredShare);
  const counts = countByGroup(people);
  const apart = new Set(
    groups.filter(({ code, parts }) => parts.length > 1 && !merged.includes(code)).map(({ code }) => code),
  );
  const { k, rules } = protection;
  const classes = classesOfCompared(round, people, kept, recomputed);
  const spreadable = fewestForSpread(k);
  const refusals = {
    refused: (group: ScoredGroup, area: string) =>
      classes(group, area).some(
        (some) =>
          (some.length < k && rules.has('core-classes')) ||
          (some.length < spreadable && rules.has('core-alike') && !ratedAlike(some, own.get(area) ?? [])),
      ),
    // With the spread of all of them, and the answers of some, that of the others would follow.
    spreadRefused: (group: ScoredGroup, area: string) =>
      rules.has('core-spread') && classes(group, area).some((some) => some.length < spreadable),
  };
  const areas = [...items.keys()];
  return {
    groups: new Map(
      groups.map((group) => [
        group.code,
        roundGroup(group, sizeOf(group, input.groupSizes, counts), people, {
          areas,
          protection,
          apart,
          ...(k > 1 ? refusals : {}),
        }),
      ]),
    ),
    outOfScope: input.outOfScope,
  };
}
