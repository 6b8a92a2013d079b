import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../../src/shared/errors';
import { smallInstrument } from '../support/instruments';
import { runScript } from '../support/run-script';
import { itemOf, twelveAreaCodes, twelveAreas } from '../support/scoring';

/** Runs a command with files of `folder` by name. */
const run = (command: string, ...words: string[]) => runScript(command, words, { cwd: folder });

async function resultOf(command: string, ...words: string[]) {
  const ended = await run(command, ...words);
  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(0);
  return JSON.parse(ended.stdout);
}

async function problemsOf(command: string, ...words: string[]): Promise<readonly Problem[]> {
  const ended = await run(command, ...words);
  expect(ended.stdout).toBe('');
  expect(ended.code).toBe(1);
  return (JSON.parse(ended.stderr) as { problems: Problem[] }).problems;
}

let folder: string;
const small = ['--instrument', 'small-1.0.0.json'];
const twelve = ['--instrument', 'twelve-1.0.0.json'];

/** A CSV of `twelve`: rows of group and one rating for every area. */
function csvOf(rows: readonly (readonly [group: string, rating: number])[]): string {
  const header = ['respondent', 'group', ...twelveAreaCodes.map(itemOf)].join(',');
  const lines = rows.map(([group, rating], index) => [index, group, ...twelveAreaCodes.map(() => rating)].join(','));
  return `${[header, ...lines].join('\n')}\n`;
}

function times(count: number, group: string, rating: number): [string, number][] {
  return Array.from({ length: count }, () => [group, rating]);
}

const before = [1, 1.5, 2, 1, 2.5, 1, 2, 2.5, 2, 2, 2.5, 2];
const after = [2.5, 3, 4, 3.5, 3, 3.5, 2.5, 3, 2.5, 2.5, 3, 2.5];
const agreedOf = (scores: readonly (number | null)[]) =>
  Object.fromEntries(twelveAreaCodes.map((area, index) => [area, scores[index] ?? null]));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scoring-commands-'));
  const files: Record<string, string> = {
    'small-1.0.0.json': JSON.stringify(smallInstrument()),
    'twelve-1.0.0.json': JSON.stringify(twelveAreas()),
    'first.csv': csvOf([...times(326, 'ngo', 5), ...times(45, 'officials', 2), ...times(3, 'councillors', 1)]),
    'second.csv': csvOf([...times(20, 'ngo', 4), ...times(9, 'officials', 3), ...times(6, 'councillors', 2)]),
    'before.json': JSON.stringify(agreedOf(before)),
    'after.json': JSON.stringify(agreedOf(after)),
  };
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
});
afterAll(() => rm(folder, { recursive: true }));

