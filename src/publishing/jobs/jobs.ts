import type { Clock } from '../../shared/clock';
import type { Store } from '../../storage/port';
import { jobMover, jobsSpec, later, type Job } from './job';
import { createKeptFiles, type KeptFile } from './kept-files';

/** What a page says of something that takes long to make. */
export type FileAnswer =
  | { readonly state: 'ready'; readonly file: KeptFile; readonly bytes: () => AsyncIterable<Buffer> }
  /** `ahead`: how many others are made before it. */
  | { readonly state: 'waiting'; readonly ahead: number }
  | { readonly state: 'running'; readonly done: number; readonly of: number }
  /** `reason`: a stable code. */
  | { readonly state: 'failed'; readonly reason: string };

export type JobRequest = Pick<Job, 'id' | 'kind' | 'group' | 'rank'> & { readonly input: object };

/** How long staff can see what has failed, in milliseconds. */
const failedKept = 30 * 24 * 3_600_000;

export interface Jobs {
  /** Sees to it that it is made, once however often it is asked for, and says how far it has come. */
  request(request: JobRequest): Promise<FileAnswer>;
  /** As `request`, for what was asked for before; null where it was not, or is gone. */
  answerOf(id: string): Promise<FileAnswer | null>;
  /** Whether there is something to make now. */
  anyDue(): Promise<boolean>;
  /** Running, waiting and failed ones, and the latest that are done: `limit` of each state. */
  latest(limit: number): Promise<Readonly<Record<Job['state'], readonly Job[]>>>;
  get(id: string): Promise<Job | null>;
  /** Tries anew what has failed; null where it has not. */
  retry(id: string): Promise<Job | null>;
  /** Removes all jobs of a group with their files. One under way ends without leaving anything. */
  removeOf(group: string): Promise<void>;
  /** Removes files past their day, what failed long ago, and what tries that were cut off have left. */
  tidy(): Promise<void>;
}

/** @param wake told that there is something to do: a worker of this process need not wait for its next look. */
export function createJobs({
  store,
  clock,
  wake,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly wake: () => void;
}): Jobs {
  const jobs = store.collection(jobsSpec);
  const files = createKeptFiles({ store, clock });
  const move = jobMover(jobs, clock);
  const anew = (_job: Job, now: Date): Partial<Job> => ({ attempts: 0, dueAt: now.toISOString(), endedAt: null });

  /** The row of what is asked for, made where it is missing, and moved forward where somebody waits for it now. */
  async function rowOf({ id, kind, group, rank, input }: JobRequest): Promise<Job> {
    const now = clock().toISOString();
    const job: Job = {
      ...{ id, kind, group, rank, input: JSON.stringify(input), state: 'waiting', createdAt: now, dueAt: now },
      ...{ owner: null, attempts: 0, progress: { done: 0, of: 0 }, error: null },
      ...{ endedAt: null, file: null, expiresAt: null },
    };
    const { inserted } = await jobs.insert(job);
    if (inserted) {
      wake();
      return job;
    }
    const again = await move(id, 'ask-again', null, anew);
    if (again !== null) wake();
    const forward = await jobs.update(id, (one) =>
      one.state === 'waiting' && one.rank > rank ? { ...one, rank } : null,
    );
    const present = forward ?? again ?? (await jobs.get(id));
    // Removed between: asking anew is the caller's to decide, who knows whether there is still something to make.
    return present ?? { ...job, state: 'failed', error: { code: 'job-gone', message: 'It was removed meanwhile.' } };
  }

  async function stateOf(job: Job): Promise<FileAnswer> {
    if (job.state === 'waiting') return { state: 'waiting', ahead: await aheadOf(job) };
    if (job.state === 'running') return { state: 'running', ...job.progress };
    const file = job.state === 'done' && job.file !== null ? await files.get(job.file) : null;
    if (file !== null) return { state: 'ready', file, bytes: () => files.read(file) };
    return { state: 'failed', reason: job.error?.code ?? 'job-gone' };
  }

  async function aheadOf({ rank, dueAt }: Job): Promise<number> {
    const [running, sooner, before] = await Promise.all([
      jobs.count({ state: 'running' }),
      jobs.count({ state: 'waiting', rank: { $lt: rank } }),
      jobs.count({ state: 'waiting', rank, dueAt: { $lt: dueAt } }),
    ]);
    return running + sooner + before;
  }

  return {
    request: async (request) => stateOf(await rowOf(request)),

    async answerOf(id) {
      const job = await jobs.get(id);
      return job === null ? null : stateOf(job);
    },

    async anyDue() {
      return (await jobs.count({ state: { $in: ['waiting', 'running'] }, dueAt: { $lte: clock().toISOString() } })) > 0;
    },

    async latest(limit) {
      const [running, waiting, failed, done] = await Promise.all([
        jobs.find({ state: 'running' }, { sort: [['createdAt', 'ascending']], limit }),
        jobs.find({ state: 'waiting' }, { sort: [...turn], limit }),
        jobs.find({ state: 'failed' }, { sort: [['endedAt', 'descending']], limit }),
        jobs.find({ state: 'done' }, { sort: [['endedAt', 'descending']], limit }),
      ]);
      return { running, waiting, failed, done };
    },

    get: (id) => jobs.get(id),

    async retry(id) {
      const job = await move(id, 'retry', null, anew);
      if (job !== null) wake();
      return job;
    },

    async removeOf(group) {
      // The rows first: a file without one is found by nobody, and a try under way has lost its own.
      await jobs.remove({ group });
      await files.removeOf(group);
    },

    async tidy() {
      const now = clock().toISOString();
      for (const { id, file } of await jobs.find({ state: 'done', expiresAt: { $lte: now } })) {
        await jobs.remove({ id, state: 'done' });
        if (file !== null) await files.remove(file);
      }
      // Whoever asks for one of these again has it tried anew.
      await jobs.remove({ state: 'failed', endedAt: { $lt: later(clock(), -failedKept) } });
      await files.sweep(async ({ id, job }) => {
        const row = await jobs.get(job);
        return row !== null && (row.file === id || row.owner === id);
      });
    },
  };
}

/** The order in which jobs are taken. */
export const turn = [
  ['rank', 'ascending'],
  ['dueAt', 'ascending'],
] as const;
