import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInstrument } from '../../definitions/registry';
import { definitionsFolder } from '../scoring-options';
import type { Bench, Measurement } from './bench';
import { forkBuilt } from './built';
import { writeMadeUpAnswers } from './scoring/made-up-answers';
import type { MemoryOfFile, Order, TimesOfFile } from './scoring/measuring';
import { summaryOf, type Times } from './times';

/** Respondents, and how often each work is done. The largest survey known in the field has 371. */
const sizes = [
  [100, 15],
  [1_000, 15],
  [10_000, 7],
  [100_000, 3],
] as const;

type Work = Exclude<keyof TimesOfFile, 'library'>;
const words: Readonly<Record<Work, string>> = {
  read: 'read and check a CSV file',
  score: 'score a round',
  compare: 'score and compare two rounds',
};

/** Reading, scoring and comparing beside what no program can do without: taking the file apart once, by the library alone. */
export const scoringBench: Bench = {
  name: 'scoring',
  about: `made-up answers of 100 to 100,000 respondents to lijw: reading a CSV file, scoring, comparing, memory`,
  async *run() {
    const folder = await mkdtemp(join(tmpdir(), 'lijw-bench-'));
    const instrument = join(definitionsFolder, 'lijw-1.0.0.json');
    try {
      const each = new Map<string, number>();
      for (const [respondents, runs] of sizes) {
        const file = join(folder, `${respondents}.csv`);
        await writeMadeUpAnswers((await readInstrument(instrument)).instrument, respondents, file);
        const took = await asked<TimesOfFile>({ instrument, file, runs });
        const library = summaryOf(took.library);
        for (const work of ['read', 'score', 'compare'] as const) {
          const ours = summaryOf(took[work]);
          each.set(`${work} ${respondents}`, ours.median / respondents);
          yield rowOf(work, respondents, ours, library);
        }
      }
      // Far above what starting and the first look at the code cost, the time a respondent stands still.
      for (const work of ['score', 'compare'] as const) yield slopeOf(work, each);
      const { megabytes } = await asked<MemoryOfFile>({
        ...{ instrument, file: join(folder, '100000.csv'), runs: 'memory' },
      });
      const about = { bound: null, spread: null, budget: { most: 300 } };
      yield { what: 'read and score 100,000 respondents: memory', unit: 'MB', ours: megabytes, ...about };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function rowOf(work: Work, respondents: number, { median, spread }: Times, library: Times): Measurement {
  return {
    what: `${words[work]}, ${respondents.toLocaleString('en')} respondents`,
    unit: 'ms',
    ours: median,
    bound: { what: 'the library alone takes the file apart', value: library.median },
    spread,
    budget: work === 'score' && respondents === 10_000 ? { most: 3 } : null,
  };
}

function slopeOf(work: 'score' | 'compare', each: ReadonlyMap<string, number>): Measurement {
  return {
    what: `${words[work]}: a respondent of 100,000`,
    unit: 'ms',
    ours: each.get(`${work} 100000`) ?? NaN,
    bound: { what: 'one of 1,000', value: each.get(`${work} 1000`) ?? NaN },
    spread: null,
    budget: { most: 1.3 },
  };
}

/** In a process of its own, so that no file meets what another one has left behind. */
async function asked<Answer>(order: Order): Promise<Answer> {
  const child = await forkBuilt('scoring/measuring');
  child.send(order);
  const [answer] = (await once(child, 'message')) as [Answer];
  await once(child, 'exit');
  return answer;
}
