import { mergedCode, type Instrument, type Side, type Text } from '../definitions/instrument';
import { allRules, type Protection } from './release-rules';

export { mergedCode };

/** A group as figures know it: one of the instrument's, or several joined by its merge plan. */
export interface ScoredGroup {
  /** The group's own code, or the codes of its parts joined by "+": `authorities+officials`. */
  readonly code: string;
  readonly name: Text;
  /** Codes of the instrument's groups whose people are in it: one, or those of an entry of the merge plan. */
  readonly parts: readonly string[];
  readonly side: Side | null;
}

type Plan = Pick<Instrument, 'groups' | 'mergePlan'>;

/**
 * Entries of the merge plan that a closed round needs (anonymity.md 3): one of the entry's groups has respondents, but
 * fewer than k. Then all of the entry is joined, everywhere in the round.
 *
 * @param respondents people who answered, by group code; an absent group has none
 * @returns codes of the merged groups, in the plan's order
 */
export function mergesNeeded(
  instrument: Plan,
  respondents: Readonly<Record<string, number>>,
  k: number,
): readonly string[] {
  const tooSmall = (group: string) => {
    const n = Object.hasOwn(respondents, group) ? (respondents[group] ?? 0) : 0;
    return n > 0 && n < k;
  };
  return (instrument.mergePlan ?? []).flatMap(({ groups }) => (groups.some(tooSmall) ? [mergedCode(groups)] : []));
}

/** The instrument's groups with the named merges made, each merged group in the place of its first part. */
export function groupsAfterMerging(
  instrument: Plan,
  merged: readonly string[],
  rules: Protection['rules'] = allRules,
): readonly ScoredGroup[] {
  const groups = instrument.groups ?? [];
  const entryOf = (group: string) =>
    (instrument.mergePlan ?? []).find(
      (entry) => entry.groups.includes(group) && merged.includes(mergedCode(entry.groups)),
    );
  const done = new Set<string>();
  return groups.flatMap(({ code, name, side }): readonly ScoredGroup[] => {
    const entry = entryOf(code);
    const alone = entry === undefined || !rules.has('merge-wholly') ? [{ code, name, parts: [code], side }] : [];
    if (entry === undefined || done.has(code)) return alone;
    for (const part of entry.groups) done.add(part);
    return [{ code: mergedCode(entry.groups), name: entry.name, parts: entry.groups, side }, ...alone];
  });
}

/** Whether somebody is in a group: by a part of it, or because the round asked it as one. */
export function isOfGroup(
  { code, parts }: Pick<ScoredGroup, 'code' | 'parts'>,
  person: { readonly group: string },
): boolean {
  return person.group === code || parts.includes(person.group);
}

/**
 * Known number of people of a group: the sum over its parts. null (unknown) where the size of a part is unknown, or
 * where more people answered in a part, or in the group asked as one, than it is said to have: then one of the two
 * numbers is wrong.
 */
export function sizeOf(
  group: ScoredGroup,
  groupSizes: Readonly<Record<string, number>>,
  respondents: Readonly<Record<string, number>>,
): number | null {
  let total = 0;
  for (const part of group.parts) {
    const size = Object.hasOwn(groupSizes, part) ? groupSizes[part] : undefined;
    if (size === undefined || (respondents[part] ?? 0) > size) return null;
    total += size;
  }
  return (respondents[group.code] ?? 0) > total ? null : total;
}

/** How many people answered, by the code of the group that they were asked as; a group that nobody is in is absent. */
export function countByGroup(people: readonly { readonly group: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { group } of people) counts[group] = (counts[group] ?? 0) + 1;
  return counts;
}
