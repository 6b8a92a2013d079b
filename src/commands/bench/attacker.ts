import { join } from 'node:path';
import { allRules, type ReleaseRule } from '../../scoring/release-rules';
import type { Attacked, AttackTask } from './attacker/attacking';
import { addKept, type Kept } from './attacker/kept-back';
import type { Bench, Measurement } from './bench';
import { inWorkers, piecesOf } from './workers';

/** The attacker of anonymity §3 against the released documents of made-up units, and what the rules cost. */
export const attackerBench: Bench = {
  name: 'attacker',
  about: 'attacks on what is released of made-up units, whole and without each rule (10,000; --runs)',
  async *run({ runs }) {
    const units = runs ?? 10_000;
    const tasks: readonly AttackTask[] = [
      ...piecesOf(units, 100).map((piece) => ({ kind: 'attack' as const, ...piece })),
      ...[...allRules].map((rule) => ({ kind: 'without' as const, ...{ rule, units, enough: 3 } })),
    ];
    const beaten: number[] = [];
    const kept: Kept = new Map();
    const without = new Map<ReleaseRule, Attacked>();
    for await (const { task, result } of inWorkers<AttackTask, Attacked>(
      join(__dirname, 'attacker', 'attacking'),
      tasks,
    )) {
      if (task.kind === 'without') {
        without.set(task.rule, result);
        continue;
      }
      beaten.push(...result.beaten);
      addKept(kept, result.kept);
    }
    const which = beaten.length === 0 ? '' : ` (${beaten.toSorted((a, b) => a - b).join(', ')})`;
    yield row(`units of ${units} in which the attacker learns something${which}`, 'units', beaten.length, { most: 0 });
    for (const [what, { all, kept: back }] of kept) yield row(what, '%', (100 * back) / all);
    for (const [rule, { tried, beaten: found }] of without) {
      yield row(`without ${rule}: units of ${tried} in which he does`, 'units', found.length, { least: 1 });
    }
  },
};

function row(what: string, unit: string, ours: number, budget: Measurement['budget'] = null): Measurement {
  return { ...{ what, unit, ours, budget }, bound: null, spread: null };
}
