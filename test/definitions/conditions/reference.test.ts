import fc from 'fast-check';
import { checkRule, type RuleType } from '../../../src/definitions/conditions/check';
import { evaluateRule, RuleFault, special, unknown, type Sources } from '../../../src/definitions/conditions/evaluate';
import type { Rule } from '../../../src/definitions/conditions/rule';
import { typeOfValue } from '../../../src/definitions/conditions/value-type';

/** Untyped on purpose: the reference shares no type with the evaluator either. */
type Json = ReturnType<typeof JSON.parse>;

/**
 * A second evaluator, written from the table of the method and sharing nothing with the first: unknown is undefined,
 * truth is a number (0 false, ½ unknown, 1 true), so that Kleene's and is the minimum and or the maximum.
 */
class Overflow extends Error {}

function reference(rule: Json, env: Record<string, Json>): Json {
  const whole = (value: Json): Json => {
    for (const part of [value].flat())
      if (typeof part === 'number' && !(Math.abs(part) < Infinity)) throw new Overflow();
    return value;
  };
  const truth = (value: Json): number => (value === undefined ? 0.5 : Number(value));
  const verdict = (degree: number): Json => (degree === 0.5 ? undefined : degree === 1);
  if (Array.isArray(rule) || typeof rule !== 'object') return whole(rule);
  const key = Object.keys(rule)[0]!;
  if (['answer', 'fact', 'calc', 'group', 'round'].includes(key)) {
    const value = env[`${key}:${rule[key]}`];
    return value === null || value === 'SPECIAL' ? undefined : whole(value);
  }
  const operands: Json[] = Array.isArray(rule[key]) ? rule[key] : [rule[key]];
  if (key === 'answered') {
    return !operands.some((one) =>
      Object.entries(one).some(([source, name]) => env[`${source}:${String(name)}`] === null),
    );
  }
  if (key === 'if') {
    const test = reference(operands[0], env);
    if (test === undefined) return undefined;
    return reference(test ? operands[1] : operands[2], env);
  }
  const v = operands.map((one) => reference(one, env));
  if (key === 'and') return verdict(Math.min(...v.map(truth)));
  if (key === 'or') return verdict(Math.max(...v.map(truth)));
  if (key === 'not') return verdict(1 - truth(v[0]));
  const known = (...of: Json[]): boolean => of.every((one) => one !== undefined);
  if (key === 'between') {
    const [x, low, high] = v;
    return verdict(Math.min(known(x, low) ? truth(!(x < low)) : 0.5, known(x, high) ? truth(!(x > high)) : 0.5));
  }
  if (!known(...v)) return undefined;
  const [a, b] = v;
  const total = (): number => {
    let result = 0;
    for (const one of v) result += Number(one);
    return result;
  };
  switch (key) {
    case '==':
      return Object.is(a, b) || (a === 0 && b === 0);
    case '!=':
      return !(Object.is(a, b) || (a === 0 && b === 0));
    case '<':
      return a < b;
    case '<=':
      return a < b || a === b;
    case '>':
      return b < a;
    case '>=':
      return b < a || a === b;
    case 'in':
      return b.some((one: Json) => one === a);
    case 'anyIn':
      return a.filter((one: Json) => b.indexOf(one) >= 0).length > 0;
    case 'allIn':
      return a.filter((one: Json) => b.indexOf(one) < 0).length === 0;
    case 'count':
      return a.length;
    case 'sum':
    case '+':
      return whole(total());
    case 'mean':
      return whole(whole(total()) / v.length);
    case 'min':
      return [...v].sort((one, other) => one - other)[0];
    case 'max':
      return [...v].sort((one, other) => other - one)[0];
    case '*': {
      let product = 1;
      for (const one of v) product *= one;
      return whole(product);
    }
    case '-':
      return whole(a - b);
  }
  throw new Error(key);
}

type Kind = 'number' | 'date' | 'text' | 'boolean' | 'list';
const kinds: readonly Kind[] = ['number', 'date', 'text', 'boolean', 'list'];

