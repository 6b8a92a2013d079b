import type { Rule } from '../conditions/rule';
import { identityOf } from '../../shared/plain-text';
import type { Problem } from '../../shared/errors';
import type { MaySee } from './audience';
import { listIn, objectIn, problem, wordsOf, type Entry, type QuestionEntry } from './outline';
import { isNeverTrue, type World } from './outcomes';
import { below } from './pointer';

/**
 * Labels: what a reader tells apart by its words has words of its own, in every language. Capitals, spaces and
 * invisible characters make no difference to a reader.
 */
export function* checkLabels(world: World, maySee: MaySee): Generator<Problem> {
  const { groups, principles, planes, areas, questions, facts, scale } = world.outline;
  yield* unlike('groups', labelsOf(groups, 'name'));
  yield* unlike('principles', labelsOf(principles, 'name'));
  yield* unlike('planes', labelsOf(planes, 'name'));
  yield* unlike('planes', labelsOf(planes, 'shortName'));
  yield* unlike('areas', labelsOf(areas, 'name'));
  yield* unlike('areas', labelsOf(areas, 'shortName'));
  yield* unlike('facts', labelsOf(facts, 'text'));
  for (const { choices } of [...questions, ...facts]) yield* unlike('choices', labelsOf(choices, 'text'));
  const points = Object.entries(scale?.points ?? {});
  yield* unlike(
    'points of the scale',
    points.map(([point, text]) => ({ code: point, pointer: below('/scale/points', point), text })),
  );
  yield* unlikeItems(world, maySee);
}

interface Label {
  readonly code: string;
  readonly pointer: string;
  readonly text: unknown;
}

function labelsOf(entries: readonly Entry[], key: string): readonly Label[] {
  return entries.map(({ code, pointer, value }) => ({ code, pointer: below(pointer, key), text: value[key] }));
}

/** Each label once, whatever the number of languages in which it is like an earlier one. */
function* unlike(what: string, labels: readonly Label[]): Generator<Problem> {
  const seen = new Map<string, string>();
  for (const { code, pointer, text } of labels) {
    const words = wordsIn(text);
    const like = words.map((word) => seen.get(word)).find((other) => other !== undefined);
    // The same entry twice is told by its code.
    if (like !== undefined && like.toLowerCase() !== code.toLowerCase()) yield alike(what, like, code, pointer);
    for (const word of words) if (!seen.has(word)) seen.set(word, code);
  }
}

function alike(what: string, first: string, second: string, pointer: string): Problem {
  const message = `The ${what} "${first}" and "${second}" have the same words, so nobody can tell them apart: change one of them.`;
  return problem(pointer, 'repeated-label', message);
}

/** The words of a text with their language, as a reader tells them apart. */
function wordsIn(text: unknown): readonly string[] {
  return Object.entries(objectIn(text) ?? {}).flatMap(([language, word]) => {
    const identity = typeof word === 'string' ? identityOf(word) : '';
    return identity === '' ? [] : [`${language} ${identity}`];
  });
}

/** Items are alike where somebody of one group may be asked both in the same words. */
function* unlikeItems(world: World, maySee: MaySee): Generator<Problem> {
  const { questions, groups } = world.outline;
  const items = questions.filter(({ type }) => type === 'rating');
  const audience: readonly (string | null)[] = groups.length === 0 ? [null] : groups.map(({ code }) => code);
  const told = new Set<string>();
  for (const group of audience) {
    const seen = new Map<string, QuestionEntry>();
    const fixed = group === null ? {} : { group };
    for (const item of items.filter((one) => maySee(one, 'full', fixed))) {
      const { text, pointer } = wordingOf(item, group);
      const words = wordsIn(text);
      const like = words.map((word) => seen.get(word)).find((other) => other !== undefined);
      if (like !== undefined && !told.has(item.code) && !exclude(like, item, world)) {
        told.add(item.code);
        yield alike('items', like.code, item.code, pointer);
      }
      for (const word of words) if (!seen.has(word)) seen.set(word, item);
    }
  }
}

/** Are the two never asked of one person? */
function exclude(one: QuestionEntry, other: QuestionEntry, world: World): boolean {
  const rules = [one, other].flatMap(({ code }) => world.conditionOf(code) ?? []);
  return rules.length > 0 && isNeverTrue({ and: rules as readonly Rule[] }, world);
}

function wordingOf({ value, pointer }: QuestionEntry, group: string | null): { text: unknown; pointer: string } {
  for (const [index, variant] of listIn(value['variants']).entries()) {
    const groups = wordsOf(objectIn(variant)?.['groups'], '');
    if (group !== null && groups.some(({ word }) => word === group)) {
      return { text: objectIn(variant)?.['text'], pointer: below(pointer, 'variants', index, 'text') };
    }
  }
  return { text: value['text'], pointer: below(pointer, 'text') };
}
