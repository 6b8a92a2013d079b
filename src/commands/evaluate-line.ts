import {
  checkRule,
  type NameTypes,
  type RuleErrorCode,
  type RuleProblem,
  type RuleType,
} from '../definitions/conditions/check';
import { hasTooLongList, tooLongList } from '../definitions/conditions/limits';
import { pointerPart, sortProblems } from '../definitions/conditions/rule-problem';
import { isObject } from '../definitions/conditions/sources';
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

  const given = readGiven(line);
  const checked = checkRule(line['rule'], given.types);
  const inRule = checked.problems.map((problem) => ({ ...problem, pointer: `/rule${problem.pointer}` }));
  const [first] = sortProblems([...given.problems, ...inRule]);
  if (first !== undefined) return failed(first.code, `${first.message} (At ${cut(first.pointer)})`);

  try {
    const value = evaluateRule(line['rule'] as Rule, {
      answer: (code) => given.answers.get(code) ?? null,
      fact: (code) => given.facts.get(code) ?? null,
      calc: (name) => given.calcs.get(name) ?? null,
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

interface Given {
  readonly answers: ReadonlyMap<string, Value | typeof special | null>;
  readonly facts: ReadonlyMap<string, Value | null>;
  readonly calcs: ReadonlyMap<string, Value | null>;
  readonly group: string | null;
  readonly round: string | null;
  readonly types: NameTypes;
  readonly problems: readonly RuleProblem[];
}

function readGiven(line: Record<string, unknown>): Given {
  const problems: RuleProblem[] = [];
  const answers = readValues(line, 'answers', problems, readAnswer);
  const facts = readValues(line, 'facts', problems, readValue);
  const calcs = readValues(line, 'calcs', problems, readValue);
  return {
    answers,
    facts,
    calcs,
    group: readText(line, 'group', problems),
    round: readText(line, 'round', problems),
    types: { answers: typesOf(answers), facts: typesOf(facts), calcs: typesOf(calcs) },
    problems,
  };
}

/** Own names only and in a Map, so that `__proto__` is a name like any other. A malformed value stands as null. */
function readValues<Some>(
  line: Record<string, unknown>,
  key: 'answers' | 'facts' | 'calcs',
  problems: RuleProblem[],
  read: (value: unknown) => Some | undefined,
): Map<string, Some | null> {
  const values = new Map<string, Some | null>();
  const given = own(line, key);
  if (given === null) return values;
  if (hasTooLongList(given)) problems.push({ code: 'too-large', message: tooLongList(), pointer: `/${key}` });
  if (!isObject(given)) {
    problems.push({ code: 'malformed', message: `Write "${key}" as an object {"NAME": VALUE}.`, pointer: `/${key}` });
    return values;
  }
  for (const [name, value] of Object.entries(given)) {
    const known = value === null ? null : read(value);
    values.set(name, known ?? null);
    if (known !== undefined) continue;
    const specialToo = key === 'answers' ? ', or {"special": "hard-to-say"} or {"special": "not-applicable"}' : '';
    const message = `A value is null, a number, a text, true, false or a flat list of these${specialToo}: correct it.`;
    problems.push({ code: 'malformed', message, pointer: `/${key}/${cut(pointerPart(name))}` });
  }
  return values;
}

function readValue(value: unknown): Value | undefined {
  if (isScalar(value)) return value;
  return Array.isArray(value) && value.every(isScalar) ? value : undefined;
}

function readAnswer(value: unknown): Value | typeof special | undefined {
  const isSpecial =
    isObject(value) &&
    Object.keys(value).length === 1 &&
    (own(value, 'special') === 'hard-to-say' || own(value, 'special') === 'not-applicable');
  return isSpecial ? special : readValue(value);
}

function readText(line: Record<string, unknown>, key: 'group' | 'round', problems: RuleProblem[]): string | null {
  const given = own(line, key);
  if (given === null || typeof given === 'string') return given;
  const message = `Write "${key}" as a text, or leave it out where it is not known.`;
  problems.push({ code: 'malformed', message, pointer: `/${key}` });
  return null;
}

function typesOf(values: ReadonlyMap<string, Value | typeof special | null>): ReadonlyMap<string, RuleType> {
  return new Map(
    [...values].map(([name, value]) => [name, value === null || value === special ? 'any' : typeOfValue(value)]),
  );
}

/** A value given under the object's own key; null where there is none. */
function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : null;
}

/** Hostile names may be megabytes long. */
function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
