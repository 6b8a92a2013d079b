import { rangeOf } from '../answer-check';
import type { Problem } from '../../shared/errors';
import { didYouMean } from './likely';
import { listIn, numberIn, problem, type Outline, type QuestionEntry } from './outline';
import { below } from './pointer';
import { partsOf, rulePlaces, sourceIn, type OperatorUse, type Read } from './rule-places';

/** Literals: what a rule compares an answer, a fact, the group or the round with must be something it can be. */
export function* checkLiterals(outline: Outline): Generator<Problem> {
  for (const { rule, pointer } of rulePlaces(outline)) {
    for (const use of partsOf(rule, pointer).uses) {
      for (const { read, literals } of comparisonsOf(use)) {
        const possible = possibleValues(read, outline);
        for (const literal of possible === null ? [] : literals) {
          const fault = possible?.faultOf(literal.value);
          if (fault != null) yield problem(literal.pointer, fault.code, fault.message);
        }
      }
    }
  }
}

interface Literal {
  readonly value: unknown;
  readonly pointer: string;
}

const comparing = new Set(['==', '!=', '<', '<=', '>', '>=', 'between', 'in', 'anyIn', 'allIn']);

/** The sources among the operands of a comparison, each with the literals it is compared with. */
export function comparisonsOf({
  operator,
  operands,
}: OperatorUse): readonly { read: Read; literals: readonly Literal[] }[] {
  if (!comparing.has(operator)) return [];
  return operands.flatMap((operand, index) => {
    const read = sourceIn(operand.value, operand.pointer);
    if (read === null || (operator === 'between' && index > 0)) return [];
    const others = operands.filter((_, other) => other !== index);
    const literals = others.flatMap(({ value, pointer }) =>
      Array.isArray(value)
        ? listIn(value).map((element, place) => ({ value: element, pointer: below(pointer, place) }))
        : [{ value, pointer }],
    );
    return [{ read, literals: literals.filter(({ value }) => typeof value !== 'object') }];
  });
}

interface Possible {
  readonly faultOf: (literal: unknown) => { readonly code: string; readonly message: string } | null;
}

function possibleValues(read: Read, outline: Outline): Possible | null {
  switch (read.kind) {
    case 'group': {
      const codes = outline.groups.map(({ code }) => code);
      return codes.length === 0 ? null : oneOf(codes, 'unknown-group', 'group of the instrument');
    }
    case 'round': {
      const names = outline.rounds.map(({ word }) => word);
      return names.length === 0 ? null : oneOf(names, 'unknown-round', 'round of the instrument');
    }
    case 'calc':
      return null;
    case 'answer':
      return valuesOf(
        outline.questions.find(({ code }) => code === read.name),
        outline,
      );
    case 'fact':
      return valuesOf(
        outline.facts.find(({ code }) => code === read.name),
        outline,
      );
  }
}

function valuesOf(question: QuestionEntry | undefined, { scale }: Outline): Possible | null {
  if (question === undefined) return null;
  const { type, code, value, choices } = question;
  switch (type) {
    case 'single-choice':
    case 'multiple-choice':
    case 'ranking':
      return choices.length === 0
        ? null
        : oneOf(
            choices.map((choice) => choice.code),
            'unknown-choice',
            `choice of "${code}"`,
          );
    case 'rating':
      return scale === null ? null : within(scale.min, scale.max, code);
    case 'number':
    case 'percent':
    case 'money': {
      const min = numberIn(value['min']);
      const max = numberIn(value['max']);
      const range = rangeOf({ type, ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) });
      return within(range.min, range.max, code);
    }
    case 'date':
      return within(textIn(value['min']), textIn(value['max']), code);
    default:
      return null;
  }
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function oneOf(codes: readonly string[], code: string, what: string): Possible {
  return {
    faultOf: (literal) => {
      if (typeof literal !== 'string' || codes.includes(literal)) return null;
      const meant = didYouMean(literal, codes);
      const list = codes.slice(0, 12).join(', ') + (codes.length > 12 ? ', …' : '');
      return { code, message: `"${literal}" is no ${what}: use one of ${list}.${meant}` };
    },
  };
}

function within<Bound extends number | string>(min: Bound | null, max: Bound | null, code: string): Possible {
  const kind = typeof (min ?? max);
  return {
    faultOf: (literal) => {
      if (typeof literal !== kind) return null;
      const value = literal as Bound;
      if ((min === null || value >= min) && (max === null || value <= max)) return null;
      const range = [min === null ? '' : `from ${min}`, max === null ? '' : `to ${max}`].join(' ').trim();
      const message = `Answers to "${code}" go ${range}, so ${value} is never reached: compare with a value inside.`;
      return { code: 'out-of-range', message };
    },
  };
}
