import { deepest, longestList, mostNodes, pushParts, tooLongList } from './limits';
import { operandsOf, operators, type OperandType, type Operator, type RuleType } from './operators';
import { pointerPart, sortProblems, type RuleErrorCode, type RuleProblem } from './rule-problem';
import { isObject, sourceIn, sourceKinds, type SourceKind } from './sources';
import { isScalar, typeOfValue } from './value-type';

export type { RuleType } from './operators';
export type { RuleErrorCode, RuleProblem } from './rule-problem';
export { sourcesOf } from './sources';

/** The names a rule may use and their types; a name that is not listed is an error. Group and round are texts. */
export interface NameTypes {
  readonly answers: ReadonlyMap<string, RuleType>;
  readonly facts: ReadonlyMap<string, RuleType>;
  readonly calcs: ReadonlyMap<string, RuleType>;
}

/**
 * Checks a rule whole, whatever it is, before anything is evaluated: all its problems, sorted by the order of codes.
 * `type` is the type of its value (`any` where a problem hides it).
 *
 * - Depth: every object that is not a source counts as one, also a malformed one or one with an unknown operator.
 * - An object has exactly one key: a source (`answer`, `fact`, `calc` with a text; `group`, `round` with true) or an
 *   operator. A source with another value, and zero or several keys, are malformed; any other key, `__proto__` too, is
 *   an unknown operator. null is malformed everywhere.
 * - An array in operand place is the list of operands; an array among the operands is a list literal of scalars. An
 *   array in place of the whole rule is malformed.
 *
 * Every part of the rule is looked at once; the recursion ends at the greatest depth allowed.
 */
export function checkRule(rule: unknown, names: NameTypes): { type: RuleType; problems: RuleProblem[] } {
  const check: Check = { names, nodes: 0, problems: [], codes: new Set() };
  let type: RuleType = 'any';
  if (Array.isArray(rule)) {
    report(
      check,
      'malformed',
      '',
      'A rule is an object, a number, a text, true or false: write an array only as the operands of an operator.',
    );
    lookInside(check, rule, '', 0);
  } else {
    type = checkOperand(check, rule, '', 0);
  }
  return { type, problems: sortProblems(check.problems) };
}

interface Check {
  readonly names: NameTypes;
  nodes: number;
  readonly problems: RuleProblem[];
  /** Codes among the problems. */
  readonly codes: Set<RuleErrorCode>;
}

function report(check: Check, code: RuleErrorCode, pointer: string, message: string): void {
  check.problems.push({ code, message, pointer });
  check.codes.add(code);
}

/** A value in operand place (or the whole rule), below `depth` operators. */
function checkOperand(check: Check, operand: unknown, pointer: string, depth: number): RuleType {
  check.nodes += 1;
  if (check.nodes > mostNodes) {
    if (check.nodes === mostNodes + 1) {
      const limit = `A rule may have at most ${mostNodes} operators, sources and literals`;
      report(check, 'too-large', '', `${limit}: move parts of it into calcs and read them with {"calc": NAME}.`);
    }
    lookInside(check, operand, pointer, depth);
    return 'any';
  }
  if (isScalar(operand)) return typeOfValue(operand);
  if (Array.isArray(operand)) return checkList(check, operand, pointer, depth);
  if (isObject(operand)) return checkObject(check, operand, pointer, depth);
  report(
    check,
    'malformed',
    pointer,
    'A rule has no null: leave the operand out, or test for a value with "answered".',
  );
  return 'any';
}

function checkList(check: Check, list: readonly unknown[], pointer: string, depth: number): RuleType {
  if (list.length > longestList) {
    report(check, 'too-large', pointer, tooLongList(list.length));
  } else {
    for (const [index, element] of list.entries()) {
      if (isScalar(element)) continue;
      const message = 'A list holds numbers, texts, true and false only: take the list, object or null out of it.';
      report(check, 'malformed', `${pointer}/${index}`, message);
    }
  }
  lookInside(check, list, pointer, depth);
  return 'list';
}

function checkObject(check: Check, node: Record<string, unknown>, pointer: string, depth: number): RuleType {
  const source = sourceIn(node);
  if (source !== undefined) return checkName(check, source, pointer);
  if (depth === deepest) {
    const message = `Operators may nest ${deepest} deep: move an inner part into a calc and read it with {"calc": NAME}.`;
    report(check, 'too-deep', pointer, message);
    return 'any';
  }

  const keys = Object.keys(node);
  const [name = ''] = keys;
  if (keys.length !== 1) {
    const found = keys.length === 0 ? 'none' : String(keys.length);
    report(check, 'malformed', pointer, `An object in a rule has one key, an operator or a source; this has ${found}.`);
    for (const key of keys) checkOperands(check, node[key], pointerTo(check, pointer, key), depth + 1);
    return 'any';
  }
  if (sourceKinds.has(name)) {
    const right = name === 'group' || name === 'round' ? `{"${name}": true}` : `{"${name}": "NAME"}`;
    report(check, 'malformed', pointer, `The source "${name}" is written ${right}.`);
    lookInside(check, node[name], pointer, depth + 1);
    return 'any';
  }

  const at = pointerTo(check, pointer, name);
  const operator = operators.get(name);
  const types = checkOperands(check, node[name], at, depth + 1);
  if (operator === undefined) {
    const known = [...operators.keys()].join(' ');
    report(check, 'unknown-operator', pointer, `${shown(name)} is no operator: use one of ${known}.`);
    return 'any';
  }
  if (types.length < operator.least || types.length > operator.most) {
    report(check, 'wrong-arity', at, arityMessage(name, operator, types.length));
    return operator.gives === 'alike' ? 'any' : operator.gives;
  }
  if (operator.meaning.kind === 'answered') checkAreSources(check, operandsOf(node[name]), at);
  return checkTypes(check, name, operator, types, at);
}

