import { attackUnit } from '../../src/commands/bench/attacker/attack-unit';
import { allRules, type ReleaseRule } from '../../src/scoring/release-rules';

/**
 * The attacker of anonymity §3 against what is released of made-up units with small groups and gaps;
 * `npm run bench -- --only attacker` tries many more.
 */
test('the attacker learns nothing from the released documents of 300 units', () => {
  const learnt = Array.from({ length: 300 }, (_, number) => attackUnit(number, 5).successes);
  expect(learnt.flatMap((successes, unit) => successes.map((success) => ({ unit, ...success })))).toEqual([]);
});

/** A unit in which he succeeds without the rule. */
const beaten: Readonly<Record<ReleaseRule, number>> = {
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
  'core-spread': 257,
  'questions-from-k': 2,
  filters: 0,
  'asked-on': 0,
};

test.each([...allRules])('he does without the rule %s, and not with it', (rule) => {
  expect(attackUnit(beaten[rule], 5, rule).successes).not.toEqual([]);
  expect(attackUnit(beaten[rule], 5).successes).toEqual([]);
});
