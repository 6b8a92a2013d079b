import { checkRule, type NameTypes, type RuleType } from '../conditions/check';
import type { Problem } from '../../shared/errors';
import { didYouMean } from './likely';
import { problem, type Outline } from './outline';
import { partsOf, rulePlaces, type RulePlace } from './rule-places';

/** Rules: well formed, of known names and fitting types; what decides about a question or page is true or false. */
export function* checkRules(outline: Outline): Generator<Problem> {
  const names = nameTypesOf(outline);
  for (const place of rulePlaces(outline)) {
    const { type, problems } = checkRule(place.rule, names);
    for (const fault of problems) {
      const hint = fault.code === 'unknown-name' ? meantName(place, fault.pointer, names) : '';
      yield problem(place.pointer + fault.pointer, fault.code, fault.message + hint);
    }
    if (problems.length === 0 && place.use !== 'calc' && type !== 'boolean' && type !== 'any') {
      const message = `This must be true or false, but it gives a ${type}: compare it with something.`;
      yield problem(place.pointer, 'rule-not-boolean', message);
    }
    yield* checkGroupAndRound(place, outline);
  }
}

/** Types of everything a rule of this document may name; calcs get theirs in document order. */
export function nameTypesOf({ questions, facts, calcs }: Outline): NameTypes {
  const answers = new Map(questions.map(({ code, type }) => [code, answerType(type)]));
  const factTypes = new Map(facts.map(({ code, type }) => [code, answerType(type)]));
  // A later calc fits everything here: that it comes later is told by the check of order.
  const calcTypes = new Map<string, RuleType>(calcs.map(({ code }) => [code, 'any']));
  const names = { answers, facts: factTypes, calcs: calcTypes };
  for (const { code, value } of calcs) calcTypes.set(code, checkRule(value['rule'], names).type);
  return names;
}

function answerType(type: string): RuleType {
  switch (type) {
    case 'rating':
    case 'number':
    case 'percent':
    case 'money':
      return 'number';
    case 'single-choice':
    case 'short-text':
    case 'long-text':
      return 'text';
    case 'multiple-choice':
    case 'ranking':
      return 'list';
    case 'date':
      return 'date';
    case 'yes-no':
      return 'boolean';
    default:
      return 'any';
  }
}

function meantName(place: RulePlace, pointer: string, names: NameTypes): string {
  const read = partsOf(place.rule, '').reads.find((one) => one.pointer === pointer);
  if (read === undefined || read.kind === 'group' || read.kind === 'round') return '';
  return didYouMean(read.name, names[`${read.kind}s`].keys());
}

function* checkGroupAndRound(place: RulePlace, { document }: Outline): Generator<Problem> {
  for (const { kind, pointer } of partsOf(place.rule, place.pointer).reads) {
    if ((kind === 'group' || kind === 'round') && !Object.hasOwn(document, `${kind}s`)) {
      const message = `The instrument has no ${kind}s, so this is never known: add "${kind}s", or leave this out of the rule.`;
      yield problem(pointer, `no-${kind}s`, message);
    }
  }
}
