import type { ReleaseRule } from '../../../scoring/release-rules';

/** By rule, the number of a unit in which the attacker succeeds without it: some are rare. */
export const knownUnits: Readonly<Record<ReleaseRule, number>> = {
  'hide-under-k': 3,
  'leave-out': 2,
  'merge-wholly': 10,
  'merge-in-both': 5,
  'merged-parts': 6,
  'merged-spread': 65,
  'larger-k': 56,
  'spread-from-2k': 2,
  'one-holder': 1,
  'holder-from-2k': 2,
  'items-from-2k': 3,
  'complete-only': 0,
  'item-classes': 0,
  'alpha-rest': 296,
  'core-classes': 38,
  'core-alike': 6386,
  'core-spread': 296,
  'questions-from-k': 2,
  filters: 0,
  'asked-on': 0,
};
