import { decimalsOf, rangeOf } from '../answer-check';
import { isBlank } from '../../shared/plain-text';
import { special, type Value } from '../conditions/evaluate';
import { comparisonsOf } from './literals';
import { listIn, numberIn, type Outline, type QuestionEntry } from './outline';
import { sourceIn, type OperatorUse, type Read } from './rule-places';

/** What a source may be when a rule is evaluated: a value, a special answer, or null = unanswered. */
export type State = Value | typeof special | null;

/** How a source is used in the rules under test. */
interface Usage {
  /** Literals it is compared with. */
  readonly literals: readonly unknown[];
  /** It is only ever compared with literals, counted or asked whether it is answered: nothing mixes it with others. */
  readonly alone: boolean;
}

/** More values than this are thinned out to the boundaries where that loses nothing. */
const manyValues = 12;
const manyChoices = 8;

/**
 * Every state of a source that these rules could tell apart, or null where that cannot be listed. May hold states that
 * can never arise (a rule constant over more states is constant over fewer), but never leaves one out that matters.
 */
export function statesOf(read: Read, uses: readonly OperatorUse[], outline: Outline): readonly State[] | null {
  const usage = usageOf(read, uses);
  switch (read.kind) {
    case 'group':
      return named(
        outline.groups.map(({ code }) => code),
        outline,
      );
    case 'round':
      return named(
        outline.rounds.map(({ word }) => word),
        outline,
      );
    case 'calc':
      return null;
    case 'fact': {
      const values = valuesOf(
        outline.facts.find(({ code }) => code === read.name),
        usage,
        outline,
      );
      return values === null ? null : [null, ...values];
    }
    case 'answer': {
      const question = outline.questions.find(({ code }) => code === read.name);
      const values = valuesOf(question, usage, outline);
      if (values === null || question === undefined) return null;
      const offered: readonly State[] = offersSpecial(question) ? [special] : [];
      return [null, ...offered, ...values];
    }
  }
}

/** A respondent of an assessment always has a group and a round. */
function named(names: readonly string[], { kind }: Outline): readonly State[] | null {
  if (names.length === 0) return null;
  return kind === 'assessment' ? names : [null, ...names];
}

function offersSpecial({ type, value }: QuestionEntry): boolean {
  return value['special'] === undefined ? type === 'rating' : listIn(value['special']).length > 0;
}

const mixing = new Set(['==', '!=', '<', '<=', '>', '>=', 'between', 'in', 'anyIn', 'allIn']);
const neutral = new Set(['answered', 'count', 'and', 'or', 'not', 'if']);

function usageOf(read: Read, uses: readonly OperatorUse[]): Usage {
  const isIt = (value: unknown): boolean => {
    const source = sourceIn(value, '');
    return source?.kind === read.kind && source.name === read.name;
  };
  const where = uses.filter(({ operands }) => operands.some(({ value }) => isIt(value)));
  const literals = where
    .flatMap((use) => comparisonsOf(use))
    .filter((comparison) => comparison.read.kind === read.kind && comparison.read.name === read.name)
    .flatMap((comparison) => comparison.literals.map(({ value }) => value));
  const alone = where.every(({ operator, operands }) => {
    if (neutral.has(operator)) return operator !== 'if' || !operands.slice(1).some(({ value }) => isIt(value));
    if (!mixing.has(operator) || (operator === 'between' && operands.slice(1).some(({ value }) => isIt(value)))) {
      return false;
    }
    return operands.every(({ value }) => isIt(value) || Array.isArray(value) || typeof value !== 'object');
  });
  return { literals, alone };
}

function valuesOf(question: QuestionEntry | undefined, usage: Usage, outline: Outline): readonly Value[] | null {
  if (question === undefined) return null;
  const { type, value, choices } = question;
  const codes = choices.map(({ code }) => code);
  switch (type) {
    case 'yes-no':
      return [true, false];
    case 'rating': {
      if (outline.scale === null) return null;
      const { min, max } = outline.scale;
      return min >= max || max - min > 100 ? null : wholeNumbers(min, max);
    }
    case 'single-choice':
      if (codes.length <= manyValues || !usage.alone) return codes;
      return [...codes.filter((code) => usage.literals.includes(code)), ...unmentioned(codes, usage).slice(0, 1)];
    case 'multiple-choice':
    case 'ranking':
      return subsetsOf(question, codes, usage);
    case 'number':
    case 'percent':
    case 'money':
      return numbersOf(type, value, usage);
    case 'date':
      return usage.alone ? daysAround(value, usage) : null;
    case 'short-text':
    case 'long-text': {
      if (!usage.alone) return null;
      // An answer without words is no answer.
      const texts = usage.literals.filter(isString).filter((literal) => !isBlank(literal));
      // Longer than each, so different from all of them.
      return [...texts, texts.reduce((longest, one) => longest + one, 'x')];
    }
    default:
      return null;
  }
}

