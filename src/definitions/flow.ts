import { isSpecial, otherKey, type Answer, type Answers, type FactValues } from './answers';
import { compileRule, special, unknown, type Evaluate, type Sources, type Value } from './conditions/evaluate';
import type { Rule } from './conditions/rule';
import { rememberedFor } from '../shared/remember';
import { partsOf, type FormName, type Instrument, type Page, type Question, type Text } from './instrument';

/** What is known when a respondent's questionnaire is followed. */
export interface FlowContext {
  readonly form: FormName;
  /** null: not chosen yet, or an instrument without groups. A merged group has the codes of its parts joined by "+". */
  readonly group: string | null;
  readonly round: string | null;
  readonly facts: FactValues;
}

/** What a respondent is asked, and what of the given answers counts. */
export interface Flow {
  /** Codes of the questions that are asked. */
  readonly visible: ReadonlySet<string>;
  /** Answers of visible questions only (and `<code>.other` where the "other" choice is taken): all that counts. */
  readonly answers: Answers;
  /** Every calc by name; null = unknown. */
  readonly calcs: Readonly<Record<string, Value | null>>;
  /** Pages of the form with at least one visible question, in order. */
  readonly pages: readonly Page[];
  /** Codes of visible questions that must be answered. */
  readonly required: ReadonlySet<string>;
  /** Answered questions of which a `valid` rule is false, with the words for the respondent. */
  readonly invalid: readonly { readonly question: string; readonly message: Text }[];
}

/**
 * Follows a questionnaire once, in the order of the bank (method §2). A question that is outside the form, on a page
 * that is passed over, or hidden by its own rule has no answer for every later rule, whatever was given for it.
 *
 * @param instrument one that `checkInstrument` finds no fault in: no rule reads what comes later.
 * @param given answers that fit their questions (`checkAnswer`); those of hidden questions are ignored.
 */
export function followFlow(instrument: Instrument, context: FlowContext, given: Answers): Flow {
  const walk = walkOf(instrument, context, given);
  const visible = new Set<string>();
  // Without a prototype: any code may be a key, and thousands of them cost no more each than a few.
  const answers = Object.create(null) as Record<string, Answer>;
  const required = new Set<string>();
  const invalid: { question: string; message: Text }[] = [];
  walk.through(({ question, requiredIf, valid }) => {
    visible.add(question.code);
    const answer = givenFor(question.code, given);
    if (answer !== null) answers[question.code] = answer;
    if (requiredIf !== null && walk.value(requiredIf) === true) required.add(question.code);
    if (answer === null) return;
    for (const { rule, message } of valid) {
      if (walk.value(rule) === false) invalid.push({ question: question.code, message });
    }
  });
  for (const [key, words] of otherWords(instrument, walk.hidden, given)) if (words !== null) answers[key] = words;
  return {
    visible,
    answers,
    calcs: Object.fromEntries(
      (instrument.calcs ?? []).map(({ name }) => {
        const value = walk.calc(name);
        return [name, value === unknown ? null : value];
      }),
    ),
    pages: (instrument.forms[context.form]?.pages ?? []).filter((page) =>
      codesOf(page).some((code) => visible.has(code)),
    ),
    required,
    invalid,
  };
}

/** As `followFlow`, of many people in one context one after the other: what of each one's answers counts. */
export type Counting = (group: FlowContext['group'], given: Answers) => Pick<Flow, 'visible' | 'answers'>;

/**
 * For scoring, which follows a questionnaire for every respondent: people who are asked the same share one set of
 * `visible`, and `answers` are the given ones themselves where all of them count.
 */
export function countingIn(instrument: Instrument, context: Omit<FlowContext, 'group'>): Counting {
  const asked = new Map<string, ReadonlySet<string>>();
  const visibleWithout = (hidden: ReadonlySet<string>): ReadonlySet<string> => {
    const key = [...hidden].join(' ');
    const known = asked.get(key);
    if (known !== undefined) return known;
    const visible = new Set(instrument.questions.map(({ code }) => code).filter((code) => !hidden.has(code)));
    asked.set(key, visible);
    return visible;
  };
  return (group, given) => {
    const walk = walkOf(instrument, { ...context, group }, given);
    walk.overConditional();
    const left = [...walk.hidden];
    for (const [key, words] of otherWords(instrument, walk.hidden, given)) if (words === null) left.push(key);
    return { visible: visibleWithout(walk.hidden), answers: answersWithout(given, left) };
  };
}

