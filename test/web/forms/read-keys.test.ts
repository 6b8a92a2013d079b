import type { Question } from '../../../src/definitions/instrument';
import { readKeys } from '../../../src/web/forms/read-keys';
import { allKinds } from '../../support/all-kinds';
import { choice, text } from '../../support/instruments';

const instrument = allKinds();
const many: Question = {
  ...{ type: 'multiple-choice', code: 'many', text: text('Które?') },
  choices: Array.from({ length: 12 }, (_, at) => choice(`c${at + 1}`)),
};
const questions = new Map([...instrument.questions, many].map((question) => [question.code, question]));

function typed(code: string, line: string, words?: string) {
  return readKeys(instrument, questions.get(code)!, {
    [code]: [line],
    ...(words === undefined ? {} : { [`${code}.other`]: [words] }),
  });
}

test.each([
  ['rating', '4', { rating: 4 }],
  ['rating', '8', { rating: { special: 'hard-to-say' } }],
  ['rating', '9', { rating: { special: 'not-applicable' } }],
  ['rating', '0', { rating: null }],
  ['rating', '-', { rating: null }],
  ['yes-no', '2', { 'yes-no': false }],
  ['single', '2', { single: 'b', 'single.other': null }],
  ['multiple', '12', { multiple: ['a', 'b'], 'multiple.other': null }],
  ['multiple', '2.1', { multiple: ['a', 'b'], 'multiple.other': null }],
  ['multiple', '8', { multiple: { special: 'hard-to-say' }, 'multiple.other': null }],
  ['many', '1.10.12', { many: ['c1', 'c10', 'c12'] }],
  ['many', '12', { many: ['c12'] }],
  ['ranking', '21', { ranking: ['b', 'a'], 'ranking.other': null }],
  ['number', '0', { number: 0 }],
  ['number', '-', { number: null }],
  ['number', '*', { number: { special: 'hard-to-say' } }],
  ['percent', '12,5', { percent: 12.5 }],
])('%s: „%s” is %j', (code, line, answers) => {
  expect(typed(code, line)).toEqual({ answers });
});

test.each([
  ['rating', '', 'line-empty'],
  ['rating', '6', 'key-unknown'],
  ['rating', '45', 'key-unknown'],
  ['multiple', '123', 'too-many-choices'],
  ['multiple', '14', 'exclusive-with-others'],
  ['multiple', '15', 'key-unknown'],
  ['ranking', '11', 'repeated-place'],
  ['number', 'x', 'not-a-number'],
])('%s: „%s” is refused as %s', (code, line, fault) => {
  expect(typed(code, line)).toMatchObject({ fault: { code: fault } });
});

test('the words of an "other" choice stand beside it, and must not contradict it', () => {
  expect(typed('single', '3', 'coś innego')).toEqual({ answers: { single: 'c', 'single.other': 'coś innego' } });
  expect(typed('single', '3', '-')).toEqual({ answers: { single: 'c', 'single.other': null } });
  expect(typed('single', '1', 'coś innego')).toMatchObject({
    fault: { code: 'other-not-chosen' },
    field: 'single.other',
  });
});

test('a date is typed as eight digits or with signs between', () => {
  const date = instrument.questions.find(({ type }) => type === 'date')!;
  for (const line of ['31122025', '31.12.2025', '31 12 2025']) {
    expect(typed(date.code, line)).toEqual({ answers: { [date.code]: '2025-12-31' } });
  }
  expect(typed(date.code, '31022025')).toMatchObject({ fault: { code: 'not-a-date' } });
  expect(typed(date.code, '311225')).toMatchObject({ fault: { code: 'key-unknown' } });
});
