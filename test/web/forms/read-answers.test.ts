import fc from 'fast-check';
import type { Answer } from '../../../src/definitions/answers';
import type { Question } from '../../../src/definitions/instrument';
import { faultText } from '../../../src/web/forms/fault-text';
import { rawForm } from '../../../src/web/forms/raw';
import { readAnswers } from '../../../src/web/forms/read-answers';
import { formOf } from '../../../src/web/view-models/answer-fields';
import { choice, item, smallInstrument, text } from '../../support/instruments';

const words = text('Pytanie', 'Question');
const instrument = smallInstrument();

function read(question: Question, body: Record<string, string | string[]>) {
  const { answers, errors } = readAnswers(instrument, [question], rawForm(body));
  const [error] = errors;
  return error
    ? { target: error.target, says: faultText(error.fault, 'pl').replaceAll('\u00a0', ' ') }
    : (answers[question.code] ?? null);
}

describe('reading a rating', () => {
  const rating = item('q', 'P1.1');
  it('takes points, special answers and nothing', () => {
    expect(read(rating, { q: '4' })).toBe(4);
    expect(read(rating, { q: 'special:hard-to-say' })).toEqual({ special: 'hard-to-say' });
    expect(read(rating, { q: 'special:not-applicable' })).toEqual({ special: 'not-applicable' });
    expect(read(rating, { q: '' })).toBeNull();
    expect(read(rating, {})).toBeNull();
  });

  it.each(['6', '0', '2.5', 'x', '-1', 'special:other'])('refuses %j', (value) =>
    expect(read(rating, { q: value })).toEqual({ target: 'q-q', says: 'Proszę wybrać ocenę ze skali' }),
  );
});

describe('reading choices', () => {
  const single: Question = { type: 'single-choice', code: 'q', text: words, choices: [choice('a'), choice('b')] };
  const multiple: Question = {
    ...single,
    type: 'multiple-choice',
    choices: [choice('a'), choice('b'), choice('c', { other: true }), choice('none', { exclusive: true })],
    maxChoices: 2,
  };

  it('takes codes, in the order of the definition', () => {
    expect(read(single, { q: 'b' })).toBe('b');
    expect(read(multiple, { q: ['b', 'a'] })).toEqual(['a', 'b']);
    expect(read(multiple, { q: 'none' })).toEqual(['none']);
  });

  it('says what to do about too many, excluding and unknown ones', () => {
    expect(read(multiple, { q: ['a', 'b', 'c'] })).toMatchObject({
      says: 'Proszę zostawić najwyżej 2 odpowiedzi (zaznaczono: 3)',
    });
    expect(read(multiple, { q: ['a', 'none'] })).toMatchObject({
      says: 'Odpowiedź „Odpowiedź none” wyklucza inne. Proszę zaznaczyć ją albo pozostałe',
    });
    expect(read(single, { q: 'z' })).toMatchObject({ says: 'Proszę wybrać jedną z podanych odpowiedzi' });
  });

  it('takes "other" where words are typed and its box is not ticked, and lets no words vanish', () => {
    const read = (fields: Record<string, string | string[]>) => readAnswers(instrument, [multiple], rawForm(fields));
    expect(read({ 'q.other': 'sala' }).answers).toEqual({ q: ['c'], 'q.other': 'sala' });
    expect(read({ q: ['a'], 'q.other': 'sala' }).answers).toEqual({ q: ['a', 'c'], 'q.other': 'sala' });
    expect(read({ q: ['none'], 'q.other': 'sala' })).toMatchObject({ answers: {}, errors: [{ question: 'q' }] });
    const single: Question = {
      type: 'single-choice',
      code: 'q',
      text: words,
      choices: multiple.choices,
      report: 'none',
    };
    const one = (fields: Record<string, string>) => readAnswers(instrument, [single], rawForm(fields));
    expect(one({ 'q.other': 'sala' }).answers).toEqual({ q: 'c', 'q.other': 'sala' });
    expect(one({ q: 'a', 'q.other': ' ' }).answers).toEqual({ q: 'a', 'q.other': null });
    expect(one({ q: 'a', 'q.other': 'sala' })).toEqual({
      answers: {},
      errors: [{ question: 'q', target: 'q-q.other', fault: { code: 'other-not-chosen' } }],
    });
  });

  it('keeps the words of "other", up to their length', () => {
    const form = (typed: string) => readAnswers(instrument, [multiple], rawForm({ q: 'c', 'q.other': typed }));
    expect(form('  sala ').answers).toEqual({ q: ['c'], 'q.other': 'sala' });
    expect(form('').answers).toEqual({ q: ['c'], 'q.other': null });
    expect(form('x'.repeat(201)).errors).toMatchObject([{ target: 'q-q.other' }]);
  });
});

