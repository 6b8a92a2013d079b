import { isOfGroup, type ScoredGroup } from './merging';
import { scoreIn, type RespondentScores } from './respondent-scores';
import { fewestForSpread, type Protection } from './release-rules';
import { ascending, mean, sampleOf } from './statistics';

/**
 * Raw figures of groups, decided before anything is said: what a group has in an area of a round, and whether it may be
 * shown. Nothing outside this folder sees these; everything that is published is made of shown cells only.
 */

/** One group in one area of one round. `hidden`: somebody answered, but too few; `none`: nobody has a value. */
export type Cell =
  | { readonly state: 'hidden' | 'none' }
  | {
      readonly state: 'shown';
      /** People with a value, at least k. */
      readonly n: number;
      readonly mean: number;
      /** Its spread may enter published figures: n is at least 2k (comparison.md 1). */
      readonly ownSpread: boolean;
      /** n is at least 2k and the scores may enter those over several areas, `o(r)` of method.md 3. */
      readonly inOverall: boolean;
    };

/** One group, after merging, in one round. */
export interface RoundGroup {
  readonly group: ScoredGroup;
  /** Known number of people; null where unknown. */
  readonly size: number | null;
  readonly people: readonly RespondentScores[];
  /** Fewer than k people answered and there is no partner to merge with: it is left out of everything. */
  readonly leftOut: boolean;
  /** It is merged here, but its round publishes the parts each by itself. */
  readonly apart: boolean;
  /** By area code; every area of the instrument. */
  readonly cells: ReadonlyMap<string, Cell>;
}

export interface CellRules {
  readonly areas: readonly string[];
  readonly protection: Protection;
  /** Codes of merged groups of which the round shows the parts apart. */
  readonly apart: ReadonlySet<string>;
  /** Figures, and spreads, that would give somebody away for another reason (classes, `classes.ts`). */
  readonly refused?: (group: ScoredGroup, area: string) => boolean;
  readonly spreadRefused?: (group: ScoredGroup, area: string) => boolean;
}

export function roundGroup(
  group: ScoredGroup,
  size: number | null,
  everybody: readonly RespondentScores[],
  { areas, protection, apart: shownApart, refused, spreadRefused }: CellRules,
): RoundGroup {
  const { k, rules } = protection;
  const people = everybody.filter((person) => isOfGroup(group, person));
  const apart = shownApart.has(group.code);
  const leftOut = people.length > 0 && people.length < k && rules.has('leave-out');
  const cellOf = (area: string): Cell => {
    const values = valuesOf(people, (person) => scoreIn(person, area));
    if (leftOut) return { state: 'hidden' };
    const centre = mean(values);
    if (centre === null) return { state: 'none' };
    const parts = apart ? countsOfParts(group, people, (person) => scoreIn(person, area)) : [];
    if (values.length < k && rules.has('hide-under-k')) return { state: 'hidden' };
    if (parts.some((n) => n > 0 && n < k) && rules.has('merged-parts')) return { state: 'hidden' };
    if (refused?.(group, area) === true) return { state: 'hidden' };
    const n = values.length;
    const spreadable = spreadRefused?.(group, area) !== true;
    return {
      ...{ state: 'shown', n, mean: centre },
      ownSpread: spreadable && mayShowSpread(n, parts, protection),
      inOverall: spreadable && n >= fewestForSpread(k),
    };
  };
  return { group, size, people, leftOut, apart, cells: new Map(areas.map((area) => [area, cellOf(area)])) };
}

/** The cell of a group in an area. */
export function cellOf(group: RoundGroup, area: string): Cell {
  return group.cells.get(area) ?? { state: 'none' };
}

/** Mean of a shown cell, else null. */
export function meanIn(group: RoundGroup, area: string): number | null {
  const cell = cellOf(group, area);
  return cell.state === 'shown' ? cell.mean : null;
}

