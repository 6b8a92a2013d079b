import { commonOptions, legend, rowAxis, scaleAxis, type Chart, type Dataset, type Marks } from './chart';

/** One kind of mark in a chart of rows. */
export interface Series {
  readonly name: string;
  readonly look: Readonly<Record<string, unknown>>;
  /** Rounded, one a row; null says why in `absent`. */
  readonly values: readonly (number | null)[];
  /** The number as written at the mark. */
  readonly labels: readonly (string | null)[];
  readonly absent?: readonly (string | null)[];
  readonly intervals?: readonly (readonly [number, number] | null)[];
}

export interface RowChart {
  readonly id: string;
  readonly alt: string;
  readonly scale: { readonly min: number; readonly max: number };
  readonly rows: readonly string[];
  /** Pixels a row; 26 where left out. */
  readonly rowHeight?: number;
  readonly series: readonly Series[];
  /** A line between the two dots of a row: they are of the same people; true where left out. */
  readonly connect?: boolean;
  readonly ends?: { readonly heading: string; readonly texts: readonly string[]; readonly width?: number };
}

/** Dots on the scale, a row each, joined where there are two: dumbbells and dot pairs. */
export function dotChart({ id, alt, scale, rows, series, ends, rowHeight = 26, connect = true }: RowChart): Chart {
  const datasets = series.map(({ name, look, values }): Dataset => ({
    label: name,
    ...look,
    data: values,
  }));
  const width = ends?.width ?? 0;
  const drawn: Marks = {
    connect,
    placement: 'outward',
    labels: series.map(({ labels }) => labels),
    absent: series.map(({ absent }) => absent ?? rows.map(() => null)),
    ...(series.some(({ intervals }) => intervals !== undefined)
      ? { whiskers: series.map(({ intervals }) => intervals ?? rows.map(() => null)) }
      : {}),
    ...(ends === undefined ? {} : { ends: { heading: ends.heading, texts: ends.texts, width } }),
  };
  return {
    id,
    alt,
    height: rowHeight * rows.length + 56,
    config: {
      type: 'line',
      data: { labels: rows, datasets },
      options: {
        ...commonOptions(),
        indexAxis: 'y',
        layout: { autoPadding: false, padding: { right: 44 + width, top: 0 } },
        scales: { x: scaleAxis(scale), y: rowAxis(34) },
        plugins: { legend: legend(series.length > 1), tooltip: { enabled: false }, marks: drawn },
      },
    },
  };
}
