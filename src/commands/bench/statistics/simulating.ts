import { workFor } from '../workers';
import { simulated, type Seen } from './simulate';
import { simulatedSurveys } from './surveys';

/** Some runs of one row. */
export interface SomeRuns {
  /** Which of `simulatedSurveys`. */
  readonly survey: number;
  readonly from: number;
  readonly to: number;
}

/** A process that simulates what `statistics.ts` asks. */
workFor(({ survey: at, from, to }: SomeRuns): readonly (readonly [string, Seen])[] => {
  const survey = simulatedSurveys[at];
  return survey === undefined ? [] : [...simulated(survey, from, to)];
});
