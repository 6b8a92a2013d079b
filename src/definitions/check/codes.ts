import type { Problem } from '../../shared/errors';
import { problem, type Outline, type Word } from './outline';
import { below } from './pointer';

/** Names that every JavaScript object inherits: as keys of answers and scores they would reach the wrong thing. */
const inherited = [...Object.getOwnPropertyNames(Object.prototype), 'prototype'].map((name) => name.toLowerCase());

/** Codes: each once in its list (capitals apart), none that means something else in a file of answers. */
export function* checkCodes(outline: Outline): Generator<Problem> {
  const { groups, principles, planes, areas, questions, calcs, facts, forms, rounds } = outline;
  const codes = (list: readonly { code: string; pointer: string }[], key = 'code'): readonly Word[] =>
    list.map(({ code, pointer }) => ({ word: code, pointer: below(pointer, key) }));

  yield* unique('group', codes(groups));
  yield* unique('round', rounds);
  yield* unique('principle', codes(principles));
  yield* unique('plane', codes(planes));
  yield* unique('area', codes(areas));
  yield* unique('question', codes(questions));
  yield* unique('calc', codes(calcs, 'name'));
  yield* unique('fact', codes(facts));
  for (const { choices } of [...questions, ...facts]) yield* unique('choice', codes(choices));
  for (const { pages } of forms) yield* unique('page', codes(pages));

  for (const { word, pointer } of codes(questions)) {
    const lower = word.toLowerCase();
    if (lower === 'respondent' || lower === 'group') {
      yield reserved(pointer, word, 'is a column of every file of answers');
    } else if (lower.endsWith('.other')) {
      yield reserved(pointer, word, 'ends like the column that keeps the words of an "other" choice');
    }
  }
  for (const { word, pointer } of questions.flatMap(({ choices }) => codes(choices))) {
    const lower = word.toLowerCase();
    if (lower === 'hs' || lower === 'na') {
      yield reserved(pointer, word, 'means "hard to say" or "not applicable" in every file of answers');
    }
  }
}

function reserved(pointer: string, word: string, why: string): Problem {
  return problem(pointer, 'reserved-code', `The code "${word}" ${why}: choose another.`);
}

function* unique(what: string, words: readonly Word[]): Generator<Problem> {
  const seen = new Map<string, string>();
  for (const { word, pointer } of words) {
    if (word === '') continue;
    const lower = word.toLowerCase();
    const first = seen.get(lower);
    if (first !== undefined) {
      const alike = first === word ? 'is used already' : `differs from "${first}" only by capitals`;
      yield problem(
        pointer,
        'repeated-code',
        `The ${what} code "${word}" ${alike}: give each ${what} a code of its own.`,
      );
    }
    seen.set(lower, first ?? word);
    if (inherited.includes(lower)) {
      yield reserved(pointer, word, 'is a name that programs use for something else');
    }
  }
}
