import type { Clock } from '../../shared/clock';
import { Failure } from '../../shared/errors';
import type { Ids } from '../../shared/ids';
import type { Store } from '../../storage/port';
import { jobMover, jobsSpec, later, leaseMs, mostAttempts, nextTry, type Job } from './job';
import { turn } from './jobs';
import type { Content } from '../../files/pieces';
import { createKeptFiles } from './kept-files';

/** What a maker gives back. */
export type Made =
  | { readonly outcome: 'made'; readonly type: string; readonly content: Content }
  /** What it is made from is gone: the job goes too. */
  | { readonly outcome: 'gone' }
  /** It waits for other jobs, which it has asked for, and is tried again soon. */
  | { readonly outcome: 'not-yet' };

export interface MakerTools {
  /** Says how far it has come, and that it is still at work. Throws where the job has gone to somebody else. */
  readonly progress: (done: number, of: number) => Promise<void>;
  /** Aborted where what is made will not be used any more. */
  readonly signal: AbortSignal;
}

/** Makes the jobs of one kind. */
export interface Maker {
  /** Longest for one try, in milliseconds. */
  readonly timeLimit: number;
  /** Days that the file is kept; null: as long as its group. */
  readonly keepDays: number | null;
  readonly make: (input: unknown, tools: MakerTools) => Promise<Made>;
}

export type Makers = Readonly<Record<string, Maker>>;

export interface Worker {
  /** Makes what is due, one after the other, until nothing is; how many were taken up. */
  workOff(): Promise<number>;
  /** Gives back what is under way, so that another process takes it up at once, and takes nothing more. */
  stop(): void;
}

/** Milliseconds until a job that waits for others is looked at again. */
const lookAgain = 2_000;
/** A machine without a browser has none at the next try either. */
const finalFailures: ReadonlySet<string> = new Set(['pdf-off', 'job-kind-unknown']);

