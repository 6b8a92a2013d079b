import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sides } from '../../src/definitions/instrument';
import type { GroupFigure } from '../../src/scoring';
import { publishedPoints, round2 } from '../../src/shared/rounding';
import type { Problem } from '../../src/shared/errors';
import type { ComparisonDocument } from '../../src/commands/compare';
import { readPdf, type ReadPdf } from '../support/read-pdf';
import { csvOf, lijw, lijwPeople } from '../support/report';
import { runScript } from '../support/run-script';

let folder: string;

const run = (command: string, ...words: string[]) => runScript(command, words, { cwd: folder });

const groups = { officials: 14, councillors: 9, authorities: 3, 'municipal-units': 7, ngo: 22, informal: 4 };
const baseline = lijwPeople(11, 2.6, { ...groups, 'benefit-council': 6 });
const followUp = lijwPeople(12, 3.2, { ...groups, informal: 6, 'benefit-council': 7 });
const sizes = 'officials=18,councillors=15,authorities=3,municipal-units=9,ngo=31,informal=8';
const answers = ['--instrument', 'lijw@1.0.0', '--baseline', 'a.csv', '--follow-up', 'b.csv', '--group-sizes', sizes];
const agreed = ['--agreed-baseline', 'a.json', '--agreed-follow-up', 'b.json'];
const unit = ['--unit', 'Gmina Żółwiniec Śląski'];
const areas = lijw.planes!.flatMap((plane) => plane.areas.map(({ code }) => code));

let pdf: ReadPdf;
let compared: ComparisonDocument;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lijw-report-'));
  const scores = (at: number) =>
    JSON.stringify(Object.fromEntries(areas.map((code, index) => [code, 1 + ((index + at) % 7) / 2])));
  await writeFile(join(folder, 'a.csv'), csvOf(lijw, baseline));
  await writeFile(join(folder, 'b.csv'), csvOf(lijw, followUp));
  await writeFile(join(folder, 'a.json'), scores(0));
  await writeFile(join(folder, 'b.json'), scores(1));
  const [made, other] = await Promise.all([
    run('report', ...answers, ...agreed, ...unit, '--lang', 'pl', '--out', 'report.pdf'),
    run('compare', ...answers),
  ]);
  expect(made.stderr).toBe('');
  pdf = await readPdf(await readFile(join(folder, 'report.pdf')));
  expect(JSON.parse(made.stdout)).toEqual({ out: 'report.pdf', pages: pdf.pages.length });
  compared = JSON.parse(other.stdout) as ComparisonDocument;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('makes a document that a screen reader can read', () => {
  expect(pdf.tagged).toBe(true);
  expect(pdf.language).toBe('pl');
  expect(pdf.title).toBe('Gmina Żółwiniec Śląski – raport z samooceny współpracy');
  expect(pdf.size.map(Math.round)).toEqual([595, 842]);
  for (const role of ['H1', 'H2', 'Table', 'TH', 'Figure']) expect([...pdf.roles]).toContain(role);
  expect(pdf.outline.map((entry) => entry.replaceAll('\u00a0', ' ').trim())).toEqual(
    expect.arrayContaining([
      'Najważniejsze wyniki',
      'Kto wziął udział',
      'Metoda i ograniczenia',
      'Załącznik: oceny i zmiany w skrócie',
      'Załącznik: narzędzie',
    ]),
  );
});

it('embeds every font, and its Polish words stay whole', () => {
  expect(pdf.fonts.length).toBeGreaterThan(2);
  for (const { name, embedded } of pdf.fonts) {
    expect(name).toMatch(/SourceSans3/);
    expect(embedded).toBe(true);
  }
  for (const words of ['Gmina Żółwiniec Śląski', 'Współtworzenie', 'Największy wzrost', 'Organizacje pozarządowe']) {
    expect(pdf.text).toContain(words);
  }
});

it('gives every chart its finding as alternative text', () => {
  // Radar, all areas, participation, two a plane, agreed, agreed beside survey, sides, groups; barriers, needs and two
  // views. Answers item by item are a table in print.
  expect(pdf.alternatives).toHaveLength(3 + 2 * 3 + 2 + 2 + 4);
  for (const alternative of pdf.alternatives) expect(alternative).toMatch(/\p{Lu}.*\d/u);
});

