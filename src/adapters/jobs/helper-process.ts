import { fork, type ChildProcess } from 'node:child_process';

/** A process of ours that helps this one when there is something to do, and ends by itself when there is not. */
export interface HelperProcess {
  /** Starts it where it is not running, and tells it that there is something to do. */
  wake(): void;
  /** Lets it finish in its own way and waits for its end. */
  stop(): Promise<void>;
  /** Its number while it runs. */
  pid(): number | null;
}

/**
 * @param script path of the module that it runs, without extension
 * @param task the first message that it gets, plain JSON
 */
export function helperProcess(script: string, task: object, warn: (error: unknown) => void): HelperProcess {
  let child: ChildProcess | null = null;
  let ended: Promise<void> = Promise.resolve();
  let stopped = false;

  function start(): ChildProcess {
    // From the sources it needs the loader that this process may have got by another way.
    const { execArgv } = process;
    const needsLoader = __filename.endsWith('.ts') && !execArgv.some((argument) => argument.includes('tsx'));
    const started = fork(script, { execArgv: needsLoader ? [...execArgv, '--import', 'tsx'] : execArgv });
    ended = new Promise((resolve) => {
      const over = (): void => {
        if (child === started) child = null;
        resolve();
      };
      started.once('exit', over);
      started.once('error', (error) => {
        warn(error);
        over();
      });
    });
    started.send(task);
    return started;
  }

  return {
    wake() {
      if (stopped) return;
      if (child === null) child = start();
      else if (child.connected) child.send('wake');
    },
    async stop() {
      stopped = true;
      if (child?.connected) child.disconnect();
      await ended;
    },
    pid: () => child?.pid ?? null,
  };
}
