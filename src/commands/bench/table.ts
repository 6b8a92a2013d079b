import type { Judged } from './bench';

const headings = ['what', 'ours', 'bound', 'ratio', 'spread', 'budget', 'kept'];

/** The measurements as a table of plain text. */
export function tableOf(rows: readonly Judged[]): string {
  const lines = [headings, ...rows.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf({ what, unit, ours, bound, ratio, spread, budget, kept }: Judged): string[] {
  return [
    what,
    `${figure(ours)} ${unit}`,
    bound === null ? '–' : `${figure(bound.value)} ${unit} (${bound.what})`,
    ratio === null ? '–' : figure(ratio),
    spread === null ? '–' : figure(spread),
    budget === null ? '–' : 'most' in budget ? `≤ ${figure(budget.most)}` : `≥ ${figure(budget.least)}`,
    kept === null ? '–' : kept ? 'yes' : 'NO',
  ];
}

/** Three digits that matter. */
function figure(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 6 });
}
