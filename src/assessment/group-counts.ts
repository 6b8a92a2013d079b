import type { Group, Instrument, Text } from '../definitions/instrument';
import { fewestIn, groupsAsked, type Asking } from './asking-plan';

/** One group's answers so far against its known size. */
export interface GroupCount {
  readonly code: string;
  readonly name: Text;
  /** Colours the bar: hue is the side. */
  readonly side: Group['side'];
  readonly count: number;
  /** null: nobody has told. */
  readonly size: number | null;
  /** More answers than people: the size is wrong, or somebody chose the wrong group. */
  readonly over: boolean;
  /** Fewer answers than any figure of the group needs to be shown. */
  readonly few: boolean;
}

export function groupCounts(
  instrument: Instrument,
  counts: Readonly<Record<string, number>>,
  round: Asking,
): GroupCount[] {
  return groupsAsked(instrument, round).map(({ code, name, side, size }) => {
    const count = counts[code] ?? 0;
    const few = count > 0 && count < fewestIn(instrument, round);
    return { code, name, side, count, size, over: size !== null && count > size, few };
  });
}

/** In how many groups more people have answered than there are. */
export function groupsOver(instrument: Instrument, counts: Readonly<Record<string, number>>, round: Asking): number {
  // Whom a round asks takes a while to work out, and nearly always no group is over its own size.
  const within = Object.entries(counts).every(([code, count]) => count <= (round.groupSizes[code] ?? -1));
  return within ? 0 : groupCounts(instrument, counts, round).filter(({ over }) => over).length;
}

/** All answers, and all people where every group's size is known. */
export function totals(counts: readonly GroupCount[]): { readonly total: number; readonly totalSize: number | null } {
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  const sizes = counts.flatMap(({ size }) => size ?? []);
  return {
    total: sum(counts.map(({ count }) => count)),
    totalSize: sizes.length === counts.length ? sum(sizes) : null,
  };
}

/** Every group has answered as a whole, as far as is known. */
export function everybodyAnswered(counts: readonly GroupCount[]): boolean {
  return counts.length > 0 && counts.every(({ count, size }) => size !== null && count >= size);
}
