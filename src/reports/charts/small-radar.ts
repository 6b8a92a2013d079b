import type { RoundForm } from './chart';

/** A radar so small that it has no words: drawn by the partial `library/radar`, its figures stand beside it. */
export interface SmallRadar {
  readonly size: number;
  /** Rings of the scale and spokes of the areas, as SVG paths. */
  readonly grid: string;
  /** The earlier round first. */
  readonly shapes: readonly { readonly form: RoundForm; readonly path: string; readonly closed: boolean }[];
}

const size = 120;
const radius = 54;

/**
 * @param rounds values of the areas in one order, on the scale; null where there is none: the line is broken there
 */
export function smallRadar(
  rounds: readonly { readonly form: RoundForm; readonly values: readonly (number | null)[] }[],
  scale: { readonly min: number; readonly max: number },
): SmallRadar {
  const count = rounds[0]?.values.length ?? 0;
  const at = (spoke: number, share: number): string => {
    const angle = (2 * Math.PI * spoke) / count - Math.PI / 2;
    return [Math.cos(angle), Math.sin(angle)].map((part) => (size / 2 + radius * share * part).toFixed(1)).join(' ');
  };
  const ring = (share: number): string => `M${spokes.map((spoke) => at(spoke, share)).join('L')}Z`;
  const spokes = Array.from({ length: count }, (_, spoke) => spoke);
  const steps = scale.max - scale.min;
  return {
    size,
    grid: [
      ...Array.from({ length: steps }, (_, step) => ring((step + 1) / steps)),
      ...spokes.map((spoke) => `M${at(spoke, 0)}L${at(spoke, 1)}`),
    ].join(''),
    shapes: rounds.map(({ form, values }) => {
      const points = values.map((value, spoke) =>
        value === null ? null : at(spoke, (value - scale.min) / (scale.max - scale.min)),
      );
      const closed = points.every((point) => point !== null);
      const path = closed ? `M${points.join('L')}Z` : brokenLine(points);
      return { form, path, closed };
    }),
  };
}

/** Only neighbours are joined, also the last with the first. */
function brokenLine(points: readonly (string | null)[]): string {
  return points
    .flatMap((point, at) => {
      const next = points[(at + 1) % points.length];
      return point === null || next === null || next === undefined ? [] : [`M${point}L${next}`];
    })
    .join('');
}
