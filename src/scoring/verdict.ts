import { same as tolerance, holm } from './statistics';
import type { Judged } from './uncertainty';

/** What may be said of a difference (comparison.md 2). */
export type Said = 'more' | 'less' | 'same' | 'unknown';

/**
 * Holm's adjustment within one family (one holder and level), and what each member lets one say:
 * practically the same where the interval lies within ± `practicallySame` points, else more or less where the adjusted
 * p is below 0.05, else unknown (also where there is no p).
 *
 * @param family differences in points (null: none) with what is known of each
 */
export function judgeFamily<Member extends Judged & { readonly points: number | null }>(
  family: readonly Member[],
  practicallySame: number,
): readonly (Member & { readonly said: Said })[] {
  const ps = family.map(({ p }) => p).filter((p) => p !== null);
  const adjusted = holm(ps);
  let next = 0;
  return family.map((member) => {
    if (member.p === null) return { ...member, said: 'unknown' };
    const adjustedP = adjusted[next] ?? member.p;
    next += 1;
    return { ...member, adjustedP, said: saidOf({ ...member, adjustedP }, practicallySame) };
  });
}

function saidOf({ points, interval, adjustedP }: Judged & { readonly points: number | null }, within: number): Said {
  if (interval === null || points === null || adjustedP === null) return 'unknown';
  if (interval[0] >= -within - tolerance && interval[1] <= within + tolerance) return 'same';
  if (adjustedP >= 0.05) return 'unknown';
  return points > 0 ? 'more' : 'less';
}
