import type { Browser, Page } from 'puppeteer';
import type { Round } from '../../../src/assessment/round';
import { shownCode, type Code } from '../../../src/collection/code';
import { buildAssets, startTestApp, type TestApp } from '../../support/app';
import { sidewaysScroll, violations } from '../../support/axe';
import { browserForTests } from '../../support/browser';
import { allowed, newOpenRound } from '../../support/builders';

/** One card, two browsers: the second has no JavaScript. */

let browser: Browser;
let test: TestApp;
let round: Round;
let codes: readonly Code[];
let start: string;

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  test = await startTestApp();
  round = await newOpenRound(test.services.assessment, { ways: { officials: 'cards' }, groupSizes: { officials: 20 } });
  const { tickets } = test.services.collection;
  codes = allowed(await tickets.print(round.id, 'officials', [{ kind: 'cards', count: 4 }]))[0]!.codes;
  start = `${await test.listen()}/survey/${round.linkCode}`;
});
afterAll(async () => {
  await browser.close();
  await test.close();
});

async function device(javaScript: boolean): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.setViewport({ width: 320, height: 700 });
  await page.setJavaScriptEnabled(javaScript);
  return page;
}

async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

const button = (words: string) => `::-p-xpath(//main//button[contains(normalize-space(.), "${words}")])`;
const go = '.lijw-actions .govuk-button';
const words = async (page: Page) =>
  (await page.$eval('main', (main) => main.innerText)).replaceAll('\u00a0', ' ').replace(/\s+/g, ' ');

/** Opens the link of the card and begins. */
async function begin(page: Page, code: Code): Promise<void> {
  await page.goto(`${start}/ticket/${shownCode(code)}`);
  expect(page.url()).toBe(start);
  await press(page, 'main form[action$="/begin"] button');
}

/** Goes on to the check page, leaving out what is not asked here. */
async function toCheck(page: Page): Promise<void> {
  for (let step = 0; step < 10 && !page.url().includes('/check'); step += 1) {
    const leaveOut = await page.$('[name="action"][value="leave-out"]');
    await press(page, leaveOut ? '[name="action"][value="leave-out"]' : go);
  }
}

it('a card is begun with in one browser, and finished in another, without JavaScript, by the code', async () => {
  const [first, second] = [await device(true), await device(false)];
  await begin(first, codes[0]!);
  await first.click('label[for="q-a1-4"], #q-a1-4');
  await press(first, go);
  await first.goto(`${start}/code`);
  await press(first, 'main form button');
  const code = await first.$eval('main input[readonly]', (field) => field.value);
  expect(await violations(first)).toEqual([]);

  await second.goto(start);
  await press(second, 'main a[href$="/resume"]');
  expect(await sidewaysScroll(second)).toBe(0);
  await second.type('#code', code.toLowerCase().replaceAll('-', ' '));
  await press(second, 'main form[action$="/resume"] button');
  await toCheck(second);
  expect(await words(second)).toContain('4 – często');
  await press(second, button('Wyślij'));
  expect(second.url()).toBe(`${start}/receipt`);
  await first.goto(`${start}/check`);
  expect(first.url()).toBe(`${start}/receipt`);
  expect(await test.services.collection.submissions.counts(round.id)).toEqual({ officials: 1 });
});

it('of two devices with one card the slower is told kindly, and keeps what was typed', async () => {
  const [first, second] = [await device(true), await device(false)];
  for (const [page, point] of [
    [first, 2],
    [second, 5],
  ] as const) {
    await begin(page, codes[1]!);
    await page.click(`label[for="q-a1-${point}"], #q-a1-${point}`);
    await press(page, go);
    await toCheck(page);
  }
  await press(first, button('Wyślij'));
  expect(first.url()).toBe(`${start}/receipt`);
  await press(second, button('Wyślij'));
  const told = await words(second);
  expect(told).toContain('Z tym kodem wysłano już odpowiedź');
  expect(told).toContain('5 – zawsze');
  expect(await second.$(button('Wyślij'))).toBeNull();
  expect(await sidewaysScroll(second)).toBe(0);

  const link = await second.$eval('main a[href$="/answers.txt"]', (one) => one.href);
  const cookies = (await second.browserContext().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const file = await fetch(link, { headers: { cookie: cookies } });
  expect(file.headers.get('content-disposition')).toContain('attachment');
  const kept = (await file.text()).replaceAll('\u00a0', ' ');
  expect(kept).toContain('5 – zawsze');
  expect(kept).not.toContain('2 – ');
  expect(await test.services.collection.submissions.counts(round.id)).toEqual({ officials: 2 });
});