describe('score', () => {
  test('writes the scorecard: 326 answers of NGOs weigh as much as 45 of officials', async () => {
    const score = await resultOf('score', ...twelve, '--answers', 'first.csv', '--group-sizes', 'officials=45,ngo=400');
    expect(score).toMatchObject({
      instrument: { id: 'twelve', version: '1.0.0', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      form: 'full',
      k: 5,
    });
    expect(Object.keys(score.areas)).toEqual(twelveAreaCodes);
    expect(Object.keys(score.planes)).toEqual(['P1', 'P2', 'P3']);
    expect(score.index).toMatchObject({
      survey: 3.5,
      sides: { administration: { mean: 2, without: ['councillors'] }, ngo: { mean: 5 } },
      groups: {
        officials: { mean: 2, n: 45, sd: 0, interval: [2, 2] },
        ngo: { mean: 5, n: 326, sd: 0, interval: null, missing: 'no-spread' },
      },
    });
    expect(score.index.groups.councillors).toEqual({ hidden: 'k' });
  });

  test('takes k, form, facts, round and areas out of scope', async () => {
    await writeFile(join(folder, 'few.csv'), 'respondent;group;part;a1;a2;b1;b2;c1\n1;ngo;yes;2;5;2;4;1\n');
    await writeFile(join(folder, 'facts.json'), '{"council": true, "grants": 10.5}');
    const options = ['--answers', 'few.csv', '--k', '1', '--facts', 'facts.json', '--round', 'follow-up'];
    const full = await resultOf('score', ...small, ...options, '--out-of-scope', 'P2.1');
    // (2 + 2·5) / 3 = 4, (2 + 4) / 2 = 3
    expect(full.areas['P1.1'].groups.ngo).toMatchObject({ mean: 4, n: 1 });
    expect(full.planes['P1'].groups.ngo).toMatchObject({ mean: 3.5 });
    expect(full.areas['P2.1']).toMatchObject({ survey: null, missing: 'out-of-scope' });
    expect(full.index.groups.ngo).toMatchObject({ mean: 3.5, n: 1 });
    const core = await resultOf('score', ...small, ...options, '--form', 'core');
    expect(core.areas['P1.1'].groups.ngo).toMatchObject({ mean: 2 });
  });

  test('answers to hidden questions change nothing', async () => {
    const row = (b2: string) => `respondent,group,part,a1,b1,b2\n1,ngo,no,2,2,${b2}\n`;
    await writeFile(join(folder, 'without.csv'), row(''));
    await writeFile(join(folder, 'with.csv'), row('5'));
    const [without, with_] = await Promise.all([
      run('score', ...small, '--answers', 'without.csv', '--k', '1'),
      run('score', ...small, '--answers', 'with.csv', '--k', '1'),
    ]);
    expect(without.code).toBe(0);
    expect(with_.stdout).toBe(without.stdout);
  });

  test('scores the instrument of the package by id and version', async () => {
    await writeFile(join(folder, 'lijw.csv'), 'respondent,group,p11a\n1,ngo,4\n');
    const score = await resultOf(
      'score',
      '--instrument',
      'lijw@1.0.0',
      '--answers',
      'lijw.csv',
      '--form',
      'core',
      '--k',
      '1',
    );
    expect(score.areas['P1.1'].groups.ngo).toMatchObject({ mean: 4, n: 1 });
    expect(await problemsOf('score', '--instrument', 'lijw@0.9.9', '--answers', 'lijw.csv')).toMatchObject([
      { code: 'unknown-instrument', message: expect.stringContaining('lijw@1.0.0') },
    ]);
  });

  test('a broken file is reported whole, with everything wrong on the command line', async () => {
    await writeFile(
      join(folder, 'broken.csv'),
      [
        'respondent,group,a1,a9,part',
        '1,ngo,9,x,yes',
        '1,mayors,4,,perhaps',
        '2,ngo,4',
        '3,ngo,4,,yes',
        '4,ngo,na,,"no',
      ].join('\n'),
    );
    await writeFile(join(folder, 'facts.json'), '{\n  "council": "yes",\n  "grant": 3\n}');
    const problems = await problemsOf(
      'score',
      ...small,
      ...['--answers', 'broken.csv', '--facts', 'facts.json', '--form', 'short', '--k', '0', '--round', 'third'],
      ...['--group-sizes', 'ngo=1,ngos=4,informal=0', '--group-sizes', 'officials=many', '--out-of-scope', 'P7.7'],
    );
    expect(problems.map(({ file, line, column, code }) => [file, line, column, code].join(' ')).toSorted()).toEqual(
      [
        'broken.csv 1 a9 unknown-column',
        'broken.csv 2 a1 not-on-scale',
        'broken.csv 3 respondent respondent-twice',
        'broken.csv 3 group unknown-group',
        'broken.csv 3 part unknown-choice',
        'broken.csv 4  wrong-number-of-cells',
        'broken.csv 6  quote-not-closed',
        'broken.csv   more-answers-than-people',
        'facts.json 2  wrong-type',
        'facts.json 3  unknown-fact',
        '--form   no-such-form',
        '--k   bad-k',
        '--round   no-such-round',
        '--group-sizes   unknown-group',
        '--group-sizes   bad-group-size',
        '--group-sizes   bad-group-size',
        '--out-of-scope   unknown-area',
      ].toSorted(),
    );
    for (const { message } of problems) expect(message).toMatch(/^.{20,}$/s);
  });

  test('missing and unknown options are said', async () => {
    expect(await problemsOf('score')).toMatchObject([{ code: 'missing-option', file: '--instrument' }]);
    expect(await problemsOf('score', ...small, 'first.csv')).toMatchObject([
      { code: 'bad-option' },
      { code: 'missing-option', file: '--answers' },
    ]);
    expect(await problemsOf('score', ...small, '--answer', 'first.csv')).toMatchObject([{ code: 'bad-option' }]);
    expect(await problemsOf('score', ...small, '--answers', 'nowhere.csv')).toMatchObject([
      { code: 'no-such-file', file: 'nowhere.csv' },
    ]);
  });

  test.each(['score', 'compare', 'agreed'])('%s --help explains itself', async (command) => {
    const { code, stdout } = await run(command, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`npm run --silent ${command}`);
    expect(stdout).toContain('Example:');
  });
});

describe('compare', () => {
  test('writes both rounds and what changed over the groups of both', async () => {
    const result = await resultOf('compare', ...twelve, '--baseline', 'first.csv', '--follow-up', 'second.csv');
    const first = await resultOf('score', ...twelve, '--answers', 'first.csv', '--round', 'baseline');
    expect(result.baseline).toEqual(first);
    expect(result.followUp.round).toBe('follow-up');
    expect(result.followUp.index.sides.administration).toMatchObject({ mean: 2.5 });
    // Councillors are hidden in the first round, so officials alone are compared: 2 → 3.
    expect(result.change.index).toMatchObject({
      survey: { baseline: 3.5, followUp: 3.5, points: 0, percent: 0 },
      sides: { administration: { points: 1, percent: 50 }, ngo: { points: -1, percent: -20 } },
      notCompared: { groups: { councillors: { baseline: 'hidden' } } },
    });
    expect(Object.keys(result.change.areas)).toEqual(twelveAreaCodes);
  });

  test('each round may have its own sizes and scope', async () => {
    const result = await resultOf(
      'compare',
      ...twelve,
      ...['--baseline', 'first.csv', '--follow-up', 'second.csv', '--group-sizes', 'officials=45'],
      ...['--group-sizes-follow-up', 'officials=9,ngo=20', '--out-of-scope-baseline', 'P3.1,P3.2'],
    );
    expect(result.baseline.index.groups.officials.interval).toEqual([2, 2]);
    expect(result.followUp.index.groups.ngo.interval).toEqual([4, 4]);
    expect(result.followUp.areas['P3.1'].survey).not.toBeNull();
    expect(result.change.index.notCompared.areas).toEqual({
      'P3.1': { baseline: 'out-of-scope' },
      'P3.2': { baseline: 'out-of-scope' },
    });
  });

  test('problems of both files are said at once', async () => {
    await writeFile(join(folder, 'bad-a.csv'), csvOf([['mayors', 3]]));
    await writeFile(
      join(folder, 'bad-b.csv'),
      csvOf([['ngo', 7]])
        .split('\n')
        .slice(0, 2)
        .join('\n'),
    );
    const problems = await problemsOf(
      'compare',
      ...twelve,
      '--baseline',
      'bad-a.csv',
      '--follow-up',
      'bad-b.csv',
      '--k',
      'x',
    );
    expect(problems.filter(({ file }) => file === 'bad-a.csv')).toHaveLength(1);
    expect(problems.filter(({ file }) => file === 'bad-b.csv')).toHaveLength(12);
    expect(problems.filter(({ file }) => file === '--k')).toHaveLength(1);
    expect(await problemsOf('compare', ...twelve)).toMatchObject([{ file: '--baseline' }, { file: '--follow-up' }]);
  });
});

describe('agreed', () => {
  test('22.0 and 35.5 over twelve areas are 1.83 and 2.96, +62 %; 1.0 → 3.5 is +250 %', async () => {
    const result = await resultOf('agreed', ...twelve, '--baseline', 'before.json', '--follow-up', 'after.json');
    expect(result.baseline.index).toBe(1.83);
    expect(result.followUp.index).toBe(2.96);
    expect(result.change.index).toEqual({ baseline: 1.83, followUp: 2.96, points: 1.13, percent: 62 });
    expect(result.change.areas['P1.4'].percent).toBe(250);
  });

  test('problems of both files are said at once, with their places', async () => {
    await writeFile(join(folder, 'bad.json'), JSON.stringify({ ...agreedOf(before), 'P1.1': 2.3, P9: 1 }, null, 1));
    await writeFile(join(folder, 'worse.json'), '{"P1.1": 2,,}');
    const problems = await problemsOf('agreed', ...twelve, '--baseline', 'bad.json', '--follow-up', 'worse.json');
    expect(problems.map(({ file, line, pointer, code }) => [file, line, pointer, code].join(' '))).toEqual([
      'bad.json 14 /P9 unknown-area',
      'bad.json 2 /P1.1 not-a-half-point',
      'worse.json 1  not-json',
    ]);
  });
});
