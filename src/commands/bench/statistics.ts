import { join } from 'node:path';
import type { Bench, Measurement } from './bench';
import { seenInAll, type Seen } from './statistics/simulate';
import type { SomeRuns } from './statistics/simulating';
import { simulatedSurveys, type SimulatedSurvey } from './statistics/surveys';
import { inWorkers, piecesOf } from './workers';

/** The simulation of comparison §4 and its bounds: coverage at least 94 %, false families at most 5.5 %. */
export const statisticsBench: Bench = {
  name: 'statistics',
  about: 'intervals and verdicts on made-up rounds whose truth is known (5,000 a row; --runs)',
  async *run({ runs }) {
    const pieces = piecesOf(runs ?? 5_000, 100);
    const tasks = simulatedSurveys.flatMap((_, survey) => pieces.map((piece): SomeRuns => ({ survey, ...piece })));
    const results = inWorkers<SomeRuns, readonly (readonly [string, Seen])[]>(
      join(__dirname, 'statistics', 'simulating'),
      tasks,
    );
    const parts = simulatedSurveys.map((): ReadonlyMap<string, Seen>[] => []);
    for await (const { task, result } of results) {
      const [survey, ofSurvey] = [simulatedSurveys[task.survey], parts[task.survey] ?? []];
      ofSurvey.push(new Map(result));
      if (survey === undefined || ofSurvey.length < pieces.length) continue;
      for (const row of rowsOf(survey, seenInAll(ofSurvey))) yield row;
    }
  },
};

/**
 * The rows of one survey: the lowest coverage and the most false families of all holders and levels, each with the two
 * standard errors that chance is allowed, and the power of each holder and level.
 */
export function rowsOf(survey: SimulatedSurvey, seen: ReadonlyMap<string, Seen>): Measurement[] {
  const what = `${survey.name}, ${survey.itemsAnArea} ${survey.itemsAnArea === 1 ? 'item' : 'items'}`;
  const all = [...seen].filter(([, { runs }]) => runs > 0);
  const coverage = all.map(([key, { runs, covered, squared }]) => {
    const mean = covered / runs;
    return { key, share: mean, error: Math.sqrt(Math.max(0, squared / runs - mean * mean) / runs) };
  });
  const families = all.map(([key, { runs, falseFamilies }]) => {
    const share = falseFamilies / runs;
    return { key, share, error: Math.sqrt((share * (1 - share)) / runs) };
  });
  const least = coverage.toSorted((a, b) => a.share + 2 * a.error - (b.share + 2 * b.error))[0];
  const most = families.toSorted((a, b) => b.share - 2 * b.error - (a.share - 2 * a.error))[0];
  const row = (name: string, ours: number, budget: Measurement['budget']): Measurement => ({
    what: `${what}: ${name}`,
    unit: '%',
    ours: 100 * ours,
    bound: null,
    spread: null,
    budget,
  });
  return [
    ...(least === undefined
      ? []
      : [
          row(`least coverage (${least.key})`, least.share, null),
          row('least coverage + 2 se', least.share + 2 * least.error, { least: 94 }),
        ]),
    ...(most === undefined
      ? []
      : [
          row(`most false families (${most.key})`, most.share, null),
          row('most false families - 2 se', most.share - 2 * most.error, { most: 5.5 }),
        ]),
    ...[...seen].flatMap(([key, { judged, found }]) =>
      judged === 0 ? [] : [row(`power, ${key}`, found / judged, null)],
    ),
  ];
}
