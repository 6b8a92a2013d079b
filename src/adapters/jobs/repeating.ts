/** Work that is done again and again beside the requests. */
export interface RepeatingJob {
  /** Does it now, or once more where it is being done just now. */
  kick(): void;
  /** Waits for what is under way; nothing is done afterwards. */
  stop(): Promise<void>;
}

/**
 * Does a job every so many milliseconds, never twice at a time. A run that fails is told to `warn` and tried again at its
 * next time: a mail server that is away must not end the program.
 */
export function repeating(everyMs: number, job: () => Promise<unknown>, warn: (error: unknown) => void): RepeatingJob {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  function kick(): void {
    if (stopped) return;
    if (running !== null) {
      again = true;
      return;
    }
    running = job()
      .then(() => undefined, warn)
      .finally(() => {
        running = null;
        if (again) {
          again = false;
          kick();
        }
      });
  }

  const timer = setInterval(kick, everyMs);
  timer.unref();
  return {
    kick,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
