import type { AreaItems, GroupFigure, QuestionCounts, ReleasedPair, ReleasedRound } from '../../../scoring';

/** Figures by kind, and how many of them are hidden or withheld. */
export type Kept = Map<string, { all: number; kept: number }>;

/** Counts what is kept back in a unit's documents. */
export function countKept(kept: Kept, released: readonly ReleasedRound[], pair: ReleasedPair): void {
  for (const { scorecard, items, questions } of released) {
    for (const { groups, missing } of Object.values(scorecard.areas)) {
      if (missing !== 'out-of-scope') Object.values(groups).forEach((figure) => countFigure(kept, figure));
    }
    for (const [area, one] of Object.entries(items)) countItems(kept, one, scorecard.areas[area]?.alpha ?? null);
    questions.forEach((question) => countQuestion(kept, question));
  }
  for (const { groups, notCompared } of Object.values(pair.change.areas)) {
    const hidden = Object.values(notCompared.groups).filter(
      ({ baseline, followUp }) => baseline === 'hidden' || followUp === 'hidden',
    );
    count(kept, 'group figures of areas that the comparison hides', hidden.length, true);
    count(kept, 'group figures of areas that the comparison hides', Object.keys(groups).length, false);
  }
}

/** Adds what was counted elsewhere. */
export function addKept(
  kept: Kept,
  more: Iterable<readonly [string, { readonly all: number; readonly kept: number }]>,
): void {
  for (const [what, { all, kept: back }] of more) {
    const before = kept.get(what) ?? { all: 0, kept: 0 };
    kept.set(what, { all: before.all + all, kept: before.kept + back });
  }
}

/** Counts figures of a kind, and how many of them are kept back. */
function count(kept: Kept, what: string, times: number, back: boolean): void {
  addKept(kept, [[what, { all: times, kept: back ? times : 0 }]]);
}

function countFigure(kept: Kept, figure: GroupFigure): void {
  if (!('hidden' in figure) && figure.mean === null) return;
  const hidden = 'hidden' in figure;
  count(kept, 'group figures of areas that are hidden', 1, hidden);
  count(kept, 'group figures of areas whose spread is withheld', 1, !hidden && figure.withheld === 'spread');
}

function countItems(kept: Kept, { holders, withheld }: AreaItems, alpha: number | null): void {
  count(kept, 'areas without distributions of answers, too few people', 1, withheld === 'too-few');
  count(kept, 'areas without distributions of answers, small classes', 1, withheld === 'classes');
  count(kept, 'areas with distributions whose alpha is withheld', holders.length > 0 ? 1 : 0, alpha === null);
}

function countQuestion(kept: Kept, { why }: QuestionCounts): void {
  count(kept, 'questions outside areas without counts', why === 'no-answers' ? 0 : 1, why === 'hidden');
}
