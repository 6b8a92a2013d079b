import type { Rule } from '../../src/definitions/conditions/rule';
import type { FlowContext } from '../../src/definitions/flow';
import { conditionOf, type Condition } from '../../src/definitions/paper/condition';
import { keysOf } from '../../src/definitions/paper/keys';
import { paperLines } from '../../src/definitions/paper/lines';
import { lijw } from '../support/report';
import { choice, item, smallInstrument, text } from '../support/instruments';

const instrument = smallInstrument({
  calcs: [
    {
      name: 'used',
      rule: { if: [{ anyIn: [{ answer: 'barriers' }, ['none']] }, 0, { count: [{ answer: 'barriers' }] }] },
    },
  ],
});
const officials: FlowContext = { form: 'full', group: 'officials', round: 'baseline', facts: { council: true } };
const told = (rule: Rule, context = officials) => conditionOf(instrument, context, rule);
const yes: Condition = { kind: 'chosen', question: 'part', codes: ['yes'], not: false };

describe('a condition on paper', () => {
  const isYes: Rule = { '==': [{ answer: 'part' }, 'yes'] };
  test.each<[string, Rule, Condition | boolean]>([
    ['what the group decides is decided', { '==': [{ group: true }, 'officials'] }, true],
    ['what the fact sheet decides too', { and: [{ fact: 'council' }, isYes] }, yes],
    ['an unknown fact hides', { and: [{ fact: 'grants' }, isYes] }, false],
    ['one true part of an or is enough', { or: [{ fact: 'council' }, isYes] }, true],
    ['"not" goes inward', { not: isYes }, { ...yes, not: true }],
    ['"!=" is "not"', { '!=': [{ answer: 'part' }, 'yes'] }, { ...yes, not: true }],
    [
      'a literal may stand first',
      { '<=': [4, { answer: 'a1' }] },
      { kind: 'compared', question: 'a1', operator: '>=', value: 4 },
    ],
    [
      'between is two comparisons',
      { between: [{ answer: 'a1' }, 2, 4] },
      {
        kind: 'all',
        of: [
          { kind: 'compared', question: 'a1', operator: '>=', value: 2 },
          { kind: 'compared', question: 'a1', operator: '<=', value: 4 },
        ],
      },
    ],
    [
      'calcs are written out, branch by branch',
      { '>=': [{ calc: 'used' }, 1] },
      {
        kind: 'all',
        of: [
          { kind: 'chosen', question: 'barriers', codes: ['none'], not: true },
          { kind: 'count', question: 'barriers', operator: '>=', value: 1 },
        ],
      },
    ],
    [
      'sums are not',
      { '>': [{ sum: [{ answer: 'a1' }, { answer: 'c1' }] }, 4] },
      { kind: 'depends', questions: ['a1', 'c1'] },
    ],
    ['answered', { answered: [{ answer: 'a1' }] }, { kind: 'answered', question: 'a1', not: false }],
  ])('%s', (_name, rule, condition) => {
    expect(told(rule)).toEqual(condition);
  });

  test('a merged group is asked what each of its parts is asked', () => {
    const asNgos = { ...officials, group: 'ngo+informal' };
    expect(told({ in: [{ group: true }, ['ngo', 'informal']] }, asNgos)).toBe(true);
    expect(told({ '==': [{ group: true }, 'ngo'] }, asNgos)).toBe(false);
  });
});

test('lines keep their numbers in every group and whatever the facts are', () => {
  const numbersOf = (group: string) =>
    Object.fromEntries(
      paperLines(instrument, { ...officials, group }).map(({ number, question }) => [question.code, number]),
    );
  const [ngo, official] = [numbersOf('ngo'), numbersOf('officials')];
  expect(ngo['c2']).toBe(8);
  expect(official).not.toHaveProperty('c2');
  expect(official['barriers']).toBe(ngo['barriers']);
});

test('the shipped questionnaire has a line for everything that somebody may be asked, and keys that nobody mistakes', () => {
  const groups = (lijw.groups ?? []).map(({ code }) => code);
  const asked = groups.flatMap((group) => paperLines(lijw, { form: 'full', group, round: 'follow-up', facts: {} }));
  expect(new Set(asked.map(({ number }) => number)).size).toBe(lijw.questions.length);
  for (const { question } of asked) {
    const keys = keysOf(lijw, question).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test.each([
  [item('r', 'P1.1'), '1 2 3 4 5 8 9'],
  [{ type: 'yes-no' as const, code: 'y', text: text('?'), special: ['hard-to-say' as const] }, '1 2 8'],
  [
    {
      ...{ type: 'single-choice' as const, code: 's', text: text('?'), special: ['hard-to-say' as const] },
      choices: Array.from({ length: 9 }, (_, at) => choice(`c${at}`)),
    },
    '1 2 3 4 5 6 7 8 9 98',
  ],
  [{ type: 'number' as const, code: 'n', text: text('?'), special: ['not-applicable' as const] }, '/'],
])('keys of %j', (question, keys) => {
  expect(
    keysOf(instrument, question)
      .map(({ key }) => key)
      .join(' '),
  ).toBe(keys);
});