/** The answers but those to `left`; the same object where there are none. */
export function answersWithout(given: Answers, left: readonly string[]): Answers {
  const there = left.filter((key) => givenFor(key, given) !== null);
  if (there.length === 0) return given;
  const rest: Record<string, Answer | undefined> = { ...given };
  // Without its key, the copy would no longer share its shape with the answers of others.
  for (const key of there) rest[key] = undefined;
  return rest as Answers;
}

/** A way through the bank: what has been passed over so far, and what rules say there. */
interface Walk {
  /** Codes of the questions passed that are not asked. */
  readonly hidden: ReadonlySet<string>;
  /** What a rule of the instrument comes to where the walk has come to. */
  readonly value: (rule: Evaluate) => Value | typeof unknown;
  readonly calc: (name: string) => Value | typeof unknown;
  /** Passes every question in the order of the bank; `at` is told of those that are asked. */
  through(at: (step: Step) => void): void;
  /** Passes those alone that not everybody is asked. */
  overConditional(): void;
}

function walkOf(instrument: Instrument, context: FlowContext, given: Answers): Walk {
  const { ways, calcRules } = compiledOf(instrument);
  const { outside, steps, conditional } = ways[context.form];
  const hidden = new Set(outside);
  const openPages = new Map<Page, boolean>();
  const calcs = new Map<string, Value | typeof unknown>();

  const sources: Sources = {
    // A checked rule reads no question that comes later.
    answer: (code) => (hidden.has(code) ? null : sourceValue(given, code)),
    fact: (code) => (Object.hasOwn(context.facts, code) ? (context.facts[code] ?? null) : null),
    // A checked rule reads a calc only where all that the calc reads has been passed, so its value is final.
    calc: (name) => {
      const known = calcs.get(name);
      if (known !== undefined) return known;
      const rule = calcRules.get(name);
      const value = rule === undefined ? unknown : valueInGroup(rule, sources);
      calcs.set(name, value);
      return value;
    },
    group: context.group,
    round: context.round,
  };
  const value: Walk['value'] = (rule) => valueInGroup(rule, sources);
  const isOpen = ({ page, pageIf }: Step): boolean => {
    if (pageIf === null) return true;
    const open = openPages.get(page) ?? value(pageIf) === true;
    openPages.set(page, open);
    return open;
  };

  const isAsked = (step: Step): boolean => {
    const asked = isOpen(step) && (step.visibleIf === null || value(step.visibleIf) === true);
    if (!asked) hidden.add(step.question.code);
    return asked;
  };

  return {
    hidden,
    value,
    calc: (name) => sources.calc(name) ?? unknown,
    through(at) {
      for (const step of steps) if (isAsked(step)) at(step);
    },
    overConditional() {
      conditional.forEach(isAsked);
    },
  };
}

/** A question of a form, on its page, with the rules of both. */
interface Step {
  readonly question: Question;
  readonly page: Page;
  readonly pageIf: Evaluate | null;
  readonly visibleIf: Evaluate | null;
  readonly requiredIf: Evaluate | null;
  readonly valid: readonly { readonly rule: Evaluate; readonly message: Text }[];
}

interface Way {
  /** Codes of questions that the form does not ask. */
  readonly outside: ReadonlySet<string>;
  /** The others, in the order of the bank. */
  readonly steps: readonly Step[];
  /** Of these the ones that a rule, of their own or of their page, may pass over. */
  readonly conditional: readonly Step[];
}

