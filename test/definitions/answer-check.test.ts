import { checkAnswer, inChoiceOrder } from '../../src/definitions/answer-check';
import type { FactField, Question } from '../../src/definitions/instrument';
import { choice, item, smallInstrument, text } from '../support/instruments';

const instrument = smallInstrument();
const base = { code: 'q', text: text('Pytanie') };
const rating = item('q', 'P1.1');
const single: Question = { ...base, type: 'single-choice', choices: [choice('a'), choice('b')] };
const multiple: Question = {
  ...base,
  type: 'multiple-choice',
  choices: [choice('a'), choice('b'), choice('c'), choice('none', { exclusive: true })],
  minChoices: 2,
  maxChoices: 2,
};
const ranking: Question = { ...base, type: 'ranking', choices: [choice('a'), choice('b'), choice('c')], places: 2 };
const number: Question = { ...base, type: 'number', min: 0, max: 10 };
const percent: Question = { ...base, type: 'percent' };
const money: FactField = { ...base, type: 'money' };
const date: Question = { ...base, type: 'date', min: '2015-01-01', max: '2015-12-31' };
const yesNo: Question = { ...base, type: 'yes-no' };
const short: Question = { ...base, type: 'short-text', maxLength: 3 };
const hardToSay = { special: 'hard-to-say' };

describe('checkAnswer', () => {
  it.each([
    [rating, 1],
    [rating, 5],
    [rating, hardToSay],
    [rating, { special: 'not-applicable' }],
    [single, 'a'],
    [multiple, ['a', 'b']],
    [multiple, ['none']],
    [ranking, ['c', 'a']],
    [ranking, ['c']],
    [number, 0],
    [number, 10],
    [percent, 12.5],
    [money, 1234.56],
    [date, '2015-02-28'],
    [yesNo, false],
    [short, 'ąęż'],
    [short, '👍👍👍'],
    [{ ...short, special: ['hard-to-say'] }, hardToSay],
  ])('accepts what fits %#', (question, answer) => expect(checkAnswer(instrument, question, answer)).toBeNull());

  it.each([
    ['not-on-scale', rating, 0],
    ['not-on-scale', rating, 6],
    ['not-on-scale', rating, 2.5],
    ['not-on-scale', rating, NaN],
    ['wrong-type', rating, '3'],
    ['wrong-type', rating, null],
    ['wrong-type', rating, undefined],
    ['special-not-offered', { ...rating, special: ['hard-to-say'] }, { special: 'not-applicable' }],
    ['special-not-offered', number, hardToSay],
    ['special-not-offered', rating, { special: 'no-idea' }],
    ['wrong-type', rating, {}],
    ['wrong-type', rating, { special: 'hard-to-say', more: 1 }],
    ['unknown-choice', single, 'z'],
    ['unknown-choice', single, 'toString'],
    ['wrong-type', single, ['a']],
    ['unknown-choice', multiple, ['a', 'z']],
    ['repeated-choice', multiple, ['a', 'a']],
    ['exclusive-with-others', multiple, ['a', 'none']],
    ['too-many-choices', multiple, ['a', 'b', 'c']],
    ['too-few-choices', multiple, ['a']],
    ['wrong-type', multiple, 'a'],
    ['wrong-type', multiple, [1]],
    ['repeated-choice', ranking, ['a', 'a']],
    ['too-many-choices', ranking, ['a', 'b', 'c']],
    ['unknown-choice', ranking, ['z']],
    ['below-min', number, -1],
    ['above-max', number, 11],
    ['above-max', number, Infinity],
    ['too-many-decimals', number, 1.5],
    ['wrong-type', number, NaN],
    ['wrong-type', number, '1'],
    ['below-min', percent, -0.1],
    ['above-max', percent, 100.1],
    ['too-many-decimals', percent, 1.25],
    ['below-min', money, -1],
    ['above-max', money, 1e20],
    ['too-many-decimals', money, 0.001],
    ['not-a-date', date, '2015-02-29'],
    ['not-a-date', date, '2015-2-1'],
    ['not-a-date', date, '01.02.2015'],
    ['below-min', date, '2014-12-31'],
    ['above-max', date, '2016-01-01'],
    ['wrong-type', date, 20150101],
    ['wrong-type', yesNo, 'true'],
    ['too-long', short, 'abcd'],
    ['wrong-type', short, 3],
  ] as const)('says %s where a value does not fit %#', (fault, question, answer) =>
    expect(checkAnswer(instrument, question, answer)).toBe(fault),
  );
});

describe('inChoiceOrder', () => {
  it('puts codes in the order of the definition, unknown ones last', () => {
    expect(inChoiceOrder(multiple, ['c', 'x', 'a'])).toEqual(['a', 'c', 'x']);
  });
});