describe('reading a ranking', () => {
  const ranking: Question = {
    type: 'ranking',
    code: 'q',
    text: words,
    choices: [choice('a'), choice('b'), choice('c')],
    places: 3,
  };

  it('takes places from the first, as many as were filled', () => {
    expect(read(ranking, { 'q.1': 'b', 'q.2': 'a', 'q.3': '' })).toEqual(['b', 'a']);
    expect(read(ranking, { 'q.1': '', 'q.2': '', 'q.3': '' })).toBeNull();
  });

  it('names the places that clash or are left out', () => {
    expect(read(ranking, { 'q.1': 'b', 'q.2': 'a', 'q.3': 'b' })).toEqual({
      target: 'q-q.3',
      says: 'Na miejscach 1 i 3 jest ta sama odpowiedź. Proszę wybrać na każde miejsce inną',
    });
    expect(read(ranking, { 'q.1': 'b', 'q.2': '', 'q.3': 'a' })).toMatchObject({
      target: 'q-q.2',
      says: expect.stringContaining('miejsce 2'),
    });
  });
});

describe('reading numbers', () => {
  const number: Question = { type: 'number', code: 'q', text: words, min: 0, max: 365 };

  it('takes them as people type them', () => {
    expect(read({ ...number, type: 'money', max: 1e9 }, { q: '12 500,50 zł' })).toBe(12500.5);
    expect(read({ type: 'percent', code: 'q', text: words }, { q: '12,5' })).toBe(12.5);
    expect(read(number, { q: '0' })).toBe(0);
  });

  it('says what would do', () => {
    expect(read(number, { q: 'dużo' })).toMatchObject({ says: 'Proszę wpisać liczbę cyframi, na przykład 12' });
    expect(read(number, { q: '366' })).toMatchObject({ says: 'Proszę podać liczbę od 0 do 365' });
    expect(read(number, { q: '1,5' })).toMatchObject({ says: 'Proszę podać liczbę całkowitą' });
    expect(read({ type: 'percent', code: 'q', text: words }, { q: '101' })).toMatchObject({
      says: 'Proszę podać liczbę od 0 do 100',
    });
    expect(read({ type: 'money', code: 'q', text: words }, { q: '-5' })).toMatchObject({
      says: 'Proszę podać liczbę nie mniejszą niż 0',
    });
    expect(read({ type: 'money', code: 'q', text: words }, { q: '1,2345' })).toMatchObject({
      says: 'Proszę podać najwyżej 2 cyfry po przecinku',
    });
  });

  it('takes "hard to say" instead, but not beside', () => {
    const offered: Question = { ...number, special: ['hard-to-say'] };
    expect(read(offered, { q: '', 'q.special': 'special:hard-to-say' })).toEqual({ special: 'hard-to-say' });
    expect(read(offered, { q: '3', 'q.special': 'special:hard-to-say' })).toMatchObject({
      says: expect.stringContaining('Proszę albo'),
    });
    expect(read(number, { q: '', 'q.special': 'special:hard-to-say' })).toMatchObject({ target: 'q-q' });
  });
});

