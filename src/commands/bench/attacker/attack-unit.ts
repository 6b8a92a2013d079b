import type { ReleasedPair, ReleasedRound } from '../../../scoring';
import { releasePairBy, releaseRoundBy } from '../../../scoring/release';
import { itemPeople } from '../../../scoring/item-people';
import { itemsByArea } from '../../../scoring/respondent-scores';
import { scoredAnyway } from '../../../scoring/scorecard';
import { allRules, type ReleaseRule } from '../../../scoring/release-rules';
import { attackRound } from './attack';
import { Contradiction } from './ranges';
import { attackedUnit, type AttackedRound } from './rounds';
import type { Success } from './success';

/** A unit's released documents and what the attacker made of them. */
export interface AttackedRelease {
  readonly released: readonly [ReleasedRound, ReleasedRound];
  readonly pair: ReleasedPair;
  /** Of both rounds, each with the round (0 or 1) and, where it is about one, the area. */
  readonly successes: readonly (Success & { readonly round: number; readonly area: string | null })[];
}

/**
 * Releases the made-up unit of this number and attacks both rounds.
 *
 * @param left a rule that the release goes without
 */
export function attackUnit(number: number, k: number, left: ReleaseRule | null = null): AttackedRelease {
  const { rounds, map } = attackedUnit(number, k);
  const rules = new Set([...allRules].filter((rule) => rule !== left));
  const [first, second] = rounds.map(({ instrument, input }) => ({ opened: { instrument, hash: '' }, input }));
  if (first === undefined || second === undefined) throw new Error('A unit has two rounds.');
  const released = [releaseRoundBy(rules, first), releaseRoundBy(rules, second)] as const;
  const pair = releasePairBy(rules, first, second, map);
  const attack = (at: 0 | 1) =>
    attackRound({
      ...rounds[at],
      other: rounds[at === 0 ? 1 : 0],
      which: at === 0 ? 'baseline' : 'followUp',
      documents: at === 0 ? released : [released[1], released[0]],
      pair,
      counted: countedInItems(rounds[at], rules),
    }).map((success) => ({ ...success, round: at }));
  const successes = ([0, 1] as const).flatMap((at) =>
    left === null ? attack(at) : unlessContradictory(() => attack(at)),
  );
  return { released, pair, successes };
}

/** Whom the distributions of each area count, by id. */
function countedInItems(
  { instrument, input }: AttackedRound,
  rules: ReadonlySet<ReleaseRule>,
): (area: string) => ReadonlySet<string> {
  const { groups, protection } = scoredAnyway(instrument, input, rules);
  const items = itemsByArea(instrument, input.form);
  return (area) => {
    const { counted } = itemPeople(items.get(area) ?? [], groups, area, protection);
    return new Set([...counted.values()].flat().map(({ id }) => id));
  };
}

/** Without a rule documents may count people twice and contradict themselves: then he learns nothing. */
function unlessContradictory<Found>(attack: () => readonly Found[]): readonly Found[] {
  try {
    return attack();
  } catch (error) {
    if (error instanceof Contradiction) return [];
    throw error;
  }
}
