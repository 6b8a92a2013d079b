/**
 * The rules of publishing (anonymity.md 3), each with the sentence that it stands for and each asked at one place. All
 * of them hold in everything that is published. One is left out only by the attacker of the test suite
 * (`commands/bench/attacker/`), who shows for every rule what it is for: without it he succeeds.
 *
 * What is hidden has no figures (`Cell`) and so enters nothing: that needs no switch. That an item which a rule asks of
 * some counts as unanswered by the others is what complete means (`complete-ratings.ts`).
 */
export const releaseRules = {
  'hide-under-k': 'A figure of a group in an area is shown where at least k people have a value.',
  'leave-out': 'A group of fewer than k respondents without a partner is left out of everything, its number too.',
  'merge-wholly':
    'If one group of an entry needs merging, all of it merges: nobody of it is shown in another group too.',
  'merge-in-both': 'In a comparison both rounds use the merged group if either does.',
  'merged-parts':
    'Where a round shows the parts apart, the merged mean is given only where each part is shown or has nobody.',
  'merged-spread': '… and its spread counts as its own only where each part has nobody or at least 2k.',
  'larger-k': 'Two rounds are compared by the larger k: what one of them hides the comparison hides as well.',
  'spread-from-2k': 'For k ≤ n < 2k a group shows mean and n only; its spread enters nothing that is published.',
  'one-holder': 'Answers item by item have one holder a question: both sides, else all together, else none.',
  'holder-from-2k': 'A holder qualifies with at least 2k people.',
  'items-from-2k': 'A group enters the items of an area only with at least 2k people who rated every one.',
  'complete-only': 'Item figures and alpha count only people with a rating on every item of the area.',
  'item-classes':
    'People whom area and item figures tell apart are nobody or at least k: others are left out by lot, else items go.',
  'alpha-rest':
    'Beside alpha those with a score and without a rating on every item are nobody or at least 2k: it gives their spread.',
  'core-classes': 'The same of a figure over some of the items: else the group is hidden from the comparison.',
  'core-alike':
    '… and where such a class has fewer than 2k people, they rated the same items: else two means near an end of the scale tell some of them.',
  'core-spread': '… and where such classes have fewer than 2k people, its spread is not its own.',
  'questions-from-k': 'Outside areas groups with fewer than k answers to the question do not enter.',
  filters:
    'A group enters a filter question, which a rule reads, only where no answer to it was given, or not, by 1 to k-1.',
  'asked-on':
    'A group enters what a rule asks of some, an item or a question, only where nobody or at least k were not asked it.',
} as const satisfies Readonly<Record<string, string>>;

export type ReleaseRule = keyof typeof releaseRules;

export const allRules: ReadonlySet<ReleaseRule> = new Set(Object.keys(releaseRules) as ReleaseRule[]);

/** How the people behind a round's figures, or behind two rounds', are protected. */
export interface Protection {
  /** Fewest people behind a figure, at least 1; with 1 nothing is hidden. */
  readonly k: number;
  readonly rules: ReadonlySet<ReleaseRule>;
}

/** Fewest people behind a spread, a distribution or a count of answers. With k = 1 it is 2. */
export function fewestForSpread(k: number): number {
  return 2 * k;
}
