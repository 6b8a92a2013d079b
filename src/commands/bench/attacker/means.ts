import { areasOf, sides, type Instrument, type Side } from '../../../definitions/instrument';
import type { Change, ReleasedPair, ReleasedRound } from '../../../scoring';
import type { Over } from './people';
import { about, membersOf, type PublishedMean, type Range } from './view';

/** The means that one document gives of a round: of whom, and where. */
export interface MeansOf {
  readonly over: (area: string) => Over;
  readonly holders: readonly HolderMeans[];
}

interface HolderMeans {
  /** Groups behind the figure in this area and their shares. */
  readonly of: (area: string) => PublishedMean['of'];
  readonly areas: ReadonlyMap<string, { readonly mean: Range; readonly sd: Range | null }>;
  /** Figures of planes and the index: means over these areas. */
  readonly higher: readonly { readonly areas: readonly string[]; readonly mean: Range }[];
}

/** One document's figures in a common shape: of a group, a side or both sides at an area, a plane or the index. */
interface Figure {
  readonly mean: number | null;
  readonly sd: number | null;
  readonly missingAreas: readonly string[];
}
interface Place {
  readonly areas: readonly string[];
  readonly of: (holder: string) => Figure | null;
}

/** What the round's own document says, per holder. */
export function meansOfRound(instrument: Instrument, document: ReleasedRound): MeansOf {
  const { scorecard } = document;
  const scoreAt = (level: 'areas' | 'planes' | 'index', code: string) =>
    level === 'index' ? scorecard.index : scorecard[level][code];
  const place = (level: 'areas' | 'planes' | 'index', code: string, areas: readonly string[]): Place => ({
    areas,
    of: (holder) => {
      const score = scoreAt(level, code);
      if (score === undefined) return null;
      if (holder === 'survey') return { mean: score.survey, sd: null, missingAreas: score.missingAreas ?? [] };
      if (isSide(holder)) {
        const { mean, missingAreas = [] } = score.sides[holder];
        return { mean, sd: null, missingAreas };
      }
      const figure = score.groups[holder];
      return figure === undefined || 'hidden' in figure ? null : { missingAreas: [], ...figure };
    },
  });
  const gaps = (level: 'planes' | 'index', code: string, areas: readonly string[], at: 0 | 1) => {
    const { figures } = (level === 'index' ? scorecard.gaps.index : scorecard.gaps.planes[code])?.sides ?? {};
    const both = areas.filter((area) => sides.every((side) => scorecard.areas[area]?.sides[side].mean != null));
    return figures ? [{ areas: both, mean: about(figures[at]) }] : [];
  };
  const found = meansIn(instrument, document.outOfScope, document.groups, place);
  return {
    over: () => 'all',
    holders: found.map(({ holder, higher, ...rest }) => {
      if (!isSide(holder)) return { ...rest, higher };
      const more = placesAbove(instrument, document.outOfScope).flatMap(({ level, code, areas }) =>
        gaps(level, code, areas, holder === 'administration' ? 0 : 1),
      );
      return { ...rest, higher: [...higher, ...more] };
    }),
  };
}

/** What there is to read of one of the rounds of a comparison. */
export interface PairRead {
  readonly documents: readonly [own: ReleasedRound, other: ReleasedRound];
  readonly pair: ReleasedPair;
  readonly which: 'baseline' | 'followUp';
  readonly outOfScope: readonly string[];
  readonly over: MeansOf['over'];
  /** Is the other round compared on all items that it asked in this area? */
  readonly otherIsWhole: (area: string) => boolean;
}

/** What the comparison says of one of its rounds, per holder. */
export function meansOfPair(
  instrument: Instrument,
  { documents, pair, which, outOfScope, over, otherIsWhole }: PairRead,
): MeansOf {
  const at = (change: Change, level: 'areas' | 'planes' | 'index', code: string) =>
    level === 'index' ? change.index : change[level][code];
  const place = (level: 'areas' | 'planes' | 'index', code: string, areas: readonly string[]): Place => ({
    areas,
    of: (holder) => {
      const compared = at(pair.change, level, code);
      if (compared === undefined) return null;
      const delta =
        holder === 'survey' ? compared.survey : isSide(holder) ? compared.sides[holder] : compared.groups[holder];
      return delta === undefined ? null : { mean: delta[which], sd: null, missingAreas: delta.missingAreas ?? [] };
    },
  });
  const notCompared = areasOf(instrument)
    .map(({ code }) => code)
    .filter((area) => Object.hasOwn(pair.change.areas[area]?.notCompared.areas ?? {}, area));
  const left = new Set([...outOfScope, ...notCompared]);
  const spreadOf = (area: string, code: string) => {
    // A plane of one area says of it what the area says.
    const alone = placesAbove(instrument, [...left]).filter(({ areas }) => areas.length === 1 && areas[0] === area);
    const changes = [pair.change.areas[area], ...alone.map((one) => at(pair.change, one.level, one.code))];
    const change = changes.map((compared) => compared?.groups[code]).find((one) => (one?.se ?? null) !== null);
    return change === undefined ? null : spreadFromChange(documents, pair, which, area, code, change);
  };
  const holders = meansIn(instrument, [...left], pair.groups, place).map(({ holder, areas, ...rest }) => ({
    ...rest,
    areas: new Map(
      [...areas].map(([area, figure]) => {
        return [area, { ...figure, sd: otherIsWhole(area) ? spreadOf(area, holder) : null }] as const;
      }),
    ),
  }));
  return { over, holders };
}

