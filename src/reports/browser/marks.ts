import type { Chart, Plugin } from 'chart.js';

/** What charts/chart.ts sends; lists are per dataset, then per row. */
interface Marks {
  readonly labels?: readonly (readonly (string | null)[])[];
  readonly placement?: 'outward' | 'end' | 'inside';
  readonly dark?: readonly boolean[];
  readonly atZero?: readonly boolean[];
  readonly connect?: boolean;
  readonly whiskers?: readonly (readonly (readonly [number, number] | null)[])[];
  readonly absent?: readonly (readonly (string | null)[])[];
  readonly ends?: { readonly heading: string; readonly texts: readonly string[]; readonly width: number };
  readonly wholes?: readonly (readonly (number | null)[])[];
}

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
  const { ctx } = chart;
  ctx.save();
  ctx.strokeStyle = '#8d939b';
  ctx.lineWidth = 2.5;
  for (const row of rowsOf(chart)) {
    const places = datasetsOf(chart).flatMap((dataset) => placeOf(chart, dataset, row) ?? []);
    if (places.length < 2) continue;
    const xs = places.map(({ x }) => x);
    ctx.beginPath();
    ctx.moveTo(Math.min(...xs), places[0]?.y ?? 0);
    ctx.lineTo(Math.max(...xs), places[0]?.y ?? 0);
    ctx.stroke();
  }
  ctx.restore();
}

function drawWhiskers(chart: Chart, { whiskers }: Marks): void {
  const x = chart.scales['x'];
  if (!whiskers || !x) return;
  const { ctx } = chart;
  ctx.save();
  ctx.strokeStyle = ink;
  ctx.lineWidth = 1.25;
  for (const row of rowsOf(chart)) {
    const drawn = datasetsOf(chart).filter((dataset) => whiskers[dataset]?.[row]);
    drawn.forEach((dataset, at) => {
      const interval = whiskers[dataset]?.[row];
      const place = placeOf(chart, dataset, row);
      if (!interval || !place) return;
      // Two of a row would cover each other: the earlier lies above the marks, the later below.
      const y = place.y + (drawn.length < 2 ? 0 : at === 0 ? -7 : 7);
      const { strong } = (chart.data.datasets[dataset] ?? {}) as { strong?: boolean };
      ctx.strokeStyle = strong ? ink : grey;
      const [low, high] = [x.getPixelForValue(interval[0]), x.getPixelForValue(interval[1])];
      ctx.beginPath();
      ctx.moveTo(low, y);
      ctx.lineTo(high, y);
      for (const end of [low, high]) {
        ctx.moveTo(end, y - 3);
        ctx.lineTo(end, y + 3);
      }
      ctx.stroke();
    });
  }
  ctx.restore();
}

/** The outline that a bar fills: the known size of a group. */
function drawWholes(chart: Chart, { wholes }: Marks): void {
  const x = chart.scales['x'];
  if (!wholes || !x) return;
  const { ctx } = chart;
  ctx.save();
  ctx.lineWidth = 1;
  ctx.strokeStyle = '#8d939b';
  ctx.fillStyle = '#ffffff';
  for (const dataset of datasetsOf(chart)) {
    for (const row of rowsOf(chart)) {
      const whole = wholes[dataset]?.[row];
      const bar = chart.getDatasetMeta(dataset).data[row] as unknown as { y: number; height: number } | undefined;
      if (whole == null || !bar) continue;
      const height = bar.height || barHeight(chart, dataset);
      const [from, to] = [x.getPixelForValue(0), x.getPixelForValue(whole)];
      ctx.fillRect(from, bar.y - height / 2, to - from, height);
      ctx.strokeRect(from + 0.5, bar.y - height / 2 + 0.5, to - from - 1, height - 1);
    }
  }
  ctx.restore();
}

function barHeight(chart: Chart, dataset: number): number {
  const heights = chart
    .getDatasetMeta(dataset)
    .data.map((element) => (element as unknown as { height?: number }).height ?? 0);
  return Math.max(0, ...heights.filter(Number.isFinite));
}

/** Percents in the segments of a stacked bar. */
function drawInside(chart: Chart, { labels, dark, atZero }: Marks): void {
  const { ctx } = chart;
  const zero = chart.scales['x']?.getPixelForValue(0) ?? 0;
  ctx.save();
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.font = fontOf(chart, 600, 11);
  for (const dataset of datasetsOf(chart)) {
    for (const row of rowsOf(chart)) {
      const text = labels?.[dataset]?.[row];
      const bar = chart.getDatasetMeta(dataset).data[row] as unknown as
        { x: number; y: number; base: number } | undefined;
      if (!text || !bar) continue;
      ctx.fillStyle = dark?.[dataset] ? '#ffffff' : ink;
      ctx.fillText(text, atZero?.[dataset] ? zero : (bar.x + bar.base) / 2, bar.y + 0.5);
    }
  }
  ctx.restore();
}

