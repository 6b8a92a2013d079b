import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as ChartJs,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  RadarController,
  RadialLinearScale,
  type ChartConfiguration,
  type ChartData,
  type LegendItem,
} from 'chart.js';
import { remembered } from '../../shared/remember';
import type { Chart } from '../charts/chart';
import { fitNarrow } from './fit-narrow';
import { marksPlugin } from './marks';
import { SvgPen } from './svg-pen';
import { textWidth } from './text-width';

/**
 * Pictures are drawn here, on the server, by chart.js: the same for a page, a print and a card in a list; without a
 * script in the reader's browser; as lines and letters instead of points.
 */
ChartJs.register(
  ...[BarController, BarElement, CategoryScale, Filler, Legend, LinearScale, LineController, LineElement],
  ...[PointElement, RadarController, RadialLinearScale, marksPlugin],
);

/** chart.js over a canvas that is none of a browser's. */
const Drawing = ChartJs as unknown as new (
  canvas: { readonly width: number; readonly height: number; readonly getContext: () => SvgPen },
  config: ChartConfiguration,
) => { destroy(): void };

const family = "'Source Sans 3', 'Source Sans', sans-serif";
/** CSS pixels: the width of a printed page, and of a phone's. */
const widths = { wide: 642, narrow: 336 } as const;

/** `narrow`: for a phone, with names above their rows. */
export type ChartWidth = keyof typeof widths;

/** Pictures are kept, as a report is read by many. */
const mostDrawn = 500;

/** The picture as one `<svg>` element with its finding as alternative text. */
export const chartSvg = remembered(draw, (chart, size) => JSON.stringify([size, chart]), mostDrawn);

function draw({ alt, config, height: wanted }: Chart, size: ChartWidth): string {
  // chart.js keeps and changes what it is given.
  const { options, ...chart } = structuredClone(config) as unknown as Partial<ChartConfiguration>;
  const height = size === 'narrow' ? fitNarrow(chart, options, wanted) : wanted + wrapNames(chart, options, wanted);
  const width = widths[size];
  makeRoom(options);
  orderLegend(options);
  const pen = new SvgPen({ width, height });
  const canvas = Object.assign(pen.canvas, { getContext: () => pen });
  const drawing = new Drawing(canvas, {
    ...chart,
    options: {
      ...options,
      ...{ font: { family }, responsive: false, devicePixelRatio: 1 },
      // Without this, lines are drawn by `Path2D`, which tells nobody what is in it.
      elements: { line: { segment: {} } },
    },
  } as ChartConfiguration);
  const label = alt.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  drawing.destroy();
  return `<svg role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${pen.drawn()}</svg>`;
}

/** Names of rows that would take more than this many pixels go over two lines and more. */
const widestName = 250;

/** Pixels of a line of a name, and around the rows of a chart. */
const lineHeight = 15;
const aroundRows = 34;

/** @returns the pixels by which the chart must grow, so that the lines of neighbouring names keep apart */
function wrapNames(
  { data }: Partial<ChartConfiguration>,
  options: ChartConfiguration['options'],
  wanted: number,
): number {
  if (!data?.labels?.length || !options?.scales?.['y']) return 0;
  data.labels = (data.labels as string[]).map((name) => {
    const lines: string[] = [];
    for (const word of name.split(' ')) {
      const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
      if (lines.length === 0 || textWidth(longer, 'Regular', 12.5) > widestName) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines.length === 1 ? name : lines;
  });
  const lines = (data.labels as (string | string[])[]).map((name) => (Array.isArray(name) ? name.length : 1));
  // A name stands in the middle of its row.
  const apart = Math.max(...lines.map((own, at) => ((own + (lines[at + 1] ?? own)) / 2) * lineHeight));
  const row = (wanted - aroundRows) / lines.length;
  return Math.max(0, apart - row) * lines.length;
}

/** Room between the names of rows and the scale, for numbers left of its lowest marks. */
function makeRoom(options: ChartConfiguration['options']): void {
  const axis = options?.scales?.['y'] as { room?: number; afterFit?: (axis: { width: number }) => void } | undefined;
  const room = axis?.room ?? 0;
  if (axis && room > 0) axis.afterFit = (drawn) => (drawn.width += room);
}

/** Where a legend lists names, each stands there once and in their order, however many datasets draw it. */
function orderLegend(options: ChartConfiguration['options']): void {
  const labels = options?.plugins?.legend?.labels as
    { names?: readonly string[]; filter?: unknown; sort?: unknown; generateLabels?: unknown } | undefined;
  const names = labels?.names;
  if (!labels || !names) return;
  labels.filter = ({ text, datasetIndex }: LegendItem, { datasets }: ChartData) =>
    datasets.findIndex(({ label }) => label === text) === datasetIndex;
  labels.sort = (a: LegendItem, b: LegendItem) => names.indexOf(a.text) - names.indexOf(b.text);
}
