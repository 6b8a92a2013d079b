import { clearInterval, setInterval } from 'node:timers';

const steps = 5;
const tickMilliseconds = 10_000;

/** Says which step begins: `[2/5] Packages: installing`. */
export function sayStep(number, text) {
  console.log(`[${number}/${steps}] ${text}`);
}

/** Says more about the step that is under way. */
export function sayMore(text) {
  console.log(`      ${text.replaceAll('\n', '\n      ')}`);
}

/** Does a long job and says every ten seconds how far it is; `howFar` gives the words. */
export async function withTicks(howFar, job) {
  const started = Date.now();
  const timer = setInterval(() => sayMore(`${howFar()} (${seconds(started)} so far)`), tickMilliseconds);
  try {
    return await job();
  } finally {
    clearInterval(timer);
  }
}

/** Time since `started` (milliseconds since 1970), in words. */
export function seconds(started) {
  const whole = Math.round((Date.now() - started) / 1000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
