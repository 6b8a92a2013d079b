import { groupCounts, type GroupCount } from '../../../../assessment/group-counts';
import { wayOf } from '../../../../assessment/round';
import type { StaffRound } from './with-round';

/** Answers of one group so far, and how its people come to answer. */
export interface GroupResponse extends GroupCount {
  /** The way in, and how many rights to answer were given out; null where nobody can answer (any more). */
  readonly via: string | null;
}

/** Who has answered: counts alone, by group against its known size. */
export async function responseOf({ known, round, services, t }: StaffRound): Promise<GroupResponse[]> {
  const { submissions, tickets } = services.collection;
  const [counts, given] = await Promise.all([submissions.counts(round.id), tickets.counts(round.id)]);
  return groupCounts(known.instrument, counts, round).map((group) => ({
    ...group,
    via:
      round.status === 'open'
        ? t(`staff:round.counts.via.${wayOf(round, group.code)}`, { issued: given[group.code]?.issued ?? 0 })
        : null,
  }));
}
