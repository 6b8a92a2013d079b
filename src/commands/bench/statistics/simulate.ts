import type { Respondent, RoundInput } from '../../../scoring';
import { compareRounds } from '../../../scoring/comparison';
import { scoredRound } from '../../../scoring/scorecard';
import { randomOf } from '../random';
import { instrumentOf } from './instrument';
import { changesOf, familiesOf, gapsOf } from './judgements';
import { askedOf, populationOf } from './population';
import type { SimulatedSurvey } from './surveys';

/** What was seen of one holder at one level, over all runs. */
export interface Seen {
  /** Runs in which it was judged. */
  runs: number;
  /** Sum, and sum of squares, of each run's share of intervals that hold the truth. */
  covered: number;
  squared: number;
  /** Runs in which something was said to differ though nothing does. */
  falseFamilies: number;
  /** Of all verdicts under a true rise, how many say so. */
  judged: number;
  found: number;
}

/** True rise of all scores where power is measured. */
const rise = 0.5;
/** One run of so many is asked with a rise as well: power is held to nothing. */
const runsByRise = 5;
const seed = 20_261_125;

/**
 * What was seen, by level and holder ("area joint"), in the runs from `from` to `to` (excluded). Each run draws a unit of
 * its own, so that the runs are independent, and asks it without any change, and now and then with a rise.
 */
export function simulated(survey: SimulatedSurvey, from: number, to: number): ReadonlyMap<string, Seen> {
  const instrument = instrumentOf(survey);
  const seen = new Map<string, Seen>();
  const at = (key: string) => {
    const one = seen.get(key) ?? nothingSeen();
    seen.set(key, one);
    return one;
  };
  for (let run = from; run < to; run += 1) {
    const random = randomOf(seed + run);
    const { unanswered = 0, groups } = survey;
    const population = populationOf(random, groups, 12);
    const round = (number: 0 | 1, risen: number) =>
      scoredRound(
        instrument,
        inputOf(survey, askedOf(random, instrument, population, groups, number, { rise: risen, unanswered })),
      );
    const first = round(0, 0);
    const calm =
      survey.judges === 'gaps' ? gapsOf(first.scorecard) : changesOf(compareRounds(instrument, first, round(1, 0)));
    for (const [key, family] of familiesOf(survey, calm)) {
      const one = at(key);
      const share = family.filter(({ interval: [low, high] }) => low <= 0 && high >= 0).length / family.length;
      one.runs += 1;
      one.covered += share;
      one.squared += share * share;
      if (family.some(({ verdict }) => verdict !== 'unknown' && verdict !== 'same')) one.falseFamilies += 1;
    }
    if (survey.judges === 'gaps' || run % runsByRise !== 0) continue;
    for (const [key, family] of familiesOf(survey, changesOf(compareRounds(instrument, first, round(1, rise))))) {
      at(key).judged += family.length;
      at(key).found += family.filter(({ verdict }) => verdict === 'rose').length;
    }
  }
  return seen;
}

/** What was seen in all of the parts. */
export function seenInAll(parts: readonly ReadonlyMap<string, Seen>[]): ReadonlyMap<string, Seen> {
  const all = new Map<string, Seen>();
  for (const [key, part] of parts.flatMap((one) => [...one])) {
    const sum = all.get(key) ?? nothingSeen();
    all.set(key, sum);
    for (const count of Object.keys(sum) as (keyof Seen)[]) sum[count] += part[count];
  }
  return all;
}

function nothingSeen(): Seen {
  return { runs: 0, covered: 0, squared: 0, falseFamilies: 0, judged: 0, found: 0 };
}

function inputOf({ groups }: SimulatedSurvey, respondents: readonly Respondent[]): RoundInput {
  const known = groups.filter(({ sizeKnown }) => sizeKnown !== false);
  return {
    form: 'full',
    round: null,
    respondents,
    facts: {},
    groupSizes: Object.fromEntries(known.map(({ code, size }) => [code, size])),
    outOfScope: [],
    k: 5,
  };
}
