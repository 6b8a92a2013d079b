import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Failure } from '../../shared/errors';

/** Long work in several processes, one for each core: tasks and results are plain data. */

/** From `from` to `to` (excluded). */
export interface Piece {
  readonly from: number;
  readonly to: number;
}

/** The numbers from 0 to `count` (excluded) in pieces of at most `size`. */
export function piecesOf(count: number, size: number): readonly Piece[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, piece) => ({
    from: piece * size,
    to: Math.min(count, (piece + 1) * size),
  }));
}

/**
 * Has a script of this folder, which calls `workFor`, work through the tasks, two or more at a time.
 *
 * @param script path without its ending
 * @returns each task with its result, as they come
 * @throws Failure `worker-stopped` where a process ends before its task
 */
export async function* inWorkers<Task extends object, Result>(
  script: string,
  tasks: readonly Task[],
): AsyncIterable<Worked<Task, Result>> {
  const workers = Array.from({ length: Math.min(tasks.length, availableParallelism()) }, () => fork(script));
  const queue = tasks.values();
  const running = new Map<ChildProcess, Promise<Worked<Task, Result> & { readonly worker: ChildProcess }>>();
  const startNext = (worker: ChildProcess) => {
    const { value: task, done } = queue.next();
    if (done === true) running.delete(worker);
    else
      running.set(
        worker,
        resultOf<Result>(worker, task).then((result) => ({ worker, task, result })),
      );
  };
  try {
    workers.forEach(startNext);
    while (running.size > 0) {
      const { worker, task, result } = await Promise.race(running.values());
      startNext(worker);
      yield { task, result };
    }
  } finally {
    for (const worker of workers) worker.disconnect();
  }
}

export interface Worked<Task, Result> {
  readonly task: Task;
  readonly result: Result;
}

async function resultOf<Result>(worker: ChildProcess, task: object): Promise<Result> {
  const stop = new AbortController();
  const stopped = once(worker, 'exit', { signal: stop.signal }).then(() => {
    throw new Failure('worker-stopped', `A process stopped at its task ${JSON.stringify(task)}.`);
  });
  worker.send(task);
  try {
    const [result] = (await Promise.race([once(worker, 'message', { signal: stop.signal }), stopped])) as [Result];
    return result;
  } finally {
    stopped.catch(() => undefined);
    stop.abort();
  }
}

/** The other end: answers every task until nobody is there to ask. */
export function workFor(work: (task: never) => object): void {
  process.on('message', (task) => process.send?.(work(task as never)));
}