/** What a group brings to one place (an area, a plane, the index) in one round. */
export interface Holding {
  readonly group: ScoredGroup;
  readonly size: number | null;
  /** Plain mean of its means in `areas`. */
  readonly mean: number;
  /** Areas that the mean averages; at least one. */
  readonly areas: readonly string[];
  /** Smallest n of those areas. */
  readonly fewest: number;
  /**
   * o(r) of its people in order of size, over the areas where its spread may be used, for those with a value in at least half of them
   * (method.md 3); null under 2k. At an area o(r) is s(r,a).
   */
  readonly spread: { readonly n: number; readonly sd: number; readonly values: Float64Array } | null;
  /** The spread covers at least half of `areas`: it may speak for the mean. */
  readonly covered: boolean;
}

/**
 * @param areas areas in which the figure has this group; only those where its cell is shown count
 * @param spreadAreas of those, the ones where its spread may be used; in a comparison: in both rounds
 */
export function holdingOf(
  round: RoundGroup,
  areas: readonly string[],
  spreadAreas: readonly string[],
  protection: Protection,
): Holding | null {
  const shown = areas.flatMap((area) => {
    const cell = cellOf(round, area);
    return cell.state === 'shown' ? [{ area, ...cell }] : [];
  });
  const centre = mean(shown.map((cell) => cell.mean));
  if (centre === null) return null;
  const { group, size } = round;
  return {
    ...{ group, size, mean: centre, areas: shown.map(({ area }) => area) },
    fewest: Math.min(...shown.map(({ n }) => n)),
    spread: spreadOver(round, spreadAreas, protection),
    covered: spreadAreas.length * 2 >= shown.length,
  };
}

/** Areas in which the group's spread may be used. */
export function spreadAreasOf(round: RoundGroup, areas: readonly string[]): readonly string[] {
  return areas.filter((area) => {
    const cell = cellOf(round, area);
    return cell.state === 'shown' && cell.ownSpread;
  });
}

/** Areas in which the group shows at least 2k people: those that o(r) averages (method.md 3). */
export function answeredByEnough(round: RoundGroup, areas: readonly string[]): readonly string[] {
  return areas.filter((area) => {
    const cell = cellOf(round, area);
    return cell.state === 'shown' && cell.inOverall;
  });
}

function spreadOver(round: RoundGroup, areas: readonly string[], protection: Protection): Holding['spread'] {
  if (areas.length === 0) return null;
  const valueOf = (person: RespondentScores): number | null => {
    let [sum, answered] = [0, 0];
    for (const area of areas) {
      const score = scoreIn(person, area);
      if (score === null) continue;
      sum += score;
      answered += 1;
    }
    return answered === 0 || answered * 2 < areas.length ? null : sum / answered;
  };
  const values = ascending(valuesOf(round.people, valueOf));
  const parts = round.apart ? countsOfParts(round.group, round.people, valueOf) : [];
  const { n, sd } = sampleOf(values);
  return sd !== null && mayShowSpread(n, parts, protection) ? { n, sd, values } : null;
}

function mayShowSpread(n: number, parts: readonly number[], { k, rules }: Protection): boolean {
  const fewest = fewestForSpread(k);
  if (n < fewest && rules.has('spread-from-2k')) return false;
  return parts.every((part) => part === 0 || part >= fewest) || !rules.has('merged-spread');
}

function countsOfParts(
  group: ScoredGroup,
  people: readonly RespondentScores[],
  valueOf: (person: RespondentScores) => number | null,
): readonly number[] {
  return group.parts.map((part) => people.filter((person) => person.group === part && valueOf(person) !== null).length);
}

/** The values of those who have one. Pushed one by one they stay plain doubles, without an object each. */
function valuesOf(
  people: readonly RespondentScores[],
  valueOf: (person: RespondentScores) => number | null,
): readonly number[] {
  const values: number[] = [];
  for (const person of people) {
    const value = valueOf(person);
    if (value !== null) values.push(value);
  }
  return values;
}
