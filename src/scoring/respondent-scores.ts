import { isSpecial, type Answers } from '../definitions/answers';
import { followFlow } from '../definitions/flow';
import { itemsOf, type Instrument, type RatingQuestion } from '../definitions/instrument';
import type { ItemCounts } from './figures';
import { thresholdsOf, type RoundInput } from './round-input';
import { same } from './statistics';

/** One respondent's score of one area. */
export interface AreaScore {
  /** Points on the scale; null where too little of the area was answered. */
  readonly value: number | null;
  readonly items: ItemCounts;
}

/** What counts of one respondent's answers. */
export interface CountedAnswers {
  /** Unique in the round; random, and in no result. */
  readonly id: string;
  /** Code of a group of the instrument. */
  readonly group: string;
  /** Codes of the questions that were asked. */
  readonly visible: ReadonlySet<string>;
  /** Answers to those questions only. */
  readonly answers: Answers;
}

export interface RespondentScores extends CountedAnswers {
  /** By area code; an area of which the respondent saw no item has all counts 0 and no value. */
  readonly areas: ReadonlyMap<string, AreaScore>;
}

export type Item = RatingQuestion & { readonly area: string };

/** Items that a form asks, by area in the order of the bank; of those, only `kept` where it is given. */
export function itemsByArea(
  instrument: Instrument,
  form: RoundInput['form'],
  kept?: ReadonlySet<string>,
): ReadonlyMap<string, readonly Item[]> {
  const asked = new Set(
    (instrument.forms[form]?.pages ?? []).flatMap(({ sections }) => sections.flatMap(({ questions }) => questions)),
  );
  const byArea = new Map<string, Item[]>();
  for (const item of itemsOf(instrument)) {
    if (!asked.has(item.code) || (kept !== undefined && !kept.has(item.code))) continue;
    const items = byArea.get(item.area);
    if (items === undefined) byArea.set(item.area, [item]);
    else items.push(item);
  }
  return byArea;
}

/** Every respondent's area scores. Only questions the respondent could see count (method.md 2, one pass). */
export function respondentScores(instrument: Instrument, input: RoundInput): readonly RespondentScores[] {
  const { form, round, facts } = input;
  const followed = input.respondents.map(({ id, group, answers: given }): CountedAnswers => {
    const { visible, answers } = followFlow(instrument, { form, group, round, facts }, given);
    return { id, group, visible, answers };
  });
  return scoresOver(followed, itemsByArea(instrument, form), thresholdsOf(instrument, input).minAnsweredShare);
}

/** Area scores over other items than the whole form's, e.g. only those that two versions have in common. */
export function scoresOver(
  people: readonly CountedAnswers[],
  items: ReadonlyMap<string, readonly Item[]>,
  minShare: number,
): readonly RespondentScores[] {
  return people.map(({ id, group, visible, answers }) => {
    const areas = new Map<string, AreaScore>();
    for (const [area, ofArea] of items) areas.set(area, areaScore(ofArea, visible, answers, minShare));
    return { id, group, visible, answers, areas };
  });
}

/**
 * `s(r,a) = sum(w x) / sum(w)` over answered items, where the answered weight is at least `minShare` of the weight of
 * the visible items less the not-applicable ones (method.md 3). With weights 1, ratings 4 and 2, one "hard to say" and
 * one "not applicable": 2 of 3 applicable are answered, score 3.
 */
function areaScore(
  ofArea: readonly Item[],
  visible: ReadonlySet<string>,
  answers: Answers,
  minShare: number,
): AreaScore {
  const items = { answered: 0, unanswered: 0, hardToSay: 0, notApplicable: 0 };
  let points = 0;
  let answeredWeight = 0;
  let applicableWeight = 0;
  let low = Infinity;
  let high = -Infinity;
  for (const { code, weight = 1 } of ofArea) {
    if (!visible.has(code)) continue;
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
