import { isSpecial, type Answer, type Answers } from '../definitions/answers';
import { countingIn } from '../definitions/flow';
import { itemsOf, type Instrument, type RatingQuestion } from '../definitions/instrument';
import { rememberedFor } from '../shared/remember';
import type { ItemCounts } from './figures';
import { thresholdsOf, type RoundInput } from './round-input';
import { same } from './statistics';

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
  /** Scores of all respondents in one table. Read it by `scoreIn`. */
  readonly table: ScoreTable;
  readonly row: number;
}

/** Points on the scale, a row a respondent. */
interface ScoreTable {
  /** Place of each area in a row. */
  readonly areas: ReadonlyMap<string, number>;
  /** Row after row; NaN where too little of the area was answered. */
  readonly scores: Float64Array;
}

/** A respondent's score of an area, in points on the scale; null where too little of it was answered. */
export function scoreIn({ table: { areas, scores }, row }: RespondentScores, area: string): number | null {
  const at = areas.get(area);
  const score = at === undefined ? NaN : (scores[row * areas.size + at] ?? NaN);
  return Number.isNaN(score) ? null : score;
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
  const counted = countingIn(instrument, { form, round, facts });
  const followed = input.respondents.map(({ id, group, answers: given }): CountedAnswers => ({
    id,
    group,
    ...counted(group, given),
  }));
  return scoresOver(followed, itemsByArea(instrument, form), thresholdsOf(instrument, input).minAnsweredShare);
}

/** Area scores over other items than the whole form's, e.g. only those that two versions have in common. */
export function scoresOver(
  people: readonly CountedAnswers[],
  items: ReadonlyMap<string, readonly Item[]>,
  minShare: number,
): readonly RespondentScores[] {
  const areas = new Map([...items.keys()].map((area, at) => [area, at]));
  // People who are asked the same share one set.
  const asked = rememberedFor((visible: CountedAnswers['visible']) =>
    [...items.values()].map((ofArea) => ofArea.filter(({ code }) => visible.has(code))),
  );
  const table = { areas, scores: new Float64Array(people.length * areas.size) };
  return people.map(({ id, group, visible, answers }, row) => {
    asked(visible).forEach((ofArea, at) => {
      table.scores[row * areas.size + at] = areaScore(ofArea, answers, minShare) ?? NaN;
    });
    return { id, group, visible, answers, table, row };
  });
}

/** How people answered the items of an area that they were asked. */
export function itemCounts(
  people: readonly Pick<CountedAnswers, 'visible' | 'answers'>[],
  ofArea: readonly Item[],
): ItemCounts {
  const items = { answered: 0, unanswered: 0, hardToSay: 0, notApplicable: 0 };
  for (const { visible, answers } of people) {
    for (const { code } of ofArea) {
      if (!visible.has(code)) continue;
      const answer = answerIn(answers, code);
      if (typeof answer === 'number') items.answered += 1;
      else if (answer === undefined) items.unanswered += 1;
      else if (isNotApplicable(answer)) items.notApplicable += 1;
      else items.hardToSay += 1;
    }
  }
  return items;
}

/**
 * `s(r,a) = sum(w x) / sum(w)` over answered items, where the answered weight is at least `minShare` of the weight of
 * the visible items less the not-applicable ones (method.md 3). With weights 1, ratings 4 and 2, one "hard to say" and
 * one "not applicable": 2 of 3 applicable are answered, score 3.
 */
function areaScore(visible: readonly Item[], answers: Answers, minShare: number): number | null {
  let points = 0;
  let answeredWeight = 0;
  let applicableWeight = 0;
  let low = Infinity;
  let high = -Infinity;
  for (const { code, weight = 1 } of visible) {
    const answer = answerIn(answers, code);
    if (isNotApplicable(answer)) continue;
    applicableWeight += weight;
    if (typeof answer !== 'number') continue;
    points += weight * answer;
    answeredWeight += weight;
    low = Math.min(low, answer);
    high = Math.max(high, answer);
  }
  const enough = answeredWeight > 0 && answeredWeight / applicableWeight + same >= minShare;
  return enough ? Math.min(high, Math.max(low, points / answeredWeight)) : null;
}

/** Only an own key counts; what every object inherits is no number. */
function answerIn(answers: Answers, code: string): Answer | undefined {
  const answer = answers[code];
  return typeof answer === 'number' || Object.hasOwn(answers, code) ? answer : undefined;
}

function isNotApplicable(answer: Answer | undefined): boolean {
  return isSpecial(answer) && answer.special === 'not-applicable';
}
