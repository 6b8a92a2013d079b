import { createAttachedFiles } from '../files/attached-files';
import type { Clock } from '../shared/clock';
import type { Ids, RandomBytes } from '../shared/ids';
import { markingChanges, type ChangeMark } from '../storage/change-mark';
import type { Store } from '../storage/port';
import { createAgreedScores, type AgreedScores } from './meeting/agreed-scores';
import { createClauses, type Clauses } from './clauses';
import { createAssessments, type Assessments } from './assessments';
import { createComments, type Comments } from './comments';
import { createContacts, type Contacts } from './contacts';
import { createFactConfirmations, type FactConfirmations } from './fact-confirmations';
import { createFactSheet, type FactSheet } from './fact-sheet';
import type { Instruments } from './instruments';
import { createApprovals } from './meeting/approvals';
import { createMeetings, type Meetings } from './meeting/meetings';
import { createMinutes, type Minutes } from './meeting/minutes';
import { createPriorities } from './recommendations/priorities';
import { createRecommendationOrder } from './recommendations/recommendation-order';
import { createRecommendations, type MinutesGate, type Recommendations } from './recommendations/recommendations';
import { createRecommendationReviews, type RecommendationReviews } from './recommendations/reviews';
import { createNotes, type Notes } from './notes';
import { createReleases } from './releases';
import { createResults, type Results } from './results';
import { createRounds, type CountsOf, type Rounds } from './rounds';
import { createSealedRounds, type SealedRounds } from './sealed-answers';
import { createStandings, type Standings } from './standings';
import { createTasks, type Tasks } from './tasks';
import { createTimetables, type Timetables } from './timetables';
import { createUnits, type Units } from './units';

export interface AssessmentDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** `randomBytes` of node:crypto. */
  readonly randomBytes: RandomBytes;
  readonly instruments: Instruments;
  /** `collection` counts; it is made after this room, which it stands on. */
  readonly countsOf: CountsOf;
  /** Whether what is due may be erased: false while the clock has jumped. Left out: it is right. */
  readonly clockIsRight?: () => Promise<boolean>;
}

/** Everything that pages and commands may ask of this module. */
export interface AssessmentServices {
  readonly units: Units;
  readonly clauses: Clauses;
  readonly assessments: Assessments;
  readonly rounds: Rounds;
  readonly agreedScores: AgreedScores;
  readonly meetings: Meetings;
  readonly minutes: Minutes;
  readonly factSheet: FactSheet;
  readonly factConfirmations: FactConfirmations;
  readonly sealedRounds: SealedRounds;
  readonly results: Results;
  readonly comments: Comments;
  readonly recommendations: Recommendations;
  readonly recommendationReviews: RecommendationReviews;
  readonly tasks: Tasks;
  readonly standings: Standings;
  readonly timetables: Timetables;
  readonly contacts: Contacts;
  readonly notes: Notes;
  /** Goes on with every change of this room's data, but for what arrives in open rounds. */
  readonly mark: ChangeMark;
}

export function createAssessment(given: AssessmentDependencies): AssessmentServices {
  const { store, mark } = markingChanges(given.store, 'assessment');
  const deps = { ...given, store, mark };
  const units = createUnits(deps);
  const assessments = createAssessments({ ...deps, units });
  const clauses = createClauses({ ...deps, units });
  const rounds = createRounds({ ...deps, assessments, clauses });
  const factSheet = createFactSheet({ ...deps, rounds });
  const factConfirmations = createFactConfirmations({ ...deps, rounds, factSheet, files: createAttachedFiles(deps) });
  const approvals = createApprovals(deps);
  const agreedScores = createAgreedScores({ ...deps, rounds, approvals });
  const meetings = createMeetings({ ...deps, rounds, approvals });
  const minutes = createMinutes({ ...deps, rounds, agreedScores, meetings, approvals });
  const sealedRounds = createSealedRounds(deps);
  const results = createResults({
    ...{ units, assessments, rounds, agreedScores, factSheet, sealedRounds },
    releases: createReleases(deps),
  });
  const comments = createComments({ ...deps, results, sealedRounds });
  const gate: MinutesGate = {
    isApproved: async (roundId) => (await approvals.current(roundId)) !== null,
    // No approval holds recommendations: what is written comes in before one, or too late.
    letIn: (roundId) => approvals.letIn(roundId, () => false),
  };
  const recommendations = createRecommendations({
    ...{ ...deps, rounds, assessments, minutes: gate },
    ...{ order: createRecommendationOrder(deps), priorities: createPriorities(deps) },
  });
  const recommendationReviews = createRecommendationReviews({ ...deps, rounds, recommendations, minutes: gate });
  const timetables = createTimetables(deps);
  const tasks = createTasks({
    ...{ ...deps, units, assessments, rounds, agreedScores, approvals, comments },
    ...{ recommendations, recommendationReviews, timetables, meetings },
  });
  return {
    mark,
    units,
    clauses,
    assessments,
    rounds,
    agreedScores,
    meetings,
    minutes,
    factSheet,
    factConfirmations,
    sealedRounds,
    results,
    comments,
    recommendations,
    recommendationReviews,
    tasks,
    standings: createStandings({ tasks }),
    timetables,
    contacts: createContacts(deps),
    notes: createNotes(deps),
  };
}
