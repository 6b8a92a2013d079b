import type { HidingReason, PublishedComments } from '../../assessment/published-comments';
import { commentQuestions } from '../../definitions/comment-questions';
import { groupName, groupNames, type Context } from '../context';
import { part, type Part, type Section } from '../section';

/**
 * What respondents wrote in own words, question by question and group by group, as staff published it; or why there is
 * nothing yet. null where nobody was asked, and in a comparison, which publishes no comments.
 */
export function commentsSection(context: Context): Section | null {
  const { w, latest } = context;
  const { comments } = latest;
  if (comments === null) return null;
  return {
    id: 'comments',
    title: w.say('comments.title'),
    lead: [...stateWords(context, comments), ...keptBackWords(context, comments)],
    parts: commentQuestions(context.input.instrument.questions).flatMap(({ code, text }) =>
      questionPart(context, comments, code, w.text(text)),
    ),
  };
}

/** Whether the questionnaire asks for words that a round's own report may show. */
export function asksForComments({ input }: Context): boolean {
  return commentQuestions(input.instrument.questions).length > 0;
}

function stateWords({ w }: Context, { state, list, hidden }: PublishedComments): readonly string[] {
  if (state !== 'published') return [w.say(`comments.${state}`)];
  return [
    list.length > 0 ? w.say('comments.order') : w.say('comments.allHidden'),
    ...hidden.map(({ reason, count }) => w.say(`comments.hidden.${reason satisfies HidingReason}`, { count })),
  ];
}

function keptBackWords(context: Context, { keptBack, fewest }: PublishedComments): readonly string[] {
  if (keptBack.length === 0) return [];
  const groups = groupNames(context, keptBack);
  return [context.w.say('comments.keptBack', { count: keptBack.length, groups, fewest: context.w.count(fewest) })];
}

function questionPart(context: Context, { list }: PublishedComments, question: string, title: string): readonly Part[] {
  const answers = list.filter((one) => one.question === question);
  if (answers.length === 0) return [];
  const groups = context.input.instrument.groups.map(({ code }) => code);
  return [
    part({
      title,
      quotes: groups.flatMap((code) => {
        const texts = answers.filter(({ group }) => group === code).map(({ text }) => text);
        return texts.length === 0 ? [] : [{ group: groupName(context, code), texts }];
      }),
    }),
  ];
}
