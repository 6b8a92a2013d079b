import { below } from '../definitions/check/pointer';
import { areasOf, type Instrument } from '../definitions/instrument';
import { Failure, type Problem } from '../shared/errors';
import { publishedPercent, publishedPoints, round2, roundedOrNull } from '../shared/rounding';
import { mean } from './statistics';

/** Agreed scores are set in half points (method §3). */
export const agreedStep = 0.5;

/**
 * What the working group set, by area code, in half points of the scale; null = out of scope. An area that is not
 * there has not been agreed yet.
 */
export type AgreedScores = Readonly<Record<string, number | null>>;

/** `not-agreed`: in scope and without a score yet. */
export type AgreedMissing = 'out-of-scope' | 'not-agreed';

/** One round's agreed scores with their means, rounded to 2 decimals as published. */
export interface AgreedRound {
  /** Plain mean of the areas in scope; null says why in `missing.index`. */
  readonly index: number | null;
  /** Plain mean of the plane's areas in scope that have a score. */
  readonly planes: Readonly<Record<string, number | null>>;
  readonly areas: Readonly<Record<string, number | null>>;
  /** Areas that are out of scope, in document order. */
  readonly outOfScope: readonly string[];
  /** Why figures are null; only keys of figures that are. */
  readonly missing: {
    readonly index?: AgreedMissing;
    readonly planes: Readonly<Record<string, AgreedMissing>>;
    readonly areas: Readonly<Record<string, AgreedMissing>>;
  };
}

/** A change as published: computed from rounded figures, so that it can be checked with a pencil. */
export interface AgreedDelta {
  readonly baseline: number | null;
  readonly followUp: number | null;
  /** Difference of the two published figures, in points, exact to 2 decimals. */
  readonly points: number | null;
  /** Whole percent of the published baseline; null with `zero-baseline` where that is 0. */
  readonly percent: number | null;
  readonly missing?: AgreedMissing | 'zero-baseline';
}

/** Changes over the areas in scope in both rounds. */
export interface AgreedChange {
  readonly index: AgreedDelta;
  readonly planes: Readonly<Record<string, AgreedDelta>>;
  /** Only areas with a score in both rounds. */
  readonly areas: Readonly<Record<string, AgreedDelta>>;
  /** The other areas, with what each round that lacks a score says. */
  readonly notCompared: Readonly<
    Record<string, { readonly baseline?: AgreedMissing; readonly followUp?: AgreedMissing }>
  >;
}

/**
 * Everything wrong with a complete set of agreed scores from outside: every area must be there, with null or a score
 * on the half-point grid of the scale. Pointers are relative to `given`.
 */
export function checkAgreedScores(instrument: Instrument, given: unknown): Problem[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return [
      {
        pointer: '',
        code: 'not-an-object',
        message: 'Agreed scores are one JSON object: {"P1.1": 2.5, …}, null for an area out of scope.',
      },
    ];
  }
  const codes = areasOf(instrument).map((area) => area.code);
  const unknown = Object.keys(given)
    .filter((key) => !codes.includes(key))
    .map((key) => ({
      pointer: below('', key),
      code: 'unknown-area',
      message: `There is no area "${key}"; the areas are ${codes.join(', ')}.`,
    }));
  const faults = codes.flatMap((code): Problem[] => {
    const problem = (fault: string, message: string) => [{ pointer: below('', code), code: fault, message }];
    if (!Object.hasOwn(given, code)) {
      return problem('area-absent', `The area ${code} is absent: give its score, or null where it is out of scope.`);
    }
    const score = (given as Readonly<Record<string, unknown>>)[code];
    const fault = score === null ? null : agreedFault(instrument, score);
    const { min, max } = scaleOf(instrument);
    switch (fault) {
      case null:
        return [];
      case 'not-a-number':
        return problem(fault, `The score of ${code} is no number; give points from ${min} to ${max}, or null.`);
      case 'not-on-scale':
        return problem(fault, `The score of ${code} is ${String(score)}; the scale goes from ${min} to ${max}.`);
      case 'not-a-half-point':
        return problem(fault, `The score of ${code} is ${String(score)}; agreed scores go in steps of ${agreedStep}.`);
    }
  });
  return [...unknown, ...faults];
}

/** Why a value is no agreed score of this instrument; null where it is one. */
export function agreedFault(
  instrument: Instrument,
  score: unknown,
): 'not-a-number' | 'not-on-scale' | 'not-a-half-point' | null {
  if (typeof score !== 'number' || !Number.isFinite(score)) return 'not-a-number';
  const { min, max } = scaleOf(instrument);
  if (score < min || score > max) return 'not-on-scale';
  return Number.isInteger(score / agreedStep) ? null : 'not-a-half-point';
}

/**
 * One round's agreed scores with planes and index. The index is the mean of the areas, not of the planes: twelve areas
 * summing to 22.0 give 1.83.
 */
