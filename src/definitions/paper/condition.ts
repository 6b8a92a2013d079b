import { compileRule, unknown, type Value } from '../conditions/evaluate';
import { operandsOf } from '../conditions/operators';
import type { Rule } from '../conditions/rule';
import { isObject, sourceIn, sourcesOf } from '../conditions/sources';
import { valueInGroup, type FlowContext } from '../flow';
import type { Instrument } from '../instrument';

/**
 * A rule as paper can tell it: no machine hides a question there, so its words say of which answers it asks. What the
 * group, the round and the fact sheet decide is decided already.
 */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  /** At least one of these choices was taken; `not`: none of them. */
  | { readonly kind: 'chosen'; readonly question: string; readonly codes: readonly string[]; readonly not: boolean }
  | { readonly kind: 'yes' | 'answered'; readonly question: string; readonly not: boolean }
  /** `count` compares how many choices were taken, `compared` the answer itself. */
  | {
      readonly kind: 'compared' | 'count';
      readonly question: string;
      readonly operator: Comparison;
      readonly value: number | string;
    }
  /** Says more than a sentence can: only on which answers it depends. */
  | { readonly kind: 'depends'; readonly questions: readonly string[] };

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';
type Told = Condition | boolean;

const inverse: Readonly<Record<Comparison, Comparison>> = {
  ...{ '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': '!=', '!=': '==' },
};
const mirrored: Readonly<Record<Comparison, Comparison>> = {
  ...{ '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' },
};

/**
 * When a rule is true, as far as answers decide it; true or false where they do not. Unknown counts as false, as it does
 * wherever a rule shows a question.
 */
export function conditionOf(instrument: Instrument, context: FlowContext, rule: Rule): Told {
  const calcs = new Map((instrument.calcs ?? []).map(({ name, rule: of }) => [name, of]));
  const questions = new Map(instrument.questions.map((question) => [question.code, question]));

  /** Codes of the questions that a rule reads, also through calcs. */
  function answersIn(of: Rule): string[] {
    const { answers, calcs: names } = sourcesOf(of);
    return [...new Set([...answers, ...names.flatMap((name) => answersIn(calcs.get(name) ?? false))])];
  }

  /** The value of a rule that reads no answers. */
  function constant(of: Rule): Value | typeof unknown {
    return valueInGroup(compileRule(of), {
      answer: () => null,
      fact: (code) => (Object.hasOwn(context.facts, code) ? (context.facts[code] ?? null) : null),
      calc: (name) => constant(calcs.get(name) ?? { fact: name }),
      ...{ group: context.group, round: context.round },
    });
  }

  function told(of: Rule, positive: boolean): Told {
    if (answersIn(of).length === 0) return constant(of) === positive;
    const depends: Condition = { kind: 'depends', questions: answersIn(of) };
    if (!isObject(of)) return depends;
    const source = sourceIn(of);
    if (source?.kind === 'calc') return told(calcs.get(source.name) ?? false, positive);
    if (source !== undefined) return { kind: 'yes', question: source.name, not: !positive };
    const [name = '', given = []] = Object.entries(of)[0] ?? [];
    const operands = operandsOf(given);
    const [first = false, second = false, third = false] = operands;
    switch (name) {
      case 'not':
        return told(first, !positive);
      case 'and':
      case 'or':
        return joined(
          (name === 'and') === positive ? 'all' : 'any',
          operands.map((one) => told(one, positive)),
        );
      case 'if':
        return branches(first, (branch) => told(branch, positive), second, third);
      case 'answered':
        return joined(
          positive ? 'all' : 'any',
          operands.map((one) => answered(one, positive)),
        );
      case 'between':
        return joined(positive ? 'all' : 'any', [
          compared('>=', first, second, positive, depends),
          compared('<=', first, third, positive, depends),
        ]);
      case 'in':
      case 'anyIn':
        return chosen(first, second, positive) ?? depends;
      case '<':
      case '<=':
      case '>':
      case '>=':
      case '==':
      case '!=':
        return compared(name, first, second, positive, depends);
      default:
        return depends;
    }
  }

  function branches(test: Rule, tell: (branch: Rule) => Told, yes: Rule, no: Rule): Told {
    return joined('any', [joined('all', [told(test, true), tell(yes)]), joined('all', [told(test, false), tell(no)])]);
  }

  function answered(of: Rule, positive: boolean): Told {
    const source = isObject(of) ? sourceIn(of) : undefined;
    if (source?.kind === 'answer') return { kind: 'answered', question: source.name, not: !positive };
    const asked = answersIn(of);
    return asked.length > 0 ? { kind: 'depends', questions: asked } : constant({ answered: [of] }) === positive;
  }

  function chosen(of: Rule, list: Rule, positive: boolean): Condition | null {
    const code = answerIn(of);
    const codes = answersIn(list).length === 0 ? constant(list) : unknown;
    if (code === null || !Array.isArray(codes) || !hasChoices(code)) return null;
    return { kind: 'chosen', question: code, codes: (codes as readonly unknown[]).map(String), not: !positive };
  }

  function compared(operator: Comparison, left: Rule, right: Rule, positive: boolean, depends: Condition): Told {
    if (answersIn(left).length === 0) {
      if (answersIn(right).length === 0) return constant({ [operator]: [left, right] }) === positive;
      return compared(mirrored[operator], right, left, positive, depends);
    }
    const value = answersIn(right).length === 0 ? constant(right) : unknown;
    const code = answerIn(left);
    const held = positive ? operator : inverse[operator];
    if (code !== null && typeof value === 'boolean' && (held === '==' || held === '!=')) {
      return { kind: 'yes', question: code, not: (held === '==') !== value };
    }
    if (code !== null && typeof value === 'string' && hasChoices(code) && (held === '==' || held === '!=')) {
      return { kind: 'chosen', question: code, codes: [value], not: held === '!=' };
    }
    if (typeof value !== 'number' && typeof value !== 'string') return depends;
    if (code !== null) return { kind: 'compared', question: code, operator: held, value };
    if (!isObject(left)) return depends;
    const source = sourceIn(left);
    const whole = (of: Rule): Told => compared(operator, of, right, positive, depends);
    if (source?.kind === 'calc') return whole(calcs.get(source.name) ?? { fact: source.name });
    const [name = '', given = []] = Object.entries(left)[0] ?? [];
    const [first = false, second = false, third = false] = operandsOf(given);
    if (name === 'if') return branches(first, whole, second, third);
    const counted = name === 'count' ? answerIn(first) : null;
    return counted === null ? depends : { kind: 'count', question: counted, operator: held, value };
  }

  function answerIn(of: Rule): string | null {
    const source = isObject(of) ? sourceIn(of) : undefined;
    return source?.kind === 'answer' ? source.name : null;
  }

  function hasChoices(code: string): boolean {
    const question = questions.get(code);
    return question !== undefined && 'choices' in question;
  }

  return told(rule, true);
}

function joined(kind: 'all' | 'any', parts: readonly Told[]): Told {
  const deciding = kind === 'any';
  if (parts.includes(deciding)) return deciding;
  const open = parts.filter((part): part is Condition => typeof part !== 'boolean');
  // What stands inside another of its kind says the same without it.
  const flat = open.flatMap((part) => (part.kind === kind ? part.of : [part]));
  const [only] = flat;
  if (only === undefined) return !deciding;
  return flat.length === 1 ? only : { kind, of: flat };
}