it('numbers its contents as the pages are', () => {
  const contents = pdf.pages.find((page) => page.includes('Spis treści'))!;
  for (const title of ['Kto wziął udział', 'Gdzie strony się różnią', 'Metoda i ograniczenia']) {
    const [, number] = new RegExp(`${title} (\\d+)`).exec(contents)!;
    expect(pdf.pages[Number(number) - 1]).toContain(title);
  }
});

const figure = (value: number) => round2(value).toFixed(2).replace('.', ',');
const signed = (value: number) => {
  const size = figure(Math.abs(value));
  return size === '0,00' ? size : `${value > 0 ? '+' : '−'}${size}`;
};
const signs = { rose: '▲', fell: '▼', same: '●', unknown: '?' } as const;

type Round = ComparisonDocument['baseline'];

const places = [
  { heading: 'Indeks', score: (one: Round) => one.index, change: () => compared.change.index },
  ...lijw.planes!.flatMap((plane) => [
    {
      heading: `${plane.code} ${plane.shortName.pl}`,
      score: (one: Round) => one.planes[plane.code]!,
      change: () => compared.change.planes[plane.code]!,
    },
    ...plane.areas.map((area) => ({
      heading: `${area.code} ${area.shortName.pl}`,
      score: (one: Round) => one.areas[area.code]!,
      change: () => compared.change.areas[area.code]!,
    })),
  ]),
];

/** What stands in the annex beside each place between two words, in order. */
function rowsBetween(begin: string, end: string): readonly string[] {
  const annex = pdf.text.slice(pdf.text.lastIndexOf('Załącznik: oceny i zmiany w skrócie Średnie'));
  const table = annex.slice(annex.indexOf(begin), annex.indexOf(end, annex.indexOf(begin)));
  let from = 0;
  return places.map(({ heading }, at) => {
    const start = table.indexOf(` ${heading} `, from);
    expect({ heading, found: start >= 0 }).toEqual({ heading, found: true });
    from = start + heading.length + 2;
    const next = places[at + 1];
    return table.slice(from, next === undefined ? undefined : table.indexOf(` ${next.heading} `, from));
  });
}

function groupCell(one: GroupFigure): string {
  return 'hidden' in one ? 'ukryto' : `${figure(one.mean!)} (${one.n})`;
}

const sideOf = (code: string) => lijw.groups!.find((group) => group.code === code.split('+')[0])!.side;

it.each([
  ['baseline', 'Runda początkowa Płaszczyzna', 'Runda powtórna Płaszczyzna'],
  ['followUp', 'Runda powtórna Płaszczyzna', 'Skąd wiadomo'],
] as const)('writes beside each place the means of %s, rounded, with the n of each group', (round, begin, end) => {
  rowsBetween(begin, end).forEach((row, at) => {
    const score = places[at]!.score(compared[round]);
    const groupCells = (side: string | null) =>
      Object.entries(score.groups).flatMap(([code, one]) => (sideOf(code) === side ? [groupCell(one)] : []));
    const cells = [
      figure(score.survey!),
      ...sides.flatMap((side) => [figure(score.sides[side].mean!), ...groupCells(side)]),
      ...groupCells(null),
    ];
    expect(row.startsWith(cells.join(' '))).toBe(true);
    expect(cells.length).toBeGreaterThanOrEqual(8);
  });
});

it('writes beside each place what changed, its interval and its verdict', () => {
  rowsBetween('Skąd wiadomo', 'wzrost, ▼').forEach((row, at) => {
    const { survey, sides: of } = places[at]!.change();
    const words = [survey, ...sides.map((side) => of[side])].map((one) => {
      const points = signed(publishedPoints(one.baseline!, one.followUp!));
      return { start: `${points} ${one.interval!.map(signed).join('; ')}`, sign: signs[one.verdict] };
    });
    const [joint, ...others] = words;
    expect(row).toMatch(/^\S+ \S+; \S+ (< 0,0001|0,\d{4}) /);
    expect(row.startsWith(joint!.start)).toBe(true);
    for (const { start, sign } of others) expect(row).toContain(`${start} ${sign}`);
  });
});

