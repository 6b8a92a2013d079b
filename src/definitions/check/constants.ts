import type { Rule } from '../conditions/rule';
import type { Problem } from '../../shared/errors';
import { isNeverTrue, outcomesOf, type World } from './outcomes';
import { problem, type PageOutline, type QuestionEntry } from './outline';
import { rulePlaces, type RulePlace } from './rule-places';

/**
 * Rules that never change anything: always true, or never true, whatever is answered. Found by trying every state of
 * what a rule reads (unanswered and special answers too), as far as answers that are themselves asked only under a
 * condition allow it. Nothing is said where the states are too many to try them all, nor of rules with another fault:
 * a choice misspelt makes a rule false for good, and is told once.
 */
export function* checkConstants(world: World): Generator<Problem> {
  const { outline } = world;
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
  yield* checkPages(world, neverShown);
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
function* checkPages(world: World, neverShown: ReadonlySet<string>): Generator<Problem> {
  for (const page of world.outline.forms.flatMap(({ pages }) => pages)) {
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
