import { checkRule } from '../../../src/definitions/conditions/check';
import { evaluateRule, RuleFault, special, unknown, type Sources } from '../../../src/definitions/conditions/evaluate';
import { operators } from '../../../src/definitions/conditions/operators';
import type { Rule } from '../../../src/definitions/conditions/rule';
import { typeOfValue } from '../../../src/definitions/conditions/value-type';

/** `U` is unanswered, `S` is "hard to say". */
const answers: Record<string, ReturnType<Sources['answer']>> = {
  U: null,
  S: special,
  T: true,
  F: false,
  n: 4,
  zero: 0,
  d: '2024-05-01',
  t: 'ngo',
  empty: '',
  l: ['a', 'b'],
  none: [],
  infinite: Infinity,
};

const sources: Sources = {
  answer: (code) => answers[code] ?? null,
  fact: (code) => (code === 'budget' ? 100 : null),
  calc: (name) => (name === 'untold' ? unknown : name === 'half' ? 0.5 : null),
  group: 'ngo',
  round: null,
};

const names = {
  answers: new Map(
    Object.entries(answers).map(([code, value]) => [
      code,
      value === null || value === special ? ('any' as const) : typeOfValue(value),
    ]),
  ),
  facts: new Map([
    ['budget', 'number' as const],
    ['missing', 'any' as const],
  ]),
  calcs: new Map([
    ['half', 'number' as const],
    ['untold', 'any' as const],
    ['missing', 'any' as const],
  ]),
};

function evaluate(rule: unknown): unknown {
  expect(checkRule(rule, names).problems).toEqual([]);
  return evaluateRule(rule as Rule, sources);
}

const U = { answer: 'U' };
const S = { answer: 'S' };
const T = { answer: 'T' };
const F = { answer: 'F' };

/** The value of a rule that is a third truth value, as one letter. */
const letters = (rule: unknown): string => {
  const value = evaluate(rule);
  return value === unknown ? 'U' : value === true ? 'T' : value === false ? 'F' : `?${String(value)}`;
};

describe("Kleene's tables, whole", () => {
  const truth = { T, F, U, S } as const;

  test.each([
    ['and', 'TT T, TF F, TU U, FT F, FF F, FU F, UT U, UF F, UU U, TS U, FS F, ST U, SF F, SS U, US U, SU U'],
    ['or', 'TT T, TF T, TU T, FT T, FF F, FU U, UT T, UF U, UU U, TS T, FS U, ST T, SF U, SS U, US U, SU U'],
  ])('%s', (operator, table) => {
    for (const row of table.split(', ')) {
      const [one, other, , result] = row as unknown as [keyof typeof truth, keyof typeof truth, string, string];
      expect(`${row.slice(0, 3)}${letters({ [operator]: [truth[one], truth[other]] })}`).toBe(row);
      expect(letters({ [operator]: [truth[one], truth[other], truth[one]] })).toBe(result);
    }
  });

  test('and, or of one operand, with and without brackets', () => {
    for (const operator of ['and', 'or']) {
      for (const [letter, operand] of Object.entries({ T, F, U })) {
        expect(letters({ [operator]: operand })).toBe(letter);
        expect(letters({ [operator]: [operand] })).toBe(letter);
      }
    }
  });

  test('not', () => {
    expect([T, F, U, S].map((operand) => letters({ not: operand }))).toEqual(['F', 'T', 'U', 'U']);
  });

  test('if', () => {
    const results = [T, F, U, S].map((test) => letters({ if: [test, T, F] }));
    expect(results).toEqual(['T', 'F', 'U', 'U']);
    expect(letters({ if: [T, U, F] })).toBe('U');
    expect(letters({ if: [F, U, F] })).toBe('F');
    expect(letters({ if: [F, T, S] })).toBe('U');
    expect(letters({ if: [U, T, T] })).toBe('U');
  });

  test.each([
    [4, 1, 5, 'T'],
    [1, 1, 5, 'T'],
    [5, 1, 5, 'T'],
    [0, 1, 5, 'F'],
    [6, 1, 5, 'F'],
    [3, 5, 1, 'F'],
    [U, 1, 5, 'U'],
    [3, U, 5, 'U'],
    [6, U, 5, 'F'],
    [3, 1, U, 'U'],
    [0, 1, U, 'F'],
    [3, U, U, 'U'],
    [3, S, S, 'U'],
    [U, U, U, 'U'],
    ['2024-05-01', '2024-05-01', '2024-05-31', 'T'],
    ['2024-06-01', '2024-05-01', '2024-05-31', 'F'],
    [{ answer: 'd' }, U, '2024-04-30', 'F'],
  ])('between %j %j %j is %s', (x, low, high, result) => {
    expect(letters({ between: [x, low, high] })).toBe(result);
    expect(letters({ and: [{ '>=': [x, low] }, { '<=': [x, high] }] })).toBe(result);
  });
});

