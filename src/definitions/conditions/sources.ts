import { operandsOf } from './operators';

export type SourceKind = 'answer' | 'fact' | 'calc' | 'group' | 'round';
export const sourceKinds: ReadonlySet<string> = new Set<SourceKind>(['answer', 'fact', 'calc', 'group', 'round']);

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The source that an object is, if it is a well-formed one. */
export function sourceIn(node: Record<string, unknown>): { kind: SourceKind; name: string } | undefined {
  const keys = Object.keys(node);
  const [kind] = keys;
  if (keys.length !== 1 || kind === undefined || !sourceKinds.has(kind)) return undefined;
  const name = node[kind];
  if (kind === 'group' || kind === 'round') return name === true ? { kind, name: '' } : undefined;
  return typeof name === 'string' ? { kind: kind as SourceKind, name } : undefined;
}

/** The names a rule reads, each once, in document order. Takes an unchecked rule too and passes over what is no rule. */
export function sourcesOf(rule: unknown): {
  answers: string[];
  facts: string[];
  calcs: string[];
  group: boolean;
  round: boolean;
} {
  const found = {
    answer: new Set<string>(),
    fact: new Set<string>(),
    calc: new Set<string>(),
    group: new Set<string>(),
    round: new Set<string>(),
  };
  const waiting: unknown[] = [rule];
  while (waiting.length > 0) {
    const part = waiting.pop();
    if (!isObject(part)) continue;
    const source = sourceIn(part);
    if (source !== undefined) {
      found[source.kind].add(source.name);
      continue;
    }
    const operands = Object.values(part).flatMap((given) => operandsOf(given));
    for (const operand of operands.reverse()) waiting.push(operand);
  }
  return {
    answers: [...found.answer],
    facts: [...found.fact],
    calcs: [...found.calc],
    group: found.group.size > 0,
    round: found.round.size > 0,
  };
}
