import { sides } from '../instrument';
import type { Problem } from '../../shared/errors';
import { numberIn, objectIn, problem, type JsonObject, type Outline } from './outline';
import { below } from './pointer';

/** The whole: what its kind needs and must not have, the scale, areas with items, thresholds. */
export function* checkStructure(outline: Outline): Generator<Problem> {
  yield* checkKind(outline);
  yield* checkScale(outline);
  yield* checkAreas(outline);
  yield* checkThresholds(outline);
}

const needsOfAssessment = {
  groups: 'the groups of respondents',
  planes: 'planes with their areas',
  scale: 'the scale of its ratings',
  rounds: 'the names of its rounds, such as ["baseline", "follow-up"]',
};

function* checkKind({ kind, document, groups, questions }: Outline): Generator<Problem> {
  if (kind === 'assessment') {
    for (const [name, what] of Object.entries(needsOfAssessment)) {
      if (!Object.hasOwn(document, name)) {
        const message = `An assessment needs "${name}": add ${what}, or make the kind "form".`;
        yield problem('', 'assessment-incomplete', message);
      }
    }
    const spoken = new Set(groups.map(({ value }) => value['side']));
    for (const side of groups.length > 0 ? sides : []) {
      if (!spoken.has(side)) {
        const message = `No group speaks for the side "${side}", so nothing could be scored: add a group of that side.`;
        yield problem('/groups', 'side-without-groups', message);
      }
    }
  }
  if (kind === 'form') {
    for (const name of ['planes', 'mergePlan', 'sideWeights', 'rounds']) {
      if (Object.hasOwn(document, name)) {
        const message = `A form is not scored and has no "${name}": remove it, or make the kind "assessment".`;
        yield problem(below('', name), 'not-in-a-form', message);
      }
    }
    if (Object.hasOwn(objectIn(document['forms']) ?? {}, 'core')) {
      const message = 'A form has no core items and so no core form: remove it, or make the kind "assessment".';
      yield problem('/forms/core', 'not-in-a-form', message);
    }
  }
  if (!Object.hasOwn(document, 'scale')) {
    for (const { pointer } of questions.filter(({ type }) => type === 'rating')) {
      const message = 'A rating needs a scale: add "scale" to the instrument, or give the question another type.';
      yield problem(below(pointer, 'type'), 'rating-without-scale', message);
    }
  }
}

function* checkScale({ scale }: Outline): Generator<Problem> {
  if (scale === null) return;
  const { min, max, points } = scale;
  if (min >= max) {
    const message = `The scale goes from ${min} to ${max}: its "min" must be smaller than its "max".`;
    yield problem('/scale', 'scale-order', message);
    return;
  }
  if (max - min > 20) {
    yield problem('/scale', 'scale-too-long', 'A scale has at most 21 points: bring "min" and "max" closer together.');
    return;
  }
  const wanted = Array.from({ length: max - min + 1 }, (_, index) => String(min + index));
  const wordless = wanted.filter((one) => !Object.hasOwn(points, one));
  if (wordless.length > 0) {
    const each = wordless.length === 1 ? `point ${wordless[0] ?? ''} has` : `points ${wordless.join(', ')} have`;
    yield problem('/scale/points', 'point-without-word', `The ${each} no word: add each with its text.`);
  }
  for (const point of Object.keys(points).filter((one) => !wanted.includes(one))) {
    const message = `"${point}" is no point of the scale ${min} to ${max}: remove it, or change the scale.`;
    yield problem(below('/scale/points', point), 'unknown-point', message);
  }
}

function* checkAreas({ areas, questions, forms }: Outline): Generator<Problem> {
  const items = questions.filter(({ type }) => type === 'rating');
  const withItems = new Set(items.map(({ value }) => value['area']));
  const withCore = new Set(items.filter(({ value }) => value['core'] === true).map(({ value }) => value['area']));
  const hasCoreForm = forms.some(({ name }) => name === 'core');
  for (const { code, pointer } of areas.filter((area) => area.code !== '')) {
    if (!withItems.has(code)) {
      const message = `No rating belongs to the area ${code}: add an item with "area": "${code}", or remove the area.`;
      yield problem(pointer, 'area-without-items', message);
    } else if (hasCoreForm && !withCore.has(code)) {
      const message = `The core form needs an item of every area: mark one item of ${code} with "core": true and put it in the core form.`;
      yield problem(pointer, 'area-without-core-item', message);
    }
  }
}

function* checkThresholds({ document, scale }: Outline): Generator<Problem> {
  const thresholds = objectIn(document['thresholds']);
  if (thresholds === null) return;
  if (scale !== null && scale.min < scale.max) yield* checkAgainstScale(thresholds, scale.max - scale.min);
  const k = numberIn(thresholds['k']);
  const comments = numberIn(thresholds['comments']);
  if (k !== null && comments !== null && comments < k) {
    const message = `Comments need at least k answers: make this ${k} or more.`;
    yield problem('/thresholds/comments', 'comments-below-k', message);
  }
}

/** @param width points between the ends of the scale: no change is larger, no variance larger than half of it squared. */
function* checkAgainstScale(thresholds: JsonObject, width: number): Generator<Problem> {
  const same = numberIn(thresholds['practicallySame']);
  if (same !== null && same >= width) {
    const message = `No change on this scale is larger than ${width}, so nothing would ever have changed: make this smaller.`;
    yield problem('/thresholds/practicallySame', 'beyond-scale', message);
  }
  const largest = (width / 2) ** 2;
  for (const [name, variance] of Object.entries(objectIn(thresholds['assumedVariance']) ?? {})) {
    if (typeof variance !== 'number' || variance <= largest) continue;
    const message = `No answers on this scale vary by more than ${largest}: make this ${largest} or less.`;
    yield problem(below('/thresholds/assumedVariance', name), 'beyond-scale', message);
  }
}
