import type { Rule, Scalar } from './rule';

/**
 * The one table of operators (method §2): what each takes, what it gives and what it means. `check.ts` reads arity and
 * types from it, `evaluate.ts` the meaning, so a rule cannot be checked by one book and evaluated by another. It is
 * bundled for the browser with the evaluator: nothing but types is imported.
 */

/** A value of a rule where it is known. Dates are texts `YYYY-MM-DD`. */
export type Value = Scalar | readonly Scalar[];

/** The third truth value, and the value of everything that cannot be told from what has been answered. */
export const unknown: unique symbol = Symbol('unknown');
export type Unknown = typeof unknown;

/**
 * Types of rules and names. `date` is a text that is a real calendar day and may stand wherever a text may; `any` is a
 * name whose value is null, which fits every type.
 */
export type RuleType = 'number' | 'date' | 'text' | 'boolean' | 'list' | 'any';
export type OperandType = Exclude<RuleType, 'any'>;

export type Meaning =
  /** Unknown as soon as one operand is; else what `of` makes of the operands. */
  | { readonly kind: 'known'; readonly of: (operands: readonly Value[]) => Value }
  /** The same of exactly two. */
  | { readonly kind: 'pair'; readonly of: (first: Value, second: Value) => Value }
  /** Decides about unknown operands itself (Kleene's three-valued logic). */
  | { readonly kind: 'kleene'; readonly of: (operands: readonly (Value | Unknown)[]) => boolean | Unknown }
  /** Evaluates its first operand and then only the branch taken: the second where true, the third where false. */
  | { readonly kind: 'branch' }
  /** Asks of its sources whether they have a value, not which. */
  | { readonly kind: 'answered' };

export interface Operator {
  /** Fewest and most operands. */
  readonly least: number;
  readonly most: number;
  /** Types accepted by position; the last entry holds for all further operands. */
  readonly accepts: readonly [readonly OperandType[], ...(readonly OperandType[])[]];
  /** Position from which all operands must be of one type (date and text are one type). */
  readonly alikeFrom?: number;
  /** Type of the result; `alike` is the one type of the operands from `alikeFrom` on. */
  readonly gives: OperandType | 'alike';
  readonly meaning: Meaning;
}

const scalars = ['number', 'date', 'text', 'boolean'] as const;
const ordered = ['number', 'date'] as const;
const everything = [...scalars, 'list'] as const;

/** Nothing is known without its operands: the check has made sure of their number and types. */
function pair(of: (first: Value, second: Value) => Value): Meaning {
  return { kind: 'pair', of };
}

function numbers(of: (operands: readonly number[]) => number): Meaning {
  return { kind: 'known', of: (operands) => of(operands as readonly number[]) };
}

function lists(of: (first: readonly Scalar[], second: ReadonlySet<Scalar>) => boolean): Meaning {
  return pair((first, second) => of(first as readonly Scalar[], new Set(second as readonly Scalar[])));
}

/** Numbers by size; dates `YYYY-MM-DD` sort as the texts they are. */
function atMost(low: Value, high: Value): boolean {
  return (low as number) <= (high as number);
}

function sum(operands: readonly number[]): number {
  return operands.reduce((total, operand) => total + operand, 0);
}

/** Kleene: one false decides; else one unknown leaves it unknown. */
function and(operands: readonly (Value | Unknown)[]): boolean | Unknown {
  if (operands.includes(false)) return false;
  return operands.includes(unknown) ? unknown : true;
}

/** Kleene: one true decides; else one unknown leaves it unknown. */
function or(operands: readonly (Value | Unknown)[]): boolean | Unknown {
  if (operands.includes(true)) return true;
  return operands.includes(unknown) ? unknown : false;
}

function not([operand]: readonly (Value | Unknown)[]): boolean | Unknown {
  return operand === unknown ? unknown : operand === false;
}

