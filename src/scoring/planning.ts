import { countByGroup, mergedCode, sizeOf, groupsAfterMerging } from './merging';
import type { Instrument } from '../definitions/instrument';

/** Which groups a round would ask, before it is opened (anonymity.md 3). */
export interface AskingPlan {
  /** Groups that are asked, after merging, in the instrument's order: a code, or codes joined by "+". */
  readonly asked: readonly PlannedGroup[];
  /** Groups that cannot be asked: known to have fewer than k people, and without a partner that makes them k. */
  readonly refused: readonly { readonly group: string; readonly size: number }[];
  /** Merges that staff should think of: a group known to have k to 2k - 1 people shows no spread of its own. */
  readonly recommended: readonly { readonly merged: string; readonly because: readonly string[] }[];
}

export interface PlannedGroup {
  readonly code: string;
  readonly parts: readonly string[];
  /** Known number of people; null where unknown. */
  readonly size: number | null;
  /** `must`: a part has fewer than k people, so its people are offered the merged group only. */
  readonly merged: 'must' | 'chosen' | null;
}

/**
 * Decides from the known sizes whom a round asks. Never fails: what is refused is named.
 *
 * @param groupSizes known number of people by group code; 0 = the group is not there and is not asked; absent = unknown
 * @param chosen codes of merged groups that staff want although nothing forces them
 */
export function planGroups(
  instrument: Pick<Instrument, 'groups' | 'mergePlan'>,
  groupSizes: Readonly<Record<string, number>>,
  k: number,
  chosen: readonly string[] = [],
): AskingPlan {
  const sizeOfOne = (group: string) => (Object.hasOwn(groupSizes, group) ? (groupSizes[group] ?? null) : null);
  const between = (group: string, low: number, high: number) => {
    const size = sizeOfOne(group);
    return size !== null && size >= low && size < high;
  };
  const entries = (instrument.mergePlan ?? []).map(({ groups }) => ({ code: mergedCode(groups), groups }));
  // Merging is no help where all partners are known to be absent or the sum stays below k: then it is refused.
  const forced = entries.filter(({ groups }) => groups.some((group) => between(group, 1, k))).map(({ code }) => code);
  const merged = [...new Set([...forced, ...entries.map(({ code }) => code).filter((code) => chosen.includes(code))])];
  const refused: { group: string; size: number }[] = [];
  const asked = groupsAfterMerging(instrument, merged).flatMap(({ code, parts }): PlannedGroup[] => {
    const present = parts.filter((part) => sizeOfOne(part) !== 0);
    if (present.length === 0) return [];
    const size = sizeOf({ code, parts: present, name: { pl: code }, side: null }, groupSizes, countByGroup([]));
    if (size !== null && size < k) {
      refused.push(...present.map((group) => ({ group, size: sizeOfOne(group) ?? size })));
      return [];
    }
    return [{ code, parts, size, merged: parts.length === 1 ? null : forced.includes(code) ? 'must' : 'chosen' }];
  });
  const recommended = entries
    .filter(({ code }) => !merged.includes(code))
    .map(({ code, groups }) => ({ merged: code, because: groups.filter((group) => between(group, k, 2 * k)) }))
    .filter(({ because }) => because.length > 0);
  return { asked, refused, recommended };
}
