import { checkRule } from '../conditions/check';
import { evaluateRule, special, unknown, type Sources, type Value } from '../conditions/evaluate';
import type { Rule } from '../conditions/rule';
import type { Problem } from '../../shared/errors';
import { statesOf, type State } from './domains';
import { problem, type Outline, type PageOutline, type QuestionEntry } from './outline';
import { partsOf, rulePlaces, type Read, type RulePlace } from './rule-places';
import { nameTypesOf } from './rules';

/**
 * Rules that never change anything: always true, or never true, whatever is answered. Found by trying every state of
 * what a rule reads (unanswered and special answers too), as far as answers that are themselves asked only under a
 * condition allow it. Nothing is said where the states are too many to try them all, nor of rules with another fault:
 * a choice misspelt makes a rule false for good, and is told once.
 *
 * @param others what the other checks have found.
 */
export function* checkConstants(outline: Outline, others: readonly Problem[]): Generator<Problem> {
  const world = worldOf(outline, faultyRules(outline, others));
  const neverShown = new Set<string>();
  for (const place of rulePlaces(outline)) {
    if (place.use === 'calc' || !world.isSound(place.rule)) continue;
    const verdict = verdictOn(place, world);
    if (verdict === null) continue;
    if (place.use === 'visibleIf' && verdict === 'never-true') neverShown.add(place.question.code);
    if (place.use === 'page' && verdict === 'never-true') {
      const message = 'This is never true, so nobody reaches the page: correct the rule, or remove the page.';
      yield problem(place.pointer, 'unreachable-page', message);
    } else {
      yield problem(place.pointer, verdict, advice[place.use][verdict]);
    }
  }
  yield* checkPages(outline, world, neverShown);
}

type Verdict = 'always-true' | 'never-true';

const advice: Readonly<Record<'visibleIf' | 'requiredIf' | 'valid' | 'page', Readonly<Record<Verdict, string>>>> = {
  visibleIf: {
    'always-true': 'This is always true, so it hides nothing: leave "visibleIf" out, or correct the rule.',
    'never-true': 'This is never true, so nobody sees the question: correct the rule, or remove the question.',
  },
  requiredIf: {
    'always-true': 'This is always true: write "requiredIf": true, or correct the rule.',
    'never-true': 'This is never true where the question is asked: leave "requiredIf" out, or correct the rule.',
  },
  valid: {
    'always-true': 'This is never false, so it stops no answer: remove it, or correct the rule.',
    'never-true': 'This is false for every answer, so none is accepted: correct the rule.',
  },
  page: {
    'always-true': 'This is always true, so the page is always shown: leave "visibleIf" out, or correct the rule.',
    'never-true': '',
  },
};

function verdictOn(place: Exclude<RulePlace, { use: 'calc' }>, world: World): Verdict | null {
  if (place.use === 'requiredIf' && place.rule === true) return null;
  const own = place.use === 'requiredIf' || place.use === 'valid' ? place.question.code : null;
  const outcomes = outcomesOf(place.rule as Rule, world, {
    asked: own,
    answered: place.use === 'valid' ? own : null,
    // Unknown shows no error, so a `valid` rule decides by being false; all others decide by being true.
    decisive: place.use !== 'valid',
  });
  if (outcomes === null || outcomes.size !== 1) return null;
  const decides = outcomes.has('decisive');
  if (place.use === 'valid') return decides ? 'never-true' : 'always-true';
  return decides ? 'always-true' : 'never-true';
}

/** Pages of which no question is ever asked, and questions that page and own rule together hide for good. */
function* checkPages(outline: Outline, world: World, neverShown: ReadonlySet<string>): Generator<Problem> {
  for (const page of outline.forms.flatMap(({ pages }) => pages)) {
    const rule = page.value['visibleIf'];
    if (rule !== undefined && (!world.isSound(rule) || isNeverTrue(rule as Rule, world))) continue;
    const asked = page.sections.flatMap(({ questions }) => questions);
    const lost = asked.filter(({ word }) => neverShown.has(word) || isLost(page, world.questions.get(word), world));
    if (asked.length > 0 && lost.length === asked.length) {
      const message =
        'None of its questions is ever asked, so nobody reaches the page: correct its rules, or remove it.';
      yield problem(page.pointer, 'unreachable-page', message);
      continue;
    }
    for (const { word, pointer } of lost.filter((one) => !neverShown.has(one.word))) {
      const message = `The rules of this page and of "${word}" are never true together, so nobody sees the question here: correct one of them.`;
      yield problem(pointer, 'never-shown', message);
    }
  }
}

function isLost(page: PageOutline, question: QuestionEntry | undefined, world: World): boolean {
  const [ofPage, own] = [page.value['visibleIf'], question?.value['visibleIf']];
  if (ofPage === undefined || own === undefined || !world.isSound(own)) return false;
  return isNeverTrue({ and: [ofPage as Rule, own as Rule] }, world);
}

function isNeverTrue(rule: Rule, world: World): boolean {
  const outcomes = outcomesOf(rule, world, { asked: null, answered: null, decisive: true });
  return outcomes?.size === 1 && outcomes.has('other');
}

interface World {
  readonly outline: Outline;
  readonly questions: ReadonlyMap<string, QuestionEntry>;
  readonly calcs: ReadonlyMap<string, Rule>;
  /** Can the rule be evaluated: is nothing wrong with it, nor with any calc it reads? */
  isSound(rule: unknown): boolean;
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
  return { outline, questions: new Map(outline.questions.map((one) => [one.code, one])), calcs, isSound };
}

interface Question {
  /** Only states in which this question is asked count. */
  readonly asked: string | null;
  /** Only states in which this question is answered count. */
  readonly answered: string | null;
  /** The value by which the rule decides. */
  readonly decisive: boolean;
}

/** With more states than this nothing is tried: a rule can be called constant only when all have been. */
const mostStates = 50_000;

/** Which outcomes a rule has over all states; null where that cannot be told. */
function outcomesOf(rule: Rule, world: World, question: Question): ReadonlySet<'decisive' | 'other'> | null {
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
    const states = statesOf(read, uses, world.outline);
    if (states === null) return null;
    const isOwn = read.kind === 'answer' && read.name === question.answered;
    variables.push({ read, states: isOwn ? states.filter((state) => state !== null) : states });
  }

  if (variables.reduce((product, { states }) => product * states.length, 1) > mostStates) return null;
  const found = new Set<'decisive' | 'other'>();
  const place = variables.map(() => 0);
  do {
    const state = new Map<string, State>(
      variables.map(({ read, states }, index) => [`${read.kind} ${read.name}`, states[place[index] ?? 0] ?? null]),
    );
    const sources = sourcesFor(state, world);
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
    const condition = world.questions.get(code)?.value['visibleIf'];
    if (!withHiding || condition === undefined || conditions.has(code) || !world.isSound(condition)) return;
    conditions.set(code, condition as Rule);
    waiting.push(condition as Rule);
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

function sourcesFor(state: ReadonlyMap<string, State>, world: World): Sources {
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
    group: text('group '),
    round: text('round '),
  };
  return sources;
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
