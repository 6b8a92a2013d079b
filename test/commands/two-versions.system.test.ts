import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComparisonDocument } from '../../src/commands/compare';
import { itemsOf } from '../../src/definitions/instrument';
import type { Respondent } from '../../src/scoring';
import { changedItems, lijwNext } from '../support/lijw-next';
import { csvOf, lijw, lijwPeople } from '../support/report';
import { runScript } from '../support/run-script';

/** lijw 1.0.0 and a 1.1.0 with three changed items, compared by the commands and in the report. */
const next = lijwNext();
const changedAreas = ['P1.1', 'P1.6', 'P3.2'];
const groups = { officials: 12, councillors: 12, 'municipal-units': 12, ngo: 15, 'benefit-council': 12 };

/** Everybody rates every item of the three areas, so that their means can be worked out by hand. */
function people(seed: number, level: number): Respondent[] {
  const codes = itemsOf(lijw).flatMap(({ code, area }) => (changedAreas.includes(area) ? [code] : []));
  return lijwPeople(seed, level, groups).map((person, at) => ({
    ...person,
    answers: {
      ...person.answers,
      ...Object.fromEntries(codes.map((code, item) => [code, 1 + ((at * 3 + item * seed) % 5)])),
    },
  }));
}
const [before, now] = [people(31, 2.6), people(32, 3.3)];

let folder: string;
let compared: ComparisonDocument;
let pages: Readonly<Record<'full' | 'summary', string>>;

async function run(command: string, ...words: string[]): Promise<string> {
  const ended = await runScript(command, words, { cwd: folder });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return ended.stdout;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lijw-versions-'));
  await writeFile(join(folder, 'next.json'), JSON.stringify(next));
  await writeFile(join(folder, 'a.csv'), csvOf(lijw, before));
  await writeFile(join(folder, 'b.csv'), csvOf(next, now));
  const rounds = ['--instrument', 'next.json', '--baseline-instrument', 'lijw@1.0.0', '--baseline', 'a.csv'];
  const both = [...rounds, '--follow-up', 'b.csv'];
  compared = JSON.parse(await run('compare', ...both)) as ComparisonDocument;
  const page = async (kind: 'full' | 'summary') => {
    await run('report', ...both, '--unit', 'Gmina Próbna', '--kind', kind, '--html', '--out', `${kind}.html`);
    const html = await readFile(join(folder, `${kind}.html`), 'utf8');
    return html.replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ').replace(/[\s\u00a0]+/g, ' ');
  };
  pages = { full: await page('full'), summary: await page('summary') };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Mean over the group's people of the mean of their ratings of these items. */
function meanBy(all: readonly Respondent[], group: string, items: readonly string[]): number {
  const members = all.filter((person) => person.group === group);
  const scores = members.map(({ answers }) => items.reduce((sum, code) => sum + Number(answers[code]), 0));
  return scores.reduce((sum, score) => sum + score, 0) / items.length / members.length;
}

it.each(changedAreas)('compare takes of %s what both versions ask, in both rounds', (area) => {
  const all = itemsOf(lijw).flatMap((item) => (item.area === area ? [item.code] : []));
  const common = all.filter((code) => !changedItems.some((changed) => changed === code));
  expect(common).toHaveLength(all.length - 1);
  const { groups: ofGroups } = compared.change.areas[area]!;
  for (const group of Object.keys(groups)) {
    expect(ofGroups[group]!.baseline).toBeCloseTo(meanBy(before, group, common), 9);
    expect(ofGroups[group]!.followUp).toBeCloseTo(meanBy(now, group, common), 9);
    // Each round by itself counts all that it asked.
    const own = compared.baseline.areas[area]!.groups[group]!;
    expect('mean' in own && own.mean).toBeCloseTo(meanBy(before, group, all), 9);
  }
});

it('compare takes the other areas whole, leaves none out, and prints the map', () => {
  for (const [area, { groups: ofGroups }] of Object.entries(compared.change.areas)) {
    if (changedAreas.includes(area)) continue;
    const own = compared.baseline.areas[area]!.groups['ngo']!;
    expect(ofGroups['ngo']!.baseline).toBe('mean' in own ? own.mean : null);
  }
  expect(compared.change.index.notCompared.areas).toEqual({});
  expect(compared.versions).toMatchObject({ from: '1.0.0', to: '1.1.0', items: { changed: [...changedItems] } });
});

it('report and summary say so, and tell the compared figures', () => {
  for (const page of Object.values(pages)) {
    expect(page).toContain('dwiema wersjami kwestionariusza, 1.0.0 i 1.1.0');
    expect(page).toContain('Poza porównaniem są 3 pytania o zmienionym znaczeniu.');
    const { baseline, followUp } = compared.change.areas['P1.1']!.survey;
    const score = (value: number | null) => (Math.floor(value! * 100 + 0.5 + 1e-9) / 100).toFixed(2).replace('.', ',');
    expect(page).toContain(`${score(baseline)} → ${score(followUp)}`);
  }
  expect(pages.full).toContain('p11b, p16c, p32b');
});
