import { areasOf } from '../../../definitions/instrument';
import { releasePair, releaseRound, type ReleasedPair, type ReleasedRound } from '../../../scoring';
import { attackArea, type Success } from './attack';
import { areaItems, cellsOf } from './people';
import { attackedUnit } from './rounds';
import { viewOf } from './view';

/** A unit's released documents and what the attacker made of them. */
export interface AttackedRelease {
  readonly released: readonly [ReleasedRound, ReleasedRound];
  readonly pair: ReleasedPair;
  /** Of both rounds, each with the round and area it is about. */
  readonly successes: readonly (Success & { readonly round: number; readonly area: string })[];
}

/** Releases the made-up unit of this number and attacks every area of both rounds. */
export function attackUnit(number: number, k: number): AttackedRelease {
  const { instrument, rounds } = attackedUnit(number, k);
  const [first, second] = rounds.map((input) => ({ opened: { instrument, hash: '' }, input }));
  if (first === undefined || second === undefined) throw new Error('A unit has two rounds.');
  const released = [releaseRound(first), releaseRound(second)] as const;
  const pair = releasePair(first, second, null);
  const successes = rounds.flatMap((input, round) =>
    areasOf(instrument).flatMap(({ code: area }) => {
      if (input.outOfScope.includes(area)) return [];
      const document = released[round === 0 ? 0 : 1];
      const view = viewOf(instrument, input, area, document, pair, round === 0 ? 'baseline' : 'followUp');
      const cells = cellsOf(instrument, input, areaItems(instrument, input.form, area));
      return attackArea(view, cells, k).map((success) => ({ ...success, round, area }));
    }),
  );
  return { released, pair, successes };
}
