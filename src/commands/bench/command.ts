import { Failure } from '../../shared/errors';
import type { Command } from '../command-line';
import { judged, type Bench, type Judged } from './bench';
import { rulesBench } from './rules';
import { scoringBench } from './scoring';
import { signInBench } from './sign-in';
import { storeBench } from './store';
import { tableOf } from './table';

/** All benches, in the order in which they run: a new one is a file in this folder and a line here. */
const benches: readonly Bench[] = [scoringBench, rulesBench, storeBench, signInBench];

const options = { only: { type: 'string', multiple: true }, json: { type: 'boolean' } } as const;

/** The command `bench`. */
export const benchCommand: Command<typeof options> = {
  help: `
Usage: npm run bench [-- --only NAME … --json]

Measures, and prints a table: what; ours; the bound that was measured beside it in the same run; the ratio of the two;
the spread (the worst run by the median one); the budget of the ratio, or of ours where there is no bound; kept or not.
Exit code 1 where a budget was not kept.

  --only NAME  only this bench; may be given several times
  --json       one JSON line a measurement instead of the table

${benches.map(({ name, about }) => `  ${name.padEnd(11)}  ${about}`).join('\n')}
`,
  options,
  async run({ values: { only = [], json = false } }) {
    const unknown = only.find((name) => !benches.some((bench) => bench.name === name));
    if (unknown !== undefined) {
      const names = benches.map(({ name }) => name).join(', ');
      throw new Failure('bench-unknown', `There is no bench "${unknown}". There are: ${names}.`);
    }
    const all: Judged[] = [];
    for (const bench of benches) {
      if (only.length > 0 && !only.includes(bench.name)) continue;
      for await (const measurement of bench.run()) {
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