describe('values', () => {
  test.each<[unknown, unknown]>([
    [3, 3],
    ['ngo', 'ngo'],
    [false, false],
    [{ answer: 'n' }, 4],
    [{ answer: 'zero' }, 0],
    [{ answer: 'empty' }, ''],
    [{ answer: 'none' }, []],
    [{ answer: 'l' }, ['a', 'b']],
    [{ fact: 'budget' }, 100],
    [{ calc: 'half' }, 0.5],
    [{ group: true }, 'ngo'],
    [{ '==': [{ answer: 'n' }, 4] }, true],
    [{ '==': [{ answer: 'n' }, 5] }, false],
    [{ '==': [{ group: true }, 'ngo'] }, true],
    [{ '==': ['NGO', 'ngo'] }, false],
    [{ '==': [true, true] }, true],
    [{ '==': [{ answer: 'd' }, '2024-05-01'] }, true],
    [{ '==': [{ answer: 'd' }, { answer: 't' }] }, false],
    [{ '==': [0, -0] }, true],
    [{ '!=': [{ answer: 'n' }, 4] }, false],
    [{ '!=': ['a', 'b'] }, true],
    [{ '<': [3, 4] }, true],
    [{ '<': [4, 4] }, false],
    [{ '<': [10, 9] }, false],
    [{ '<=': [4, 4] }, true],
    [{ '<=': [5, 4] }, false],
    [{ '>': [4, 4] }, false],
    [{ '>': [5, 4] }, true],
    [{ '>=': [4, 4] }, true],
    [{ '>=': [3, 4] }, false],
    [{ '<': [{ answer: 'd' }, '2024-05-02'] }, true],
    [{ '>': ['2024-10-01', '2024-09-30'] }, true],
    [{ if: [true, 'a', 'b'] }, 'a'],
    [{ if: [{ answer: 'F' }, [1], [2]] }, [2]],
    [{ in: ['a', { answer: 'l' }] }, true],
    [{ in: ['c', { answer: 'l' }] }, false],
    [{ in: [1, ['1', true]] }, false],
    [{ in: [true, [true]] }, true],
    [{ in: ['a', []] }, false],
    [{ anyIn: [{ answer: 'l' }, ['b', 'c']] }, true],
    [{ anyIn: [{ answer: 'l' }, ['c']] }, false],
    [{ anyIn: [[], ['a']] }, false],
    [{ anyIn: [[1], ['1']] }, false],
    [{ allIn: [{ answer: 'l' }, ['b', 'a', 'c']] }, true],
    [{ allIn: [{ answer: 'l' }, ['a']] }, false],
    [{ allIn: [[], []] }, true],
    [{ allIn: [['a', 'a'], ['a']] }, true],
    [{ count: { answer: 'l' } }, 2],
    [{ count: [{ answer: 'none' }] }, 0],
    [{ count: [[1, 2, 3]] }, 3],
    [{ sum: 5 }, 5],
    [{ sum: [1, 2, { answer: 'n' }] }, 7],
    [{ mean: [1, 2] }, 1.5],
    [{ mean: [{ answer: 'n' }] }, 4],
    [{ min: [3, -1, 2] }, -1],
    [{ max: [3, -1, 2] }, 3],
    [{ '+': [0.1, 0.2] }, 0.1 + 0.2],
    [{ '+': [1, 2, 3] }, 6],
    [{ '*': [2, 3, 4] }, 24],
    [{ '-': [1, 3] }, -2],
    [{ answered: { answer: 'n' } }, true],
    [{ answered: { answer: 'F' } }, true],
    [{ answered: { answer: 'empty' } }, true],
    [{ answered: [{ answer: 'none' }, { answer: 'zero' }] }, true],
    [{ answered: S }, true],
    [{ answered: U }, false],
    [{ answered: [T, U] }, false],
    [{ answered: [U, T] }, false],
    [{ answered: { group: true } }, true],
    [{ answered: { round: true } }, false],
    [{ answered: { calc: 'untold' } }, false],
    [{ answered: { calc: 'half' } }, true],
    [{ answered: { calc: 'missing' } }, false],
    [{ answered: [{ fact: 'budget' }, { fact: 'missing' }] }, false],
    [{ answered: { answer: 'infinite' } }, true],
  ])('%j is %j', (rule, value) => {
    expect(evaluate(rule)).toEqual(value);
  });
});

