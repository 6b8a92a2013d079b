import { decimalsOf, rangeOf } from '../answer-check';
import type { Problem } from '../../shared/errors';
import { numberIn, problem, type Outline, type QuestionEntry } from './outline';
import { below } from './pointer';

/** Single questions and facts: limits that leave room for an answer, choices that can be chosen. */
export function* checkQuestions({ kind, questions, facts }: Outline): Generator<Problem> {
  for (const question of [...questions, ...facts]) {
    yield* checkRange(question);
    yield* checkChoices(question);
  }
  for (const question of questions) {
    yield* checkReportPlace(kind, question);
    const { type, value, pointer } = question;
    if (type !== 'rating') continue;
    if (Object.hasOwn(value, 'requiredIf')) {
      const message = 'No rating is compulsory: remove "requiredIf".';
      yield problem(below(pointer, 'requiredIf'), 'required-rating', message);
    }
    for (const name of ['core', 'weight']) {
      if (Object.hasOwn(value, name) && !Object.hasOwn(value, 'area')) {
        const message = `Only an item has "${name}": give the rating an "area", or remove "${name}".`;
        yield problem(below(pointer, name), 'not-an-item', message);
      }
    }
  }
}

/** Types of answers by the places in a report that can hold them; every question may have none. */
const reportPlaces: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['single-choice', 'multiple-choice', 'ranking', 'yes-no'].map((type) => [type, ['barriers', 'support', 'views']]),
  ),
  ...Object.fromEntries(['short-text', 'long-text'].map((type) => [type, ['comments']])),
};

/** Nothing is asked in an assessment that the report forgets without a word. */
function* checkReportPlace(kind: Outline['kind'], { type, value, pointer }: QuestionEntry): Generator<Problem> {
  const place = value['report'];
  const isItem = type === 'rating' && Object.hasOwn(value, 'area');
  if (kind === 'assessment' && !isItem && type !== '') {
    const places = [...(reportPlaces[type] ?? []), 'none'];
    const say = `write "report" with ${places.map((one) => `"${one}"`).join(', ')}`;
    if (place === undefined) {
      yield problem(pointer, 'no-report-place', `Nothing says where the report shows the answers: ${say}.`);
    } else if (typeof place === 'string' && !places.includes(place)) {
      const message = `The report has no place "${place}" for answers of the type ${type}: ${say}.`;
      yield problem(below(pointer, 'report'), 'wrong-report-place', message);
    }
  } else if (kind !== null && place !== undefined) {
    const why = isItem ? 'The place of an item is the scores' : 'A form has no report';
    yield problem(below(pointer, 'report'), 'report-misplaced', `${why}: remove "report".`);
  }
}
/** Bounds of a date outside these are slips of the keyboard. */
const firstDay = '1900-01-01';
const lastDay = '2100-12-31';

function* checkRange({ type, value, pointer }: QuestionEntry): Generator<Problem> {
  if (type === 'date') {
    const { min, max } = value;
    if (typeof min === 'string' && typeof max === 'string' && min > max) yield minAboveMax(pointer, min, max);
    for (const name of ['min', 'max']) {
      const day = value[name];
      if (typeof day !== 'string' || (day >= firstDay && day <= lastDay)) continue;
      const message = `No answer comes near ${day}: give a day from ${firstDay} to ${lastDay}, or remove "${name}".`;
      yield problem(below(pointer, name), 'far-off-day', message);
    }
  }
  if (type === 'number' || type === 'percent' || type === 'money') {
    const min = numberIn(value['min']);
    const max = numberIn(value['max']);
    const range = rangeOf({ type, ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) });
    if (range.min !== null && range.max !== null && range.min > range.max) {
      yield minAboveMax(pointer, String(range.min), String(range.max));
    } else if (range.min !== null && range.max !== null) {
      const places = numberIn(value['decimals']);
      const decimals = decimalsOf({ type, ...(places === null ? {} : { decimals: places }) });
      const unit = 10 ** Math.min(Math.max(decimals, 0), 6);
      if (Math.ceil(range.min * unit) > Math.floor(range.max * unit)) {
        const message = `No number with ${decimals} decimal places lies from ${range.min} to ${range.max}: correct "min", "max" or "decimals".`;
        yield problem(pointer, 'no-number-possible', message);
      }
    }
  }
}

function minAboveMax(pointer: string, min: string, max: string): Problem {
  const message = `No answer is possible: the least, ${min}, is above the most, ${max}. Correct "min" or "max".`;
  return problem(pointer, 'min-above-max', message);
}

function* checkChoices({ type, value, pointer, choices }: QuestionEntry): Generator<Problem> {
  const exclusive = choices.filter((choice) => choice.value['exclusive'] === true);
  const others = choices.filter((choice) => choice.value['other'] === true);
  for (const second of others.slice(1)) {
    const message = 'Another choice has "other" already: keep it on one choice only.';
    yield problem(below(second.pointer, 'other'), 'several-others', message);
  }
  if (type === 'ranking') {
    const places = numberIn(value['places']);
    if (places !== null && choices.length > 0 && places > choices.length) {
      const message = `There are ${choices.length} choices for ${places} places: make "places" at most ${choices.length}.`;
      yield problem(below(pointer, 'places'), 'more-places-than-choices', message);
    }
  }
  if (type !== 'multiple-choice') {
    for (const choice of type === 'single-choice' || type === 'ranking' ? exclusive : []) {
      const message = 'Only in a multiple choice can a choice exclude the others: remove "exclusive".';
      yield problem(below(choice.pointer, 'exclusive'), 'exclusive-misplaced', message);
    }
    return;
  }
  yield* checkCounts({ value, pointer }, choices.length - exclusive.length, exclusive.length > 0);
}

/** @param together number of choices that may be chosen together. */
function* checkCounts(
  { value, pointer }: Pick<QuestionEntry, 'value' | 'pointer'>,
  together: number,
  hasExclusive: boolean,
): Generator<Problem> {
  const min = numberIn(value['minChoices']);
  const max = numberIn(value['maxChoices']);
  if (hasExclusive && together < 2) {
    const message = 'Fewer than two choices can be chosen together: make the question a single-choice.';
    yield problem(below(pointer, 'choices'), 'too-few-together', message);
    return;
  }
  if (min !== null && max !== null && min > max) {
    const message = `At least ${min} but at most ${max} choices: correct "minChoices" or "maxChoices".`;
    yield problem(below(pointer, 'minChoices'), 'min-above-max-choices', message);
    return;
  }
  if (max === 1) {
    const message = `With "maxChoices" 1${hasExclusive ? ' "exclusive" says nothing and' : ''} the question is a single-choice: change its type.`;
    yield problem(below(pointer, 'maxChoices'), 'max-choices-one', message);
  }
  for (const [name, count] of [
    ['minChoices', min],
    ['maxChoices', max],
  ] as const) {
    if (count !== null && together >= 2 && count > together) {
      const message = `Only ${together} choices can be chosen together: make "${name}" at most ${together}.`;
      yield problem(below(pointer, name), 'more-than-choices', message);
    }
  }
}
