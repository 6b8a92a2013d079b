import type { Clock } from '../../shared/clock';
import { refuse, type Refusal } from '../../shared/errors';
import { moveFrom, refusalOfMove, type Move } from '../../shared/moves';
import { documentOf, nullable, objectOf, shortText, text, words } from '../../storage/document-fields';
import type { Collection, CollectionSpec, Stored } from '../../storage/port';

export const jobStates = ['waiting', 'running', 'done', 'failed'] as const;
export type JobState = (typeof jobStates)[number];

/** Something that takes long to make, and its file once it is made. Whoever may read the row may read the file. */
export interface Job extends Stored {
  /** What is made, such as `report/EDITION/full/pl`: asking for it twice makes one. */
  readonly id: string;
  /** Which maker makes it. */
  readonly kind: string;
  /** What it belongs to, such as an edition: it goes when that goes. */
  readonly group: string;
  /** What its maker has to know, as JSON. */
  readonly input: string;
  readonly state: JobState;
  /** 0: somebody waits for it; 1: it is made ahead. */
  readonly rank: number;
  /** ISO 8601 in UTC, like all moments here. */
  readonly createdAt: string;
  /** waiting: not tried before this; running: the lease, after which anybody may take it over. */
  readonly dueAt: string;
  /** The try under way, a random id; null where nobody works on it. */
  readonly owner: string | null;
  /** Tries begun, the one under way among them. */
  readonly attempts: number;
  /** Steps done, of how many; `of` is 0 where that is not known. */
  readonly progress: { readonly done: number; readonly of: number };
  /** What became of the last try that failed: a stable code, and an English sentence for operators. */
  readonly error: { readonly code: string; readonly message: string } | null;
  /** When it was done or given up. */
  readonly endedAt: string | null;
  /** Its file (`kept-files.ts`), once it is done. */
  readonly file: string | null;
  /** When the file is removed; null: it is kept as long as its group. */
  readonly expiresAt: string | null;
}

const steps = { type: 'integer', minimum: 0 };

export const jobsSpec: CollectionSpec<Job> = {
  name: 'jobs',
  schema: documentOf({
    kind: shortText,
    group: shortText,
    input: words(20_000),
    state: { enum: [...jobStates] },
    rank: { enum: [0, 1] },
    createdAt: text,
    dueAt: text,
    owner: nullable(text),
    attempts: steps,
    progress: objectOf({ done: steps, of: steps }),
    error: nullable(objectOf({ code: shortText, message: words(1_000) })),
    endedAt: nullable(text),
    file: nullable(text),
    expiresAt: nullable(text),
  }),
  indexes: [['state', 'rank', 'dueAt'], ['state', 'endedAt'], ['group'], ['expiresAt'], ['createdAt']],
};

/** How long a try holds a job without being heard of, in milliseconds. */
export const leaseMs = 60_000;
/** Seconds after each failed try until the next one; after the last it is given up. */
const waits = [10, 60, 300];
export const mostAttempts = waits.length + 1;
/** Whoever asks again for what has failed gets another try after this long: its cause may have gone meanwhile. */
const failedFor = 3_600_000;

export type JobAction = 'take' | 'finish' | 'put-back' | 'give-up' | 'abandon' | 'ask-again' | 'retry';
type JobCode = 'job-not-due' | 'job-tries-used' | 'job-tries-left' | 'job-of-another' | 'job-just-failed';

/** A job, the moment, and who would move it. */
export interface JobMove {
  readonly job: Job;
  readonly now: Date;
  readonly owner: string | null;
}

type Condition = (subject: JobMove) => Refusal<JobCode> | null;

const due: Condition = ({ job, now }) => (job.dueAt <= now.toISOString() ? null : refuse('job-not-due'));
const triesLeft: Condition = ({ job }) => (job.attempts < mostAttempts ? null : refuse('job-tries-used'));
const triesUsed: Condition = ({ job }) => (job.attempts < mostAttempts ? refuse('job-tries-left') : null);
const own: Condition = ({ job, owner }) => (owner !== null && job.owner === owner ? null : refuse('job-of-another'));
const longFailed: Condition = ({ job, now }) =>
  Date.parse(job.endedAt ?? job.createdAt) + failedFor <= now.getTime() ? null : refuse('job-just-failed');

/**
 * The life of a job. Whoever takes one has it until its lease ends; what it makes counts only while it still has it. A
 * try that was lost (its process was killed, or stood still too long) is taken over by the next, and abandoned where
 * every try was lost.
 */
export const jobMoves: readonly Move<JobState, JobAction, JobMove, JobCode>[] = [
  { who: 'system', from: 'waiting', action: 'take', to: 'running', conditions: [due, triesLeft] },
  { who: 'system', from: 'running', action: 'take', to: 'running', conditions: [due, triesLeft] },
  { who: 'system', from: 'running', action: 'finish', to: 'done', conditions: [own] },
  { who: 'system', from: 'running', action: 'put-back', to: 'waiting', conditions: [own] },
  { who: 'system', from: 'running', action: 'give-up', to: 'failed', conditions: [own] },
  { who: 'system', from: 'running', action: 'abandon', to: 'failed', conditions: [due, triesUsed] },
  { who: 'system', from: 'failed', action: 'ask-again', to: 'waiting', conditions: [longFailed] },
  { who: 'staff', from: 'failed', action: 'retry', to: 'waiting', conditions: [] },
];

/** Moves a job by the table, with these fields, in one update; null where it may not be moved so, or is gone. */
export function jobMover(jobs: Collection<Job>, clock: Clock) {
  return (
    id: string,
    action: JobAction,
    owner: string | null,
    fields: (job: Job, now: Date) => Partial<Job>,
  ): Promise<Job | null> =>
    jobs.update(id, (job) => {
      const now = clock();
      const move = moveFrom(jobMoves, job.state, action);
      if (move === undefined || refusalOfMove(move, { job, now, owner }) !== null) return null;
      return { ...job, ...fields(job, now), state: move.to };
    });
}

/** When a try that failed now is followed by the next; null: there is none. */
export function nextTry(attempts: number, now: Date): string | null {
  const wait = waits[attempts - 1];
  return wait === undefined ? null : later(now, wait * 1_000);
}

export function later(now: Date, milliseconds: number): string {
  return new Date(now.getTime() + milliseconds).toISOString();
}