describe('unknown', () => {
  test.each([
    [U],
    [S],
    [{ fact: 'missing' }],
    [{ calc: 'missing' }],
    [{ calc: 'untold' }],
    [{ round: true }],
    [{ '==': [{ round: true }, 'baseline'] }],
    [{ not: { '<': [U, 3] } }],
  ])('%j', (rule) => {
    expect(evaluate(rule)).toBe(unknown);
  });

  const good: Record<string, readonly unknown[]> = {
    '==': [1, 1],
    '!=': [1, 1],
    '<': [1, 1],
    '<=': [1, 1],
    '>': [1, 1],
    '>=': [1, 1],
    in: [1, [1]],
    anyIn: [[1], [1]],
    allIn: [[1], [1]],
    count: [[1]],
    sum: [1, 2, 3],
    mean: [1, 2, 3],
    min: [1, 2, 3],
    max: [1, 2, 3],
    '+': [1, 2, 3],
    '*': [0, 2, 3],
    '-': [1, 1],
  };

  test.each(Object.entries(good))('any unknown operand makes %s unknown', (operator, operands) => {
    expect(evaluate({ [operator]: operands })).not.toBe(unknown);
    for (const position of operands.keys()) {
      for (const none of [U, S, { calc: 'untold' }, { fact: 'missing' }]) {
        expect(evaluate({ [operator]: operands.with(position, none) })).toBe(unknown);
      }
    }
  });

  test('no operator is left out of these tables', () => {
    const tables = [...Object.keys(good), 'and', 'or', 'not', 'if', 'between', 'answered'];
    expect(tables.toSorted()).toEqual([...operators.keys()].toSorted());
  });
});

describe('not finite', () => {
  const big = 1e308;

  test.each([
    ['a literal', Infinity],
    ['a literal in a list', { in: [1, [Infinity]] }],
    ['a literal that is compared', { '<': [1, Infinity] }],
    ['an answer', { answer: 'infinite' }],
    ['an answer that is compared', { '==': [{ answer: 'infinite' }, 1] }],
    ['a sum', { sum: [big, big] }],
    ['a mean, by its sum', { mean: [big, big] }],
    ['an addition', { '+': [big, big] }],
    ['a product', { '*': [big, 10] }],
    ['a difference', { '-': [-big, big] }],
    ['beside an unknown operand', { '+': [U, { '*': [big, big] }] }],
    ['after an unknown operand of a comparison', { '<': [U, Infinity] }],
    ['after a false operand of and', { and: [F, { '<': [1, { '+': [big, big] }] }] }],
    ['after a true operand of or', { or: [T, { '<': [1, { '+': [big, big] }] }] }],
    ['in between, whose other end decides', { between: [6, Infinity, 5] }],
    ['in the branch taken', { if: [T, { '+': [big, big] }, 1] }],
    ['in the test', { if: [{ '<': [1, Infinity] }, 1, 2] }],
  ])('%s', (_, rule) => {
    const attempt = (): unknown => evaluate(rule);
    expect(attempt).toThrow(RuleFault);
    expect(attempt).toThrow(expect.objectContaining({ code: 'not-finite' }));
  });

  test('not in the branch that is not taken', () => {
    expect(evaluate({ if: [T, 1, { '+': [big, big] }] })).toBe(1);
    expect(evaluate({ if: [F, { '+': [big, big] }, 2] })).toBe(2);
    expect(evaluate({ if: [U, { '+': [big, big] }, Infinity] })).toBe(unknown);
  });
});
