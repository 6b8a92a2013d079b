import type { ReleaseRule } from '../../../scoring/release-rules';
import { workFor, type Piece } from '../workers';
import { attackUnit } from './attack-unit';
import { knownUnits } from './known-units';
import { countKept, type Kept } from './kept-back';

/** Attacks on some units; or, without a rule, on the one that is known, and more until enough of them are beaten. */
export type AttackTask = (Piece & { readonly kind: 'attack' }) | WithoutRule;

interface WithoutRule {
  readonly kind: 'without';
  readonly rule: ReleaseRule;
  /** Units that are tried at most. */
  readonly units: number;
  /** Units beaten after which it is known well enough what the rule is for. */
  readonly enough: number;
}

export interface Attacked {
  /** Numbers of the units in which the attacker learnt something. */
  readonly beaten: readonly number[];
  readonly tried: number;
  /** Entries of `Kept`. */
  readonly kept: readonly (readonly [string, { readonly all: number; readonly kept: number }])[];
}

/** People behind a figure, at least. */
const k = 5;

function attackAll({ from, to }: Piece): Attacked {
  const kept: Kept = new Map();
  const beaten: number[] = [];
  for (let number = from; number < to; number += 1) {
    const { released, pair, successes } = attackUnit(number, k);
    if (successes.length > 0) beaten.push(number);
    countKept(kept, released, pair);
  }
  return { beaten, tried: to - from, kept: [...kept] };
}

function attackWithout({ rule, units, enough }: WithoutRule): Attacked {
  const beaten: number[] = [];
  const known = knownUnits[rule];
  let tried = 0;
  for (const number of [known, ...Array(units).keys()]) {
    if (beaten.length >= enough) break;
    if (number === known && tried > 0) continue;
    if (attackUnit(number, k, rule).successes.length > 0) beaten.push(number);
    tried += 1;
  }
  return { beaten, tried, kept: [] };
}

/** A process that attacks what `attacker.ts` asks. */
workFor((task: AttackTask) => (task.kind === 'attack' ? attackAll(task) : attackWithout(task)));
