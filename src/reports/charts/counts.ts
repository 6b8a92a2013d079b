import {
  barLook,
  commonOptions,
  legend,
  rowAxis,
  type Chart,
  type Dataset,
  type Holds,
  type Marks,
  type RoundForm,
} from './chart';

export interface CountChart {
  readonly id: string;
  readonly alt: string;
  readonly rows: readonly { readonly name: string; readonly holds: Holds }[];
  readonly series: readonly {
    readonly name: string;
    readonly form: RoundForm;
    /** Its own hue; where left out, each row has the hue of its side. */
    readonly holds?: Holds;
    /** Length of the bar; null where it is not shown. */
    readonly values: readonly (number | null)[];
    /** Length of the outline around it; null where unknown. */
    readonly wholes?: readonly (number | null)[];
    readonly labels: readonly (string | null)[];
    readonly absent: readonly (string | null)[];
  }[];
  /** Right end of the axis. */
  readonly max: number;
  /** Pixels right of the axis for the longest label. */
  readonly room: number;
}

/** Bars of counts or shares from zero, against an outline of what they could have reached where that is known. */
export function countChart({ id, alt, rows, series, max, room }: CountChart): Chart {
  const datasets = series.map(({ name, form, holds, values }): Dataset => ({
    label: name,
    ...barLook(holds ?? rows.map((row) => row.holds), form),
    barPercentage: 0.9,
    categoryPercentage: 0.8,
    data: values,
  }));
  const marks: Marks = {
    labels: series.map(({ labels }) => labels),
    absent: series.map(({ absent }) => absent),
    placement: 'end',
    wholes: series.map(({ wholes }) => wholes ?? []),
  };
  return {
    id,
    alt,
    height: (series.length * (series.some(({ holds }) => holds !== undefined) ? 9 : 12) + 7) * rows.length + 34,
    config: {
      type: 'bar',
      data: { labels: rows.map(({ name }) => name), datasets },
      options: {
        ...commonOptions(),
        indexAxis: 'y',
        layout: { autoPadding: false, padding: { right: room } },
        scales: {
          // No numbers at the axis: each bar has its own at its end.
          x: { min: 0, max, ticks: { display: false }, grid: { display: false }, border: { display: false } },
          y: rowAxis(0),
        },
        plugins: { legend: legend(series.length > 1), tooltip: { enabled: false }, marks },
      },
    },
  };
}
