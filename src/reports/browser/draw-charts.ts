import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
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
import { fitNarrow, narrow } from './fit-narrow';
import { fitSheets } from './fit-sheets';
import { marksPlugin } from './marks';

/**
 * Draws every `<div data-chart>` of the page: a canvas and, beside it, the chart's configuration as JSON. The same on a
 * page and in a print, where `<html data-awaits-ready>` asks for three times the resolution and is told when all is
 * drawn.
 */
const family = '"Source Sans 3", "Source Sans", sans-serif';

Chart.register(
  ...[BarController, BarElement, CategoryScale, Filler, Legend, LinearScale, LineController, LineElement],
  ...[PointElement, RadarController, RadialLinearScale, marksPlugin],
);

async function drawCharts(): Promise<void> {
  const root = document.documentElement;
  const inPrint = root.hasAttribute('data-awaits-ready');
  // A canvas draws with whatever font is there: a late one would leave measures of another.
  const faces = ['400 12px', '600 12px', 'italic 400 12px'].map((face) => document.fonts.load(`${face} ${family}`));
  await Promise.allSettled(faces);
  Chart.defaults.font.family = family;
  if (inPrint) fitSheets();
  for (const box of document.querySelectorAll<HTMLElement>('[data-chart]')) {
    if (inPrint) drawChart(box, true);
    else drawWhereverItFits(box);
  }
  root.dataset['ready'] = 'true';
}

/** null where the box holds no chart. */
function drawChart(box: HTMLElement, inPrint: boolean): Chart | null {
  const canvas = box.querySelector('canvas');
  const config = box.querySelector('script[type="application/json"]')?.textContent;
  if (!canvas || !config) return null;
  const { options, ...chart } = JSON.parse(config) as Partial<ChartConfiguration>;
  const wanted = Number(box.dataset['height'] ?? '300');
  const height = !inPrint && box.clientWidth < narrow ? fitNarrow(chart, options, wanted) : wanted;
  // From here, since pages allow no style of their own in their markup.
  box.style.height = `${height}px`;
  if (inPrint) {
    canvas.width = box.clientWidth;
    canvas.height = box.clientHeight;
  }
  makeRoom(options);
  orderLegend(options);
  return new Chart(canvas, {
    ...chart,
    options: { ...options, font: { family }, ...(inPrint ? { responsive: false, devicePixelRatio: 3 } : {}) },
  } as ChartConfiguration);
}

/** Draws for the width there is, and anew when a phone is turned or a window pulled past the narrow width. */
function drawWhereverItFits(box: HTMLElement): void {
  let wasNarrow = box.clientWidth < narrow;
  let chart = drawChart(box, false);
  new ResizeObserver(() => {
    const isNarrow = box.clientWidth < narrow;
    if (chart && isNarrow !== wasNarrow) {
      wasNarrow = isNarrow;
      chart.destroy();
      chart = drawChart(box, false);
    }
    const canvas = box.querySelector('canvas');
    if (canvas) reachByKeyboard(box, canvas);
  }).observe(box);
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

/** On a phone the picture keeps its size and is moved, with the finger or with the keyboard. */
function reachByKeyboard(box: HTMLElement, canvas: HTMLCanvasElement): void {
  if (box.scrollWidth > box.clientWidth) {
    box.tabIndex = 0;
    box.setAttribute('role', 'group');
    box.setAttribute('aria-label', canvas.getAttribute('aria-label') ?? '');
  } else {
    for (const name of ['tabindex', 'role', 'aria-label']) box.removeAttribute(name);
  }
}

void drawCharts();
