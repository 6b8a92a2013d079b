import type { Chart, Plugin } from 'chart.js';
import type { Marks } from '../charts/chart';
import type { Pen } from './svg-pen';

interface Place {
  readonly x: number;
  readonly y: number;
}

const ink = '#1c2430';
const grey = '#5b6470';

/** Draws what chart.js has no words for: numbers at marks, joined dots, whiskers, outlines, rows without figures. */
export const marksPlugin: Plugin = {
  id: 'marks',
  beforeDatasetsDraw(chart) {
    const marks = marksOf(chart);
    if (!marks) return;
    drawWholes(chart, marks);
    if (marks.connect) drawConnections(chart);
    drawWhiskers(chart, marks);
  },
  afterDatasetsDraw(chart) {
    const marks = marksOf(chart);
    if (!marks) return;
    if (marks.placement === 'inside') drawInside(chart, marks);
    else drawLabels(chart, marks);
    drawAbsent(chart, marks);
    drawEnds(chart, marks);
  },
};

/** Every chart is drawn by `chart-svg.ts`, on a pen of ours. */
function penOf(chart: Chart): Pen {
  return (chart as unknown as { readonly ctx: Pen }).ctx;
}

function marksOf(chart: Chart): Marks | null {
  const plugins = (chart.config.options as { plugins?: { marks?: Marks } } | undefined)?.plugins;
  return plugins?.marks ?? null;
}

/** Where the mark of a row is; null where it has none. */
function placeOf(chart: Chart, dataset: number, row: number): Place | null {
  if (chart.data.datasets[dataset]?.data[row] == null) return null;
  const element = chart.getDatasetMeta(dataset).data[row];
  return element ? { x: element.x, y: element.y } : null;
}

function rowsOf(chart: Chart): readonly number[] {
  return (chart.data.labels ?? []).map((_label, row) => row);
}

function datasetsOf(chart: Chart): readonly number[] {
  return chart.data.datasets.map((_dataset, dataset) => dataset);
}

function drawConnections(chart: Chart): void {
  const pen = penOf(chart);
  pen.save();
  pen.strokeStyle = '#8d939b';
  pen.lineWidth = 2.5;
  for (const row of rowsOf(chart)) {
    const places = datasetsOf(chart).flatMap((dataset) => placeOf(chart, dataset, row) ?? []);
    if (places.length < 2) continue;
    const xs = places.map(({ x }) => x);
    pen.beginPath();
    pen.moveTo(Math.min(...xs), places[0]?.y ?? 0);
    pen.lineTo(Math.max(...xs), places[0]?.y ?? 0);
    pen.stroke();
  }
  pen.restore();
}

function drawWhiskers(chart: Chart, { whiskers }: Marks): void {
  const x = chart.scales['x'];
  if (!whiskers || !x) return;
  const pen = penOf(chart);
  pen.save();
  pen.strokeStyle = ink;
  pen.lineWidth = 1.25;
  for (const row of rowsOf(chart)) {
    const drawn = datasetsOf(chart).filter((dataset) => whiskers[dataset]?.[row]);
    drawn.forEach((dataset, at) => {
      const interval = whiskers[dataset]?.[row];
      const place = placeOf(chart, dataset, row);
      if (!interval || !place) return;
      // Two of a row would cover each other: the earlier lies above the marks, the later below.
      const y = place.y + (drawn.length < 2 ? 0 : at === 0 ? -7 : 7);
      const { strong } = (chart.data.datasets[dataset] ?? {}) as { strong?: boolean };
      pen.strokeStyle = strong ? ink : grey;
      const [low, high] = [x.getPixelForValue(interval[0]), x.getPixelForValue(interval[1])];
      pen.beginPath();
      pen.moveTo(low, y);
      pen.lineTo(high, y);
      for (const end of [low, high]) {
        pen.moveTo(end, y - 3);
        pen.lineTo(end, y + 3);
      }
      pen.stroke();
    });
  }
  pen.restore();
}

/** The outline that a bar fills: the known size of a group. */
function drawWholes(chart: Chart, { wholes }: Marks): void {
  const x = chart.scales['x'];
  if (!wholes || !x) return;
  const pen = penOf(chart);
  pen.save();
  pen.lineWidth = 1;
  pen.strokeStyle = '#8d939b';
  pen.fillStyle = '#ffffff';
  for (const dataset of datasetsOf(chart)) {
    for (const row of rowsOf(chart)) {
      const whole = wholes[dataset]?.[row];
      const bar = chart.getDatasetMeta(dataset).data[row] as unknown as { y: number; height: number } | undefined;
      if (whole == null || !bar) continue;
      const height = bar.height || barHeight(chart, dataset);
      const [from, to] = [x.getPixelForValue(0), x.getPixelForValue(whole)];
      pen.fillRect(from, bar.y - height / 2, to - from, height);
      pen.strokeRect(from + 0.5, bar.y - height / 2 + 0.5, to - from - 1, height - 1);
    }
  }
  pen.restore();
}

function barHeight(chart: Chart, dataset: number): number {
  const heights = chart
    .getDatasetMeta(dataset)
    .data.map((element) => (element as unknown as { height?: number }).height ?? 0);
  return Math.max(0, ...heights.filter(Number.isFinite));
}

