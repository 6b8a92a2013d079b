import { join } from 'node:path';
import { allRules } from '../../scoring/release-rules';
import type { Attacked, AttackTask } from './attacker/attacking';
import { addKept, type Kept } from './attacker/kept-back';
import type { Bench, Measurement } from './bench';
import { inWorkers, piecesOf } from './workers';

/** Units tried without a rule, the known one first: a rule that is needed more rarely is shown by that one alone. */
const mostWithout = 1_000;

/** The attacker of anonymity §3 against the released documents of made-up units, and what the rules cost. */
export const attackerBench: Bench = {
  name: 'attacker',
  about: 'attacks on what is released of made-up units, whole and without each rule (10,000; --runs)',
  async *run({ runs }) {
    const units = runs ?? 10_000;
    const attacks = piecesOf(units, 100).map((piece) => ({ kind: 'attack' as const, ...piece }));
    const beaten: number[] = [];
    const kept: Kept = new Map();
    for await (const { result } of worked(attacks)) {
      beaten.push(...result.beaten);
      addKept(kept, result.kept);
    }
    const which = beaten.length === 0 ? '' : ` (${beaten.toSorted((a, b) => a - b).join(', ')})`;
    yield row(`units of ${units} in which the attacker learns something${which}`, 'units', beaten.length, { most: 0 });
    for (const [what, { all, kept: back }] of kept) yield row(what, '%', (100 * back) / all);
    const without = [...allRules].map((rule) => ({
      ...{ kind: 'without' as const, rule, enough: 3 },
      units: Math.min(units, mostWithout),
    }));
    for await (const { task, result } of worked(without)) {
      const { tried, beaten: found } = result;
      yield row(`without ${task.rule}: units of ${tried} in which he does`, 'units', found.length, { least: 1 });
    }
  },
};

function worked<Task extends AttackTask>(tasks: readonly Task[]) {
  return inWorkers<Task, Attacked>(join(__dirname, 'attacker', 'attacking'), tasks);
}

function row(what: string, unit: string, ours: number, budget: Measurement['budget'] = null): Measurement {
  return { ...{ what, unit, ours, budget }, bound: null, spread: null };
}
