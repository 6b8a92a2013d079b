import { operandsOf, operators, unknown, type Unknown, type Value } from './operators';
import type { Literal, Rule, Source } from './rule';

export { unknown, type Value } from './operators';

/**
 * The one evaluator of rules (method §2), on the server and, bundled, in the browser: it imports the table of operators
 * and types, nothing else.
 */

/** "Hard to say" and "not applicable": answered, and unknown to every operator but `answered`. */
export const special: unique symbol = Symbol('special');

/** Where a rule reads its names. The check has made sure that every name it asks for exists; null is unanswered. */
export interface Sources {
  answer(code: string): Value | typeof special | null;
  fact(code: string): Value | null;
  calc(name: string): Value | typeof unknown | null;
  readonly group: string | null;
  readonly round: string | null;
}

/** The only thing that can go wrong with a checked rule: a number that is not finite. */
export class RuleFault extends Error {
  readonly code = 'not-finite';

  constructor(message: string) {
    super(message);
    this.name = 'RuleFault';
  }
}

/**
 * The value of a rule that `checkRule` has passed, for these sources, or `unknown`.
 *
 * All operands are evaluated before one that is unknown decides, except that `if` evaluates its test and the branch
 * taken, and `answered` only asks whether there is a value. What unknown means at the edge is the caller's: `visibleIf`
 * hidden, `requiredIf` optional, `valid` no error.
 *
 * @throws RuleFault where a number, read or computed, is not finite (`mean` divides the sum, so it shares the sum's
 * overflow).
 */
export function evaluateRule(rule: Rule, sources: Sources): Value | typeof unknown {
  if (isLiteral(rule)) return finite(rule, 'A literal');
  const [name, given] = Object.entries(rule)[0] as [string, Rule | readonly Rule[]];
  const operator = operators.get(name);
  if (operator === undefined) return valueOf(rule as Source, name, sources);

  const operands = operandsOf(given);
  const { meaning } = operator;
  switch (meaning.kind) {
    case 'answered':
      return operands.every((source) => hasValue(read(source as Source, sources)));
    case 'branch': {
      const [test, yes, no] = operands as readonly [Rule, Rule, Rule];
      const holds = evaluateRule(test, sources);
      return holds === unknown ? unknown : evaluateRule(holds === true ? yes : no, sources);
    }
    case 'kleene':
      return meaning.of(operands.map((one) => evaluateRule(one, sources)));
    case 'known': {
      const values = operands.map((one) => evaluateRule(one, sources));
      return values.every(isKnown) ? finite(meaning.of(values), `"${name}"`) : unknown;
    }
  }
}

function isLiteral(rule: Rule): rule is Literal {
  return typeof rule !== 'object' || Array.isArray(rule);
}

function isKnown(value: Value | Unknown): value is Value {
  return value !== unknown;
}

type Read = Value | typeof special | Unknown | null;

function read(source: Source, sources: Sources): Read {
  if ('answer' in source) return sources.answer(source.answer);
  if ('fact' in source) return sources.fact(source.fact);
  if ('calc' in source) return sources.calc(source.calc);
  return 'group' in source ? sources.group : sources.round;
}

function hasValue(value: Read): boolean {
  return value !== null && value !== unknown;
}

function valueOf(source: Source, kind: string, sources: Sources): Value | Unknown {
  const value = read(source, sources);
  return value === null || value === special || value === unknown ? unknown : finite(value, `"${kind}"`);
}

function finite(value: Value, what: string): Value {
  const parts = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (parts.some((part) => typeof part === 'number' && !Number.isFinite(part))) {
    throw new RuleFault(`${what} gives a number that is too large to compute with: use smaller numbers.`);
  }
  return value;
}
