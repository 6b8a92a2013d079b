import { rememberedFor } from '../../shared/remember';
import { operandsOf, operators, unknown, type Meaning, type Unknown, type Value } from './operators';
import type { Literal, Operation, Rule, Source } from './rule';
import type { SourceKind } from './sources';

export { unknown, type Value } from './operators';

/**
 * The one evaluator of rules (method §2), on the server and, bundled, in the browser: it imports the table of operators,
 * types and what keeps results, nothing else.
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

/** A rule taken apart: what is left to do for each respondent. */
export type Evaluate = (sources: Sources) => Value | typeof unknown;

/**
 * Gives the value of a rule that `checkRule` has passed, for any sources, or `unknown`. A rule never changes: what it is
 * compiled into is kept as long as its object.
 *
 * All operands are evaluated before one that is unknown decides, except that `if` evaluates its test and the branch
 * taken, and `answered` only asks whether there is a value. What unknown means at the edge is the caller's: `visibleIf`
 * hidden, `requiredIf` optional, `valid` no error.
 *
 * What it returns throws a `RuleFault` where a number, read or computed, is not finite (`mean` divides the sum, so it
 * shares the sum's overflow).
 */
export function compileRule(rule: Rule): Evaluate {
  return typeof rule === 'object' ? compiled(rule) : compile(rule);
}

/** The value of a rule for these sources; see `compileRule`. */
export function evaluateRule(rule: Rule, sources: Sources): Value | typeof unknown {
  return compileRule(rule)(sources);
}

const compiled = rememberedFor<Rule & object, Evaluate>(compile);

/**
 * The functions below make one small closure each, which holds no more than it needs: the rules of a long instrument
 * then stay in the processor's cache (closures made in here would all share everything that this function knows, and
 * were four times slower with 2,000 items).
 */
function compile(rule: Rule): Evaluate {
  if (isLiteral(rule)) return literal(rule);
  const [name, given] = Object.entries(rule)[0] as [string, Operation[string]];
  const operator = operators.get(name);
  if (operator === undefined) return valueOf(...sourceOf(rule as Source));

  const { meaning } = operator;
  if (meaning.kind === 'answered') return answered(operandsOf(given).map((source) => sourceOf(source as Source)));
  const operands = operandsOf(given).map(compile);
  const [first, second, third] = operands as [Evaluate, Evaluate, Evaluate];
  switch (meaning.kind) {
    case 'branch':
      return branch(first, second, third);
    case 'kleene':
      return kleene(meaning.of, operands);
    case 'pair':
      return ofPair(meaning.of, name, first, second);
    case 'known':
      return ofKnown(meaning.of, name, operands);
  }
}

function isLiteral(rule: Rule): rule is Literal {
  return typeof rule !== 'object' || Array.isArray(rule);
}

function literal(value: Literal): Evaluate {
  return () => finite(value, 'literal');
}

/** The kind of a source and the name that it has there. */
function sourceOf(source: Source): readonly [kind: SourceKind, name: string] {
  const [kind, name] = Object.entries(source)[0] as [SourceKind, string | true];
  return [kind, String(name)];
}

function read(kind: SourceKind, name: string, sources: Sources): Value | typeof special | Unknown | null {
  switch (kind) {
    case 'answer':
      return sources.answer(name);
    case 'fact':
      return sources.fact(name);
    case 'calc':
      return sources.calc(name);
    case 'group':
      return sources.group;
    case 'round':
      return sources.round;
  }
}

function valueOf(kind: SourceKind, name: string): Evaluate {
  return (sources) => {
    const value = read(kind, name, sources);
    return value === null || value === special || value === unknown ? unknown : finite(value, kind);
  };
}

function answered(asked: readonly (readonly [SourceKind, string])[]): Evaluate {
  return (sources) =>
    asked.every(([kind, name]) => {
      const value = read(kind, name, sources);
      return value !== null && value !== unknown;
    });
}

function branch(test: Evaluate, yes: Evaluate, no: Evaluate): Evaluate {
  return (sources) => {
    const holds = test(sources);
    if (holds === unknown) return unknown;
    return holds === true ? yes(sources) : no(sources);
  };
}

function kleene(of: MeaningOf<'kleene'>, operands: readonly Evaluate[]): Evaluate {
  return (sources) => of(operands.map((one) => one(sources)));
}

function ofPair(of: MeaningOf<'pair'>, name: string, one: Evaluate, other: Evaluate): Evaluate {
  return (sources) => {
    const first = one(sources);
    const second = other(sources);
    return first === unknown || second === unknown ? unknown : finite(of(first, second), name);
  };
}

function ofKnown(of: MeaningOf<'known'>, name: string, operands: readonly Evaluate[]): Evaluate {
  return (sources) => {
    const values = operands.map((one) => one(sources));
    return values.every(isKnown) ? finite(of(values), name) : unknown;
  };
}

type MeaningOf<Kind extends 'kleene' | 'pair' | 'known'> = Extract<Meaning, { kind: Kind }>['of'];

function isKnown(value: Value | Unknown): value is Value {
  return value !== unknown;
}

/** @param name of the operator or source, or what it is */
function finite(value: Value, name: string): Value {
  if (Array.isArray(value) ? value.every(isFiniteScalar) : isFiniteScalar(value)) return value;
  throw new RuleFault(`"${name}" gives a number that is too large to compute with: use smaller numbers.`);
}

function isFiniteScalar(value: unknown): boolean {
  return typeof value !== 'number' || Number.isFinite(value);
}