/** Takes jobs and makes them, one at a time. There may be any number, in any number of processes. */
export function createWorker(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly makers: Makers;
  /** Told what failed beside the jobs themselves. */
  readonly warn: (error: unknown) => void;
}): Worker {
  const { clock, ids, makers } = deps;
  const jobs = deps.store.collection(jobsSpec);
  const files = createKeptFiles(deps);
  const move = jobMover(jobs, clock);
  let stopped = false;
  let current: AbortController | null = null;

  /** The first in turn that this worker gets. */
  async function takeNext(): Promise<Job | null> {
    const due = await jobs.find(
      { state: { $in: ['waiting', 'running'] }, dueAt: { $lte: clock().toISOString() } },
      { sort: [...turn], limit: 20 },
    );
    for (const { id, attempts } of due) {
      const taken = await move(id, 'take', null, (job, now) => ({
        ...{ owner: ids.uuid(), attempts: job.attempts + 1, dueAt: later(now, leaseMs) },
        progress: { done: 0, of: 0 },
      }));
      if (taken !== null) return taken;
      if (attempts >= mostAttempts) await move(id, 'abandon', null, abandoned);
    }
    return null;
  }

  const renew = (id: string, owner: string, progress?: Job['progress']): Promise<Job | null> =>
    jobs.update(id, (job) =>
      job.state === 'running' && job.owner === owner
        ? { ...job, dueAt: later(clock(), leaseMs), ...(progress ? { progress } : {}) }
        : null,
    );

  /** Makes it within its time. Throws what went wrong, or why nobody needs it any more. */
  async function make(job: Job, owner: string, maker: Maker, ending: AbortController): Promise<Made> {
    const end = (code: string, message: string) => ending.abort(new Failure(code, message));
    const lost = () => end('job-lost', 'The job has gone to somebody else.');
    const limit = setTimeout(
      () => end('job-too-long', `It was not ready after ${maker.timeLimit / 1_000} seconds.`),
      maker.timeLimit,
    );
    const heartbeat = setInterval(() => {
      // A store that is away for a moment is no reason to give up: the last step decides.
      renew(job.id, owner).then((kept) => kept ?? lost(), deps.warn);
    }, leaseMs / 3);
    const { signal } = ending;
    const makeAndKeep = async (): Promise<Made> => {
      const made = await maker.make(JSON.parse(job.input), {
        signal,
        async progress(done, of) {
          if ((await renew(job.id, owner, { done, of })) === null) lost();
          signal.throwIfAborted();
        },
      });
      signal.throwIfAborted();
      if (made.outcome === 'made') await files.keep({ ...fileOf(job, owner), type: made.type }, made.content, signal);
      return made;
    };
    try {
      const making = makeAndKeep();
      // Once it is too late, what becomes of it interests nobody: what it may still write, it removes itself.
      making.catch(() => undefined);
      return await Promise.race([making, aborted(signal)]);
    } finally {
      clearTimeout(limit);
      clearInterval(heartbeat);
    }
  }

  async function work(job: Job, owner: string): Promise<void> {
    current = new AbortController();
    try {
      const maker = makers[job.kind];
      if (maker === undefined) throw new Failure('job-kind-unknown', `Nobody here makes a "${job.kind}".`);
      const { outcome } = await make(job, owner, maker, current);
      if (outcome === 'gone') await jobs.remove({ id: job.id, owner });
      else if (outcome === 'not-yet') await putBack(job, owner, lookAgain);
      else await finish(job, owner, maker);
    } catch (error) {
      await failed(job, owner, error);
    } finally {
      current = null;
    }
  }

  /** What is made counts only where the job is still this try's: it may have been taken over, or withdrawn. */
  async function finish(job: Job, owner: string, { keepDays }: Maker): Promise<void> {
    const done = await move(job.id, 'finish', owner, (_job, now) => ({
      ...{ owner: null, file: owner, error: null, endedAt: now.toISOString() },
      expiresAt: keepDays === null ? null : later(now, keepDays * 24 * 3_600_000),
    }));
    if (done === null) await files.remove(owner);
  }

  /** A try that nobody is to blame for does not count. */
  async function putBack({ id }: Job, owner: string, wait: number): Promise<void> {
    await move(id, 'put-back', owner, ({ attempts }, now) => ({
      ...{ owner: null, attempts: attempts - 1, dueAt: later(now, wait) },
    }));
  }

  async function failed(job: Job, owner: string, cause: unknown): Promise<void> {
    const code = cause instanceof Failure ? cause.code : 'job-failed';
    if (code === 'job-stopped') return putBack(job, owner, 0);
    if (code === 'job-lost') return;
    const said = cause instanceof Error ? cause.message : String(cause);
    const error = { code, message: said.slice(0, 1_000) || 'unknown' };
    const next = finalFailures.has(code) ? null : nextTry(job.attempts, clock());
    if (next !== null) await move(job.id, 'put-back', owner, () => ({ owner: null, error, dueAt: next }));
    else await move(job.id, 'give-up', owner, (_job, now) => ({ owner: null, error, endedAt: now.toISOString() }));
  }

  return {
    async workOff() {
      for (let count = 0; ; count += 1) {
        const job = stopped ? null : await takeNext();
        if (job?.owner == null) return count;
        await work(job, job.owner);
      }
    },
    stop() {
      stopped = true;
      current?.abort(new Failure('job-stopped', 'The program is stopping.'));
    },
  };
}

const fileOf = ({ id, group }: Job, owner: string) => ({ id: owner, job: id, group });

/** Rejects when the signal is given, with its reason. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** Every try was lost: whatever makes it ends the process, or takes its breath. */
function abandoned(_job: Job, now: Date): Partial<Job> {
  return {
    ...{ owner: null, endedAt: now.toISOString() },
    error: { code: 'job-lost-always', message: 'Every process that worked on it ended or stood still.' },
  };
}