export function agreedScores(instrument: Pick<Instrument, 'planes'>, scores: AgreedScores): AgreedRound {
  const codes = areasOf(instrument).map((area) => area.code);
  const whole = overAreas(codes, scores, true);
  const planes = (instrument.planes ?? []).map(
    ({ code, areas }) =>
      [
        code,
        overAreas(
          areas.map((area) => area.code),
          scores,
          false,
        ),
      ] as const,
  );
  const whyAreas = codes.map((code) => [code, whyMissing(scores, code)] as const);
  return {
    index: roundedOrNull(whole.value),
    planes: Object.fromEntries(planes.map(([code, { value }]) => [code, roundedOrNull(value)])),
    areas: Object.fromEntries(codes.map((code) => [code, scoreOf(scores, code)])),
    outOfScope: codes.filter((code) => whyMissing(scores, code) === 'out-of-scope'),
    missing: {
      ...(whole.missing === undefined ? {} : { index: whole.missing }),
      planes: onlyMissing(planes.map(([code, { missing }]) => [code, missing] as const)),
      areas: onlyMissing(whyAreas),
    },
  };
}

/**
 * The change between two rounds' agreed scores over the areas in scope in both. Sums 22.0 and 35.5 over twelve areas:
 * 1.83 → 2.96, +1.13 points, +62 %.
 */
export function compareAgreed(
  instrument: Pick<Instrument, 'planes'>,
  baseline: AgreedScores,
  followUp: AgreedScores,
): AgreedChange {
  const codes = areasOf(instrument).map((area) => area.code);
  const inScope = (code: string) => [baseline, followUp].every((scores) => whyMissing(scores, code) !== 'out-of-scope');
  const agreed = (code: string) => [baseline, followUp].every((scores) => scoreOf(scores, code) !== null);
  const over = (areas: readonly string[], whole: boolean): AgreedDelta => {
    const common = areas.filter(inScope);
    if (common.length === 0) return noDelta('out-of-scope');
    const compared = common.filter(agreed);
    if (compared.length === 0 || (whole && compared.length < common.length)) return noDelta('not-agreed');
    return agreedDelta(overAreas(compared, baseline, true).value, overAreas(compared, followUp, true).value);
  };
  return {
    index: over(codes, true),
    planes: Object.fromEntries(
      (instrument.planes ?? []).map(({ code, areas }) => [
        code,
        over(
          areas.map((area) => area.code),
          false,
        ),
      ]),
    ),
    areas: Object.fromEntries(
      codes.filter(agreed).map((code) => [code, agreedDelta(scoreOf(baseline, code), scoreOf(followUp, code))]),
    ),
    notCompared: Object.fromEntries(
      codes
        .filter((code) => !agreed(code))
        .map((code) => {
          const before = whyMissing(baseline, code);
          const after = whyMissing(followUp, code);
          return [
            code,
            {
              ...(before === undefined ? {} : { baseline: before }),
              ...(after === undefined ? {} : { followUp: after }),
            },
          ];
        }),
    ),
  };
}

/** Unrounded mean of areas in scope; `whole`: null unless every one of them has a score. */
function overAreas(
  areas: readonly string[],
  scores: AgreedScores,
  whole: boolean,
): { readonly value: number | null; readonly missing?: AgreedMissing } {
  const inScope = areas.filter((area) => whyMissing(scores, area) !== 'out-of-scope');
  if (inScope.length === 0) return { value: null, missing: 'out-of-scope' };
  const values = inScope.map((area) => scoreOf(scores, area)).filter((score) => score !== null);
  if (values.length === 0 || (whole && values.length < inScope.length)) return { value: null, missing: 'not-agreed' };
  return { value: mean(values) };
}

function agreedDelta(baseline: number | null, followUp: number | null): AgreedDelta {
  if (baseline === null || followUp === null) return noDelta('not-agreed');
  const percent = publishedPercent(baseline, followUp);
  return {
    baseline: round2(baseline),
    followUp: round2(followUp),
    points: publishedPoints(baseline, followUp),
    percent,
    ...(percent === null ? { missing: 'zero-baseline' } : {}),
  };
}

function noDelta(missing: AgreedMissing): AgreedDelta {
  return { baseline: null, followUp: null, points: null, percent: null, missing };
}

function whyMissing(scores: AgreedScores, area: string): AgreedMissing | undefined {
  if (!Object.hasOwn(scores, area)) return 'not-agreed';
  return scores[area] === null ? 'out-of-scope' : undefined;
}

function scoreOf(scores: AgreedScores, area: string): number | null {
  return Object.hasOwn(scores, area) ? (scores[area] ?? null) : null;
}

function onlyMissing(
  entries: readonly (readonly [string, AgreedMissing | undefined])[],
): Record<string, AgreedMissing> {
  return Object.fromEntries(entries.flatMap(([code, missing]) => (missing === undefined ? [] : [[code, missing]])));
}

function scaleOf(instrument: Instrument): { readonly min: number; readonly max: number } {
  if (instrument.scale === undefined) throw new Failure('no-scale', `The instrument ${instrument.id} has no scale.`);
  return instrument.scale;
}
