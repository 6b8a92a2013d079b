import { attackUnit } from '../../src/commands/bench/attacker/attack-unit';

/** The attacker of anonymity §3 against what is released of 300 made-up units; `npm run bench` tries many more. */
test('the attacker learns nothing from the released documents of 300 units with small groups and gaps', () => {
  const learnt = Array.from({ length: 300 }, (_, number) => attackUnit(number, 5).successes);
  expect(learnt.flatMap((successes, unit) => successes.map((success) => ({ unit, ...success })))).toEqual([]);
});

test('nor of a unit that publishes the parts of a group which the comparison merges, on core items', () => {
  expect(attackUnit(8227, 5).successes).toEqual([]);
});
