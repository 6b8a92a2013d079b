import fc from 'fast-check';
import { checkRule, sourcesOf, type NameTypes, type RuleType } from '../../../src/definitions/conditions/check';

const names: NameTypes = {
  answers: new Map<string, RuleType>([
    ['n', 'number'],
    ['t', 'text'],
    ['d', 'date'],
    ['b', 'boolean'],
    ['l', 'list'],
    ['nothing', 'any'],
  ]),
  facts: new Map([['budget', 'number']]),
  calcs: new Map([['done', 'boolean']]),
};

const check = (rule: unknown): { type: RuleType; problems: { code: string; pointer: string }[] } =>
  checkRule(rule, names);
const codes = (rule: unknown): string[] => check(rule).problems.map(({ code }) => code);
const first = (rule: unknown): string | undefined => codes(rule)[0];

/** `count` operators around a value. */
function nested(count: number, inner: unknown = true): unknown {
  let rule = inner;
  for (let level = 0; level < count; level += 1) rule = { not: [rule] };
  return rule;
}

const n = { answer: 'n' };
const t = { answer: 't' };
const d = { answer: 'd' };
const b = { answer: 'b' };
const l = { answer: 'l' };
const nothing = { answer: 'nothing' };

describe('types of right rules', () => {
  test.each<[RuleType, unknown]>([
    ['number', 3],
    ['text', 'ngo'],
    ['text', ''],
    ['date', '2024-02-29'],
    ['text', '2023-02-29'],
    ['boolean', false],
    ['number', n],
    ['list', l],
    ['any', nothing],
    ['number', { fact: 'budget' }],
    ['boolean', { calc: 'done' }],
    ['text', { group: true }],
    ['text', { round: true }],
    ['boolean', { '==': [t, d] }],
    ['boolean', { '!=': [nothing, n] }],
    ['boolean', { '==': [{ group: true }, 'ngo'] }],
    ['boolean', { '<': [d, '2024-01-01'] }],
    ['boolean', { '>=': [n, nothing] }],
    ['boolean', { between: [d, '2024-01-01', nothing] }],
    ['boolean', { in: [1, ['a', true]] }],
    ['boolean', { in: [d, l] }],
    ['boolean', { anyIn: [l, []] }],
    ['boolean', { allIn: [nothing, nothing] }],
    ['boolean', { not: b }],
    ['boolean', { and: [b] }],
    ['boolean', { or: [b, nothing, true] }],
    ['boolean', { answered: [n, l, { group: true }, { calc: 'done' }, { fact: 'budget' }] }],
    ['boolean', { answered: { round: true } }],
    ['number', { count: l }],
    ['number', { count: [[1, 2, 3]] }],
    ['number', { sum: 1 }],
    ['number', { mean: [n, nothing] }],
    ['number', { min: [n] }],
    ['number', { max: [n, 2, 3] }],
    ['number', { '+': [1, 2, 3] }],
    ['number', { '*': [1, 2, 3] }],
    ['number', { '-': [1, n] }],
    ['number', { if: [b, n, nothing] }],
    ['text', { if: [b, d, t] }],
    ['date', { if: [b, d, '2024-01-01'] }],
    ['list', { if: [nothing, l, [1]] }],
    ['any', { if: [b, nothing, nothing] }],
  ])('%s: %j', (type, rule) => {
    expect(check(rule)).toEqual({ type, problems: [] });
  });
});

describe('malformed', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['an array as the whole rule', [1]],
    ['an empty array as the whole rule', []],
    ['an array of sources as the whole rule', [n]],
    ['no key', {}],
    ['two operators', { not: b, and: [b] }],
    ['an operator and a source', { answer: 'n', not: b }],
    ['an operator and an unknown key', { '==': [1, 1], note: 'x' }],
    ['a source with a number', { answer: 5 }],
    ['a source with null', { fact: null }],
    ['a source with an array', { calc: ['done'] }],
    ['a source with an object', { answer: { answer: 'n' } }],
    ['group with false', { group: false }],
    ['round with a text', { round: 'baseline' }],
    ['null as the operand', { not: null }],
    ['null among the operands', { and: [b, null] }],
    ['an empty object among the operands', { and: [b, {}] }],
    ['a list in a list', { count: [[[1]]] }],
    ['an object in a list', { in: [1, [{ answer: 'n' }]] }],
    ['null in a list', { in: [1, [1, null]] }],
  ])('%s', (_, rule) => {
    expect(first(rule)).toBe('malformed');
  });
});

