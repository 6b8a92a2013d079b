import type {
  AreaItems,
  Change,
  Compared,
  Delta,
  GapOfPair,
  GapOfSides,
  Gaps,
  GroupDelta,
  HiddenFigure,
  ItemHolder,
  Judged,
  NotCompared,
  Score,
  Scorecard,
  ShownFigure,
  SideFigure,
  Unrated,
} from '../../../scoring';
import {
  codes,
  exactly,
  fields,
  listOf,
  mapOf,
  nullable,
  number,
  oneOf,
  optional,
  pairOf,
  people,
  ref,
  text,
  yes,
  type Schema,
} from './build';

/** Every kind of figure that a release holds, by its name in `$defs`. */

const missing = [
  ...(['no-answers', 'out-of-scope', 'side-missing', 'area-missing', 'one-answer', 'no-spread'] as const),
] as const;
const whyNot = [...missing, 'hidden', 'no-common-groups', 'not-in-common', 'not-in-version'] as const;
const points = (description: string): Schema => nullable(number(description));

/** Fields of every difference. */
const judged = {
  se: points('Standard error, above 0.'),
  df: points('Degrees of freedom; null beside a p means infinite.'),
  p: points('Two-sided p, 0..1.'),
  adjustedP: points('p after Holm, within its family.'),
  interval: nullable(ref('interval')),
  detectable: points('Smallest true difference found with a power of 80 %, in points.'),
} satisfies { readonly [Name in keyof Judged]: Schema };

const delta = {
  ...judged,
  baseline: points('Compared figure of the earlier round.'),
  followUp: points('Compared figure of the later round.'),
  points: points('Later less earlier, of the two published figures.'),
  percent: nullable({ type: 'integer', description: 'Whole percent of the published earlier figure.' }),
  verdict: oneOf(['rose', 'fell', 'same', 'unknown']),
  missing: optional(oneOf([...missing, 'zero-baseline'])),
  hidden: optional(exactly('k')),
  missingAreas: optional(codes),
  borrowed: optional(codes),
  assumed: optional(yes),
} as const;

const gap = {
  ...judged,
  figures: nullable(pairOf(number(), 'First and second, in points of the scale.')),
  points: points('First less second, of the two published figures.'),
  verdict: oneOf(['higher', 'lower', 'same', 'unknown']),
} as const;

const byPlace = (name: string) => ({ areas: mapOf(ref(name)), planes: mapOf(ref(name)), index: ref(name) });
const bySide = (name: string) =>
  fields<Record<'administration' | 'ngo', unknown>>({ administration: ref(name), ngo: ref(name) });
const holder = oneOf(['administration', 'ngo', 'everyone']);

export const figureDefinitions: Readonly<Record<string, Schema>> = {
  interval: pairOf(number(), 'Lower and upper end of a 95 % interval, in points.'),
  scorecard: fields<Scorecard>(
    { ...byPlace('score'), gaps: fields<Scorecard['gaps']>(byPlace('gaps')) },
    'Scores of one round by code of area and plane, in points of the scale, to two decimals.',
  ),
  score: fields<Score>({
    survey: points('Joint score of both sides; null says why in `missing`.'),
    surveyInterval: nullable(ref('interval')),
    missing: optional(oneOf(missing)),
    missingAreas: optional(codes),
    sides: bySide('sideFigure'),
    groups: mapOf({ anyOf: [ref('shownFigure'), ref('hiddenFigure')] }),
    alpha: optional(points('Cronbach’s alpha of the area’s items.')),
  }),
  sideFigure: fields<SideFigure>({
    mean: points('Mean of the side’s shown groups; of plane and index, of its areas.'),
    interval: nullable(ref('interval')),
    missing: optional(oneOf(missing)),
    missingAreas: optional(codes),
    hidden: optional(exactly('k')),
    without: optional(codes),
    borrowed: optional(codes),
    assumed: optional(yes),
  }),
  shownFigure: fields<Omit<ShownFigure, 'items'>>({
    mean: points('Mean of the respondents’ scores.'),
    n: people('Respondents behind the mean, 0 or at least k.'),
    sd: points('Standard deviation (n - 1); only from 2k respondents.'),
    interval: nullable(ref('interval')),
    missing: optional(oneOf(missing)),
    withheld: optional(exactly('spread')),
    missingAreas: optional(codes),
  }),
  hiddenFigure: fields<HiddenFigure>(
    { hidden: exactly('k') },
    'Answered by fewer than k people: nothing else is told.',
  ),
  gaps: fields<Gaps>({ sides: ref('gapOfSides'), pairs: listOf(ref('gapOfPair')) }),
  gapOfSides: fields<GapOfSides>(
    { ...gap, borrowed: optional(codes), assumed: optional(yes) },
    'Administration less NGOs.',
  ),
  gapOfPair: fields<GapOfPair>({
    ...gap,
    first: text('Code of a group.'),
    second: text('Code of a group.'),
    n: pairOf(people(), 'People behind each.'),
    delta: points('Cliff’s delta, -1..1.'),
    withheld: optional(oneOf(['spread', 'noSpread', 'areas'])),
  }),
  change: fields<Change>(byPlace('compared'), 'What changed, over the groups and areas that both rounds have.'),
  compared: fields<Compared>({
    survey: ref('delta'),
    sides: bySide('delta'),
    groups: mapOf(ref('groupDelta')),
    notCompared: fields<Compared['notCompared']>({
      groups: mapOf(ref('notCompared')),
      areas: mapOf(ref('notCompared')),
    }),
  }),
  delta: fields<Delta>(delta),
  groupDelta: fields<GroupDelta>({
    ...delta,
    n: fields<GroupDelta['n']>({ baseline: people(), followUp: people() }),
    delta: points('Cliff’s delta, -1..1.'),
    withheld: optional(oneOf(['spread', 'noSpread'])),
  }),
  notCompared: fields<NotCompared>({ baseline: optional(oneOf(whyNot)), followUp: optional(oneOf(whyNot)) }),
  areaItems: fields<AreaItems>({
    holders: listOf(ref('itemHolder')),
    withheld: nullable(oneOf(['too-few', 'classes'])),
    alphaToo: { type: 'boolean' },
    without: codes,
  }),
  itemHolder: fields<ItemHolder>({
    holder,
    n: people('People who rated every item of the area, at least 2k.'),
    ratings: mapOf(mapOf(people()), 'By code of the item: how many gave each point of the scale.'),
    unrated: mapOf(fields<Unrated>({ hardToSay: people(), notApplicable: people(), unanswered: people() })),
  }),
};

export { holder as countsHolder };
