import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { readInstrument } from '../../../definitions/registry';
import { scoreRound, unroundedPair } from '../../../scoring';
import { readRound } from '../../scoring-options';

/** What is measured of one file, in a process of its own. */
export interface Order {
  readonly instrument: string;
  readonly file: string;
  /** The times, each so often; or the memory of one scoring. */
  readonly runs: number | 'memory';
}

/** Milliseconds of processor time, one a run; what else the machine does is not in it. */
export interface TimesOfFile {
  /** The library alone takes the file apart into rows and cells. */
  readonly library: readonly number[];
  /** As the commands read it: cells into answers, each checked. */
  readonly read: readonly number[];
  readonly score: readonly number[];
  readonly compare: readonly number[];
}

/** Highest resident memory of the process until then, in megabytes. */
export interface MemoryOfFile {
  readonly megabytes: number;
}

async function main({ instrument: from, file, runs }: Order): Promise<TimesOfFile | MemoryOfFile> {
  const opened = await readInstrument(from);
  const { instrument } = opened;
  const round = async () => {
    const { input } = await readRound(instrument, {
      ...{ answers: file, form: undefined, round: 'baseline', facts: undefined, k: undefined },
      ...{ groupSizes: [], outOfScope: [], options: { groupSizes: '', outOfScope: '' } },
    });
    return input;
  };
  if (runs === 'memory') {
    scoreRound(instrument, await round());
    return { megabytes: process.resourceUsage().maxRSS / 1024 };
  }
  const times = { library: [] as number[], read: [] as number[], score: [] as number[], compare: [] as number[] };
  for (let run = -1; run < runs; run += 1) {
    const took = async <Result>(name: keyof typeof times, work: () => Result | Promise<Result>): Promise<Result> => {
      const before = process.cpuUsage();
      const result = await work();
      const { user, system } = process.cpuUsage(before);
      if (run >= 0) times[name].push((user + system) / 1000);
      return result;
    };
    await took('library', () => void parse(readFileSync(file)));
    const input = await took('read', round);
    await took('score', () => void scoreRound(instrument, input));
    await took('compare', () => void unroundedPair({ opened, input }, { opened, input }, null));
  }
  return times;
}

process.once('message', (order: Order) => {
  void main(order).then((answer) => process.send?.(answer, () => process.disconnect()));
});