function wholeNumbers(min: number, max: number): readonly number[] {
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}

function unmentioned(codes: readonly string[], { literals }: Usage): readonly string[] {
  return codes.filter((code) => !literals.includes(code));
}

/** Sets of choices, never the empty one (that is unanswered) nor one below `minChoices`: all those of the mentioned ones, each with every possible number of unmentioned ones. */
function subsetsOf(
  { type, value, choices }: QuestionEntry,
  codes: readonly string[],
  usage: Usage,
): readonly Value[] | null {
  const rest = usage.alone ? unmentioned(codes, usage) : [];
  const apart = codes.filter((code) => !rest.includes(code));
  if (apart.length > manyChoices) return null;
  const most = numberIn(value[type === 'ranking' ? 'places' : 'maxChoices']) ?? codes.length;
  const exclusive = new Set(choices.filter((choice) => choice.value['exclusive'] === true).map(({ code }) => code));
  const sets: (readonly string[])[] = [];
  for (let bits = 0; bits < 2 ** apart.length; bits++) {
    const chosen = apart.filter((_, index) => Math.floor(bits / 2 ** index) % 2 === 1);
    // Exclusive ones last, so that they are not counted in with others but still come up alone.
    const fill = [...rest].sort((one, other) => Number(exclusive.has(one)) - Number(exclusive.has(other)));
    for (let more = 0; more <= fill.length && chosen.length + more <= Math.max(most, 1); more++) {
      sets.push([...chosen, ...fill.slice(0, more)]);
    }
  }
  const least = Math.max(type === 'ranking' ? 1 : (numberIn(value['minChoices']) ?? 1), 1);
  const isAccepted = (set: readonly string[]): boolean =>
    set.some((code) => exclusive.has(code)) ? set.length === 1 : set.length >= least;
  return [...sets.filter(isAccepted), ...[...exclusive].filter((code) => rest.includes(code)).map((code) => [code])];
}

function numbersOf(
  type: 'number' | 'percent' | 'money',
  value: QuestionEntry['value'],
  usage: Usage,
): readonly number[] | null {
  const [min, max, places] = [numberIn(value['min']), numberIn(value['max']), numberIn(value['decimals'])];
  const decimals = decimalsOf({ type, ...(places === null ? {} : { decimals: places }) });
  const range = rangeOf({ type, ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) });
  const step = 10 ** -Math.min(Math.max(decimals, 0), 6);
  const [low, high] = [range.min, range.max];
  if (decimals === 0 && low !== null && high !== null && high - low < (usage.alone ? manyValues : 100)) {
    return wholeNumbers(Math.ceil(low), Math.floor(high));
  }
  if (!usage.alone) return null;
  const literals = usage.literals.filter((literal) => typeof literal === 'number');
  const around = literals.flatMap((literal) => {
    const whole = Math.floor(literal / step) * step;
    return [whole - step, whole, whole + step, whole + 2 * step].map((number) => Number(number.toFixed(decimals)));
  });
  const ends = [low ?? Math.min(0, ...literals) - 1, high ?? Math.max(0, ...literals) + 1];
  return [...new Set([...around, ...ends])].filter(
    (number) => (low === null || number >= low) && (high === null || number <= high),
  );
}

const day = 24 * 60 * 60 * 1000;

function daysAround(value: QuestionEntry['value'], { literals }: Usage): readonly string[] {
  const [min, max] = [value['min'], value['max']].map((bound) => (typeof bound === 'string' ? bound : null));
  const shifted = (date: string, by: number): readonly string[] => {
    const moment = Date.parse(`${date}T00:00:00Z`) + by * day;
    return Number.isNaN(moment) ? [] : [new Date(moment).toISOString().slice(0, 10)];
  };
  const around = literals
    .filter((literal) => typeof literal === 'string')
    .flatMap((literal) => [...shifted(literal, -1), literal, ...shifted(literal, 1)]);
  const ends = [min ?? '1000-01-01', max ?? '9000-12-31'];
  return [...new Set([...around, ...ends])].filter(
    (date) => (min == null || date >= min) && (max == null || date <= max),
  );
}

function isString(literal: unknown): literal is string {
  return typeof literal === 'string';
}
