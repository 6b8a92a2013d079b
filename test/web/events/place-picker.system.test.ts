import type { Browser, Page } from 'puppeteer';
import { join } from 'node:path';
import { eventsOver, newEvent } from '../../events/event-builders';
import { buildAssets, startTestApp, testMoment, type TestApp } from '../../support/app';
import { sidewaysScroll, violations } from '../../support/axe';
import { browserForTests } from '../../support/browser';

let browser: Browser;
let page: Page;
let test: TestApp;
let form: string;

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  test = await startTestApp();
  Object.assign(test.services, { events: eventsOver(test.store, { clock: () => testMoment, confirmWithinHours: 24 }) });
  const event = await newEvent(test.services.events, 5);
  form = `${await test.listen()}/events/${event.id}/register`;
});
beforeEach(async () => {
  page = await browser.newPage();
  await page.setViewport({ width: 320, height: 700 });
});
afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  await test.close();
});

const shown = () => page.$$eval('.lijw-places__item', (items) => items.map(({ textContent }) => textContent));
const chosen = () => page.$eval('[name="seat"]', (list) => (list as HTMLSelectElement).value);
const shot = async (name: string) => {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

it('a few letters without Polish marks find a place; arrows and Enter choose it, and nothing is sent by that', async () => {
  await page.goto(form);
  await page.type('#q-seat', 'krzyz w');
  expect(await shown()).toEqual(['Krzyż Wielkopolski powiat czarnkowsko-trzcianecki']);
  await shot('picker-open');
  expect(await violations(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await chosen()).toBe('300204');
  expect(await page.$eval('#q-seat', (input) => (input as HTMLInputElement).value)).toBe('Krzyż Wielkopolski');
  expect(page.url()).toBe(form);
});

it('tells two gminas of one name apart, takes a whole name as typed, and forgets a choice that is typed over', async () => {
  await page.goto(form);
  await page.type('#q-seat', 'chodzież');
  expect((await shown()).slice(0, 2)).toEqual([
    'Chodzież – gmina wiejska powiat chodzieski',
    'Chodzież – miasto powiat chodzieski',
  ]);
  await page.$eval('#q-seat', (input) => ((input as HTMLInputElement).value = ''));
  await page.type('#q-seat', 'poznań');
  await page.keyboard.press('Tab');
  expect(await chosen()).toBe('3064');
  await page.type('#q-seat', 'x');
  expect(await chosen()).toBe('');
  expect(await page.$eval('.lijw-places__status', ({ textContent }) => textContent)).toContain('Nie ma takiej nazwy');
});

it('is a plain list without JavaScript', async () => {
  await page.setJavaScriptEnabled(false);
  await page.goto(form);
  expect(await page.$eval('select[name="seat"]', (list) => list.hidden)).toBe(false);
  await page.select('select[name="seat"]', '3064');
  await shot('picker-plain');
});
