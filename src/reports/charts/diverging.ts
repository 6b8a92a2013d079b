import { chartFont, commonOptions, grey, ink, legend, rowAxis, type Chart, type Dataset, type Marks } from './chart';

export interface DivergingChart {
  readonly id: string;
  readonly alt: string;
  readonly rows: readonly {
    readonly name: string;
    /** Percent of those who rated, one a point of the scale, lowest first; together 100. */
    readonly shares: readonly number[];
    /** What stands apart at the row's end. */
    readonly end: string;
  }[];
  /** Names of the points of the scale, lowest first. */
  readonly names: readonly string[];
  /** Above `end`. */
  readonly heading: string;
}

/** White to ink: five steps that a grey print keeps apart, each outlined. */
const shades = ['#ffffff', '#dcdfe3', '#b3b8bf', '#6b737d', '#1c2430'] as const;

/**
 * Stacked bars around the middle of the scale: low points to the left, high ones to the right, the middle one half on
 * each side, so that two rows are compared by where they lie.
 */
export function divergingChart({ id, alt, rows, names, heading }: DivergingChart): Chart {
  const middle = (names.length - 1) / 2;
  const shade = (point: number) => shades[Math.round((point / Math.max(1, names.length - 1)) * 4)] ?? ink;
  // chart.js stacks from the middle outwards in the order of the datasets: the innermost first.
  const outwards = names.map((_name, point) => point).toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  const pieces = outwards.flatMap((point) =>
    point === middle
      ? [
          { point, sign: -1, part: 0.5 },
          { point, sign: 1, part: 0.5 },
        ]
      : [{ point, sign: point < middle ? -1 : 1, part: 1 }],
  );
  const datasets = pieces.map(({ point, sign, part }): Dataset => ({
    label: names[point],
    // No segment is 0, not −0.
    data: rows.map(({ shares }) => sign * part * (shares[point] ?? 0) + 0),
    backgroundColor: shade(point),
    borderColor: ink,
    borderWidth: 0.75,
    // No line through the middle of the middle point.
    borderSkipped: point === middle ? 'start' : false,
    stack: 'answers',
    barPercentage: 0.86,
    categoryPercentage: 0.9,
  }));
  // A percent at the segment that it names, once for the two halves of the middle; none where it would not fit.
  const labels = pieces.map(({ point, sign }) =>
    rows.map(({ shares }) => {
      const share = shares[point] ?? 0;
      if (share < 9 || (point === middle && sign < 0)) return null;
      return String(Math.round(share));
    }),
  );
  const marks: Marks = {
    labels,
    placement: 'inside',
    dark: pieces.map(({ point }) => point > middle),
    atZero: pieces.map(({ point, sign }) => point === middle && sign > 0),
    ends: { heading, texts: rows.map(({ end }) => end), width: 60 },
  };
  return {
    id,
    alt,
    height: 26 * rows.length + 104,
    config: {
      type: 'bar',
      data: { labels: rows.map(({ name }) => name), datasets },
      options: {
        ...commonOptions(),
        indexAxis: 'y',
        layout: { autoPadding: false, padding: { right: 64, bottom: 22 } },
        scales: {
          x: {
            stacked: true,
            min: -100,
            max: 100,
            ticks: { display: false },
            grid: { display: false },
            border: { display: false },
          },
          y: { ...rowAxis(0), stacked: true },
        },
        plugins: {
          legend: { ...legend(true), labels: { ...legendLabels, names } },
          tooltip: { enabled: false },
          marks,
        },
      },
    },
  };
}

/** `names` is not of chart.js: `draw/chart-svg.ts` names each point once, in the order of the scale. */
const legendLabels = {
  usePointStyle: false,
  boxWidth: 12,
  boxHeight: 10,
  padding: 9,
  color: grey,
  font: chartFont(11.5),
};