function drawLabels(chart: Chart, { labels, placement, wholes, whiskers }: Marks): void {
  const { ctx } = chart;
  if (!labels) return;
  ctx.save();
  ctx.textBaseline = 'middle';
  ctx.fillStyle = ink;
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
      ctx.font = fontOf(chart, strong ? 600 : 400, 12);
      if (placement === 'end') {
        const whole = wholes?.[dataset]?.[row];
        const end = whole != null && scale ? Math.max(place.x, scale.getPixelForValue(whole)) : place.x;
        ctx.textAlign = 'left';
        write(ctx, text, end + 6, place.y + 0.5);
        return;
      }
      const interval = whiskers?.[dataset]?.[row];
      const ends = interval && scale ? interval.map((value) => scale.getPixelForValue(value)) : [place.x, place.x];
      const left = at === 0 && marks.length > 1;
      const between = at > 0 && at < marks.length - 1;
      if (between) {
        ctx.textAlign = 'center';
        write(ctx, text, place.x, place.y - 13);
      } else if (left) {
        ctx.textAlign = 'right';
        write(ctx, text, Math.min(place.x - 11, (ends[0] ?? place.x) - 5), place.y + 0.5);
      } else {
        ctx.textAlign = 'left';
        write(ctx, text, Math.max(place.x + 11, (ends[1] ?? place.x) + 5), place.y + 0.5);
      }
    });
  }
  ctx.restore();
}

/** A gap with its reason, never a zero: in the bar's place, or at the left of a row of dots. */
function drawAbsent(chart: Chart, { absent, placement, wholes }: Marks): void {
  const scale = chart.scales['x'];
  const rows = chart.scales['y'];
  if (!absent || !scale || !rows) return;
  const { ctx } = chart;
  ctx.save();
  ctx.font = fontOf(chart, 400, 12, 'italic');
  ctx.fillStyle = grey;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  for (const row of rowsOf(chart)) {
    const texts = datasetsOf(chart).flatMap((dataset) => {
      const text = absent[dataset]?.[row];
      return text ? [{ dataset, text }] : [];
    });
    if (placement === 'end') {
      for (const { dataset, text } of texts) {
        const y = (chart.getDatasetMeta(dataset).data[row] as unknown as { y: number } | undefined)?.y;
        const from = wholes?.[dataset]?.[row] ?? scale.min;
        if (y !== undefined) ctx.fillText(text, scale.getPixelForValue(from) + 6, y + 0.5);
      }
    } else if (texts.length > 0) {
      const said = [...new Set(texts.map(({ text }) => text))].join(' · ');
      const places = datasetsOf(chart).flatMap((dataset) => placeOf(chart, dataset, row) ?? []);
      // Left of the scale's middle unless the row's only mark is there.
      const middle = scale.getPixelForValue((scale.min + scale.max) / 2);
      const free = places.every(({ x }) => x > middle);
      ctx.textAlign = free ? 'left' : 'right';
      write(
        ctx,
        said,
        scale.getPixelForValue(free ? scale.min : scale.max) + (free ? 6 : -6),
        rows.getPixelForValue(row) + 0.5,
      );
    }
  }
  ctx.restore();
}

function drawEnds(chart: Chart, { ends }: Marks): void {
  const rows = chart.scales['y'];
  if (!ends || !rows) return;
  const { ctx } = chart;
  const right = chart.width - 2;
  ctx.save();
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = grey;
  ctx.font = fontOf(chart, 400, 11.5);
  ctx.fillText(ends.heading, right, chart.chartArea.bottom + 12);
  ctx.fillStyle = ink;
  ctx.font = fontOf(chart, 600, 12.5);
  ends.texts.forEach((text, row) => ctx.fillText(text, right, rows.getPixelForValue(row) + 0.5));
  ctx.restore();
}

/** Words over grid lines stay readable. */
function write(ctx: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  ctx.save();
  ctx.strokeStyle = '#ffffff';
  ctx.lineWidth = 3;
  ctx.lineJoin = 'round';
  ctx.strokeText(text, x, y);
  ctx.restore();
  ctx.fillText(text, x, y);
}

function fontOf(chart: Chart, weight: number, size: number, style = 'normal'): string {
  const family = (chart.options.font as { family?: string } | undefined)?.family ?? 'sans-serif';
  return `${style} ${weight} ${size}px ${family}`;
}