describe('reading a date', () => {
  const date: Question = { type: 'date', code: 'q', text: words, min: '2025-01-01', max: '2025-12-31' };
  const typed = (day: string, month: string, year: string) =>
    read(date, { 'q.day': day, 'q.month': month, 'q.year': year });

  it('takes day, month and year', () => {
    expect(typed('1', '3', '2025')).toBe('2025-03-01');
    expect(typed('', '', '')).toBeNull();
  });

  it('points at the part that is missing or wrong', () => {
    expect(typed('1', '', '2025')).toEqual({ target: 'q-q.month', says: 'W dacie brakuje miesiąca' });
    expect(typed('31', '2', '2025')).toMatchObject({ says: expect.stringContaining('prawdziwą datę') });
    expect(typed('1', '3', '25')).toMatchObject({ target: 'q-q.year' });
    expect(typed('1', '3', '2026')).toMatchObject({
      says: 'Proszę podać datę od 1 stycznia 2025 do 31 grudnia 2025',
    });
  });
});

describe('reading texts', () => {
  const long: Question = { type: 'long-text', code: 'q', text: words, maxLength: 10 };

  it('counts what a reader would call characters, and lines as one', () => {
    expect(read(long, { q: ' ąęść\r\nżółw ' })).toBe('ąęść\nżółw');
    expect(read(long, { q: '🙂'.repeat(10) })).toBe('🙂'.repeat(10));
    expect(read(long, { q: 'x'.repeat(11) })).toMatchObject({
      says: 'Proszę skrócić tekst do 10 znaków (teraz ma 11)',
    });
  });
});

it('reads nothing that was not asked', () => {
  const { answers } = readAnswers(instrument, [item('q', 'P1.1')], rawForm({ q: '3', other: '5', __proto__: 'x' }));
  expect(answers).toEqual({ q: 3 });
});

it('fills a form so that reading it again gives the same answers', () => {
  const questions: Question[] = [
    item('r', 'P1.1'),
    { type: 'yes-no', code: 'y', text: words, special: ['hard-to-say'] },
    { type: 'single-choice', code: 's', text: words, choices: [choice('a'), choice('b', { other: true })] },
    { type: 'multiple-choice', code: 'm', text: words, choices: [choice('a'), choice('b'), choice('c')] },
    { type: 'ranking', code: 'k', text: words, choices: [choice('a'), choice('b'), choice('c')] },
    { type: 'money', code: 'n', text: words, special: ['not-applicable'] },
    { type: 'date', code: 'd', text: words },
    { type: 'long-text', code: 't', text: words },
  ];
  const special = fc.constantFrom<Answer>({ special: 'hard-to-say' });
  const some = fc.record<Record<string, Answer>>(
    {
      r: fc.oneof(fc.integer({ min: 1, max: 5 }), special, fc.constant<Answer>({ special: 'not-applicable' })),
      y: fc.oneof(fc.boolean(), special),
      s: fc.constantFrom('a', 'b'),
      's.other': fc.stringMatching(/^[a-ząćęłńóśźż]{1,20}$/),
      m: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
      k: fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 1 }),
      n: fc.oneof(
        fc.integer({ min: 0, max: 1e8 }).map((hundredths) => hundredths / 100),
        fc.constant<Answer>({ special: 'not-applicable' }),
      ),
      d: fc
        .date({ min: new Date('1000-01-01'), max: new Date('9999-01-01'), noInvalidDate: true })
        .map((day) => day.toISOString().slice(0, 10)),
      t: fc.stringMatching(/^[^\s](.{0,50}[^\s])?$/),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(some, fc.constantFrom('pl' as const, 'en' as const), (given, language) => {
      // Words of a choice that is not taken are not shown again.
      const answers = Object.fromEntries(
        Object.entries(given).filter(([key]) => key !== 's.other' || given['s'] === 'b'),
      );
      const { answers: again, errors } = readAnswers(instrument, questions, formOf(questions, answers, language));
      expect(errors).toEqual([]);
      expect(Object.fromEntries(Object.entries(again).filter(([, answer]) => answer !== null))).toEqual(answers);
    }),
  );
});