/**
 * The spread of a group in one round, from the standard error of its change and its spread in the other round:
 * `se² = v + v'` with `v = s²/n · (1 - q·n/N)` (comparison.md 1). null where the other spread is not known.
 */
function spreadFromChange(
  [own, other]: readonly [ReleasedRound, ReleasedRound],
  pair: ReleasedPair,
  which: 'baseline' | 'followUp',
  area: string,
  code: string,
  change: Change['index']['groups'][string],
): Range | null {
  const figure = other.scorecard.areas[area]?.groups[code];
  const compared = pair.comparedItems[area] ?? [];
  if (change.se === null || figure === undefined || 'hidden' in figure || figure.sd === null) return null;
  const factor = (document: ReleasedRound, n: number) => {
    const size = sizeIn(document, code);
    return (1 - (size === null ? 0 : ((compared.length <= 1 ? 0.25 : 0.5) * n) / size)) / n;
  };
  const [n, nOther] =
    which === 'baseline' ? [change.n.baseline, change.n.followUp] : [change.n.followUp, change.n.baseline];
  if (figure.n !== nOther) return null;
  const [se, sd, ours, theirs] = [about(change.se, 0.001), about(figure.sd), factor(own, n), factor(other, nOther)];
  const low = (se[0] ** 2 - theirs * sd[1] ** 2) / ours;
  const high = (se[1] ** 2 - theirs * sd[0] ** 2) / ours;
  return high < 0 ? null : [Math.sqrt(Math.max(0, low)), Math.sqrt(high)];
}

/** Known number of people of a group, or of its parts where the document shows them apart. */
function sizeIn({ groups }: ReleasedRound, code: string): number | null {
  const whole = groups.find((group) => group.code === code);
  if (whole !== undefined) return whole.size;
  const parts = groups.filter((group) => code.split('+').includes(group.code)).map(({ size }) => size);
  return parts.some((size) => size === null) ? null : parts.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

function meansIn(
  instrument: Instrument,
  outOfScope: readonly string[],
  groups: readonly { readonly code: string; readonly parts: readonly string[]; readonly side: Side | null }[],
  place: (level: 'areas' | 'planes' | 'index', code: string, areas: readonly string[]) => Place,
): readonly (HolderMeans & { readonly holder: string })[] {
  const areas = areasOf(instrument)
    .map(({ code }) => code)
    .filter((code) => !outOfScope.includes(code));
  const shown = (area: string, side: Side | null) =>
    groups.filter(
      (group) => group.side === side && (place('areas', area, [area]).of(group.code)?.mean ?? null) !== null,
    );
  const ofSide = (side: Side) => (area: string) =>
    shown(area, side).map((group, _, all) => ({ members: membersOf(group), share: 1 / all.length }));
  const holders = [
    ...groups.map((group) => [group.code, () => [{ members: membersOf(group), share: 1 }]] as const),
    ...sides.map((side) => [side, ofSide(side)] as const),
    [
      'survey',
      (area: string) =>
        sides.flatMap((side) => ofSide(side)(area).map(({ members, share }) => ({ members, share: share / 2 }))),
    ] as const,
  ];
  return holders.map(([holder, of]) => ({
    ...{ holder, of },
    areas: new Map(
      areas.flatMap((area) => {
        const figure = place('areas', area, [area]).of(holder);
        if (figure === null || figure.mean === null) return [];
        return [[area, { mean: about(figure.mean), sd: figure.sd === null ? null : about(figure.sd) }] as const];
      }),
    ),
    higher: placesAbove(instrument, outOfScope).flatMap(({ level, code, areas: inScope }) => {
      const figure = place(level, code, inScope).of(holder);
      if (figure === null || figure.mean === null) return [];
      const { missingAreas } = figure;
      return [{ areas: inScope.filter((area) => !missingAreas.includes(area)), mean: about(figure.mean) }];
    }),
  }));
}

function placesAbove(instrument: Instrument, outOfScope: readonly string[]) {
  const inScope = (codes: readonly { readonly code: string }[]) =>
    codes.map(({ code }) => code).filter((code) => !outOfScope.includes(code));
  return [
    ...(instrument.planes ?? []).map(({ code, areas }) => ({ level: 'planes' as const, code, areas: inScope(areas) })),
    { level: 'index' as const, code: 'index', areas: inScope(areasOf(instrument)) },
  ];
}

function isSide(holder: string): holder is Side {
  return holder === 'administration' || holder === 'ngo';
}

/** The means of one area: those that stand there, and what planes and the index leave for it beside the others. */
export function meansAt({ over, holders }: MeansOf, area: string): readonly PublishedMean[] {
  return holders.flatMap(({ of, areas, higher }): PublishedMean[] => {
    const shares = of(area);
    const here = areas.get(area);
    const direct = here === undefined ? [] : [{ over: over(area), of: shares, ...here }];
    const implied = higher.flatMap(({ areas: averaged, mean }): PublishedMean[] => {
      const others = averaged.filter((other) => other !== area).map((other) => areas.get(other)?.mean);
      const known = others.filter((range) => range !== undefined);
      if (!averaged.includes(area) || known.length < others.length) return [];
      const left = (at: 0 | 1) =>
        averaged.length * mean[at] - known.reduce((sum, range) => sum + range[at === 0 ? 1 : 0], 0);
      return [{ over: over(area), of: shares, mean: [left(0), left(1)], sd: null }];
    });
    // What stands at the plane of a single area, or says less than the figure itself, is no news.
    const news = implied.filter(({ mean }) => here === undefined || mean[0] > here.mean[0] || mean[1] < here.mean[1]);
    return shares.length === 0 ? [] : [...direct, ...news];
  });
}
