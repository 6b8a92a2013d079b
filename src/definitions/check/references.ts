import type { Problem } from '../../shared/errors';
import { didYouMean } from './likely';
import { listIn, objectIn, problem, wordsOf, type Entry, type Outline, type Word } from './outline';
import { below } from './pointer';

/** References: every code that points at a group, area, plane, principle or question has one to point at. */
export function* checkReferences(outline: Outline): Generator<Problem> {
  const { groups, principles, planes, areas, questions, facts, forms, merges } = outline;

  for (const entry of [...questions, ...facts]) {
    yield* known('area', wordAt(entry, 'area'), areas);
    yield* known('plane', wordAt(entry, 'commentOn'), planes);
    yield* known('principle', wordsOf(entry.value['principles'], below(entry.pointer, 'principles')), principles);
    yield* checkVariants(entry, groups);
  }
  for (const { pages, asked } of forms) {
    yield* known('question', asked, questions);
    for (const { pointer, value, questions: listed } of pages.flatMap(({ sections }) => sections)) {
      yield* known('area', wordAt({ pointer, value }, 'area'), areas);
      yield* checkSection(value, listed, outline);
    }
  }
  yield* checkMergePlan(merges, groups);
}

function wordAt({ value, pointer }: Pick<Entry, 'value' | 'pointer'>, key: string): readonly Word[] {
  const word = value[key];
  return typeof word === 'string' ? [{ word, pointer: below(pointer, key) }] : [];
}

function* known(what: string, words: readonly Word[], list: readonly Entry[]): Generator<Problem> {
  const codes = new Set(list.map(({ code }) => code));
  for (const { word, pointer } of words) {
    if (codes.has(word)) continue;
    const advice = didYouMean(word, codes);
    const mend = advice === '' ? ` Correct the code, or add the ${what}.` : advice;
    yield problem(pointer, `unknown-${what}`, `There is no ${what} "${word}".${mend}`);
  }
}

function* checkVariants({ value, pointer }: Entry, groups: readonly Entry[]): Generator<Problem> {
  const seen = new Set<string>();
  for (const [index, variant] of listIn(value['variants']).entries()) {
    const words = wordsOf(objectIn(variant)?.['groups'], below(pointer, 'variants', index, 'groups'));
    yield* known('group', words, groups);
    yield* eachOnce(words, seen, 'has a wording already: name each group in one variant only.');
  }
}

function* checkMergePlan(merges: readonly Entry[], groups: readonly Entry[]): Generator<Problem> {
  const sideOf = new Map(groups.map(({ code, value }) => [code, value['side']]));
  const seen = new Set<string>();
  for (const { value, pointer } of merges) {
    const at = below(pointer, 'groups');
    const words = wordsOf(value['groups'], at);
    yield* known('group', words, groups);
    yield* eachOnce(words, seen, 'is in the merge plan already: name each group once.');
    const sides = new Set(words.filter(({ word }) => sideOf.has(word)).map(({ word }) => sideOf.get(word)));
    if (sides.size > 1) {
      const message = 'These groups are not of one side: join only groups of the same side.';
      yield problem(at, 'merge-of-two-sides', message);
    }
  }
}

function* eachOnce(words: readonly Word[], seen: Set<string>, why: string): Generator<Problem> {
  for (const { word, pointer } of words) {
    if (seen.has(word)) yield problem(pointer, 'repeated-group', `The group "${word}" ${why}`);
    seen.add(word);
  }
}

function* checkSection(
  value: Entry['value'],
  listed: readonly Word[],
  { questions, areas }: Outline,
): Generator<Problem> {
  const known = new Set<unknown>(areas.map(({ code }) => code));
  const byCode = new Map(questions.map((question) => [question.code, question]));
  for (const { word, pointer } of listed) {
    const question = byCode.get(word);
    if (question === undefined) continue;
    const area = question.value['area'];
    const ofSection = value['area'];
    if (known.has(area) && known.has(ofSection) && area !== ofSection) {
      const message = `"${word}" belongs to area ${String(area)}, this section to ${String(ofSection)}: move it to a section of its area.`;
      yield problem(pointer, 'item-in-other-area', message);
    }
    if (value['display'] === 'matrix' && question.type !== '' && question.type !== 'rating') {
      const message = `"${word}" is no rating: a matrix holds ratings only; put it in a section of its own.`;
      yield problem(pointer, 'no-rating-in-matrix', message);
    }
  }
}
