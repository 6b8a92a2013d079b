import fc from 'fast-check';
import { evaluateLine } from '../../src/commands/evaluate-line';

const evaluate = (line: unknown): unknown => evaluateLine(JSON.stringify(line));

function codeOf(line: unknown): string | undefined {
  const result = evaluateLine(typeof line === 'string' ? line : JSON.stringify(line));
  return 'error' in result ? result.error.code : undefined;
}

describe('results', () => {
  test.each<[unknown, unknown]>([
    [{ rule: 3 }, { value: 3 }],
    [{ rule: { '>=': [{ answer: 'q1' }, 3] }, answers: { q1: 4 } }, { value: true }],
    [{ rule: { '<': [{ answer: 'q1' }, 3] }, answers: { q1: null } }, { unknown: true }],
    [{ rule: { not: { '<': [{ answer: 'q1' }, 3] } }, answers: { q1: null } }, { unknown: true }],
    [{ rule: { '<': [{ answer: 'q1' }, 'x'] }, answers: { q1: null } }, 'type-mismatch'],
    [{ rule: { '==': [{ answer: 'q1' }, 'x'] }, answers: { q1: null } }, { unknown: true }],
    [{ rule: { '==': ['3', 3] } }, 'type-mismatch'],
    [{ rule: { '==': [{ answer: 'q1' }, 3] }, answers: { q1: '3' } }, 'type-mismatch'],
    [{ rule: { '+': [{ fact: 'f' }, { calc: 'c' }] }, facts: { f: 1 }, calcs: { c: 2 } }, { value: 3 }],
    [{ rule: { calc: 'c' }, calcs: { c: [1, 'a', true] } }, { value: [1, 'a', true] }],
    [{ rule: { answered: { calc: 'c' } }, calcs: { c: null } }, { value: false }],
    [{ rule: { answer: 'q1' }, answers: { q1: '' } }, { value: '' }],
    [{ rule: { '<': [{ answer: 'd' }, '2024-03-01'] }, answers: { d: '2024-02-29' } }, { value: true }],
    [{ rule: { '<': [{ answer: 'd' }, '2024-03-01'] }, answers: { d: '2024-02-30' } }, 'type-mismatch'],
    [{ rule: { group: true }, group: 'ngo' }, { value: 'ngo' }],
    [{ rule: { group: true } }, { unknown: true }],
    [{ rule: { round: true }, round: null }, { unknown: true }],
    [{ rule: { answered: [{ group: true }, { round: true }] }, group: 'ngo' }, { value: false }],
    [{ rule: { answer: 'q' }, answers: { q: { special: 'hard-to-say' } } }, { unknown: true }],
    [{ rule: { '>': [{ answer: 'q' }, 3] }, answers: { q: { special: 'not-applicable' } } }, { unknown: true }],
    [{ rule: { and: [{ answer: 'q' }, false] }, answers: { q: { special: 'not-applicable' } } }, { value: false }],
    [{ rule: { answered: { answer: 'q' } }, answers: { q: { special: 'hard-to-say' } } }, { value: true }],
    [{ rule: 1, answers: null, facts: null, calcs: null, more: { a: [null] } }, { value: 1 }],
    [{ rule: { if: [true, 1, { '+': [1e308, 1e308] }] } }, { value: 1 }],
    [{ rule: { if: [false, 1, { '+': [1e308, 1e308] }] } }, 'not-finite'],
    [{ rule: { answer: 'q1' } }, 'unknown-name'],
    [{ rule: { answer: 'q1' }, facts: { q1: 1 } }, 'unknown-name'],
  ])('%j', (line, expected) => {
    if (typeof expected === 'string') expect(evaluate(line)).toMatchObject({ error: { code: expected } });
    else expect(evaluate(line)).toEqual(expected);
  });

  test('a number too large for JSON is an error where it is evaluated, and only there', () => {
    expect(codeOf('{"rule":1e999}')).toBe('not-finite');
    expect(codeOf('{"rule":{"answer":"q"},"answers":{"q":-1e999}}')).toBe('not-finite');
    expect(codeOf('{"rule":{"count":{"answer":"q"}},"answers":{"q":[1e999]}}')).toBe('not-finite');
    expect(evaluateLine('{"rule":1,"answers":{"q":1e999}}')).toEqual({ value: 1 });
    expect(evaluateLine('{"rule":{"if":[true,1,1e999]}}')).toEqual({ value: 1 });
  });

  test('an error says what to do and where', () => {
    const result = evaluate({ rule: { and: [true, { '==': [1, '1'] }] } });
    expect(result).toEqual({
      error: { code: 'type-mismatch', message: expect.stringMatching(/never converted.*\(At \/rule\/and\/1\/==\)$/) },
    });
  });
});

