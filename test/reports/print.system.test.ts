import type { Browser } from 'puppeteer';
import { buildReport, type ReportInput } from '../../src/reports/model';
import { chartScript } from '../../src/reports/print/chart-script';
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
    await page.setContent(reportHtml(buildReport(input, language), kind, await chartScript()));
    await page.waitForSelector('html[data-ready="true"]');
    const found = (await page.evaluate(`(() => ({
      cut: [...document.querySelectorAll('.sheet')].filter((one) => one.scrollHeight > one.clientHeight).length,
      wide: [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > document.body.getBoundingClientRect().right + 1).map((one) => one.className || one.tagName),
      blank: [...document.querySelectorAll('canvas')].filter((canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return !data.some((value) => value !== 0);
      }).length,
      canvases: document.querySelectorAll('canvas[role=img][aria-label]:not([aria-label=""])').length,
    }))()`)) as { cut: number; wide: string[]; blank: number; canvases: number };
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
    blank: 0,
    canvases: 2,
    faults: [],
  });
});

it('keeps everything of the full report inside its margins', async () => {
  const layout = await layoutOf(hardest(), 'full', 'pl');
  expect(layout).toMatchObject({ wide: [], blank: 0, faults: [] });
});

it('prints one round, and one in which nothing can be shown', async () => {
  const one = reportInput(lijw, [{ respondents: lijwPeople(23, 3, { officials: 8, ngo: 9 }) }]);
  expect(await layoutOf(one, 'summary', 'pl')).toMatchObject({ cut: 0, wide: [], blank: 0, faults: [] });
  const nothing = reportInput(lijw, [{ respondents: lijwPeople(24, 3, { officials: 2 }) }]);
  expect(await layoutOf(nothing, 'full', 'pl')).toMatchObject({ wide: [], blank: 0, faults: [] });
});

it('draws the charts of a page for the width there is, and anew when a phone is turned', async () => {
  const input = reportInput(lijw, [{ respondents: lijwPeople(25, 3, some) }, { respondents: lijwPeople(26, 3, some) }]);
  const printed = reportHtml(buildReport(input, 'pl'), 'summary', '');
  const boxes = [...printed.matchAll(/<script type="application\/json">[^]*?<\/script>/g)].map(
    ([config]) => `<div data-chart data-height="300"><canvas></canvas>${config}</div>`,
  );
  expect(boxes).toHaveLength(2);
  const html = `<!doctype html><body>${boxes.join('')}<script>${await chartScript()}</script>`;
  const heightsAt = async (...widths: readonly number[]) => {
    const page = await browser.newPage();
    try {
      for (const [at, width] of widths.entries()) {
        await page.setViewport({ width, height: 800 });
        if (at === 0) await page.setContent(html);
        await page.waitForSelector('html[data-ready="true"]');
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      }
      return await page.$$eval('[data-chart]', (boxes) => boxes.map((box) => box.getBoundingClientRect().height));
    } finally {
      await page.close();
    }
  };
  const [narrow, wide] = [await heightsAt(360), await heightsAt(1200)];
  expect(narrow).not.toEqual(wide);
  expect(await heightsAt(1200, 360)).toEqual(narrow);
  expect(await heightsAt(360, 1200)).toEqual(wide);
});
