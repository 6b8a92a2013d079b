import { commentQuestions } from '../../definitions/comment-questions';
import { groupName, type Context } from '../context';
import { column, plain, type Sheet, type SheetValue } from './sheet';

/** What respondents wrote in own words, as published: in its random order; null where nothing is published. */
export function commentsSheet(context: Context): Sheet | null {
  const { w, input, latest } = context;
  const { comments } = latest;
  if (comments === null || comments.state !== 'published' || comments.list.length === 0) return null;
  const questions = new Map(commentQuestions(input.instrument.questions).map(({ code, text }) => [code, w.text(text)]));
  return {
    name: w.say('comments.title'),
    columns: [
      column(w.say('csv.code'), 10),
      column(w.say('column.item'), 50),
      column(w.say('column.group'), 34),
      column(w.say('comments.title'), 110),
    ],
    rows: comments.list.map(({ question, group, text }): SheetValue[] => [
      question,
      plain(questions.get(question) ?? question),
      plain(groupName(context, group)),
      text,
    ]),
  };
}