function checkOperands(check: Check, given: unknown, pointer: string, depth: number): RuleType[] {
  if (!Array.isArray(given)) return [checkOperand(check, given, pointer, depth)];
  return given.map((operand, index) => checkOperand(check, operand, pointerTo(check, pointer, index), depth));
}

function checkName(check: Check, { kind, name }: { kind: SourceKind; name: string }, pointer: string): RuleType {
  if (kind === 'group' || kind === 'round') return 'text';
  const type = check.names[`${kind}s`].get(name);
  if (type !== undefined) return type;
  const message = `There is no ${kind} ${shown(name)} to read here: correct the name, or give it before it is used.`;
  report(check, 'unknown-name', pointer, message);
  return 'any';
}

function checkAreSources(check: Check, operands: readonly unknown[], pointer: string): void {
  const wrong = operands.findIndex((operand) => !isObject(operand) || sourceIn(operand) === undefined);
  if (wrong < 0) return;
  const message = `Operand ${wrong + 1} of "answered" is no source: name an answer, fact, calc, group or round.`;
  report(check, 'type-mismatch', pointer, message);
}

/** Types of the operands against the table; gives the type of the result. */
function checkTypes(check: Check, name: string, operator: Operator, types: RuleType[], pointer: string): RuleType {
  const { accepts, alikeFrom = Infinity, gives } = operator;
  let common: RuleType = 'any';
  const problemsBefore = check.problems.length;
  const refuse = (index: number, type: RuleType, because: string): void => {
    const message = `Operand ${index + 1} of "${name}" is ${typeWords[type]}, but ${because}.`;
    report(check, 'type-mismatch', pointer, `${message} Values are never converted: correct the operand.`);
  };
  for (const [index, type] of types.entries()) {
    const accepted = accepts[Math.min(index, accepts.length - 1)] ?? [];
    if (type !== 'any' && !accepted.includes(type)) {
      refuse(index, type, `must be ${accepted.map((one) => typeWords[one]).join(' or ')}`);
    } else if (index >= alikeFrom) {
      const both = commonType(common, type);
      if (both === undefined) refuse(index, type, `the operand it stands with is ${typeWords[common]}`);
      common = both ?? common;
    }
  }
  if (gives !== 'alike') return gives;
  return check.problems.length === problemsBefore ? common : 'any';
}

/** The one type of two, if they have one: `any` fits everything, a date is a text. */
function commonType(one: RuleType, other: RuleType): RuleType | undefined {
  if (one === other || other === 'any') return one;
  if (one === 'any') return other;
  const texts = (type: RuleType): boolean => type === 'text' || type === 'date';
  return texts(one) && texts(other) ? 'text' : undefined;
}

const typeWords: Readonly<Record<OperandType | 'any', string>> = {
  number: 'a number',
  date: 'a date YYYY-MM-DD',
  text: 'a text',
  boolean: 'true or false',
  list: 'a list',
  any: 'null',
};

function arityMessage(name: string, { least, most }: Operator, count: number): string {
  const wanted = least === most ? String(least) : most === Infinity ? `${least} or more` : `${least} to ${most}`;
  const hint = count > most ? ` A list literal stands in brackets of its own: {"${name}": [[1, 2]]}.` : '';
  return `"${name}" takes ${wanted} ${wanted === '1' ? 'operand' : 'operands'}, not ${count}: correct their number.${hint}`;
}

/**
 * Looks through what is not checked as a rule (the inside of a list literal, of a malformed source, or what comes after
 * the last node allowed) for the two codes that come before all others. Reports each of them at most once.
 */
function lookInside(check: Check, value: unknown, pointer: string, depth: number): void {
  const waiting = [{ value, depth }];
  const reportOnce = (code: RuleErrorCode, message: string): void => {
    if (!check.codes.has(code)) report(check, code, pointer, message);
  };
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    let inside = part.depth;
    if (Array.isArray(part.value)) {
      if (part.value.length > longestList) reportOnce('too-large', tooLongList(part.value.length));
    } else if (isObject(part.value)) {
      if (sourceIn(part.value) !== undefined) continue;
      inside += 1;
      if (inside > deepest) {
        reportOnce('too-deep', `Operators may nest ${deepest} deep: take the inner part out.`);
        continue;
      }
    }
    const parts: unknown[] = [];
    pushParts(parts, part.value);
    for (const one of parts) waiting.push({ value: one, depth: inside });
  }
}

/** The pointer of a part; beyond the last node allowed none is needed, and hostile rules have many parts. */
function pointerTo(check: Check, pointer: string, key: string | number): string {
  if (check.nodes > mostNodes) return pointer;
  return `${pointer}/${typeof key === 'number' ? key : pointerPart(key)}`;
}

/** A name of the author's in a message, cut where it is hostile. */
function shown(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
