import type { Problem } from '../../shared/errors';
import { problem, type Outline } from './outline';
import { partsOf, rulePlaces, type Read, type RulePlace } from './rule-places';

/**
 * Order: one pass in the order of the bank must find every answer and calc that a rule reads already passed. What reads
 * something later is a forward reference, or a cycle where that something leads back.
 */
export function* checkOrder(outline: Outline): Generator<Problem> {
  const dependencies = dependenciesOf(outline);
  const { places, bank, calcOrder } = dependencies;
  for (const place of places) {
    const { reads } = partsOf(place.rule, place.pointer);
    if (place.use === 'calc') {
      for (const read of reads) {
        const later = calcOrder.get(read.name) ?? -1;
        if (read.kind !== 'calc' || later < (calcOrder.get(place.name) ?? Infinity)) continue;
        yield outOfOrder(dependencies, `calc ${place.name}`, read, 'is computed later: put it before this calc.');
      }
      continue;
    }
    const owner = place.use === 'page' ? firstOf(place, bank) : place.question.code;
    const position = owner === null ? undefined : bank.get(owner);
    if (owner === null || position === undefined) continue;
    // A `valid` rule reads the answer it judges; all others only what comes before their question.
    const passed = place.use === 'valid' ? position : position - 1;
    for (const read of reads) {
      const last = lastQuestionOf(read, dependencies);
      if (last === null || (bank.get(last) ?? -1) <= passed) continue;
      const whose = place.use === 'page' ? `"${owner}", the first question of this page` : `"${owner}"`;
      const what = read.kind === 'calc' ? `reads the answer to "${last}", which` : 'is a question that';
      const advice = `${what} comes after ${whose} in the bank: move it before, or leave it out of the rule.`;
      yield outOfOrder(dependencies, `answer ${owner}`, read, advice);
    }
  }
}

export interface Dependencies {
  readonly places: readonly RulePlace[];
  /** Position of each question in the bank. */
  readonly bank: ReadonlyMap<string, number>;
  readonly calcOrder: ReadonlyMap<string, number>;
  /** What each node reads; nodes are `answer CODE` and `calc NAME`. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
}

export function dependenciesOf(outline: Outline): Dependencies {
  const places = rulePlaces(outline);
  const reads = new Map<string, string[]>();
  const add = (owner: string, rule: unknown, itself: string | null): void => {
    const nodes = partsOf(rule, '')
      .reads.filter(({ kind }) => kind === 'answer' || kind === 'calc')
      .map(({ kind, name }) => `${kind} ${name}`);
    reads.set(owner, [...(reads.get(owner) ?? []), ...nodes.filter((node) => node !== itself)]);
  };
  for (const place of places) {
    if (place.use === 'calc') add(`calc ${place.name}`, place.rule, null);
    else if (place.use === 'page') {
      for (const { word } of questionsOfPage(place)) add(`answer ${word}`, place.rule, null);
    } else {
      const owner = `answer ${place.question.code}`;
      add(owner, place.rule, place.use === 'valid' ? owner : null);
    }
  }
  return {
    places,
    bank: firstPositions(outline.questions),
    calcOrder: firstPositions(outline.calcs),
    reads,
  };
}

/** Everything a node reads, itself or through others, by `answer CODE` and `calc NAME`; `through` limits the way. */
export function allReadBy(
  node: string,
  { reads }: Dependencies,
  through: (node: string) => boolean,
): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...(reads.get(node) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    if (through(next)) waiting.push(...(reads.get(next) ?? []));
  }
  return found;
}

export function isCalc(node: string): boolean {
  return node.startsWith('calc ');
}

export function nameIn(node: string): string {
  return node.slice(node.indexOf(' ') + 1);
}

function firstPositions(entries: readonly { readonly code: string }[]): ReadonlyMap<string, number> {
  return new Map(entries.map(({ code }, index) => [code, index] as const).toReversed());
}

function questionsOfPage(place: Extract<RulePlace, { use: 'page' }>): readonly { readonly word: string }[] {
  return place.page.sections.flatMap(({ questions }) => questions);
}

function firstOf(place: Extract<RulePlace, { use: 'page' }>, bank: ReadonlyMap<string, number>): string | null {
  const codes = questionsOfPage(place)
    .map(({ word }) => word)
    .filter((word) => bank.has(word));
  return codes.sort((one, other) => (bank.get(one) ?? 0) - (bank.get(other) ?? 0))[0] ?? null;
}

/** The question latest in the bank that must be passed before the source has its value; null where there is none. */
function lastQuestionOf(read: Read, dependencies: Dependencies): string | null {
  if (read.kind === 'answer') return dependencies.bank.has(read.name) ? read.name : null;
  if (read.kind !== 'calc') return null;
  const codes = [...allReadBy(`calc ${read.name}`, dependencies, isCalc)]
    .filter((node) => !isCalc(node) && dependencies.bank.has(nameIn(node)))
    .map(nameIn);
  const position = (code: string): number => dependencies.bank.get(code) ?? 0;
  return codes.sort((one, other) => position(other) - position(one))[0] ?? null;
}

function outOfOrder(dependencies: Dependencies, owner: string, read: Read, advice: string): Problem {
  const target = `${read.kind} ${read.name}`;
  const back = pathTo(owner, target, dependencies);
  if (back === null) {
    return problem(read.pointer, 'forward-reference', `"${read.name}" ${advice}`);
  }
  const path = [owner, ...back].map((node) => (isCalc(node) ? node : `"${nameIn(node)}"`)).join(' → ');
  const message = `This depends on itself: ${path}. Take one of these references out.`;
  return problem(read.pointer, 'cycle', message);
}

/** The shortest way from a node to `goal` along what reads what, both ends included, or null. */
function pathTo(goal: string, start: string, { reads }: Dependencies): readonly string[] | null {
  const waiting: (readonly string[])[] = [[start]];
  const seen = new Set<string>([start]);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const node = path.at(-1) ?? '';
    if (node === goal) return path;
    for (const next of reads.get(node) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push([...path, next]);
    }
  }
  return null;
}
