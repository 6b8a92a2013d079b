import type { Question } from '../../definitions/instrument';
import { fieldNames } from '../forms/field-names';
import { rawList, rawText } from '../forms/raw';
import { questionField, type FieldContext, type QuestionField } from './question-field';

const choosing: ReadonlySet<Question['type']> = new Set(['rating', 'yes-no', 'single-choice', 'multiple-choice']);
/** Ways of answering one question that are kept; a multiple choice has many. */
const mostWays = 500;

const kept = new WeakMap<Question, Map<string, QuestionField>>();

/**
 * `questionField`, made once for each way of answering a question by choosing: respondents meet the same few over and
 * over, and the same object is the same HTML (`keep` in views.ts). What somebody typed, and what is wrong with it, is
 * made for that one page and kept nowhere.
 */
export function keptField(question: Question, context: FieldContext): QuestionField {
  const way = wayOf(question, context);
  if (way === null) return questionField(question, context);
  const ways = kept.get(question) ?? new Map<string, QuestionField>();
  const known = ways.get(way);
  if (known !== undefined) return known;
  const field = questionField(question, context);
  if (ways.size >= mostWays) ways.clear();
  kept.set(question, ways.set(way, field));
  return field;
}

/** Everything that a field depends on beside its question, as one text; null where that is nobody else's. */
function wayOf(question: Question, context: FieldContext): string | null {
  const { code } = question;
  const { language, group, form, prefix = '', visible, required, errors = {} } = context;
  const name = prefix + code;
  if (!choosing.has(question.type) || errors[code] !== undefined || rawText(form, fieldNames.other(name)) !== '') {
    return null;
  }
  const chosen = [...rawList(form, name), rawText(form, fieldNames.special(name))];
  return JSON.stringify([
    language,
    group,
    prefix,
    visible?.has(code),
    required?.has(code),
    rawText(form, name),
    chosen,
  ]);
}