/** An instrument never changes, and every step of every respondent asks for this. */
const compiledOf = rememberedFor((instrument: Instrument) => {
  const compile = (rule: Rule | undefined): Evaluate | null => (rule === undefined ? null : compileRule(rule));
  const through = (form: FormName): Way => {
    const pages = instrument.forms[form]?.pages ?? [];
    const pageOf = new Map(pages.flatMap((page) => codesOf(page).map((code) => [code, page] as const)));
    const steps = instrument.questions.flatMap((question): Step[] => {
      const page = pageOf.get(question.code);
      if (page === undefined) return [];
      const { visibleIf, requiredIf, valid = [] } = question;
      return [
        {
          ...{ question, page, pageIf: compile(page.visibleIf) },
          ...{ visibleIf: compile(visibleIf), requiredIf: compile(requiredIf) },
          valid: valid.map(({ rule, message }) => ({ rule: compileRule(rule), message })),
        },
      ];
    });
    return {
      outside: new Set(instrument.questions.map(({ code }) => code).filter((code) => !pageOf.has(code))),
      steps,
      conditional: steps.filter(({ visibleIf, pageIf }) => (visibleIf ?? pageIf) !== null),
    };
  };
  const calcs = (instrument.calcs ?? []).map(({ name, rule }) => [name, compileRule(rule)] as const);
  return { ways: { full: through('full'), core: through('core') }, calcRules: new Map(calcs) };
});

/** Codes of the questions of a page, in order. */
export const codesOf = rememberedFor(({ sections }: Page): readonly string[] =>
  sections.flatMap(({ questions }) => questions),
);

/** Only an own key counts, so that no code can reach what every object inherits; null is unanswered. */
function givenFor(key: string, given: Answers): Answer | null {
  return Object.hasOwn(given, key) ? ((given[key] as Answer | null | undefined) ?? null) : null;
}

/** An answer that counts, as rules read it; null where there is none. */
export function sourceValue(answers: Answers, code: string): ReturnType<Sources['answer']> {
  const answer = givenFor(code, answers);
  return answer === null ? null : readable(answer);
}

function readable(answer: Answer): ReturnType<Sources['answer']> {
  return isSpecial(answer) ? special : answer;
}

/**
 * The value of a rule in a group. In a merged group it is what the rule says in each of its parts, or unknown where it
 * says different things: whoever is in it may be of any part, and the finer group is known nowhere.
 */
export function valueInGroup(rule: Evaluate, sources: Sources): Value | typeof unknown {
  const { group } = sources;
  if (group?.includes('+') !== true) return valueOf(rule, sources);
  const [first = unknown, ...others] = partsOf(group).map((part) => valueOf(rule, { ...sources, group: part }));
  return others.every((value) => isSame(first, value)) ? first : unknown;
}

function isSame(one: Value | typeof unknown, other: Value | typeof unknown): boolean {
  return one === other || (Array.isArray(one) && Array.isArray(other) && JSON.stringify(one) === JSON.stringify(other));
}

/** A sum past the largest number has no value: for a questionnaire that is unknown, not a fault of the respondent. */
function valueOf(rule: Evaluate, sources: Sources): Value | typeof unknown {
  try {
    return rule(sources);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'not-finite') return unknown;
    throw error;
  }
}

/** Questions with an "other" choice, for which one is asked to say in words what it is. */
const withOther = rememberedFor(({ questions }: Instrument) =>
  questions.flatMap((question) => {
    const other = 'choices' in question ? question.choices.find((choice) => choice.other === true) : undefined;
    return other === undefined ? [] : [{ code: question.code, key: otherKey(question.code), other: other.code }];
  }),
);

/** Words of an "other" choice, by their keys: they count while that choice is taken; null where they do not count. */
function otherWords(
  instrument: Instrument,
  hidden: ReadonlySet<string>,
  given: Answers,
): readonly (readonly [string, Answer | null])[] {
  return withOther(instrument).map(({ code, key, other }) => {
    const answer = hidden.has(code) ? null : givenFor(code, given);
    const taken = Array.isArray(answer) ? answer.includes(other) : answer === other;
    return [key, taken ? givenFor(key, given) : null];
  });
}