it('merges groups that are too small, and shows no number of theirs apart', () => {
  expect(pdf.text).toContain('Organizacje i grupy nieformalne');
  expect(pdf.text).toContain('Władze i pracownicy urzędu');
  expect(pdf.text).not.toMatch(/Władze samorządu \d/);
});

it('is the same whatever is written into questions that were not asked', async () => {
  const meddled = baseline.map((one) =>
    one.answers['s_consulted'] === true ? one : { ...one, answers: { ...one.answers, p14b: 5, p14c: 1 } },
  );
  expect(meddled).not.toEqual(baseline);
  await writeFile(join(folder, 'meddled.csv'), csvOf(lijw, meddled));
  const words = [...answers, ...agreed, ...unit].map((word) => (word === 'a.csv' ? 'meddled.csv' : word));
  expect((await run('report', ...words, '--out', 'meddled.pdf')).code).toBe(0);
  const other = await readPdf(await readFile(join(folder, 'meddled.pdf')));
  expect(other.text).toBe(pdf.text);
  expect(other.alternatives).toEqual(pdf.alternatives);
});

it('makes the summary of one round in English on two pages', async () => {
  const words = ['--instrument', 'lijw@1.0.0', '--baseline', 'a.csv', ...unit, '--lang', 'en', '--kind', 'summary'];
  const made = await run('report', ...words, '--out', 'summary.pdf');
  expect(made.stderr).toBe('');
  expect(JSON.parse(made.stdout)).toEqual({ out: 'summary.pdf', pages: 2 });
  const summary = await readPdf(await readFile(join(folder, 'summary.pdf')));
  expect(summary.language).toBe('en');
  expect(summary.text).toContain('Survey index');
  expect(summary.text).not.toMatch(/follow-up|Change/);
});

describe('problems', () => {
  const problemsOf = async (...words: string[]): Promise<readonly Problem[]> => {
    const ended = await run('report', ...words);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    return (JSON.parse(ended.stderr) as { problems: Problem[] }).problems;
  };

  it('are all told at once, and no file is touched', async () => {
    await writeFile(join(folder, 'kept.pdf'), 'the report of last year');
    const problems = await problemsOf(
      '--instrument',
      'lijw@1.0.0',
      '--out',
      'kept.pdf',
      '--lang',
      'de',
      '--kind',
      'poster',
    );
    expect(problems.map(({ file, code }) => `${file} ${code}`).sort()).toEqual([
      '--baseline missing-option',
      '--kind no-such-kind',
      '--lang no-such-language',
      '--unit missing-option',
    ]);
    expect(await readFile(join(folder, 'kept.pdf'), 'utf8')).toBe('the report of last year');
  });

  it('tell where the report cannot go', async () => {
    await mkdir(join(folder, 'a-folder'));
    expect(await problemsOf(...answers, ...unit, '--out', 'nowhere/report.pdf')).toMatchObject([
      { code: 'no-such-folder' },
    ]);
    expect(await problemsOf(...answers, ...unit, '--out', 'a-folder')).toMatchObject([{ code: 'not-a-file' }]);
  });

  it('tell what cannot be what the options say it is', async () => {
    const years = (before: string, after: string) => ['--year-baseline', before, '--year-follow-up', after];
    const codes = async (...words: string[]) => (await problemsOf(...answers, ...words)).map(({ code }) => code);
    const days = ['--answered-baseline', '2025-10-01..2025-10-20', '--answered-follow-up', '2025-02-30..2025-03-01'];
    const all = await codes('--unit', 'Gmina\nPrzykładowa', ...days, '--html', '--out', 'z.pdf');
    expect(all).toEqual(['unseen-characters', 'bad-period', 'wrong-ending']);
    expect(await codes(...unit, '--out', 'z.html')).toEqual(['wrong-ending']);
    expect(await codes(...unit, ...years('2025', '2024'), '--out', 'z.pdf')).toEqual(['rounds-reversed']);
    expect(await readdir(folder)).not.toContain('z.pdf');
  });

  it('leave no half-made file behind', async () => {
    const files = await readdir(folder);
    expect(files.filter((file) => file.endsWith('.part'))).toEqual([]);
  });
});
