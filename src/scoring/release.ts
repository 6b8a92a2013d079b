import type { CheckedInstrument } from '../definitions/registry';
import { areasOf } from '../definitions/instrument';
import { groupsOfPair, protectionOfPair } from './compared-round';
import { compareRounds, type Change } from './comparison';
import { isHidden, type GroupFigure, type Score, type Scorecard } from './figures';
import { areaItems, type AreaItems } from './item-answers';
import { countByGroup, sizeOf } from './merging';
import { asPublished } from './publish';
import { countQuestions } from './question-counts';
import { allRules, type Protection } from './release-rules';
import type { ReleasedGroup, ReleaseNote, ReleasedPair, ReleasedRound } from './released';
import { thresholdsOf, type RoundInput } from './round-input';
import { scoredAnyway, scoredRound, type ScoredRound } from './scorecard';
import { commonAreas } from './common-items';
import type { VersionMap } from '../definitions/version-map';

/**
 * The one step through which everything published passes (anonymity.md 3): raw answers in, what may be published out.
 * Merging, hiding, withholding and borrowing are decided here and nowhere after.
 */

/** One round to be released: the instrument it asked and its answers. */
export interface RoundToRelease {
  readonly opened: Pick<CheckedInstrument, 'instrument' | 'hash'>;
  readonly input: RoundInput;
}

/** What may be published of one round. A group with more answers than people counts as one of unknown size. */
export function releaseRound(round: RoundToRelease): ReleasedRound {
  return releaseRoundBy(allRules, round);
}

/** As `releaseRound` by some of the rules only; for the attacker of the test suite, who shows what each is for. */
export function releaseRoundBy(rules: Protection['rules'], { opened, input }: RoundToRelease): ReleasedRound {
  const { instrument, hash } = opened;
  const scored = scoredAnyway(instrument, input, rules);
  const { k, practicallySame } = thresholdsOf(instrument, input);
  const groups = scored.groups.map((group) => releasedGroup(group, input));
  const areas = areasOf(instrument)
    .map(({ code }) => code)
    .filter((code) => !input.outOfScope.includes(code));
  const items = Object.fromEntries(
    areas.map((area) => [area, areaItems(instrument, input.form, scored.groups, area, scored.protection)] as const),
  );
  const scorecard = withoutGroupItems(scored.scorecard, items);
  return asPublished<ReleasedRound>({
    kind: 'round',
    instrument: { id: instrument.id, version: instrument.version, hash },
    ...{ form: input.form, round: input.round, k, practicallySame, outOfScope: input.outOfScope, groups },
    respondents: groups.reduce((sum, { respondents }) => sum + (respondents ?? 0), 0),
    ...{
      scorecard,
      items,
      questions: countQuestions(
        instrument,
        scored.groups.map(({ group }) => group),
        scored.respondents,
        scored.protection,
      ),
    },
    notes: notesOfRound(groups, scorecard, items),
  });
}

/**
 * What may be published of two rounds: their change.
 *
 * @param map what the two versions have in common; null where both rounds use one version
 */
export function releasePair(baseline: RoundToRelease, followUp: RoundToRelease, map: VersionMap | null): ReleasedPair {
  return releasePairBy(allRules, baseline, followUp, map);
}

/** As `releasePair` by some of the rules only, like `releaseRoundBy`. */
export function releasePairBy(
  rules: Protection['rules'],
  baseline: RoundToRelease,
  followUp: RoundToRelease,
  map: VersionMap | null,
): ReleasedPair {
  const { instrument } = followUp.opened;
  const [before, after] = [baseline, followUp].map(({ opened, input }) =>
    scoredAnyway(opened.instrument, input, rules),
  );
  if (before === undefined || after === undefined) throw new Error('Two rounds are two rounds.');
  const common = commonAreas(before, after, map);
  const groups = groupsOfPair(instrument, before, after);
  const asked = ({ opened: { instrument: asking, hash }, input }: RoundToRelease) => ({
    instrument: { id: asking.id, version: asking.version, hash },
    form: input.form,
  });
  const change = compareRounds(instrument, before, after, map);
  return asPublished<ReleasedPair>({
    kind: 'pair',
    ...{ baseline: asked(baseline), followUp: asked(followUp) },
    form: baseline.input.form === followUp.input.form ? followUp.input.form : 'core',
    k: protectionOfPair(before, after).k,
    practicallySame: thresholdsOf(instrument, followUp.input).practicallySame,
    groups: groups.map(({ code, parts, side }) => ({ code, parts, side })),
    comparedItems: Object.fromEntries([...common.items].map(([area, codes]) => [area, [...codes]])),
    versions: map === null ? null : { items: map.items, areas: map.areas },
    change,
    notes: notesOfPair(groups, change),
  });
}

/** Unrounded figures of answers of one's own, for commands; no publication. */
export function unroundedPair(
  baseline: RoundToRelease,
  followUp: RoundToRelease,
  map: VersionMap | null = null,
): { readonly baseline: Scorecard; readonly followUp: Scorecard; readonly change: Change } {
  const before: ScoredRound = scoredRound(baseline.opened.instrument, baseline.input);
  const after: ScoredRound = scoredRound(followUp.opened.instrument, followUp.input);
  const change = compareRounds(followUp.opened.instrument, before, after, map);
  return { baseline: before.scorecard, followUp: after.scorecard, change };
}

