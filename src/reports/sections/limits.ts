import { round2 } from '../../shared/rounding';
import {
  agreedHolder,
  areaPlace,
  areas,
  groupNames,
  indexPlace,
  shortName,
  survey,
  type Context,
  type RoundWords,
} from '../context';
import { rowOf } from '../figure-rows';
import { verdictOf } from '../verdicts';
import { smallGroups } from './participation';
import { notApproved } from './published';

/** What this report cannot tell and why, most important first; empty where it tells all. */
export function limitsOf(context: Context): readonly string[] {
  return [
    ...context.rounds.flatMap((words) => notApproved(context, words)),
    ...unknownChanges(context),
    ...commonLimits(context),
    ...comparedNote(context),
    ...context.rounds.flatMap((words) => roundLimits(context, words)),
    ...changeLimits(context),
  ];
}

/** Areas whose change may be chance, with the change that would have been found; groups too small to be judged. */
function unknownChanges(context: Context): string[] {
  const { w, input } = context;
  if (input.change === null) return [];
  const unknown = areas(context)
    .map(({ code }) => areaPlace(code))
    .filter((place) => verdictOf(context, place, survey) === 'unknown');
  const detectable = unknown.flatMap((place) => rowOf(input, place, survey).change?.judged?.detectable ?? []);
  const unjudged = Object.entries(input.change.index.groups).flatMap(([code, { withheld }]) =>
    withheld === 'spread' ? [code] : [],
  );
  return [
    ...(detectable.length === 0
      ? []
      : [
          w.say('limits.unknown', {
            areas: w.list(unknown.map((place) => shortName(context, place))),
            points: w.score(Math.max(...detectable)),
          }),
        ]),
    ...(unjudged.length === 0
      ? []
      : [
          w.say('limits.unjudged', {
            count: unjudged.length,
            groups: groupNames(context, unjudged),
            double: w.count(2 * input.k),
          }),
        ]),
  ];
}

/** Two versions of the questionnaire, or its full and its short form, are compared on what they have in common. */
function commonLimits(context: Context): string[] {
  const { w, input } = context;
  if (input.common === null || input.change === null) return [];
  const { baseline, followUp, versions } = input.common;
  const left = Object.entries(input.change.index.notCompared.areas).flatMap(
    ([code, { baseline: before, followUp: now }]) =>
      [before, now].some((why) => why === 'not-in-common' || why === 'not-in-version') ? [code] : [],
  );
  const known = left.filter((code) => areas(context).some((area) => area.code === code));
  return [
    ...(versions === null
      ? []
      : [
          w.say('limits.versions', { before: baseline.instrument.version, now: followUp.instrument.version }),
          ...(['changed', 'dropped', 'new'] as const)
            .filter((fate) => versions.items[fate].length > 0)
            .map((fate) => w.say(`limits.items.${fate}`, { count: versions.items[fate].length })),
        ]),
    ...(baseline.form === followUp.form
      ? []
      : [w.say(baseline.form === 'full' ? 'limits.fullToCore' : 'limits.coreToFull')]),
    ...(known.length === 0
      ? []
      : [
          w.say('limits.notInCommon', {
            count: known.length,
            areas: w.list(known.map((code) => shortName(context, areaPlace(code)))),
          }),
        ]),
  ];
}

function roundLimits(context: Context, words: RoundWords): string[] {
  const { w, input } = context;
  const at = input.rounds.indexOf(words.round);
  const small = smallGroups(context, words);
  const silent = input.instrument.groups
    .map(({ code }) => code)
    .filter(
      (code) =>
        (words.round.respondents[code] ?? 0) === 0 &&
        !words.round.hiddenGroups.includes(code) &&
        words.round.groupSizes[code] !== undefined,
    );
  const missing = areas(context)
    .map(({ code }) => areaPlace(code))
    .filter((place) => {
      const figure = rowOf(input, place, survey).figures[at];
      return figure?.mean == null && figure?.why !== 'out-of-scope';
    });
  const out = words.round.outOfScope;
  const names = (codes: readonly string[]) => w.list(codes.map((code) => shortName(context, areaPlace(code))));
  return [
    ...(small.length > 0
      ? [
          w.say('limits.small', {
            count: small.length,
            round: words.name,
            groups: groupNames(context, small),
            k: w.count(input.k),
          }),
        ]
      : []),
    ...(silent.length > 0
      ? [w.say('limits.silent', { count: silent.length, round: words.name, groups: groupNames(context, silent) })]
      : []),
    ...(missing.length > 0
      ? [
          w.say('limits.areas', {
            count: missing.length,
            round: words.name,
            areas: names(missing.map(({ code }) => code)),
          }),
        ]
      : []),
    ...(out.length > 0
      ? [w.say('limits.outOfScope', { count: out.length, round: words.name, areas: names(out) })]
      : []),
  ];
}

function changeLimits(context: Context): string[] {
  const { w, input } = context;
  if (input.change === null) return [];
  const { groups } = input.change.index.notCompared;
  // Groups that take part in neither round are named nowhere.
  const lacking = Object.keys(groups).filter((code) =>
    input.rounds.some(({ respondents, hiddenGroups }) => respondents[code] || hiddenGroups.includes(code)),
  );
  const notAgreed = Object.keys(input.agreedChange?.notCompared ?? {});
  const bothAgreed = input.rounds.every(({ agreed }) => agreed !== null);
  return [
    ...(lacking.length > 0
      ? [w.say('limits.groups', { count: lacking.length, groups: groupNames(context, lacking) })]
      : []),
    ...(bothAgreed && notAgreed.length > 0
      ? [
          w.say('limits.agreed', {
            count: notAgreed.length,
            areas: w.list(notAgreed.map((code) => shortName(context, areaPlace(code)))),
          }),
        ]
      : []),
  ];
}

/** Compared figures stand in sentences and pictures; where a round's own index differs from them, that is said. */
function comparedNote(context: Context): string[] {
  const { w, input, rounds } = context;
  return [survey, agreedHolder].flatMap((holder) => {
    const { change, figures } = rowOf(input, indexPlace, holder);
    if (change === null) return [];
    return rounds.flatMap(({ name }, at) => {
      const own = figures[at]?.mean ?? null;
      const compared = at === 0 ? change.baseline : change.followUp;
      if (own === null || compared === null || round2(own) === round2(compared)) return [];
      return [w.say(`limits.compared.${holder.kind}`, { round: name, own: w.score(own), compared: w.score(compared) })];
    });
  });
}
