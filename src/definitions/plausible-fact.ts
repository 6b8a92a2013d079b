import type { FactValue } from './answers';
import type { FactField } from './instrument';

/** Why a value of the fact sheet can hardly be right: it is not refused, but whoever enters it is asked about it. */
export type FactDoubt =
  /** Below or above the usual values of the definition. */
  | { readonly doubt: 'below-usual' | 'above-usual'; readonly limit: number }
  /** At least `times` as much as in the round before, or at most that part of it. */
  | { readonly doubt: 'far-above-last' | 'far-below-last'; readonly last: number; readonly times: number };

/** Such a change from one round to the next is usually a slip of the decimal point or another unit. */
const usualTimes = 10;

/**
 * What is doubtful about a value that fits its field: the first of the doubts, or null.
 *
 * @param last the value of the round before; null where there is none, or it was no data
 * @example 12 500 after 1 250 with the usual ten times: `{ doubt: 'far-above-last', last: 1250, times: 10 }`
 */
export function doubtAbout(field: FactField, value: FactValue | null, last: FactValue | null): FactDoubt | null {
  if (field.type !== 'number' && field.type !== 'percent' && field.type !== 'money') return null;
  if (typeof value !== 'number') return null;
  const { min, max, timesLast } = field.usual ?? {};
  if (min !== undefined && value < min) return { doubt: 'below-usual', limit: min };
  if (max !== undefined && value > max) return { doubt: 'above-usual', limit: max };
  // Shares move between 0 and 100: ten times is nothing unusual of a small one.
  const times = timesLast ?? (field.type === 'percent' ? null : usualTimes);
  if (times === null || typeof last !== 'number' || last === 0 || value * last < 0) return null;
  if (Math.abs(value) >= times * Math.abs(last)) return { doubt: 'far-above-last', last, times };
  // What has come to nothing is a finding, not a slip.
  if (value !== 0 && times * Math.abs(value) <= Math.abs(last)) return { doubt: 'far-below-last', last, times };
  return null;
}