describe('unknown operators and names', () => {
  test.each(['foo', '===', 'AND', '', 'var', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'operator %j',
    (operator) => {
      expect(first(JSON.parse(`{${JSON.stringify(operator)}: [1, 2]}`))).toBe('unknown-operator');
    },
  );

  test.each(['q9', '', '__proto__', 'constructor', 'toString', 'size'])('name %j in every source', (name) => {
    for (const source of ['answer', 'fact', 'calc']) expect(codes({ [source]: name })).toEqual(['unknown-name']);
  });

  test('a listed prototype name is a name like any other', () => {
    const answers = new Map<string, RuleType>([['__proto__', 'number']]);
    expect(checkRule({ answer: '__proto__' }, { ...names, answers })).toEqual({ type: 'number', problems: [] });
  });

  test('names of one kind are not names of another', () => {
    expect(codes({ '+': [{ fact: 'n' }, { answer: 'budget' }] })).toEqual(['unknown-name', 'unknown-name']);
  });
});

describe('arity', () => {
  const counts: Record<string, number[]> = {
    '==': [2, 2],
    '!=': [2, 2],
    '<': [2, 2],
    '<=': [2, 2],
    '>': [2, 2],
    '>=': [2, 2],
    '-': [2, 2],
    in: [2, 2],
    anyIn: [2, 2],
    allIn: [2, 2],
    if: [3, 3],
    between: [3, 3],
    not: [1, 1],
    count: [1, 1],
    and: [1, 150],
    or: [1, 150],
    answered: [1, 150],
    sum: [1, 150],
    mean: [1, 150],
    min: [1, 150],
    max: [1, 150],
    '+': [2, 150],
    '*': [2, 150],
  };

  test.each(Object.entries(counts))('%s takes %j operands', (operator, [least, most]) => {
    for (const count of [0, 1, 2, 3, 4, 150]) {
      const rule = { [operator]: Array<unknown>(count).fill(nothing) };
      expect([count, codes(rule)]).toEqual([count, count < least! || count > most! ? ['wrong-arity'] : []]);
    }
  });

  test('an array in operand place is the list of operands, never a list literal', () => {
    expect(first({ count: [1, 2, 3] })).toBe('wrong-arity');
    expect(first({ count: [] })).toBe('wrong-arity');
    expect(first({ '==': 1 })).toBe('wrong-arity');
  });
});

describe('type mismatch', () => {
  test.each<[unknown]>([
    [{ '==': ['3', 3] }],
    [{ '==': [true, 1] }],
    [{ '!=': [b, 'true'] }],
    [{ '==': [l, l] }],
    [{ '==': [nothing, [1]] }],
    [{ '<': ['a', 'b'] }],
    [{ '<': [t, d] }],
    [{ '<=': [d, 3] }],
    [{ '>': [true, false] }],
    [{ '>=': [n, '3'] }],
    [{ '<': ['2023-02-29', '2024-02-29'] }],
    [{ between: [n, 1, '2024-01-01'] }],
    [{ between: [n, nothing, d] }],
    [{ between: [t, t, t] }],
    [{ and: [b, 1] }],
    [{ or: ['', b] }],
    [{ not: 0 }],
    [{ not: [[true]] }],
    [{ if: [1, 2, 3] }],
    [{ if: [b, 2, '3'] }],
    [{ if: [b, [2], 3] }],
    [{ in: [1, 2] }],
    [{ in: [[1], [1]] }],
    [{ anyIn: [1, [1]] }],
    [{ allIn: [l, 't'] }],
    [{ count: 't' }],
    [{ sum: [[1, 2]] }],
    [{ mean: [n, '2'] }],
    [{ min: [d, d] }],
    [{ max: true }],
    [{ '+': ['a', 'b'] }],
    [{ '*': [2, l] }],
    [{ '-': [d, d] }],
    [{ answered: 3 }],
    [{ answered: [n, { '+': [1, 2] }] }],
    [{ answered: [['n']] }],
    [{ '+': [1, { not: b }] }],
    [{ '==': [{ if: [b, d, t] }, 3] }],
    [{ '==': [{ group: true }, 3] }],
  ])('%j', (rule) => {
    expect([...new Set(codes(rule))]).toEqual(['type-mismatch']);
  });

  test('an error in a branch that can never be taken is an error', () => {
    expect(first({ if: [true, 1, { '+': [1, { answer: 'q9' }] }] })).toBe('unknown-name');
    expect(first({ or: [true, { '==': [1, '1'] }] })).toBe('type-mismatch');
  });

  test('an infinite literal is no error of the check', () => {
    expect(codes(JSON.parse('{"+":[1e999,1]}'))).toEqual([]);
  });
});

describe('limits', () => {
  test('ten operators nest, eleven do not', () => {
    expect(codes(nested(10))).toEqual([]);
    expect(codes(nested(10, b))).toEqual([]);
    expect(codes(nested(11))).toEqual(['too-deep']);
  });

  test('malformed and unknown operators count for the depth', () => {
    expect(first(nested(10, {}))).toBe('too-deep');
    expect(first(nested(9, {}))).toBe('malformed');
    expect(first(nested(10, { foo: 1 }))).toBe('too-deep');
    expect(first({ foo: nested(10) })).toBe('too-deep');
    expect(first({ foo: nested(9) })).toBe('unknown-operator');
    expect(first({ a: nested(10), b: 1 })).toBe('too-deep');
    expect(first({ a: 1, b: nested(9) })).toBe('malformed');
    expect(first({ count: [[nested(10)]] })).toBe('too-deep');
  });

  test('200 operators, sources and literals pass, 201 do not', () => {
    expect(codes({ and: Array(199).fill(true) })).toEqual([]);
    expect(codes({ and: Array(200).fill(true) })).toEqual(['too-large']);
    expect(codes({ or: [{ and: Array(98).fill(b) }, { and: Array(99).fill(b) }] })).toEqual([]);
    expect(first({ or: [{ and: Array(99).fill(b) }, { and: Array(99).fill(b) }] })).toBe('too-large');
  });

  test('a list literal is one node, whatever its length', () => {
    const list = Array(1000).fill(1);
    const tests = Array.from({ length: 49 }, () => ({ anyIn: [list, list] }));
    expect(codes({ and: [...tests, ...tests.slice(0, 17), true] })).toEqual([]);
  });

  test('lists of 1,000 elements pass, of 1,001 do not', () => {
    expect(codes({ in: [1, Array(1000).fill(1)] })).toEqual([]);
    expect(codes({ in: [1, Array(1001).fill(1)] })).toEqual(['too-large']);
    expect(first(Array(1001).fill(1))).toBe('too-large');
    expect(first({ answer: Array(1001).fill('n') })).toBe('too-large');
  });

  test('what comes after the last node allowed is still measured for depth', () => {
    expect(first({ and: [...Array<unknown>(300).fill(true), nested(10)] })).toBe('too-deep');
    expect(first({ and: [...Array<unknown>(300).fill(true), nested(9)] })).toBe('too-large');
  });
});

describe('order and places of problems', () => {
  test('all problems are told, the first code first', () => {
    const rule = {
      and: [
        { '==': [1, '1'] },
        { answer: 'q9' },
        { not: [b, b] },
        { 'a/b~c': [{ fact: 'x' }] },
        null,
        { in: [1, Array(1001).fill(1)] },
        nested(10),
      ],
    };
    expect(check(rule).problems.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['too-deep', `/and/6${'/not/0'.repeat(9)}`],
      ['too-large', '/and/5/in/1'],
      ['malformed', '/and/4'],
      ['unknown-operator', '/and/3'],
      ['wrong-arity', '/and/2/not'],
      ['unknown-name', '/and/1'],
      ['unknown-name', '/and/3/a~1b~0c/0'],
      ['type-mismatch', '/and/0/=='],
    ]);
  });

  test.each([
    ['too-deep', 'too-large', { and: [nested(10), ...Array<unknown>(200).fill(true)] }],
    ['too-large', 'malformed', { and: [null, ...Array<unknown>(200).fill(true)] }],
    ['malformed', 'unknown-operator', { foo: [null] }],
    ['unknown-operator', 'wrong-arity', { not: [{ foo: 1 }, b] }],
    ['wrong-arity', 'unknown-name', { not: [b, { answer: 'q9' }] }],
    ['unknown-name', 'type-mismatch', { and: [1, { answer: 'q9' }] }],
  ])('%s comes before %s', (one, other, rule) => {
    const found = [...new Set(codes(rule))];
    expect(found).toEqual([one, other]);
  });

  test('every problem has a whole English sentence', () => {
    const rules = [nested(11), null, {}, { foo: 1 }, { not: [] }, { answer: 'q9' }, { '+': [1, 'a'] }, { answer: 1 }];
    for (const { message } of rules.flatMap((rule) => checkRule(rule, names).problems)) {
      expect(message).toMatch(/^[A-Z"][^]{20,}[.}]$/);
    }
  });

  test('each wrong operand is told', () => {
    expect(codes({ and: [1, b, 'x', nothing] })).toEqual(['type-mismatch', 'type-mismatch']);
    expect(check({ in: [1, [1, null, [2]]] }).problems.map(({ pointer }) => pointer)).toEqual(['/in/1/1', '/in/1/2']);
  });
});

describe('hostile rules', () => {
  const deep = 100_000;

  test.each([
    ['arrays', `${'['.repeat(deep)}${']'.repeat(deep)}`, 'malformed'],
    ['arrays as an operand', `{"and":${'['.repeat(deep)}${']'.repeat(deep)}}`, 'malformed'],
    ['operators', `${'{"not":'.repeat(deep)}true${'}'.repeat(deep)}`, 'too-deep'],
    ['operators in brackets', `${'{"not":['.repeat(deep)}true${']}'.repeat(deep)}`, 'too-deep'],
    ['unknown operators', `${'{"x":'.repeat(deep)}1${'}'.repeat(deep)}`, 'too-deep'],
    ['sources', `${'{"answer":'.repeat(deep)}"n"${'}'.repeat(deep)}`, 'too-deep'],
    ['prototypes', `${'{"__proto__":'.repeat(deep)}1${'}'.repeat(deep)}`, 'too-deep'],
    ['lists and operators', `{"in":[1,${'[{"not":'.repeat(deep)}true${'}]'.repeat(deep)}]}`, 'too-deep'],
  ])('%s 100,000 deep', (_, json, code) => {
    expect(first(JSON.parse(json))).toBe(code);
  });

  test.each([
    ['operands', () => ({ and: Array(1_000_000).fill(true) })],
    ['nulls', () => ({ and: Array(1_000_000).fill(null) })],
    ['operators', () => ({ or: Array(1_000_000).fill({ foo: null }) })],
    ['elements', () => ({ in: [1, Array(1_000_000).fill(1)] })],
    ['lists', () => ({ in: [1, Array(1_000_000).fill([])] })],
    ['keys', () => Object.fromEntries(Array.from({ length: 300_000 }, (_, index) => [`k${index}`, 1]))],
  ])('a million %s are too large, with few problems', (_, rule) => {
    const { problems } = check(rule());
    expect(problems[0]?.code).toBe('too-large');
    expect(problems.length).toBeLessThan(500);
  });

  test('a name of megabytes does not come back in the message', () => {
    const [problem] = checkRule({ ['x'.repeat(5_000_000)]: 1 }, names).problems;
    expect(problem?.code).toBe('unknown-operator');
    expect(problem?.message.length).toBeLessThan(400);
  });

  test('anything at all is checked without an exception', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (rule) => {
        expect(check(rule).problems.every(({ code }) => code !== 'not-finite')).toBe(true);
        sourcesOf(rule);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('sourcesOf', () => {
  test('names each source once, in document order', () => {
    const rule = {
      if: [
        { '==': [{ group: true }, 'ngo'] },
        { sum: [{ answer: 'b' }, { answer: 'a' }, { fact: 'f' }, { answer: 'b' }] },
        { '+': [{ calc: 'constructor' }, { answer: 'c' }] },
      ],
    };
    expect(sourcesOf(rule)).toEqual({
      answers: ['b', 'a', 'c'],
      facts: ['f'],
      calcs: ['constructor'],
      group: true,
      round: false,
    });
  });

  test('finds none in literals', () => {
    const none = { answers: [], facts: [], calcs: [], group: false, round: false };
    expect(sourcesOf(3)).toEqual(none);
    expect(sourcesOf({ in: ['answer', ['round', 'group']] })).toEqual(none);
  });

  test('survives an unchecked rule of any depth', () => {
    const rule: unknown = JSON.parse(`${'{"not":['.repeat(100_000)}{"round":true}${']}'.repeat(100_000)}`);
    expect(sourcesOf(rule).round).toBe(true);
  });
});
