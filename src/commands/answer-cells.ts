import {
  checkAnswer,
  decimalsOf,
  inChoiceOrder,
  longestText,
  rangeOf,
  type AnswerFault,
} from '../definitions/answer-check';
import type { Answer } from '../definitions/answers';
import { readNumber } from '../shared/typed-number';
import { specialAnswersOf, type Instrument, type Question, type SpecialAnswer } from '../definitions/instrument';
import { shortened } from '../shared/csv-records';

/** How the two special answers are written in a cell. */
const specials: Readonly<Record<string, SpecialAnswer>> = { hs: 'hard-to-say', na: 'not-applicable' };

/** A cell as an answer, or what is wrong with it in words. */
export type CellReading =
  { readonly answer: Answer } | { readonly code: AnswerFault | 'ambiguous-number'; readonly message: string };

/**
 * Reads one filled cell: numbers as `readNumber` does, lists joined by `|`, dates `YYYY-MM-DD`, `true`/`false` in the
 * spellings of spreadsheets, `hs` and `na` where the question offers them; texts as they are.
 */
export function readCell(instrument: Instrument, question: Question, cell: string): CellReading {
  const twice = meantTwice(question, cell);
  if (twice !== null) return { code: 'ambiguous-number', message: twice };
  const answer = valueOf(question, cell);
  const fault = checkAnswer(instrument, question, answer);
  if (fault === null) return { answer: answer as Answer };
  const message = `${shortened(cell)} is no answer to ${question.code}: ${advice(instrument, question, fault)}`;
  return { code: fault, message };
}

/** Spreadsheets rewrite true as TRUE, True or, in Polish, PRAWDA. */
const truthWords: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['prawda', true],
  ['false', false],
  ['fałsz', false],
]);

/** What to write instead of a number that may be meant in two ways; null where it may not. */
function meantTwice(question: Question, cell: string): string | null {
  const isNumber = ['rating', 'number', 'percent', 'money'].includes(question.type);
  const reading = isNumber ? readNumber(cell) : null;
  if (reading === null || !('ambiguous' in reading)) return null;
  const [withThousands, withDecimals] = reading.ambiguous;
  return (
    `${shortened(cell)} for ${question.code} may be meant as ${withThousands} or as ${withDecimals}: ` +
    `write ${withThousands}, or ${withDecimals.toFixed(4)}.`
  );
}

/** The value a cell stands for; what cannot be one stays text, which `checkAnswer` then refuses. */
function valueOf(question: Question, cell: string): unknown {
  if (question.type === 'short-text' || question.type === 'long-text') return cell;
  const word = cell.trim();
  const choices = 'choices' in question ? question.choices : [];
  const special = Object.hasOwn(specials, word) ? specials[word] : undefined;
  if (special !== undefined && !choices.some(({ code }) => code === word)) return { special };
  switch (question.type) {
    case 'rating':
    case 'number':
    case 'percent':
    case 'money': {
      const reading = readNumber(word);
      return 'number' in reading ? reading.number : word;
    }
    case 'multiple-choice':
    case 'ranking': {
      const codes = word.split('|').map((code) => code.trim());
      return question.type === 'ranking' ? codes : inChoiceOrder(question, codes);
    }
    case 'yes-no':
      return truthWords.get(word.toLowerCase()) ?? word;
    case 'single-choice':
    case 'date':
      return word;
  }
}

/** What may be written instead. */
function advice(instrument: Instrument, question: Question, fault: AnswerFault): string {
  const codes = 'choices' in question ? question.choices.map(({ code }) => code).join(', ') : '';
  switch (fault) {
    case 'wrong-type':
    case 'not-on-scale':
    case 'not-a-date':
      return `write ${expected(instrument, question)}.`;
    case 'special-not-offered': {
      const offered = specialAnswersOf(question);
      const words = Object.keys(specials).filter((word) => offered.some((one) => one === specials[word]));
      return words.length === 0
        ? `this question offers neither hs nor na; write ${expected(instrument, question)}, or leave the cell empty.`
        : `this question offers only ${words.join(', ')} beside ${expected(instrument, question)}.`;
    }
    case 'unknown-choice':
      return `the choices are ${codes}.`;
    case 'repeated-choice':
      return 'each choice may be there once.';
    case 'exclusive-with-others':
      return `${exclusiveIn(question)} can only be chosen alone.`;
    case 'too-few-choices':
    case 'too-many-choices':
      return `write ${expected(instrument, question)}.`;
    case 'below-min':
    case 'above-max':
      return `the answer must be ${within(question)}.`;
    case 'too-many-decimals':
      return `write ${expected(instrument, question)}.`;
    case 'too-long':
      return question.type === 'short-text' || question.type === 'long-text'
        ? `at most ${longestText(question)} characters are kept.`
        : 'it is too long.';
  }
}

function exclusiveIn(question: Question): string {
  const choices = 'choices' in question ? question.choices.filter(({ exclusive }) => exclusive === true) : [];
  return choices.map(({ code }) => code).join(' or ');
}

function expected(instrument: Instrument, question: Question): string {
  switch (question.type) {
    case 'rating': {
      const specialWords = Object.keys(specials).filter((word) =>
        specialAnswersOf(question).some((one) => one === specials[word]),
      );
      const { min = 0, max = 0 } = instrument.scale ?? {};
      return [`a whole number from ${min} to ${max}`, ...specialWords].join(', or ');
    }
    case 'number':
    case 'percent':
    case 'money': {
      const decimals = decimalsOf(question);
      return decimals === 0 ? 'a whole number in digits' : `a number in digits with at most ${decimals} decimal places`;
    }
    case 'single-choice':
      return `one of ${question.choices.map(({ code }) => code).join(', ')}`;
    case 'multiple-choice': {
      const { minChoices = 0, maxChoices = question.choices.length } = question;
      return `${minChoices} to ${maxChoices} codes joined by |, of ${question.choices.map(({ code }) => code).join(', ')}`;
    }
    case 'ranking': {
      const places = question.places ?? question.choices.length;
      return `at most ${places} codes joined by |, first place first, of ${question.choices.map(({ code }) => code).join(', ')}`;
    }
    case 'date':
      return 'a real date as YYYY-MM-DD';
    case 'yes-no':
      return 'true or false';
    case 'short-text':
    case 'long-text':
      return 'text';
  }
}

function within(question: Question): string {
  const { min, max } =
    question.type === 'number' || question.type === 'percent' || question.type === 'money'
      ? rangeOf(question)
      : question.type === 'date'
        ? { min: question.min ?? null, max: question.max ?? null }
        : { min: null, max: null };
  return [...(min === null ? [] : [`at least ${min}`]), ...(max === null ? [] : [`at most ${max}`])].join(' and ');
}