describe('malformed lines', () => {
  test.each([
    '',
    ' ',
    'rule',
    '{"rule":1',
    "{'rule':1}",
    '{"rule":NaN}',
    'null',
    '3',
    '"rule"',
    '[{"rule":1}]',
    '{}',
    '{"Rule":1}',
    '{"answers":{}}',
    '{"rule":null}',
    '{"__proto__":{"rule":1}}',
  ])('%j', (line) => {
    expect(codeOf(line)).toBe('malformed');
  });

  test.each([
    ['answers', []],
    ['answers', 'q'],
    ['facts', 1],
    ['calcs', true],
    ['answers', { q: {} }],
    ['answers', { q: [[1]] }],
    ['answers', { q: [null] }],
    ['answers', { q: { special: 'other' } }],
    ['answers', { q: { special: 'hard-to-say', note: 1 } }],
    ['answers', { q: { special: true } }],
    ['facts', { q: { special: 'hard-to-say' } }],
    ['calcs', { q: { special: 'hard-to-say' } }],
    ['facts', { q: [{}] }],
    ['group', 1],
    ['group', ['ngo']],
    ['round', true],
    ['round', {}],
  ])('%s %j, though the rule does not use it', (key, value) => {
    expect(codeOf({ rule: 1, [key]: value })).toBe('malformed');
  });

  test('a special answer is no object with an inherited word', () => {
    expect(codeOf('{"rule":1,"answers":{"q":{"__proto__":{"special":"hard-to-say"}}}}')).toBe('malformed');
  });
});

describe('limits and order over the whole line', () => {
  const long = Array<number>(1001).fill(1);

  test.each(['answers', 'facts', 'calcs'])('a list of 1,001 elements in %s is too large, used or not', (key) => {
    expect(codeOf({ rule: 1, [key]: { l: long.slice(1) } })).toBeUndefined();
    expect(codeOf({ rule: 1, [key]: { l: long } })).toBe('too-large');
    expect(codeOf({ rule: 1, [key]: { l: Array(1001).fill(null) } })).toBe('too-large');
    expect(codeOf({ rule: 1, [key]: long })).toBe('too-large');
  });

  test('the first code of rule and values together is reported', () => {
    const deep = JSON.parse(`${'{"not":'.repeat(11)}true${'}'.repeat(11)}`);
    expect(codeOf({ rule: deep, answers: { l: long } })).toBe('too-deep');
    expect(codeOf({ rule: null, answers: { l: long } })).toBe('too-large');
    expect(codeOf({ rule: { foo: 1 }, group: 5 })).toBe('malformed');
    expect(codeOf({ rule: { foo: { answer: 'x' } } })).toBe('unknown-operator');
    expect(codeOf({ rule: { '+': [{ answer: 'q' }, 'a'] }, answers: { q: {} } })).toBe('malformed');
  });
});

describe('names of prototypes', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'])('%s', (name) => {
    const key = JSON.stringify(name);
    for (const [source, values] of [
      ['answer', 'answers'],
      ['fact', 'facts'],
      ['calc', 'calcs'],
    ] as const) {
      expect(codeOf(`{"rule":{"${source}":${key}}}`)).toBe('unknown-name');
      expect(codeOf(`{"rule":{"${source}":${key}},"${values}":{"x":1}}`)).toBe('unknown-name');
      expect(evaluateLine(`{"rule":{"${source}":${key}},"${values}":{${key}:5}}`)).toEqual({ value: 5 });
      expect(evaluateLine(`{"rule":{"${source}":${key}},"${values}":{${key}:null}}`)).toEqual({ unknown: true });
    }
    expect(codeOf(`{"rule":{${key}:[1,2]}}`)).toBe('unknown-operator');
    expect(codeOf(`{${key}:{"answers":{"x":1}},"rule":{"answer":"x"}}`)).toBe('unknown-name');
  });

  test('nothing is left behind on prototypes', () => {
    evaluateLine('{"rule":{"answer":"x"},"answers":{"__proto__":{"x":1},"x":1},"__proto__":{"polluted":1}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('hostile lines', () => {
  const deep = 100_000;

  test.each([
    ['arrays as the line', '['.repeat(deep), 'malformed'],
    ['whole arrays as the line', `${'['.repeat(deep)}${']'.repeat(deep)}`, 'malformed'],
    ['a rule of arrays', `{"rule":${'['.repeat(deep)}${']'.repeat(deep)}}`, 'malformed'],
    ['a rule of operators', `{"rule":${'{"not":'.repeat(deep)}true${'}'.repeat(deep)}}`, 'too-deep'],
    ['answers of arrays', `{"rule":1,"answers":{"a":${'['.repeat(deep)}${']'.repeat(deep)}}}`, 'malformed'],
    ['answers of objects', `{"rule":1,"answers":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`, 'malformed'],
    ['a group of arrays', `{"rule":1,"group":${'['.repeat(deep)}${']'.repeat(deep)}}`, 'malformed'],
    ['a million elements', `{"rule":{"count":{"answer":"a"}},"answers":{"a":[${'1,'.repeat(999_999)}1]}}`, 'too-large'],
    ['a million operands', `{"rule":{"+":[${'1,'.repeat(999_999)}1]}}`, 'too-large'],
  ])('%s', (_, line, code) => {
    expect(codeOf(line)).toBe(code);
  });

  test('messages stay short whatever the names', () => {
    const name = 'x'.repeat(3_000_000);
    for (const line of [
      { rule: { [name]: 1 } },
      { rule: { answer: name } },
      { rule: { [name]: [null] } },
      { rule: 1, answers: { [name]: {} } },
    ]) {
      expect(JSON.stringify(evaluate(line)).length).toBeLessThan(1000);
    }
  });

  test('any JSON at all has a result', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (rule, answers) => {
        expect(Object.keys(evaluate({ rule, answers }) as object)).toHaveLength(1);
        expect(Object.keys(evaluate(rule) as object)).toHaveLength(1);
      }),
    );
  });
});
