import type { CountedAnswers } from './respondent-scores';

/**
 * Ratings of the people who rated every one of the items, one row a person, in the order of the items. Others are left
 * out, so that every figure of an area's items counts the same people (anonymity.md 3); an item that a rule does not
 * ask of somebody counts as unanswered. Each row is made when it is asked for: together they would take more memory than
 * the answers.
 */
export function* completeRatings(
  people: readonly Pick<CountedAnswers, 'answers'>[],
  items: readonly { readonly code: string }[],
): Generator<readonly number[]> {
  for (const person of people) {
    const row: number[] = [];
    for (const { code } of items) {
      const rated = rating(person, code);
      if (Number.isNaN(rated)) break;
      row.push(rated);
    }
    if (row.length === items.length) yield row;
  }
}

/** Did this person rate every one of the items, of which there is at least one? */
export function isComplete(
  person: Pick<CountedAnswers, 'answers'>,
  items: readonly { readonly code: string }[],
): boolean {
  return items.length > 0 && items.every(({ code }) => !Number.isNaN(rating(person, code)));
}

function rating({ answers }: Pick<CountedAnswers, 'answers'>, code: string): number {
  // Nothing that an object inherits is a number.
  const answer = answers[code];
  return typeof answer === 'number' ? answer : NaN;
}
