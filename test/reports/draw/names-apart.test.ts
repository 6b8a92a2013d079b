import { countChart } from '../../../src/reports/charts/counts';
import { chartSvg } from '../../../src/reports/draw/chart-svg';

const long = 'inicjatywa lokalna, budżet obywatelski lub fundusz sołecki';

/** Heights at which the lines of the rows' names stand, from the top. */
function linesOf(names: readonly string[], series: number): number[] {
  const values = names.map((_name, at) => at + 1);
  const one = { name: 'Razem', form: 'now', holds: 'survey', values, labels: values.map(String), absent: [] } as const;
  const svg = chartSvg(
    countChart({
      ...{ id: 'counts', alt: 'Ile osób', max: names.length, room: 40 },
      rows: names.map((name) => ({ name, holds: 'survey' })),
      series: Array.from({ length: series }, () => one),
    }),
    'wide',
  );
  return [...svg.matchAll(/<text x="0" y="([\d.]+)"/g)].map(([, y]) => Number(y));
}

it.each([
  ['one bar a row', 1],
  ['two bars a row', 2],
])('names of several lines keep clear of the names above and below: %s', (_what, series) => {
  const lines = linesOf(['promocja działań', long, `${long}, np. ${long}`, long, 'nowe osoby'], series);
  expect(lines.length).toBeGreaterThanOrEqual(9);
  const gaps = lines.slice(1).map((y, at) => y - lines[at]!);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(14);
});

it('short names make no chart taller', () => {
  const gaps = linesOf(['a', 'b', 'c'], 1);
  expect(gaps[1]! - gaps[0]!).toBeLessThan(20);
});