/** Percents in the segments of a stacked bar. */
function drawInside(chart: Chart, { labels, dark, atZero }: Marks): void {
  const pen = penOf(chart);
  const zero = chart.scales['x']?.getPixelForValue(0) ?? 0;
  pen.save();
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.font = fontOf(chart, 600, 11);
  for (const dataset of datasetsOf(chart)) {
    for (const row of rowsOf(chart)) {
      const text = labels?.[dataset]?.[row];
      const bar = chart.getDatasetMeta(dataset).data[row] as unknown as
        { x: number; y: number; base: number } | undefined;
      if (!text || !bar) continue;
      pen.fillStyle = dark?.[dataset] ? '#ffffff' : ink;
      pen.fillText(text, atZero?.[dataset] ? zero : (bar.x + bar.base) / 2, bar.y + 0.5);
    }
  }
  pen.restore();
}

function drawLabels(chart: Chart, { labels, placement, wholes, whiskers }: Marks): void {
  const pen = penOf(chart);
  if (!labels) return;
  pen.save();
  pen.textBaseline = 'middle';
  pen.fillStyle = ink;
  const scale = chart.scales['x'];
  for (const row of rowsOf(chart)) {
    const marks = datasetsOf(chart)
      .flatMap((dataset) => {
        const place = placeOf(chart, dataset, row);
        const text = labels[dataset]?.[row];
        return place && text ? [{ place, text, dataset }] : [];
      })
      .sort((a, b) => a.place.x - b.place.x);
    marks.forEach(({ place, text, dataset }, at) => {
      const { strong } = (chart.data.datasets[dataset] ?? {}) as { strong?: boolean };
      pen.font = fontOf(chart, strong ? 600 : 400, 12);
      if (placement === 'end') {
        const whole = wholes?.[dataset]?.[row];
        const end = whole != null && scale ? Math.max(place.x, scale.getPixelForValue(whole)) : place.x;
        pen.textAlign = 'left';
        pen.fillText(text, end + 6, place.y + 0.5);
        return;
      }
      const interval = whiskers?.[dataset]?.[row];
      const ends = interval && scale ? interval.map((value) => scale.getPixelForValue(value)) : [place.x, place.x];
      const left = at === 0 && marks.length > 1;
      const between = at > 0 && at < marks.length - 1;
      if (between) {
        pen.textAlign = 'center';
        write(pen, text, place.x, place.y - 13);
      } else if (left) {
        pen.textAlign = 'right';
        write(pen, text, Math.min(place.x - 11, (ends[0] ?? place.x) - 5), place.y + 0.5);
      } else {
        pen.textAlign = 'left';
        write(pen, text, Math.max(place.x + 11, (ends[1] ?? place.x) + 5), place.y + 0.5);
      }
    });
  }
  pen.restore();
}

/** A gap with its reason, never a zero: in the bar's place, or at the left of a row of dots. */
function drawAbsent(chart: Chart, { absent, placement, wholes }: Marks): void {
  const scale = chart.scales['x'];
  const rows = chart.scales['y'];
  if (!absent || !scale || !rows) return;
  const pen = penOf(chart);
  pen.save();
  pen.font = fontOf(chart, 400, 12, 'italic');
  pen.fillStyle = grey;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  for (const row of rowsOf(chart)) {
    const texts = datasetsOf(chart).flatMap((dataset) => {
      const text = absent[dataset]?.[row];
      return text ? [{ dataset, text }] : [];
    });
    if (placement === 'end') {
      for (const { dataset, text } of texts) {
        const y = (chart.getDatasetMeta(dataset).data[row] as unknown as { y: number } | undefined)?.y;
        const from = wholes?.[dataset]?.[row] ?? scale.min;
        if (y !== undefined) pen.fillText(text, scale.getPixelForValue(from) + 6, y + 0.5);
      }
    } else if (texts.length > 0) {
      const said = [...new Set(texts.map(({ text }) => text))].join(' · ');
      const places = datasetsOf(chart).flatMap((dataset) => placeOf(chart, dataset, row) ?? []);
      // Left of the scale's middle unless the row's only mark is there.
      const middle = scale.getPixelForValue((scale.min + scale.max) / 2);
      const free = places.every(({ x }) => x > middle);
      pen.textAlign = free ? 'left' : 'right';
      write(
        pen,
        said,
        scale.getPixelForValue(free ? scale.min : scale.max) + (free ? 6 : -6),
        rows.getPixelForValue(row) + 0.5,
      );
    }
  }
  pen.restore();
}

function drawEnds(chart: Chart, { ends }: Marks): void {
  const rows = chart.scales['y'];
  if (!ends || !rows) return;
  const pen = penOf(chart);
  const right = chart.width - 2;
  pen.save();
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  pen.fillStyle = grey;
  pen.font = fontOf(chart, 400, 11.5);
  pen.fillText(ends.heading, right, chart.chartArea.bottom + 12);
  pen.fillStyle = ink;
  pen.font = fontOf(chart, 600, 12.5);
  ends.texts.forEach((text, row) => pen.fillText(text, right, rows.getPixelForValue(row) + 0.5));
  pen.restore();
}

/** Words over grid lines stay readable. */
function write(pen: Pen, text: string, x: number, y: number): void {
  const { width } = pen.measureText(text);
  const left = pen.textAlign === 'right' ? x - width : pen.textAlign === 'center' ? x - width / 2 : x;
  const colour = pen.fillStyle;
  pen.fillStyle = '#ffffff';
  pen.fillRect(left - 1, y - 6, width + 2, 12);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

function fontOf(chart: Chart, weight: number, size: number, style = 'normal'): string {
  const family = (chart.options.font as { family?: string } | undefined)?.family ?? 'sans-serif';
  return `${style} ${weight} ${size}px ${family}`;
}
