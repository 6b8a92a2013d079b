import type { ChartConfiguration } from 'chart.js';

interface Options {
  layout?: { padding?: { right?: number } };
  scales?: { y?: { room?: number; ticks?: Record<string, unknown> }; r?: { pointLabels?: Record<string, unknown> } };
  plugins?: { marks?: { ends?: { texts: string[]; width: number } } };
}

/** Pixels that a name above its row takes, and least height of both. */
const nameHeight = 22;
const rowHeight = 48;
/** Pixels of legend and axis around the rows of a chart. */
const aroundRows = 58;
/** Pixels of „+0,58 ▲”, all that stays at the end of a row. */
const endWidth = 60;

/**
 * Makes a chart readable on a phone: names stand above their marks, the radar keeps its names alone. The chart's table has
 * all that is left out here.
 *
 * @param wanted height in CSS pixels on a wide page
 * @returns the height on a narrow one
 */
export function fitNarrow(
  { type, data }: Partial<ChartConfiguration>,
  options: ChartConfiguration['options'],
  wanted: number,
): number {
  const { layout, scales, plugins } = (options ?? {}) as Options;
  const labels = data?.labels as (string | string[])[] | undefined;
  if (scales?.r && data && labels) {
    // The first line of a spoke is its name; each word a line.
    data.labels = labels.map((spoke) => (Array.isArray(spoke) ? (spoke[0] ?? '') : spoke).split(' '));
    scales.r.pointLabels = { ...scales.r.pointLabels, font: { size: 10.5 }, padding: 2 };
    return 360;
  }
  if (!scales?.y) return wanted;
  const rows = Math.max(1, labels?.length ?? 0);
  const row = (wanted - aroundRows) / rows;
  const isBar = type === 'bar';
  // Marks stand in the middle of their row: bars need as much room below as their name takes above.
  const extra = isBar ? 2 * nameHeight - 8 : Math.max(nameHeight, rowHeight - row);
  const labelOffset = 8 - (row + extra) / 2;
  scales.y.ticks = { ...scales.y.ticks, mirror: true, crossAlign: 'near', labelOffset, padding: 0, z: 1 };
  for (const dataset of (data?.datasets ?? []) as { categoryPercentage?: number }[]) {
    if (isBar) dataset.categoryPercentage = (dataset.categoryPercentage ?? 0.8) * (row / (row + extra));
  }
  const ends = plugins?.marks?.ends;
  if (ends && layout?.padding) {
    layout.padding.right = (layout.padding.right ?? 0) - ends.width + Math.min(ends.width, endWidth);
    ends.texts = ends.texts.map((text) => (text.length < 8 ? text : text.split(' ').slice(0, 2).join(' ')));
  }
  return wanted + extra * rows;
}