function releasedGroup(
  { group, people, size, leftOut }: ScoredRound['groups'][number],
  input: RoundInput,
): ReleasedGroup {
  const { code, parts, side } = group;
  // The size as it was given: whether more people answered than it says would tell how many did.
  if (leftOut) {
    return { code, parts, side, respondents: null, size: sizeOf(group, input.groupSizes, {}), rate: null, hidden: 'k' };
  }
  const respondents = people.length;
  const counts = countByGroup(people);
  const tooMany =
    parts.some((part) => (counts[part] ?? 0) > (input.groupSizes[part] ?? Infinity)) ||
    respondents > (sizeOf(group, input.groupSizes, {}) ?? Infinity);
  return {
    ...{ code, parts, side, respondents, size },
    rate: size === null ? null : Math.floor((100 * respondents) / size + 0.5),
    ...(tooMany ? { moreAnswersThanPeople: true } : {}),
  };
}

/**
 * The scorecard without the groups' counts of item answers, which are published by holder only, and without alpha where
 * the items of its area are withheld.
 */
function withoutGroupItems(scorecard: Scorecard, items: Readonly<Record<string, AreaItems>>): Scorecard {
  const score = (code: string, one: Score): Score => ({
    ...one,
    groups: Object.fromEntries(Object.entries(one.groups).map(([group, figure]) => [group, withoutItems(figure)])),
    ...(one.alpha === undefined ? {} : { alpha: items[code]?.alphaToo === true ? one.alpha : null }),
  });
  const areas = Object.fromEntries(Object.entries(scorecard.areas).map(([code, one]) => [code, score(code, one)]));
  return { ...scorecard, areas };
}

function withoutItems(figure: GroupFigure): GroupFigure {
  if (isHidden(figure)) return figure;
  const copy = { ...figure };
  delete copy.items;
  return copy;
}

function notesOfRound(
  groups: readonly ReleasedGroup[],
  scorecard: Scorecard,
  items: Readonly<Record<string, AreaItems>>,
): readonly ReleaseNote[] {
  const places: readonly (readonly [string, Score])[] = [
    ...Object.entries(scorecard.areas),
    ...Object.entries(scorecard.planes),
    ['index', scorecard.index],
  ];
  const where = (holds: (score: Score) => boolean) => places.filter(([, score]) => holds(score)).map(([code]) => code);
  const ofGroups = groups.flatMap(({ code, parts, hidden, moreAnswersThanPeople }): ReleaseNote[] => {
    const notes: ReleaseNote[] = [];
    if (parts.length > 1) notes.push({ note: 'merged', group: code, parts });
    if (hidden !== undefined) return [...notes, { note: 'left-out', group: code }];
    if (moreAnswersThanPeople) notes.push({ note: 'size-unknown', group: code });
    const figureIn = (score: Score) => score.groups[code];
    const hiddenAt = where((score) => figureIn(score) !== undefined && 'hidden' in (figureIn(score) ?? {}));
    const withheldAt = where((score) => {
      const figure = figureIn(score);
      return figure !== undefined && !isHidden(figure) && figure.withheld === 'spread';
    });
    const borrowedAt = where(({ sides }) =>
      [sides.administration, sides.ngo].some((side) => side.borrowed?.includes(code) === true),
    );
    if (hiddenAt.length > 0) notes.push({ note: 'hidden', group: code, places: hiddenAt });
    if (withheldAt.length > 0) notes.push({ note: 'spread-withheld', group: code, places: withheldAt });
    if (borrowedAt.length > 0) notes.push({ note: 'spread-borrowed', group: code, places: borrowedAt });
    return notes;
  });
  const ofItems = Object.entries(items).flatMap(([area, { withheld }]): ReleaseNote[] =>
    withheld === null ? [] : [{ note: withheld === 'classes' ? 'items-classes' : 'items-withheld', area }],
  );
  return [...ofGroups, ...ofItems];
}

function notesOfPair(groups: readonly { readonly code: string; readonly parts: readonly string[] }[], change: Change) {
  const places = [...Object.entries(change.areas), ...Object.entries(change.planes), ['index', change.index] as const];
  return groups.flatMap(({ code, parts }): ReleaseNote[] => {
    const notes: ReleaseNote[] = parts.length > 1 ? [{ note: 'merged', group: code, parts }] : [];
    const where = (holds: (compared: Change['index']) => boolean) =>
      places.filter(([, compared]) => holds(compared)).map(([place]) => place);
    const hiddenAt = where(({ notCompared: { groups: left } }) =>
      [left[code]?.baseline, left[code]?.followUp].includes('hidden'),
    );
    const withheldAt = where((compared) => compared.groups[code]?.withheld === 'spread');
    const borrowedAt = where(({ survey, sides }) =>
      [survey, sides.administration, sides.ngo].some(({ borrowed }) => borrowed?.includes(code) === true),
    );
    if (hiddenAt.length > 0) notes.push({ note: 'hidden', group: code, places: hiddenAt });
    if (withheldAt.length > 0) notes.push({ note: 'spread-withheld', group: code, places: withheldAt });
    if (borrowedAt.length > 0) notes.push({ note: 'spread-borrowed', group: code, places: borrowedAt });
    return notes;
  });
}
