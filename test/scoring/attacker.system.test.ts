import { attackUnit } from '../../src/commands/bench/attacker/attack-unit';
import { knownUnits } from '../../src/commands/bench/attacker/known-units';
import { allRules } from '../../src/scoring/release-rules';

/**
 * The attacker of anonymity §3 against what is released of made-up units with small groups and gaps;
 * `npm run bench -- --only attacker` tries many more.
 */
test('the attacker learns nothing from the released documents of 300 units', () => {
  const learnt = Array.from({ length: 300 }, (_, number) => attackUnit(number, 5).successes);
  expect(learnt.flatMap((successes, unit) => successes.map((success) => ({ unit, ...success })))).toEqual([]);
});

test.each([...allRules])('he does without the rule %s, and not with it', (rule) => {
  expect(attackUnit(knownUnits[rule], 5, rule).successes).not.toEqual([]);
  expect(attackUnit(knownUnits[rule], 5).successes).toEqual([]);
});
