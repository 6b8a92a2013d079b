import type { ScryptOptions } from 'node:crypto';
import { createAssessment, type AssessmentDependencies, type AssessmentServices } from '../assessment/services';
import type { Clock } from '../shared/clock';
import type { Ids, RandomBytes } from '../shared/ids';
import type { Store } from '../storage/port';
import { createDrafts, type Drafts } from './drafts';
import { createInstallationKey } from './installation-key';
import { createInvitationServices, type InvitationServices } from './invitations/services';
import { createMisuseCounts, type MisuseCounts } from './misuse-counts';
import { createPaperBatches, type PaperBatches } from './paper-batches';
import { createQuestionnaires, type Questionnaires } from './questionnaire';
import { createRoundClock } from './round-clock';
import { createSealing, type Sealing } from './sealing';
import { createSubmissions, type Submissions } from './submissions';
import { createResumeCodes, usualResumeCost } from './resume-codes';
import { createTickets, type Tickets } from './tickets';

export interface CollectionDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  /** `randomBytes` of node:crypto. */
  readonly randomBytes: RandomBytes;
  /** Lies outside the store; the same at every start. */
  readonly installationKey: string;
  /** What it costs to derive the keys of a resume code: less only in tests. */
  readonly resumeCost?: ScryptOptions;
  /** Whether the clock can be trusted with what cannot be taken back; always where left out. */
  readonly clockIsRight?: () => Promise<boolean>;
  readonly assessment: Pick<AssessmentServices, 'assessments' | 'factSheet' | 'rounds' | 'units'>;
}

/** Everything that pages and commands may ask of this module. */
export interface CollectionServices {
  readonly questionnaires: Questionnaires;
  readonly drafts: Drafts;
  readonly submissions: Submissions;
  readonly tickets: Tickets;
  readonly paper: PaperBatches;
  readonly invitations: InvitationServices;
  readonly misuse: MisuseCounts;
  readonly sealing: Sealing;
  /** Once at start, before anybody is served: settles the installation key, finishes what a crash has left half done. */
  start(): Promise<void>;
  /**
   * Every minute: opens and closes what is due, finishes what respondents' processes have left half
   * done, and removes what closed rounds have left.
   */
  mind(): Promise<void>;
}

/** Assessment and collection together: the one counts for the other. */
export function createAssessmentWithCollection(
  deps: Omit<AssessmentDependencies, 'countsOf'> &
    Pick<CollectionDependencies, 'installationKey' | 'resumeCost' | 'clockIsRight'>,
): { readonly assessment: AssessmentServices; readonly collection: CollectionServices } {
  const assessment: AssessmentServices = createAssessment({
    ...deps,
    countsOf: (rounds) => collection.submissions.countsOf(rounds),
  });
  const collection = createCollection({ ...deps, assessment });
  return { assessment, collection };
}

function createCollection(deps: CollectionDependencies): CollectionServices {
  const { store, clock, clockIsRight, resumeCost = usualResumeCost, assessment } = deps;
  const { rounds, factSheet } = assessment;
  const key = createInstallationKey({ store, secret: deps.installationKey });
  const questionnaires = createQuestionnaires({
    rounds,
    factsAt: (roundId, codes) => factSheet.valuesAt(roundId, codes),
  });
  const tickets = createTickets({ ...deps, rounds, key });
  const invitations = createInvitationServices({ ...deps, key, tickets });
  const codes = createResumeCodes({ ...deps, key, cost: resumeCost });
  const drafts = createDrafts({ ...deps, rounds, tickets, codes });
  const submissions = createSubmissions({ store, rounds, drafts, tickets, questionnaires });
  const paper = createPaperBatches({ store, rounds, drafts, submissions, questionnaires });
  const misuse = createMisuseCounts({ store, clock, rounds });
  const sealing = createSealing({ store, rounds, tickets });
  const keepTime = createRoundClock({
    rounds,
    sealing,
    clock,
    clockIsRight: clockIsRight ?? (() => Promise.resolve(true)),
  });

  async function mind(): Promise<void> {
    await keepTime();
    await submissions.completeStarted();
    await misuse.store();
    for (const { id } of await rounds.withStatus('open')) await tickets.finishBegunSheets(id);
    await sealing.dropClosedParts();
  }

  return {
    ...{ questionnaires, drafts, submissions, tickets, invitations, paper, misuse, sealing, mind },
    async start() {
      await key.settle(async () => (await tickets.areOut()) || (await drafts.codesAreOut()));
      await sealing.resumeClosing();
      await mind();
    },
  };
}
