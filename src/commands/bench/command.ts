import { Failure } from '../../shared/errors';
import type { Command } from '../command-line';
import { attackerBench } from './attacker';
import { judged, type Bench, type Judged } from './bench';
import { collectingBench } from './collecting';
import { filesBench } from './files';
import { officeBench } from './office';
import { numbersBench } from './numbers';
import { pagesBench } from './pages';
import { printingBench } from './printing';
import { readingBench } from './reading';
import { registeringBench } from './registering';
import { rulesBench } from './rules';
import { scoringBench } from './scoring';
import { sendingBench } from './sending';
import { signInBench } from './sign-in';
import { startBench } from './start';
import { statisticsBench } from './statistics';
import { storeBench } from './store';
import { tableOf } from './table';
import { weightBench } from './weight';

/** All benches, in the order in which they run: a new one is a file in this folder and a line here. */
const benches: readonly Bench[] = [
  scoringBench,
  rulesBench,
  storeBench,
  collectingBench,
  registeringBench,
  sendingBench,
  signInBench,
  statisticsBench,
  attackerBench,
  numbersBench,
  pagesBench,
  filesBench,
  officeBench,
  weightBench,
  printingBench,
  startBench,
  readingBench,
];

const options = {
  only: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  runs: { type: 'string' },
} as const;

/** The command `bench`. */
export const benchCommand: Command<typeof options> = {
  help: `
Usage: npm run bench [-- --only NAME … --runs N --json]

Measures, and prints a table: what; ours; the bound that was measured beside it in the same run; the ratio of the two;
the spread (the worst run by the median one); the budget of the ratio, or of ours where there is no bound; kept or not.
Exit code 1 where a budget was not kept.

  --only NAME  only this bench; may be given several times
  --runs N     repetitions of what is drawn by chance (statistics, attacker, collecting), for a quick look
  --json       one JSON line a measurement instead of the table

${benches.map(({ name, about }) => `  ${name.padEnd(11)}  ${about}`).join('\n')}
`,
  options,
  async run({ values: { only = [], json = false, runs } }) {
    if (runs !== undefined && !/^[1-9]\d{0,5}$/.test(runs)) {
      throw new Failure('bad-runs', `--runs is "${runs}"; it must be a whole number of at least 1.`);
    }
    const unknown = only.find((name) => !benches.some((bench) => bench.name === name));
    if (unknown !== undefined) {
      const names = benches.map(({ name }) => name).join(', ');
      throw new Failure('bench-unknown', `There is no bench "${unknown}". There are: ${names}.`);
    }
    const all: Judged[] = [];
    for (const bench of benches) {
      if (only.length > 0 && !only.includes(bench.name)) continue;
      for await (const measurement of bench.run({ runs: runs === undefined ? null : Number(runs) })) {
        const one = judged(bench.name, measurement);
        all.push(one);
        if (json) process.stdout.write(`${JSON.stringify(one)}\n`);
        else process.stderr.write(`measured: ${one.what}\n`);
      }
    }
    if (!json) process.stdout.write(`${tableOf(all)}\n`);
    return all.some(({ kept }) => kept === false) ? 1 : 0;
  },
};
