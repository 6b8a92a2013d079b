import type { Rule } from '../conditions/rule';
import { sides } from '../instrument';
import type { Problem } from '../../shared/errors';
import { listIn, objectIn, problem, wordsOf, type Entry, type QuestionEntry } from './outline';
import { isNeverTrue, type Fixed, type World } from './outcomes';
import { below } from './pointer';

/** Who is ever asked what: areas that a side can never rate, words for groups that never read them. */
export function* checkAudience(world: World, maySee: MaySee): Generator<Problem> {
  yield* checkAreas(world, maySee);
  for (const question of world.outline.questions) yield* checkVariants(question, world, maySee);
}

/**
 * May somebody of this group be asked the question in this form and round? True where it cannot be told. Left out, group
 * and round may be any.
 */
export type MaySee = (question: QuestionEntry, form: string, fixed: Fixed) => boolean;

export function audienceOf(world: World): MaySee {
  const known = new Map<string, boolean>();
  const pages = world.outline.forms.flatMap(({ name, pages: ofForm }) =>
    ofForm.flatMap((page) =>
      page.sections.flatMap(({ questions }) => questions.map(({ word }) => [`${name} ${word}`, page] as const)),
    ),
  );
  const pageOf = new Map(pages);
  return (question, form, fixed) => {
    const page = pageOf.get(`${form} ${question.code}`);
    if (page === undefined) return false;
    const rules = [page.value['visibleIf'], question.value['visibleIf']].filter((rule) => rule !== undefined) as Rule[];
    if (rules.length === 0 || !rules.every((rule) => world.isSound(rule))) return true;
    const key = JSON.stringify([question.pointer, form, fixed.group, fixed.round]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const may = !isNeverTrue({ and: rules }, world, fixed);
    known.set(key, may);
    return may;
  };
}

/** An area that one side never rates has no joint score, and the index, which needs all areas, has none either. */
function* checkAreas({ outline }: World, maySee: MaySee): Generator<Problem> {
  const { areas, groups, questions, forms, rounds } = outline;
  const items = questions.filter(({ type }) => type === 'rating');
  const eachRound: readonly Fixed[] = rounds.length === 0 ? [{}] : rounds.map(({ word }) => ({ round: word }));
  const occasions = forms.flatMap(({ name }) => eachRound.map((round) => ({ form: name, ...round })));
  for (const { code, pointer } of areas) {
    const own = items.filter(({ value }) => value['area'] === code);
    const blind = occasions.flatMap((occasion) => {
      const { form, ...round } = occasion;
      const asked = own.filter((item) => maySee(item, form, {}));
      // What nobody is asked at all is told elsewhere.
      if (asked.length === 0) return [];
      const seesNone = (group: Entry): boolean =>
        !asked.some((item) => maySee(item, form, { ...round, group: group.code }));
      return sides.flatMap((side) => {
        const ofSide = groups.filter(({ value }) => value['side'] === side);
        return ofSide.length > 0 && ofSide.every(seesNone) ? [{ side, ...occasion }] : [];
      });
    });
    const [first] = blind;
    if (first === undefined) continue;
    const isAlways = blind.filter(({ side }) => side === first.side).length === occasions.length;
    const inRound = first.round === undefined ? '' : `, round ${first.round}`;
    const where = isAlways ? '' : ` in the ${first.form} form${inRound}`;
    const message = `No group of the side "${first.side}" is ever asked an item of ${code}${where}, so neither the area nor the index can have a value: give that side an item of it, or correct the rules.`;
    yield problem(pointer, 'area-hidden-from-side', message);
  }
}

function* checkVariants(question: QuestionEntry, { outline }: World, maySee: MaySee): Generator<Problem> {
  const { forms, groups } = outline;
  const isAsked = (fixed: Fixed): boolean => forms.some(({ name }) => maySee(question, name, fixed));
  if (!isAsked({})) return;
  const known = new Set(groups.map(({ code }) => code));
  for (const [index, variant] of listIn(question.value['variants']).entries()) {
    const words = wordsOf(objectIn(variant)?.['groups'], below(question.pointer, 'variants', index, 'groups'));
    for (const { word, pointer } of words.filter((one) => known.has(one.word))) {
      if (isAsked({ group: word })) continue;
      const message = `"${question.code}" is never asked of the group "${word}", so nobody reads these words: remove the group here, or correct the rules.`;
      yield problem(pointer, 'unseen-wording', message);
    }
  }
}
