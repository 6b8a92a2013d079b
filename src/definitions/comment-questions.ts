import { rememberedFor } from '../shared/remember';
import { otherKey } from './answers';
import type { FormName, Instrument, Question, Text } from './instrument';

/** Where respondents write words of their own that a report may show, once staff have read them. */
export interface CommentQuestion {
  /** Of the question; `<code>.other` for the words of its "other" choice. */
  readonly code: string;
  /** What was asked; of an "other" choice the question and the choice. */
  readonly text: Text;
}

/**
 * In bank order: questions whose answers in own words stand in the report, and the "other" choices of questions that
 * the report counts. Words of a question that has no place in the report (`none`) have none either.
 */
export function commentQuestions(questions: readonly Question[]): readonly CommentQuestion[] {
  return questions.flatMap((question): CommentQuestion[] => {
    const { code, text, report } = question;
    if (report === 'comments') return [{ code, text }];
    const other = 'choices' in question ? question.choices.find((choice) => choice.other === true) : undefined;
    if (other === undefined || report === undefined || report === 'none') return [];
    return [{ code: otherKey(code), text: both(text, other.text) }];
  });
}

/** Those of them that a form asks. */
export function commentQuestionsOfForm(instrument: Instrument, form: FormName): readonly CommentQuestion[] {
  return questionsOfForms(instrument)[form];
}

/** Lists of many rounds ask for them again and again. */
const questionsOfForms = rememberedFor(({ questions, forms }: Instrument) => {
  const of = (form: FormName): readonly CommentQuestion[] => {
    const asked = new Set(
      forms[form]?.pages.flatMap(({ sections }) => sections.flatMap(({ questions: codes }) => codes)),
    );
    return commentQuestions(questions.filter(({ code }) => asked.has(code)));
  };
  return { full: of('full'), core: of('core') };
});

function both(question: Text, choice: Text): Text {
  const pl = `${question.pl} – ${choice.pl}`;
  return question.en === undefined || choice.en === undefined ? { pl } : { pl, en: `${question.en} – ${choice.en}` };
}
