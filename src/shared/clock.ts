/** The only source of "now": passed in by compose.ts, fixed by tests. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

const warsawDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw', dateStyle: 'short' });

/** The calendar day in Warsaw, `YYYY-MM-DD`: the finest time that anything about respondents may carry. */
export function dayOf(moment: Date): string {
  return warsawDay.format(moment);
}

/** Milliseconds that only ever grow, at the pace of real time, whatever happens to the machine's clock. */
export type SteadyClock = () => number;

/** Begins where the machine's clock stood at the start, so that processes agree about as well as their clocks do. */
export const systemSteadyClock: SteadyClock = () => performance.timeOrigin + performance.now();
