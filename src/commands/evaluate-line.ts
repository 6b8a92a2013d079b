import {
  checkRule,
  type NameTypes,
  type RuleErrorCode,
  type RuleProblem,
  type RuleType,
} from '../definitions/conditions/check';
import { hasTooLongList, tooLongList } from '../definitions/conditions/limits';
import { pointerPart, sortProblems } from '../definitions/conditions/rule-problem';
import { isObject, sourcesOf } from '../definitions/conditions/sources';
import { evaluateRule, RuleFault, special, unknown, type Value } from '../definitions/conditions/evaluate';
import type { Rule } from '../definitions/conditions/rule';
import { isScalar, typeOfValue } from '../definitions/conditions/value-type';

/** What one line of input comes to. */
export type LineResult =
  | { readonly value: Value }
  | { readonly unknown: true }
  | { readonly error: { readonly code: RuleErrorCode; readonly message: string } };

/**
 * Evaluates one line `{"rule":…, "answers":{…}, "facts":{…}, "calcs":{…}, "group":…, "round":…}`. Types come from the
 * given values, null fitting every type. Everything given must be well-formed, whether the rule uses it or not; of all
 * problems of rule and values the first by the order of codes is the result. Other keys of the line are ignored.
 */
export function evaluateLine(text: string): LineResult {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return failed('malformed', 'The line is no JSON: write one object with a "rule" on each line.');
  }
  if (!isObject(line) || !Object.hasOwn(line, 'rule')) {
    return failed('malformed', 'The line is no JSON object with a "rule": write {"rule": …} on each line.');
  }

  const { rule } = line;
  const given = readGiven(line);
  const checked = checkRule(rule, typesOf(sourcesOf(rule), given));
  const inRule = checked.problems.map((problem) => ({ ...problem, pointer: `/rule${problem.pointer}` }));
  const [first] = sortProblems([...given.problems, ...inRule]);
  if (first !== undefined) return failed(first.code, `${first.message} (At ${cut(first.pointer)})`);

  try {
    const value = evaluateRule(rule as Rule, {
      answer: (code) => (isObject(own(given.answers, code)) ? special : valueIn(given.answers, code)),
      fact: (code) => valueIn(given.facts, code),
      calc: (name) => valueIn(given.calcs, name),
      group: given.group,
      round: given.round,
    });
    return value === unknown ? { unknown: true } : { value };
  } catch (error) {
    if (error instanceof RuleFault) return failed(error.code, error.message);
    throw error;
  }
}

function failed(code: RuleErrorCode, message: string): LineResult {
  return { error: { code, message } };
}

/** Values by name as they were given. Names may be those of prototypes: read own ones only. */
type Values = Readonly<Record<string, unknown>>;

interface Given {
  readonly answers: Values;
  readonly facts: Values;
  readonly calcs: Values;
  readonly group: string | null;
  readonly round: string | null;
  readonly problems: readonly RuleProblem[];
}

function readGiven(line: Record<string, unknown>): Given {
  const problems: RuleProblem[] = [];
  return {
    answers: readValues(line, 'answers', problems, (value) => isValue(value) || isSpecial(value)),
    facts: readValues(line, 'facts', problems, isValue),
    calcs: readValues(line, 'calcs', problems, isValue),
    group: readText(line, 'group', problems),
    round: readText(line, 'round', problems),
    problems,
  };
}

/** All values are looked at, whether the rule reads them or not; of those that are malformed the first is told. */
function readValues(
  line: Record<string, unknown>,
  key: 'answers' | 'facts' | 'calcs',
  problems: RuleProblem[],
  accepts: (value: unknown) => boolean,
): Values {
  const given = own(line, key);
  if (given === null) return {};
  if (hasTooLongList(given)) problems.push({ code: 'too-large', message: tooLongList(), pointer: `/${key}` });
  if (!isObject(given)) {
    problems.push({ code: 'malformed', message: `Write "${key}" as an object {"NAME": VALUE}.`, pointer: `/${key}` });
    return {};
  }
  const malformed = Object.keys(given).find((name) => given[name] !== null && !accepts(given[name]));
  if (malformed !== undefined) {
    const specialToo = key === 'answers' ? ', or {"special": "hard-to-say"} or {"special": "not-applicable"}' : '';
    const message = `A value is null, a number, a text, true, false or a flat list of these${specialToo}: correct it.`;
    problems.push({ code: 'malformed', message, pointer: `/${key}/${pointerPart(malformed)}` });
  }
  return given;
}

function isValue(value: unknown): value is Value {
  return isScalar(value) || (Array.isArray(value) && value.every(isScalar));
}

function isSpecial(value: unknown): boolean {
  if (!isObject(value) || Object.keys(value).length !== 1) return false;
  const kind = own(value, 'special');
  return kind === 'hard-to-say' || kind === 'not-applicable';
}

/** The value given under a name, null where it is unanswered (or malformed, which has been told). */
function valueIn(values: Values, name: string): Value | null {
  const value = own(values, name);
  return isValue(value) ? value : null;
}

/** Types of the names that a rule reads, as far as they are given. */
function typesOf(read: ReturnType<typeof sourcesOf>, given: Given): NameTypes {
  const types = (names: readonly string[], values: Values): ReadonlyMap<string, RuleType> => {
    const known = names.filter((name) => Object.hasOwn(values, name));
    return new Map(known.map((name) => [name, typeIn(values, name)]));
  };
  return {
    answers: types(read.answers, given.answers),
    facts: types(read.facts, given.facts),
    calcs: types(read.calcs, given.calcs),
  };
}

/** null and special answers fit every type. */
function typeIn(values: Values, name: string): RuleType {
  const value = valueIn(values, name);
  return value === null ? 'any' : typeOfValue(value);
}

function readText(line: Record<string, unknown>, key: 'group' | 'round', problems: RuleProblem[]): string | null {
  const given = own(line, key);
  if (given === null || typeof given === 'string') return given;
  const message = `Write "${key}" as a text, or leave it out where it is not known.`;
  problems.push({ code: 'malformed', message, pointer: `/${key}` });
  return null;
}

/** A value given under the object's own key; null where there is none. */
function own(object: Values, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : null;
}

/** Hostile names may be megabytes long. */
function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