const scalar = {
  number: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5, 1e308, -1e308)),
  date: fc.constantFrom('2024-01-31', '2024-02-29', '2025-01-01'),
  text: fc.constantFrom('', 'ngo', 'council', '2023-02-29'),
  boolean: fc.boolean(),
};
const literal: Record<Kind, fc.Arbitrary<Json>> = {
  ...scalar,
  list: fc.array(fc.oneof(...Object.values(scalar)), { maxLength: 4 }),
};

/** Two names of each type in each kind of source. Their values are drawn apart from the rule: null fits every type. */
const sourceOf = (kind: Kind): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.constantFrom('answer', 'fact', 'calc'), fc.constantFrom(0, 1))
    .map(([source, index]) => ({ [source]: `${kind}${index}` }));

const anySource = fc.oneof(...kinds.map(sourceOf), fc.constantFrom({ group: true }, { round: true }));

/** A well-typed rule of a type; 9 operators deep at most. */
function ruleOf(kind: Kind, depth: number): fc.Arbitrary<Json> {
  const leaf = fc.oneof({ arbitrary: sourceOf(kind), weight: 3 }, { arbitrary: literal[kind], weight: 1 });
  if (depth === 0) return leaf;
  const deeper = depth - 1;
  const all = (of: Kind, least: number, most: number): fc.Arbitrary<Json[]> =>
    fc.array(
      fc.constant(of).chain((one) => ruleOf(one, deeper)),
      { minLength: least, maxLength: most },
    );
  const operation = (names: string[], operands: fc.Arbitrary<Json[]>): fc.Arbitrary<Json> =>
    fc.tuple(fc.constantFrom(...names), operands).map(([name, given]) => ({ [name]: given }));
  const list = fc.constant(0).chain(() => ruleOf('list', deeper));
  const options: fc.Arbitrary<Json>[] = [
    fc
      .constant(0)
      .chain(() => fc.tuple(ruleOf('boolean', deeper), ruleOf(kind, deeper), ruleOf(kind, deeper)))
      .map((given) => ({ if: given })),
  ];
  if (kind === 'number') {
    options.push(
      operation(['sum', 'mean', 'min', 'max'], all('number', 1, 3)),
      operation(['+', '*'], all('number', 2, 3)),
      operation(['-'], all('number', 2, 2)),
      list.map((given) => ({ count: [given] })),
    );
  }
  if (kind === 'boolean') {
    options.push(
      operation(['and', 'or'], all('boolean', 1, 3)),
      operation(['not'], all('boolean', 1, 1)),
      fc
        .constant(0)
        .chain(() => ruleOf('boolean', deeper))
        .map((given) => ({ not: given })),
      fc.constantFrom<Kind>('number', 'date').chain((of) => operation(['<', '<=', '>', '>='], all(of, 2, 2))),
      fc.constantFrom<Kind>('number', 'date').chain((of) => operation(['between'], all(of, 3, 3))),
      fc.constantFrom<Kind>('number', 'date', 'text', 'boolean').chain((of) => operation(['==', '!='], all(of, 2, 2))),
      fc
        .constantFrom<Kind>('number', 'date', 'text', 'boolean')
        .chain((of) => fc.tuple(ruleOf(of, deeper), list))
        .map((given) => ({ in: given })),
      operation(['anyIn', 'allIn'], all('list', 2, 2)),
      fc.array(anySource, { minLength: 1, maxLength: 3 }).map((given) => ({ answered: given })),
    );
  }
  return fc.oneof({ arbitrary: leaf, weight: 1 }, { arbitrary: fc.oneof(...options), weight: 3 });
}

