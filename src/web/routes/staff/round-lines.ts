import type { Round } from '../../../assessment/round';
import { formatDate } from '../../../locales/formats';
import type { Staff } from './signed-in';

/** One round as a line of a list: its name, where it stands, and how many people have answered. */
export interface RoundLine {
  readonly href: string;
  readonly name: string;
  readonly status: string;
  readonly statusName: string;
  /** „planowana od 1 marca 2026 do …”. */
  readonly days: string;
  readonly answers: number;
  /** Sum of the known sizes; null where no size is known. */
  readonly people: number | null;
}

export async function roundLines(staff: Staff, rounds: readonly Round[]): Promise<RoundLine[]> {
  return Promise.all(
    rounds.map(async (round) => {
      const counts = await staff.services.collection.submissions.counts(round.id);
      const sizes = Object.values(round.groupSizes);
      return {
        href: `/staff/rounds/${round.id}`,
        name: roundTitle(round, staff),
        status: round.status,
        statusName: staff.t(`staff:status.${round.status}`),
        days: roundDays(round, staff),
        answers: Object.values(counts).reduce((sum, count) => sum + count, 0),
        people: sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0),
      };
    }),
  );
}

/** „Runda początkowa (rok 2024)”. */
export function roundTitle({ name, assessedYear }: Round, { t }: Staff): string {
  return t('staff:round.title', { name: t(`staff:round.names.${name}`), year: String(assessedYear) });
}

export function roundDays(round: Round, { t, language }: Staff): string {
  const day = (given: string): string => formatDate(given, language);
  const { status, opensOn, closesOn, openedOn, closedOn } = round;
  if (status === 'draft') {
    const key = opensOn === closesOn ? 'draftOneDay' : 'draft';
    return t(`staff:round.days.${key}`, { from: day(opensOn), to: day(closesOn) });
  }
  const from = day(openedOn ?? opensOn);
  if (status === 'open') return t('staff:round.days.open', { from, to: day(closesOn) });
  const to = day(closedOn ?? closesOn);
  return from === to ? from : t('staff:round.days.closed', { from, to });
}
