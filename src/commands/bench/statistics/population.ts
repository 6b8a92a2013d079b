import cdfOfNormal from '@stdlib/stats-base-dists-normal-cdf';
import type { Answer } from '../../../definitions/answers';
import { areasOf, itemsOf, type Instrument } from '../../../definitions/instrument';
import type { Respondent } from '../../../scoring';
import type { Random } from '../random';

/**
 * Made-up units whose truth is known: people with true scores that stay, whose answers wander about them anew each
 * time they are asked (comparison §4).
 */
export interface Population {
  /** True scores of a person, by area in document order, in points of the scale before they are cut to it. */
  readonly people: Readonly<Record<string, readonly (readonly number[])[]>>;
}

export interface SimulatedGroup {
  readonly code: string;
  /** People in the group. */
  readonly size: number;
  /** How many answer; two numbers where the rounds differ. */
  readonly answering: number | readonly [number, number];
  readonly sizeKnown?: boolean;
}

/** Standard deviations of true scores around a group's level, of a person over all areas and of one area, in points. */
const spreads = { person: 0.4, area: 0.4 };
/** Of the answer to one item around the true score. */
const itemNoise = 0.7;
/** Every group's mean of expected answers in every area: without a change nothing differs. */
const level = 3.2;

/**
 * People of groups whose standard deviations differ by ±40 %, moved so that the mean of expected answers of each group
 * in each area is the same.
 */
export function populationOf(random: Random, groups: readonly SimulatedGroup[], areas: number): Population {
  const people = groups.map(({ code, size }) => {
    const factor = 0.6 + 0.8 * random.next();
    const drawn = Array.from({ length: size }, () => {
      const own = random.normal() * spreads.person * factor;
      return Array.from({ length: areas }, () => own + random.normal() * spreads.area * factor);
    });
    const shifts = Array.from({ length: areas }, (_, area) => shiftTo(drawn.map((scores) => scores[area] ?? 0)));
    return [code, drawn.map((scores) => scores.map((score, area) => score + (shifts[area] ?? 0)))] as const;
  });
  return { people: Object.fromEntries(people) };
}

/** By how much these true scores have to move for their expected answers to have the common level, by Newton's method. */
function shiftTo(scores: readonly number[]): number {
  const sumOf = (of: (score: number) => number) => scores.reduce((sum, score) => sum + of(score), 0);
  let shift = level - sumOf((score) => score) / scores.length;
  for (let turn = 0; turn < 6; turn += 1) {
    const short = level * scores.length - sumOf((score) => expectedAnswer(score + shift));
    shift += short / sumOf((score) => steepness(score + shift));
  }
  return shift;
}

const borders = [1.5, 2.5, 3.5, 4.5];

/** Mean of the answers 1-5 that somebody with this true score gives: 1 + the sum of P(answer > v) over v = 1..4. */
function expectedAnswer(score: number): number {
  return borders.reduce((sum, border) => sum + 1 - cdfOfNormal(border, score, itemNoise), 1);
}

/** Its derivative. */
function steepness(score: number): number {
  return borders.reduce((sum, border) => {
    const z = (border - score) / itemNoise;
    return sum + Math.exp((-z * z) / 2) / (itemNoise * Math.sqrt(2 * Math.PI));
  }, 0);
}

export interface Asking {
  /** Added to every true score. */
  readonly rise: number;
  /** Share of items that a respondent leaves unanswered; a tenth of respondents leaves six times as many. */
  readonly unanswered: number;
}

/** One round: a fresh sample of every group, with fresh answers. `round` 0 or 1 says which number answers. */
export function askedOf(
  random: Random,
  instrument: Instrument,
  { people }: Population,
  groups: readonly SimulatedGroup[],
  round: 0 | 1,
  { rise, unanswered }: Asking,
): Respondent[] {
  const places = new Map(areasOf(instrument).map(({ code }, index) => [code, index]));
  const items = itemsOf(instrument).map(({ code, area }) => ({ code, area: places.get(area) ?? 0 }));
  return groups.flatMap(({ code: group, answering }) => {
    const count = typeof answering === 'number' ? answering : answering[round];
    return random.sample(people[group] ?? [], count).map((scores, index): Respondent => {
      const share = unanswered * (random.chance(0.1) ? 6 : 1);
      const answers: Record<string, Answer> = {};
      for (const { code, area } of items) {
        if (random.chance(share)) continue;
        const answer = Math.round((scores[area] ?? 0) + rise + random.normal() * itemNoise);
        answers[code] = Math.min(5, Math.max(1, answer));
      }
      return { id: `${group} ${index}`, group, answers };
    });
  });
}
