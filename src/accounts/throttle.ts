import type { Clock } from '../shared/clock';

/**
 * Counts tries per key in a sliding window, in memory: a restart forgets them, which costs an attacker more than it
 * gains. A try counts when it begins, so that a hundred at once are not all let through.
 */
export interface Throttle {
  /** Counts one try; false where too many are in the window already (and then it is not counted). */
  take(key: string): boolean;
  /** Forgets the tries of a key, after a success. */
  clear(key: string): void;
}

export interface ThrottleLimits {
  readonly tries: number;
  readonly windowSeconds: number;
  /** Most keys remembered; the oldest are forgotten first, so that made-up names cannot fill the memory. */
  readonly keys: number;
}

export function createThrottle(clock: Clock, { tries, windowSeconds, keys }: ThrottleLimits): Throttle {
  const moments = new Map<string, number[]>();
  return {
    take(key) {
      const now = clock().getTime();
      const recent = (moments.get(key) ?? []).filter((moment) => moment > now - windowSeconds * 1000);
      moments.delete(key);
      const allowed = recent.length < tries;
      moments.set(key, allowed ? [...recent, now] : recent);
      for (const oldest of moments.keys()) {
        if (moments.size <= keys) break;
        moments.delete(oldest);
      }
      return allowed;
    },
    clear: (key) => void moments.delete(key),
  };
}
