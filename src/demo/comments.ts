import type { Round } from '../assessment/round';
import type { AssessmentServices } from '../assessment/services';
import type { Answers } from '../definitions/answers';
import { partsOf } from '../definitions/instrument';
import { accepted } from './accepted';
import { demoComments, hinders, type DemoComment } from './comments-plan';

function commentsOf(unitCode: string, { name }: Pick<Round, 'name'>): readonly DemoComment[] {
  return demoComments[`${unitCode} ${name}`] ?? [];
}

/** The answers of made-up people with their words: each comment is written by the next person of its group. */
export function withComments<Person extends { readonly group: string; readonly answers: Answers }>(
  unitCode: string,
  round: Round,
  people: readonly Person[],
): readonly Person[] {
  const written = new Map<Person, Answers>();
  for (const { group, question, text } of commentsOf(unitCode, round)) {
    const writer = people.find((person) => partsOf(person.group).includes(group) && !written.has(person));
    if (writer === undefined) continue;
    const chosen = question === hinders ? { barriers: ['other'] } : {};
    written.set(writer, { ...writer.answers, ...chosen, [question]: text });
  }
  return people.map((person) => ({ ...person, answers: written.get(person) ?? person.answers }));
}

/** Staff read the comments of a closed round, hide what must not stand in a report, and publish the rest. */
export async function seedCommentReview(
  { comments: reviews }: Pick<AssessmentServices, 'comments'>,
  unitCode: string,
  round: Round,
): Promise<void> {
  const planned = new Map(commentsOf(unitCode, round).map((comment) => [comment.text, comment]));
  if (planned.size === 0) return;
  for (const { number, text, revision } of accepted(await reviews.review(round.id)).comments) {
    const hidden = planned.get(text)?.hidden;
    const decision = hidden?.words === null ? 'hide' : 'publish';
    const hiddenWords = decision === 'hide' ? '' : (hidden?.words ?? '');
    accepted(
      await reviews.decide(round.id, number, { decision, hiddenWords, reason: hidden?.reason ?? null }, revision),
    );
  }
  accepted(await reviews.publish(round.id));
}