/** `and` of `x >= low` and `x <= high`: 7 is outside [unknown, 5] whatever the lower end is. */
function between([x, low, high]: readonly (Value | Unknown)[]): boolean | Unknown {
  const within = (lower: Value | Unknown | undefined, upper: Value | Unknown | undefined): boolean | Unknown =>
    lower === unknown || upper === unknown ? unknown : atMost(lower as Value, upper as Value);
  return and([within(low, x), within(x, high)]);
}

const equality = { least: 2, most: 2, accepts: [scalars], alikeFrom: 0, gives: 'boolean' } as const;
const order = { least: 2, most: 2, accepts: [ordered], alikeFrom: 0, gives: 'boolean' } as const;
const connective = { least: 1, most: Infinity, accepts: [['boolean']], gives: 'boolean' } as const;
const overlap = { least: 2, most: 2, accepts: [['list']], gives: 'boolean' } as const;
const aggregate = { least: 1, most: Infinity, accepts: [['number']], gives: 'number' } as const;

/** A Map, so that `constructor` or `__proto__` in a rule are names like any other. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['==', { ...equality, meaning: pair((first, second) => first === second) }],
  ['!=', { ...equality, meaning: pair((first, second) => first !== second) }],
  ['<', { ...order, meaning: pair((first, second) => !atMost(second, first)) }],
  ['<=', { ...order, meaning: pair((first, second) => atMost(first, second)) }],
  ['>', { ...order, meaning: pair((first, second) => !atMost(first, second)) }],
  ['>=', { ...order, meaning: pair((first, second) => atMost(second, first)) }],
  ['and', { ...connective, meaning: { kind: 'kleene', of: and } }],
  ['or', { ...connective, meaning: { kind: 'kleene', of: or } }],
  ['not', { ...connective, most: 1, meaning: { kind: 'kleene', of: not } }],
  [
    'if',
    {
      least: 3,
      most: 3,
      accepts: [['boolean'], everything],
      alikeFrom: 1,
      gives: 'alike',
      meaning: { kind: 'branch' },
    },
  ],
  ['between', { ...order, least: 3, most: 3, meaning: { kind: 'kleene', of: between } }],
  [
    'in',
    {
      least: 2,
      most: 2,
      accepts: [scalars, ['list']],
      gives: 'boolean',
      meaning: pair((element, list) => (list as readonly Scalar[]).includes(element as Scalar)),
    },
  ],
  ['anyIn', { ...overlap, meaning: lists((first, second) => first.some((element) => second.has(element))) }],
  ['allIn', { ...overlap, meaning: lists((first, second) => first.every((element) => second.has(element))) }],
  ['answered', { least: 1, most: Infinity, accepts: [everything], gives: 'boolean', meaning: { kind: 'answered' } }],
  [
    'count',
    {
      least: 1,
      most: 1,
      accepts: [['list']],
      gives: 'number',
      meaning: { kind: 'known', of: ([list]) => (list as readonly Scalar[]).length },
    },
  ],
  ['sum', { ...aggregate, meaning: numbers(sum) }],
  ['mean', { ...aggregate, meaning: numbers((operands) => sum(operands) / operands.length) }],
  ['min', { ...aggregate, meaning: numbers((operands) => Math.min(...operands)) }],
  ['max', { ...aggregate, meaning: numbers((operands) => Math.max(...operands)) }],
  ['+', { ...aggregate, least: 2, meaning: numbers(sum) }],
  [
    '*',
    {
      ...aggregate,
      least: 2,
      meaning: numbers((operands) => operands.reduce((product, operand) => product * operand)),
    },
  ],
  ['-', { ...aggregate, least: 2, most: 2, meaning: pair((first, second) => (first as number) - (second as number)) }],
]);

/** The operands as a list: a single one may stand without brackets, an array is always the list of operands. */
export function operandsOf<Operand = Rule>(given: Operand | readonly Operand[]): readonly Operand[] {
  return Array.isArray(given) ? (given as readonly Operand[]) : [given as Operand];
}