const environment: fc.Arbitrary<Record<string, Json>> = fc
  .record(
    Object.fromEntries(
      ['answer', 'fact', 'calc'].flatMap((source) =>
        kinds.flatMap((kind) =>
          [0, 1].map((index) => {
            const empty = source === 'answer' ? [null, 'SPECIAL'] : [null];
            const value = fc.oneof(
              { arbitrary: literal[kind], weight: 3 },
              { arbitrary: fc.constantFrom(...empty), weight: 1 },
            );
            return [`${source}:${kind}${index}`, value];
          }),
        ),
      ),
    ),
  )
  .chain((names) =>
    fc
      .tuple(fc.constantFrom('ngo', null), fc.constantFrom('baseline', null))
      .map(([group, round]) => ({ ...names, 'group:true': group, 'round:true': round })),
  );

const typed = new Map<string, RuleType>(kinds.flatMap((kind) => [0, 1].map((index) => [`${kind}${index}`, kind])));
const names = { answers: typed, facts: typed, calcs: typed };

function sourcesIn(env: Record<string, Json>): Sources {
  return {
    answer: (code) => (env[`answer:${code}`] === 'SPECIAL' ? special : env[`answer:${code}`]),
    fact: (code) => env[`fact:${code}`],
    calc: (name) => env[`calc:${name}`] ?? unknown,
    group: env['group:true'],
    round: env['round:true'],
  };
}

function outcome(evaluate: () => unknown): string {
  try {
    const value = evaluate();
    return value === unknown || value === undefined ? 'unknown' : JSON.stringify(value);
  } catch (error) {
    if (error instanceof RuleFault || error instanceof Overflow) return 'not-finite';
    throw error;
  }
}

test('the evaluator and the reference agree on every well-typed rule, which the check lets pass', () => {
  const seen = new Map<string, number>();
  const rules = fc.constantFrom(...kinds).chain((kind) => fc.tuple(fc.constant(kind), ruleOf(kind, 4)));
  fc.assert(
    fc.property(rules, environment, ([kind, rule], env) => {
      const checked = checkRule(rule, names);
      fc.pre(!checked.problems.some(({ code }) => code === 'too-large'));
      if (Array.isArray(rule)) return;
      expect(checked.problems).toEqual([]);

      const result = outcome(() => evaluateRule(rule as Rule, sourcesIn(env)));
      expect(result).toBe(outcome(() => reference(rule, env)));

      const texts: RuleType[] = ['text', 'date'];
      if (texts.includes(kind)) expect(texts).toContain(checked.type);
      else expect(checked.type).toBe(kind);
      if (result !== 'unknown' && result !== 'not-finite') {
        const type = typeOfValue(JSON.parse(result));
        expect([type, texts.includes(type) ? 'text' : type]).toContain(checked.type);
      }
      const sort = result === 'unknown' || result === 'not-finite' ? result : 'value';
      seen.set(sort, (seen.get(sort) ?? 0) + 1);
    }),
    { numRuns: 5000 },
  );
  // The rules drawn reach every outcome often enough for the comparison to mean something.
  for (const kind of ['value', 'unknown', 'not-finite']) expect(seen.get(kind)).toBeGreaterThan(50);
});

test('a rule that the check lets pass can only fail by not being finite, whatever it is', () => {
  const anything = fc.letrec((tie) => ({
    rule: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(...Object.values(literal)),
      anySource,
      fc
        .tuple(
          fc.constantFrom(
            '==',
            '<',
            'and',
            'or',
            'not',
            'if',
            'between',
            'in',
            'anyIn',
            'answered',
            'count',
            'sum',
            '-',
          ),
          fc.array(tie('rule'), { maxLength: 3 }),
        )
        .map(([name, operands]) => ({ [name]: operands })),
    ),
  })).rule;
  let passed = 0;
  fc.assert(
    fc.property(anything, environment, (rule, env) => {
      if (checkRule(rule, names).problems.length > 0) return;
      passed += 1;
      expect(outcome(() => evaluateRule(rule as Rule, sourcesIn(env)))).toBe(outcome(() => reference(rule, env)));
    }),
    { numRuns: 5000 },
  );
  expect(passed).toBeGreaterThan(500);
});
