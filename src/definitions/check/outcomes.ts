import { checkRule } from '../conditions/check';
import { evaluateRule, special, unknown, type Sources, type Value } from '../conditions/evaluate';
import type { Rule } from '../conditions/rule';
import type { Problem } from '../../shared/errors';
import { statesOf, type State } from './domains';
import type { Outline, QuestionEntry } from './outline';
import { partsOf, rulePlaces, type Read, type RulePlace } from './rule-places';
import { nameTypesOf } from './rules';

/** A document as far as its rules can be evaluated: what the checks that try out every state share. */
export interface World {
  readonly outline: Outline;
  readonly questions: ReadonlyMap<string, QuestionEntry>;
  readonly calcs: ReadonlyMap<string, Rule>;
  /** Can the rule be evaluated: is nothing wrong with it, nor with any calc it reads? */
  isSound(rule: unknown): boolean;
  /** Where the question is asked this is true: its own rule and that of the page it stands on; undefined: always. */
  conditionOf(code: string): Rule | undefined;
}

/** @param others what the other checks have found: rules with a fault are not tried. */
export function worldFor(outline: Outline, others: readonly Problem[]): World {
  return worldOf(outline, faultyRules(outline, others));
}

function faultyRules(outline: Outline, others: readonly Problem[]): ReadonlySet<unknown> {
  const pointers = others.map(({ pointer }) => pointer ?? '');
  const isFaulty = (place: RulePlace): boolean =>
    pointers.some((pointer) => pointer === place.pointer || pointer.startsWith(`${place.pointer}/`));
  // A plain true or false has no fault of its own, only its place may have one.
  const faulty = rulePlaces(outline).filter((place) => typeof place.rule !== 'boolean' && isFaulty(place));
  return new Set(faulty.map(({ rule }) => rule));
}

function worldOf(outline: Outline, faulty: ReadonlySet<unknown>): World {
  const names = nameTypesOf(outline);
  const calcs = new Map(outline.calcs.map(({ code, value }) => [code, value['rule'] as Rule]));
  // A calc is sound once those before it are: later ones and itself are not yet in the set, so no cycle is sound.
  const soundCalcs = new Set<string>();
  const isSound = (rule: unknown): boolean =>
    !faulty.has(rule) &&
    checkRule(rule, names).problems.length === 0 &&
    partsOf(rule, '').reads.every(({ kind, name }) => kind !== 'calc' || soundCalcs.has(name));
  for (const { code, value } of outline.calcs) if (isSound(value['rule'])) soundCalcs.add(code);
  const questions = new Map(outline.questions.map((one) => [one.code, one]));
  const pageRules = pageRulesOf(outline);
  const conditionOf = (code: string): Rule | undefined => {
    const own = questions.get(code)?.value['visibleIf'];
    const ofPages = pageRules.get(code) ?? [];
    // On a page without a rule of its own in one of the forms, the page hides nothing.
    const byPage = ofPages.length > 0 && ofPages.every((rule) => rule !== undefined && isSound(rule));
    const rules = [
      ...(own !== undefined && isSound(own) ? [own as Rule] : []),
      ...(byPage ? [{ or: ofPages as readonly Rule[] }] : []),
    ];
    return rules.length < 2 ? rules[0] : { and: rules };
  };
  return { outline, questions, calcs, isSound, conditionOf };
}

/** The rules of the pages, one a form, on which each question stands. */
function pageRulesOf({ forms }: Outline): ReadonlyMap<string, readonly unknown[]> {
  const rules = new Map<string, unknown[]>();
  for (const page of forms.flatMap(({ pages }) => pages)) {
    for (const { word } of page.sections.flatMap(({ questions }) => questions)) {
      rules.set(word, [...(rules.get(word) ?? []), page.value['visibleIf']]);
    }
  }
  return rules;
}

/** A rule that is true in no possible state, as far as that can be told. */
export function isNeverTrue(rule: Rule, world: World, fixed: Fixed = {}): boolean {
  const outcomes = outcomesOf(rule, world, { asked: null, answered: null, decisive: true, fixed });
  return outcomes?.size === 1 && outcomes.has('other');
}

/** Group and round of the respondent, where only one of each is looked at. */
export interface Fixed {
  readonly group?: string;
  readonly round?: string;
}

interface Question {
  /** Only states in which this question is asked count. */
  readonly asked: string | null;
  /** Only states in which this question is answered count. */
  readonly answered: string | null;
  /** The value by which the rule decides. */
  readonly decisive: boolean;
  readonly fixed?: Fixed;
}

/** With more states than this nothing is tried: a rule can be called constant only when all have been. */
const mostStates = 50_000;

/** Which outcomes a rule has over all states; null where that cannot be told. */
export function outcomesOf(rule: Rule, world: World, question: Question): ReadonlySet<'decisive' | 'other'> | null {
  const deep = explore(rule, world, question, true);
  // Too many states with all that hides the answers it reads: the rule by itself may still be told.
  return deep ?? explore(rule, world, question, false);
}

