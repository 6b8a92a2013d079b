import { inLanguage, usualThresholds, type Group, type Instrument, type Text } from '../definitions/instrument';
import { groupsAfterMerging, planGroups, type AskingPlan, type ScoredGroup } from '../scoring';
import type { Round } from './round';

/** What decides whom a round asks. */
export type Asking = Pick<Round, 'status' | 'groupSizes' | 'notAsked' | 'mergedGroups' | 'thresholds'>;
type Groups = Pick<Instrument, 'groups' | 'mergePlan' | 'thresholds'>;

/** A group as people are asked for it: one of the instrument's, or several that are asked as one. */
export interface AskedGroup extends Group {
  /** Codes of the instrument's groups whose people are in it. */
  readonly parts: readonly string[];
  /** Known number of people: the sum over its parts; null where that of a part is unknown. */
  readonly size: number | null;
}

/** Whom the round asks by the sizes it has now, whom it cannot ask, and what merging is advised (anonymity.md 3). */
export function askingPlan(instrument: Groups, round: Asking): AskingPlan {
  const nobody = (round.notAsked ?? []).map((group) => [group, 0] as const);
  const sizes = { ...round.groupSizes, ...Object.fromEntries(nobody) };
  return planGroups(instrument, sizes, fewestIn(instrument, round), round.mergedGroups);
}

/** Fewest people behind a figure of a group: the round's own, or the one that it would freeze if it opened now. */
export function fewestIn({ thresholds }: Pick<Instrument, 'thresholds'>, round: Pick<Round, 'thresholds'>): number {
  return (round.thresholds ?? thresholds ?? usualThresholds).k;
}

/**
 * Codes of the merged groups that the round asks as one. Opening freezes them: sizes may be corrected later, but nobody
 * is asked in another way then.
 */
export function mergesAsked(instrument: Groups, round: Asking): readonly string[] {
  if (round.status !== 'draft') return round.mergedGroups ?? [];
  return askingPlan(instrument, round).asked.flatMap(({ code, merged }) => (merged === null ? [] : [code]));
}

/** The groups that a round asks, in the instrument's order. In a draft also those that opening would refuse. */
export function groupsAsked(instrument: Groups, round: Asking): readonly AskedGroup[] {
  const away = new Set(round.notAsked);
  return groupsAfterMerging(instrument, mergesAsked(instrument, round))
    .map((group) => ({ ...group, parts: group.parts.filter((part) => !away.has(part)) }))
    .filter(({ parts }) => parts.length > 0)
    .map((group) => ({
      ...asGroup(instrument, group),
      parts: group.parts,
      size: sumOf(round.groupSizes, group.parts),
    }));
}

/** With the hint of the group, or those of its parts one after the other: each says who belongs to it. */
function asGroup({ groups = [] }: Groups, { code, name, parts, side }: ScoredGroup): Group {
  const hints = groups.flatMap((group) => (parts.includes(group.code) && group.hint ? [group.hint] : []));
  return { code, name, side, ...(hints.length === 0 ? {} : { hint: joined(hints) }) };
}

function joined(texts: readonly Text[]): Text {
  const inOne = (language: 'pl' | 'en') => texts.map((text) => inLanguage(text, language)).join(' ');
  return { pl: inOne('pl'), en: inOne('en') };
}

function sumOf(sizes: Readonly<Record<string, number>>, parts: readonly string[]): number | null {
  let total = 0;
  for (const part of parts) {
    const size = sizes[part];
    if (size === undefined) return null;
    total += size;
  }
  return total;
}
