import type { Clock } from '../shared/clock';
import type { Ids } from '../shared/ids';
import type { Store } from '../storage/port';
import { createAgreedScores, type AgreedScores } from './agreed-scores';
import { createAssessments, type Assessments } from './assessments';
import type { RandomBytes } from './draft-cipher';
import { createDrafts, type Drafts } from './drafts';
import { createFactSheet, type FactSheet } from './fact-sheet';
import type { Instruments } from './instruments';
import { createMeetings, type Meetings } from './meetings';
import { createQuestionnaires, type Questionnaires } from './questionnaire';
import { createReleases } from './releases';
import { createResults, type Results } from './results';
import { createRounds, type Rounds } from './rounds';
import { createSealing, type Sealing } from './sealing';
import { createSubmissions, type Submissions } from './submissions';
import { createTasks, type Tasks } from './tasks';
import { createUnits, type Units } from './units';

export interface AssessmentDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** `randomBytes` of node:crypto. */
  readonly randomBytes: RandomBytes;
  readonly instruments: Instruments;
}

/** Everything that pages and commands may ask of this module. Call `sealing.resumeClosing()` once at start. */
export interface AssessmentServices {
  readonly units: Units;
  readonly assessments: Assessments;
  readonly rounds: Rounds;
  readonly sealing: Sealing;
  readonly questionnaires: Questionnaires;
  readonly drafts: Drafts;
  readonly submissions: Submissions;
  readonly agreedScores: AgreedScores;
  readonly meetings: Meetings;
  readonly factSheet: FactSheet;
  readonly results: Results;
  readonly tasks: Tasks;
}

export function createAssessment(deps: AssessmentDependencies): AssessmentServices {
  const units = createUnits(deps);
  const assessments = createAssessments({ ...deps, units });
  const rounds: Rounds = createRounds({ ...deps, assessments, countsOf: (roundId) => submissions.counts(roundId) });
  const sealing = createSealing({ ...deps, rounds });
  const drafts = createDrafts({ ...deps, rounds });
  const factSheet = createFactSheet({ ...deps, rounds });
  const agreedScores = createAgreedScores({ ...deps, rounds });
  const meetings = createMeetings({ ...deps, rounds });
  const questionnaires = createQuestionnaires({ rounds, factsOf: (roundId) => factSheet.valuesOf(roundId) });
  const submissions: Submissions = createSubmissions({ ...deps, rounds, drafts, questionnaires });
  const tasks = createTasks({ ...deps, units, assessments, rounds, submissions, agreedScores });
  const results = createResults({
    ...{ units, assessments, rounds, sealing, agreedScores, factSheet },
    releases: createReleases(deps),
  });
  return {
    ...{ units, assessments, rounds, sealing, questionnaires, drafts, submissions },
    ...{ agreedScores, meetings, factSheet, results, tasks },
  };
}