function explore(
  rule: Rule,
  world: World,
  question: Question,
  withHiding: boolean,
): ReadonlySet<'decisive' | 'other'> | null {
  const { conditions, reads, rules } = closureOf(rule, world, question.asked, withHiding);
  const uses = rules.flatMap((one) => partsOf(one, '').uses);
  const variables: { read: Read; states: readonly State[] }[] = [];
  for (const read of reads) {
    const fixed = read.kind === 'group' || read.kind === 'round' ? question.fixed?.[read.kind] : undefined;
    const states = fixed === undefined ? statesOf(read, uses, world.outline) : [fixed];
    if (states === null) return null;
    const isOwn = read.kind === 'answer' && read.name === question.answered;
    variables.push({ read, states: isOwn ? states.filter((state) => state !== null) : states });
  }

  if (variables.reduce((product, { states }) => product * states.length, 1) > mostStates) return null;
  const found = new Set<'decisive' | 'other'>();
  const place = variables.map(() => 0);
  const keys = variables.map(({ read }) => `${read.kind} ${read.name}`);
  const state = new Map<string, State>();
  const { sources, forget } = sourcesFor(state, world);
  do {
    for (const [index, { states }] of variables.entries())
      state.set(keys[index] ?? '', states[place[index] ?? 0] ?? null);
    forget();
    if (isPossible(state, conditions, sources, question.asked)) {
      const value = valueOf(rule, sources);
      found.add(value === question.decisive ? 'decisive' : 'other');
      if (found.size === 2) return found;
    }
  } while (advance(place, variables));
  return found;
}

/** Turns the wheels of a counter on by one; false when they are back at the start. */
function advance(place: number[], variables: readonly { readonly states: readonly State[] }[]): boolean {
  for (const [index, { states }] of variables.entries()) {
    place[index] = (place[index] ?? 0) + 1;
    if (place[index] < states.length) return true;
    place[index] = 0;
  }
  return false;
}

/** Everything the rule reads, through calcs and, where wanted, through what hides the answers it reads. */
function closureOf(
  rule: Rule,
  world: World,
  asked: string | null,
  withHiding: boolean,
): { conditions: ReadonlyMap<string, Rule>; reads: readonly Read[]; rules: readonly Rule[] } {
  const conditions = new Map<string, Rule>();
  const reads = new Map<string, Read>();
  const rules: Rule[] = [];
  const waiting: Rule[] = [rule];
  const hidden = (code: string): void => {
    const condition = world.conditionOf(code);
    if (!withHiding || condition === undefined || conditions.has(code)) return;
    conditions.set(code, condition);
    waiting.push(condition);
  };
  if (asked !== null) hidden(asked);
  const calcsSeen = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    rules.push(next);
    for (const read of partsOf(next, '').reads) {
      if (read.kind === 'calc') {
        const calc = world.calcs.get(read.name);
        if (calc !== undefined && !calcsSeen.has(read.name)) waiting.push(calc);
        calcsSeen.add(read.name);
        continue;
      }
      reads.set(`${read.kind} ${read.name}`, read);
      if (read.kind === 'answer') hidden(read.name);
    }
  }
  return { conditions, reads: [...reads.values()], rules };
}

/** Sources that read the state as it is; `forget` is called when it has changed, since calcs are computed once. */
function sourcesFor(state: ReadonlyMap<string, State>, world: World): { sources: Sources; forget: () => void } {
  const plain = (key: string): Value | null => {
    const value = state.get(key) ?? null;
    return value === special ? null : value;
  };
  const text = (key: string): string | null => {
    const value = plain(key);
    return typeof value === 'string' ? value : null;
  };
  const computed = new Map<string, Value | typeof unknown>();
  const sources: Sources = {
    answer: (code) => state.get(`answer ${code}`) ?? null,
    fact: (code) => plain(`fact ${code}`),
    calc: (name) => {
      const rule = world.calcs.get(name);
      const value = computed.get(name) ?? (rule === undefined ? unknown : valueOf(rule, sources));
      computed.set(name, value);
      return value;
    },
    get group() {
      return text('group ');
    },
    get round() {
      return text('round ');
    },
  };
  return { sources, forget: () => computed.clear() };
}

/** An answer can be there only where its question is asked. */
function isPossible(
  state: ReadonlyMap<string, State>,
  conditions: ReadonlyMap<string, Rule>,
  sources: Sources,
  asked: string | null,
): boolean {
  for (const [code, condition] of conditions) {
    const given = (state.get(`answer ${code}`) ?? null) !== null;
    if ((given || code === asked) && valueOf(condition, sources) !== true) return false;
  }
  return true;
}

function valueOf(rule: Rule, sources: Sources): Value | typeof unknown {
  try {
    return evaluateRule(rule, sources);
  } catch {
    // Only numbers too large to compute with: unknown, as in the flow.
    return unknown;
  }
}
