import type { AreaItems, GroupFigure, QuestionCounts } from '../../scoring';
import { allRules } from '../../scoring/release-rules';
import { attackUnit } from './attacker/attack-unit';
import type { Bench, Measurement } from './bench';

const k = 5;
/** Units beaten after which it is known well enough what a rule is for. */
const enough = 3;

/** The attacker of anonymity §3 against the released documents of made-up units, and what the rules cost. */
export const attackerBench: Bench = {
  name: 'attacker',
  about: 'attacks on what is released of made-up units, whole and without each rule (10,000; --runs)',
  // eslint-disable-next-line @typescript-eslint/require-await -- a bench yields as it goes; this one waits for nothing
  async *run({ runs }) {
    const units = runs ?? 10_000;
    let beaten = 0;
    const kept = new Map<string, { all: number; kept: number }>();
    for (let number = 0; number < units; number += 1) {
      const { released, pair, successes } = attackUnit(number, k);
      if (successes.length > 0) beaten += 1;
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
    yield row(`units of ${units} in which the attacker learns something`, 'units', beaten, { most: 0 });
    for (const [what, { all, kept: back }] of kept) yield row(what, '%', (100 * back) / all);
    for (const rule of allRules) {
      let tried = 0;
      let found = 0;
      for (; tried < units && found < enough; tried += 1) {
        if (attackUnit(tried, k, rule).successes.length > 0) found += 1;
      }
      yield row(`without ${rule}: units of ${tried} in which he does`, '%', (100 * found) / tried, { least: 0.001 });
    }
  },
};

type Kept = Map<string, { all: number; kept: number }>;

/** Counts figures of a kind, and how many of them are kept back. */
function count(kept: Kept, what: string, times: number, back: boolean): void {
  const before = kept.get(what) ?? { all: 0, kept: 0 };
  kept.set(what, { all: before.all + times, kept: before.kept + (back ? times : 0) });
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

function row(what: string, unit: string, ours: number, budget: Measurement['budget'] = null): Measurement {
  return { ...{ what, unit, ours, budget }, bound: null, spread: null };
}
