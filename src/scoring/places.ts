import { areasOf, type Instrument } from '../definitions/instrument';

/** Where figures stand: one area, one plane, or the index. */
export interface Place {
  readonly level: 'area' | 'plane' | 'index';
  /** Code of the instrument; `index` for the index. */
  readonly code: string;
  /** Codes of its areas that are in scope, in document order; those of an area are itself. */
  readonly areas: readonly string[];
  /** Sides and the joint figure need every area; only of the index. */
  readonly whole: boolean;
}

/** Every place, with the areas that are in scope: areas, then planes, then the index. */
export function placesOf(instrument: Instrument, outOfScope: readonly string[]): readonly Place[] {
  const inScope = (codes: readonly string[]) => codes.filter((code) => !outOfScope.includes(code));
  const areas = areasOf(instrument).map(({ code }) => code);
  return [
    ...areas.map((code): Place => ({ level: 'area', code, areas: inScope([code]), whole: false })),
    ...(instrument.planes ?? []).map((plane): Place => {
      const codes = plane.areas.map(({ code }) => code);
      return { level: 'plane', code: plane.code, areas: inScope(codes), whole: false };
    }),
    { level: 'index', code: 'index', areas: inScope(areas), whole: true },
  ];
}

/** Something for every place, in the shape of a scorecard. */
export interface ByPlace<Of> {
  readonly areas: Readonly<Record<string, Of>>;
  readonly planes: Readonly<Record<string, Of>>;
  readonly index: Of;
}

export function byPlace<Of>(list: readonly (readonly [place: Place, of: Of])[]): ByPlace<Of> {
  const at = (level: Place['level']) => list.filter(([place]) => place.level === level);
  const [, index] = at('index')[0] ?? [];
  if (index === undefined) throw new Error('Every list of places ends with the index.');
  const record = (level: Place['level']) => Object.fromEntries(at(level).map(([place, of]) => [place.code, of]));
  return { areas: record('area'), planes: record('plane'), index };
}
