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
  readonly series: readonly Series[];
  readonly ends?: { readonly heading: string; readonly texts: readonly string[]; readonly width?: number };
}

/** Dots on the scale, a row each, joined where there are two: dumbbells and dot pairs. */
export function dotChart({ rowHeight = 32, ...chart }: RowChart & { readonly rowHeight?: number }): Chart {
  return build(chart, 'line', rowHeight * chart.rows.length + 56, { connect: true, placement: 'outward' });
}

/** Bars from the lowest point of the scale, a cluster a row. */
export function barChart(chart: RowChart & { readonly barHeight?: number }): Chart {
  const cluster = chart.series.length * (chart.barHeight ?? 13) + 13;
  return build(chart, 'bar', cluster * chart.rows.length + 56, { placement: 'end' });
}

function build(
  { id, alt, scale, rows, series, ends }: RowChart,
  type: 'line' | 'bar',
  height: number,
  marks: Pick<Marks, 'connect' | 'placement'>,
): Chart {
  const datasets = series.map(({ name, look, values }): Dataset => ({
    label: name,
    ...look,
    ...(type === 'bar' ? { base: scale.min, barPercentage: 0.94, categoryPercentage: 0.82, minBarLength: 2 } : {}),
    data: values,
  }));
  const width = ends?.width ?? 0;
  const drawn: Marks = {
    ...marks,
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
    height,
    config: {
      type,
      data: { labels: rows, datasets },
      options: {
        ...commonOptions(),
        indexAxis: 'y',
        layout: { autoPadding: false, padding: { right: (type === 'bar' ? 40 : 44) + width, top: 0 } },
        scales: { x: scaleAxis(scale), y: rowAxis(type === 'bar' ? 0 : 34) },
        plugins: { legend: legend(series.length > 1), tooltip: { enabled: false }, marks: drawn },
      },
    },
  };
}
