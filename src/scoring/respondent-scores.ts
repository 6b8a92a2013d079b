import { isSpecial, type Answers } from '../definitions/answers';
import { followFlow } from '../definitions/flow';
import { itemsOf, type Instrument, type RatingQuestion } from '../definitions/instrument';
import type { ItemCounts } from './figures';
import type { RoundInput } from './round-input';
import { same } from './statistics';

/** One respondent's score of one area. */
export interface AreaScore {
  /** Points on the scale; null where too little of the area was answered. */
  readonly value: number | null;
  readonly items: ItemCounts;
}

export interface RespondentScores {
  readonly group: string;
  /** By area code; an area of which the respondent saw no item has all counts 0 and no value. */
  readonly areas: ReadonlyMap<string, AreaScore>;
}

type Item = RatingQuestion & { readonly area: string };

/** Every respondent's area scores. Only questions the respondent could see count (method §2, one pass). */
export function respondentScores(instrument: Instrument, input: RoundInput): readonly RespondentScores[] {
  const minShare = instrument.thresholds?.minAnsweredShare ?? 0.5;
  const itemsByArea = new Map<string, Item[]>();
  for (const item of itemsOf(instrument)) {
    const items = itemsByArea.get(item.area);
    if (items === undefined) itemsByArea.set(item.area, [item]);
    else items.push(item);
  }
  const { form, round, facts } = input;
  return input.respondents.map(({ group, answers }) => {
    const flow = followFlow(instrument, { form, group, round, facts }, answers);
    const areas = new Map<string, AreaScore>();
    for (const [area, items] of itemsByArea) {
      const visible = items.filter((item) => flow.visible.has(item.code));
      areas.set(area, areaScore(visible, flow.answers, minShare));
    }
    return { group, areas };
  });
}

/**
 * `s(r,a) = sum(w x) / sum(w)` over answered items, where the answered weight is at least `minShare` of the weight of
 * the visible items less the not-applicable ones (method §3). With weights 1, ratings 4 and 2, one "hard to say" and
 * one "not applicable": 2 of 3 applicable are answered, score 3.
 */
function areaScore(visible: readonly Item[], answers: Answers, minShare: number): AreaScore {
  const items = { answered: 0, unanswered: 0, hardToSay: 0, notApplicable: 0 };
  let points = 0;
  let answeredWeight = 0;
  let applicableWeight = 0;
  let low = Infinity;
  let high = -Infinity;
  for (const { code, weight = 1 } of visible) {
    const answer = Object.hasOwn(answers, code) ? answers[code] : undefined;
    if (isSpecial(answer) && answer.special === 'not-applicable') {
      items.notApplicable += 1;
      continue;
    }
    applicableWeight += weight;
    if (typeof answer === 'number') {
      items.answered += 1;
      points += weight * answer;
      answeredWeight += weight;
      low = Math.min(low, answer);
      high = Math.max(high, answer);
    } else if (answer === undefined) items.unanswered += 1;
    else items.hardToSay += 1;
  }
  const enough = answeredWeight > 0 && answeredWeight / applicableWeight + same >= minShare;
  return { value: enough ? Math.min(high, Math.max(low, points / answeredWeight)) : null, items };
}
