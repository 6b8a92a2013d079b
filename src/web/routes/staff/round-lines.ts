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
  const lines = await roundLinesOf(staff, rounds);
  return rounds.flatMap(({ id }) => lines.get(id) ?? []);
}

/** The lines of many rounds, by their ids; the answers of all closed ones are counted at once. */
export async function roundLinesOf(staff: Staff, rounds: readonly Round[]): Promise<ReadonlyMap<string, RoundLine>> {
  const totals = await staff.services.collection.submissions.totals(rounds);
  return new Map(
    rounds.map((round): [string, RoundLine] => {
      const sizes = Object.values(round.groupSizes);
      return [
        round.id,
        {
          href: `/staff/rounds/${round.id}`,
          name: roundTitle(round, staff),
          status: round.status,
          statusName: staff.t(`staff:status.${round.status}`),
          days: roundDays(round, staff),
          answers: totals.get(round.id) ?? 0,
          people: sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0),
        },
      ];
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
