import type { Browser } from 'puppeteer';
import { buildReport, type ReportInput } from '../../src/reports/model';
import { chartSvg } from '../../src/reports/draw/chart-svg';
import { fontFaces } from '../../src/reports/print/font-faces';
import { reportHtml } from '../../src/reports/print/html';
import { browserForTests } from '../support/browser';
import { hardestReport } from '../support/hardest-report';
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

it.each(['pl', 'en'] as const)('fits the summary on its two pages with the longest texts (%s)', async (language) => {
  expect(await layoutOf(hardestReport(), 'summary', language)).toEqual({
    cut: 0,
    wide: [],
    charts: 2,
    faults: [],
  });
});

it('keeps everything of the full report inside its margins', async () => {
  const layout = await layoutOf(hardestReport(), 'full', 'pl');
  expect(layout).toMatchObject({ wide: [], faults: [] });
});

it('prints one round, and one in which nothing can be shown', async () => {
  const one = reportInput(lijw, [{ respondents: lijwPeople(23, 3, { officials: 8, ngo: 9 }) }]);
  expect(await layoutOf(one, 'summary', 'pl')).toMatchObject({ cut: 0, wide: [], faults: [] });
  const nothing = reportInput(lijw, [{ respondents: lijwPeople(24, 3, { officials: 2 }) }]);
  expect(await layoutOf(nothing, 'full', 'pl')).toMatchObject({ wide: [], faults: [] });
});

it.each(['wide', 'narrow'] as const)('draws every chart with all its words inside the picture (%s)', async (width) => {
  const { summary, sections } = buildReport(hardestReport(), 'pl');
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
