import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sides } from '../../src/definitions/instrument';
import { mergedCode, type Delta, type GroupFigure } from '../../src/scoring';
import { publishedPercent, publishedPoints, round2 } from '../../src/shared/rounding';
import type { Problem } from '../../src/shared/errors';
import type { ComparisonDocument } from '../../src/commands/compare';
import { readPdf, type ReadPdf } from '../support/read-pdf';
import { csvOf, lijw, lijwPeople } from '../support/report';

const root = join(__dirname, '..', '..');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
let folder: string;

/** Runs a command as the package script does. */
function run(command: string, ...words: string[]): Promise<{ exit: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const script = join(root, 'scripts', `${command}.ts`);
    execFile(process.execPath, [tsx, script, ...words], { cwd: folder, maxBuffer: 1e8 }, (error, out, err) => {
      resolve({ exit: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

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
  expect(made.err).toBe('');
  pdf = await readPdf(await readFile(join(folder, 'report.pdf')));
  expect(JSON.parse(made.out)).toEqual({ out: 'report.pdf', pages: pdf.pages.length });
  compared = JSON.parse(other.out) as ComparisonDocument;
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
      'Załącznik: wszystkie liczby',
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
  // views; and the answers of each area that does not keep them back.
  const withheld = pdf.text.split('Rozkładu odpowiedzi nie podajemy').length - 1;
  expect(pdf.alternatives).toHaveLength(3 + 2 * 3 + 2 + 2 + 4 + areas.length - withheld);
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
const signed = (value: number, text: string) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${text}`;

function groupWords(one: GroupFigure | undefined): string {
  if (one === undefined) return 'inny podział grup – – –';
  if ('hidden' in one) return 'ukryto – – –';
  const interval = one.interval?.map(figure).join('–') ?? '–';
  // From k to 2k people: mean and n alone.
  return `${figure(one.mean!)} ${one.n} ${one.sd === null ? '–' : figure(one.sd)} ${interval}`;
}

function spanOf(interval: readonly [number, number] | null): string {
  return interval === null ? '' : interval.map(figure).join('–');
}

const groupNames = new Map([
  ...lijw.groups!.map(({ code, name }) => [code, name.pl] as const),
  ...lijw.mergePlan!.map(({ groups: parts, name }) => [mergedCode(parts), name.pl] as const),
]);

function changeWords(delta: Delta): string {
  const [before, after] = [delta.baseline!, delta.followUp!];
  const points = publishedPoints(before, after);
  const percent = publishedPercent(before, after)!;
  const share = signed(percent, `${Math.abs(percent)} %`);
  return `${figure(before)} → ${figure(after)} ${signed(points, figure(Math.abs(points)))} ${share}`;
}

it('writes beside each label the figures of compare, rounded', () => {
  const start = pdf.text.lastIndexOf('Załącznik: wszystkie liczby Tabele');
  const annex = pdf.text.slice(start).replaceAll(/Sporządzono \S+ \S+ \S+ · Narzędzie: lijw 1\.0\.0 \d+ \/ \d+/g, '');
  const places = [
    {
      heading: ' Indeks Runda początkowa',
      score: (one: ComparisonDocument['baseline']) => one.index,
      change: compared.change.index,
    },
    ...lijw.planes!.flatMap((plane) => [
      {
        heading: `${plane.code}. ${plane.name.pl}`,
        score: (one: ComparisonDocument['baseline']) => one.planes[plane.code]!,
        change: compared.change.planes[plane.code]!,
      },
      ...plane.areas.map((area) => ({
        heading: `${area.code}. ${area.name.pl}`,
        score: (one: ComparisonDocument['baseline']) => one.areas[area.code]!,
        change: compared.change.areas[area.code]!,
      })),
    ]),
  ];
  expect(start).toBeGreaterThan(0);
  let from = 0;
  let checked = 0;
  for (const { heading, score, change } of places) {
    from = annex.indexOf(heading, from);
    expect({ heading, found: from >= 0 }).toEqual({ heading, found: true });
    const table = annex.slice(from, from + 2000);
    const [first, second] = [score(compared.baseline), score(compared.followUp)];
    const joint = [first, second].map((one) => `${figure(one.survey!)} ${spanOf(one.surveyInterval)}`).join(' ');
    expect(table).toContain(`Ankieta łącznie ${joint} ${changeWords(change.survey)}`);
    for (const side of sides) {
      const name = side === 'ngo' ? 'Organizacje' : 'Administracja';
      const means = [first, second]
        .map(({ sides: of }) => `${figure(of[side].mean!)} ${spanOf(of[side].interval)}`)
        .join(' ');
      expect(table).toContain(`${name} ${means} ${changeWords(change.sides[side])}`);
    }
    const codes = new Set([first, second, change].flatMap(({ groups: of }) => Object.keys(of)));
    for (const code of codes) {
      const own = [first, second].map((one) => groupWords(one.groups[code])).join(' ');
      const delta = change.groups[code];
      if (delta) expect(table).toContain(`${groupNames.get(code)} ${own} ${changeWords(delta)}`);
      else expect(table).toContain(`${groupNames.get(code)} ${own}`);
      checked += 1;
    }
  }
  // Officials with authorities, and NGOs with informal groups, are merged in one round or in both.
  expect(checked).toBeGreaterThanOrEqual(16 * 5);
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
  expect((await run('report', ...words, '--out', 'meddled.pdf')).exit).toBe(0);
  const other = await readPdf(await readFile(join(folder, 'meddled.pdf')));
  expect(other.text).toBe(pdf.text);
  expect(other.alternatives).toEqual(pdf.alternatives);
});

it('makes the summary of one round in English on two pages', async () => {
  const words = ['--instrument', 'lijw@1.0.0', '--baseline', 'a.csv', ...unit, '--lang', 'en', '--kind', 'summary'];
  const made = await run('report', ...words, '--out', 'summary.pdf');
  expect(made.err).toBe('');
  expect(JSON.parse(made.out)).toEqual({ out: 'summary.pdf', pages: 2 });
  const summary = await readPdf(await readFile(join(folder, 'summary.pdf')));
  expect(summary.language).toBe('en');
  expect(summary.text).toContain('Survey index');
  expect(summary.text).not.toMatch(/follow-up|Change/);
});

describe('problems', () => {
  const problemsOf = async (...words: string[]): Promise<readonly Problem[]> => {
    const ended = await run('report', ...words);
    expect(ended).toMatchObject({ exit: 1, out: '' });
    return (JSON.parse(ended.err) as { problems: Problem[] }).problems;
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
    expect(await codes(...unit, '--html', '--out', 'z.pdf')).toEqual(['wrong-ending']);
    expect(await codes(...unit, '--out', 'z.html')).toEqual(['wrong-ending']);
    expect(await codes('--unit', 'Gmina\nPrzykładowa', '--out', 'z.pdf')).toEqual(['unseen-characters']);
    expect(await codes(...unit, ...years('2025', '2024'), '--out', 'z.pdf')).toEqual(['rounds-reversed']);
    const days = ['--answered-baseline', '2025-10-01..2025-10-20', '--answered-follow-up', '2025-02-30..2025-03-01'];
    expect(await codes(...unit, ...days, '--out', 'z.pdf')).toEqual(['bad-period']);
    expect(await readdir(folder)).not.toContain('z.pdf');
  });

  it('leave no half-made file behind', async () => {
    const files = await readdir(folder);
    expect(files.filter((file) => file.endsWith('.part'))).toEqual([]);
  });
});
