import type { Browser } from 'puppeteer';
import { buildReport, type ReportInput } from '../../src/reports/model';
import { chartSvg } from '../../src/reports/draw/chart-svg';
import { fontFaces } from '../../src/reports/print/font-faces';
import { reportHtml } from '../../src/reports/print/html';
import { browserForTests } from '../support/browser';
import { lijw, lijwPeople, reportInput } from '../support/report';

let browser: Browser;
beforeAll(async () => {
  browser = await browserForTests();
});
afterAll(() => browser.close());

/** What is wrong with the layout of a report as the browser lays it out for paper. */
async function layoutOf(input: ReportInput, kind: 'summary' | 'full', language: 'pl' | 'en') {
  const page = await browser.newPage();
  try {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.emulateMediaType('print');
    await page.setContent(reportHtml(buildReport(input, language), kind));
    await page.waitForSelector('html:not([data-awaits-ready]), html[data-ready="true"]');
    const found = (await page.evaluate(`(() => ({
      cut: [...document.querySelectorAll('.sheet')].filter((one) => one.scrollHeight > one.clientHeight).length,
      wide: [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > document.body.getBoundingClientRect().right + 1).map((one) => one.className || one.tagName),
      charts: document.querySelectorAll('svg[role=img][aria-label]:not([aria-label=""])').length,
    }))()`)) as { cut: number; wide: string[]; charts: number };
    return { ...found, faults };
  } finally {
    await page.close();
  }
}

const some = {
  officials: 14,
  councillors: 2,
  authorities: 3,
  'municipal-units': 4,
  ngo: 22,
  informal: 4,
  'benefit-council': 3,
};
const areas = lijw.planes!.flatMap((plane) => plane.areas.map(({ code }) => code));
const agreed = Object.fromEntries(areas.map((code, at) => [code, at === 3 ? null : 1 + (at % 9) / 2]));
const longWords = Object.fromEntries(
  areas.map((code) => [
    code,
    { reasons: 'Uzasadnienie ze wspólnego spotkania. '.repeat(50), dissent: 'Zdanie odrębne. '.repeat(60) },
  ]),
);
const sizes = {
  officials: 18,
  councillors: 15,
  authorities: 3,
  'municipal-units': 9,
  ngo: 31,
  informal: 8,
  'benefit-council': 10,
};

/** Hidden groups, areas out of scope, long reasons, the longest name. */
function hardest(): ReportInput {
  const input = reportInput(
    lijw,
    [
      { respondents: lijwPeople(21, 2.4, some), groupSizes: sizes, agreed, outOfScope: ['P1.4'] },
      {
        respondents: lijwPeople(22, 3.3, { ...some, councillors: 7 }),
        groupSizes: sizes,
        agreed,
        outOfScope: ['P1.4', 'P3.3'],
      },
    ],
    { unit: 'Gmina Miejsko-Wiejska Bardzo Długa Nazwa nad Rzeką w Powiecie Przykładowym i Okolicach Sąsiednich' },
  );
  const rounds = input.rounds.map((one) => ({
    ...one,
    study: { from: '2025-09-22', to: '2025-12-30' },
    agreed: one.agreed && { ...one.agreed, words: longWords },
  }));
  return { ...input, rounds };
}

it.each(['pl', 'en'] as const)('fits the summary on its two pages with the longest texts (%s)', async (language) => {
  expect(await layoutOf(hardest(), 'summary', language)).toEqual({
    cut: 0,
    wide: [],
    charts: 2,
    faults: [],
  });
});

it('keeps everything of the full report inside its margins', async () => {
  const layout = await layoutOf(hardest(), 'full', 'pl');
  expect(layout).toMatchObject({ wide: [], faults: [] });
});

it('prints one round, and one in which nothing can be shown', async () => {
  const one = reportInput(lijw, [{ respondents: lijwPeople(23, 3, { officials: 8, ngo: 9 }) }]);
  expect(await layoutOf(one, 'summary', 'pl')).toMatchObject({ cut: 0, wide: [], faults: [] });
  const nothing = reportInput(lijw, [{ respondents: lijwPeople(24, 3, { officials: 2 }) }]);
  expect(await layoutOf(nothing, 'full', 'pl')).toMatchObject({ wide: [], faults: [] });
});

it.each(['wide', 'narrow'] as const)('draws every chart with all its words inside the picture (%s)', async (width) => {
  const { summary, sections } = buildReport(hardest(), 'pl');
  const charts = [
    ...[summary.radar, summary.changes, summary.changesShort],
    ...sections.flatMap(({ parts }) => parts.flatMap(({ chart }) => chart ?? [])),
  ];
  const page = await browser.newPage();
  try {
    await page.setContent(
      `<style>${fontFaces()} svg { font-family: 'Source Sans 3' }</style>${charts.map((chart) => chartSvg(chart, width)).join('')}`,
    );
    const cut = await page.evaluate(`(async () => {
      await Promise.all([...document.fonts].map((font) => font.load()));
      return [...document.querySelectorAll('svg')].flatMap((svg) => {
        const { width, height } = svg.viewBox.baseVal;
        return [...svg.querySelectorAll('text')]
          .filter((text) => {
            const box = text.getBBox();
            return box.x < -1 || box.x + box.width > width + 1 || box.y < -2 || box.y + box.height > height + 3;
          })
          .map((text) => text.textContent);
      });
    })()`);
    expect(cut).toEqual([]);
    expect(charts.length).toBeGreaterThan(15);
  } finally {
    await page.close();
  }
});
