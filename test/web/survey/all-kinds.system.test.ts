import type { Browser, Page } from 'puppeteer';
import { buildAssets, startTestApp, type TestApp } from '../../support/app';
import { allKinds } from '../../support/all-kinds';
import { sidewaysScroll, violations } from '../../support/axe';
import { browserForTests } from '../../support/browser';
import { instrumentsOf, newAssessment, newOpenRound } from '../../support/builders';

let browser: Browser;
let test: TestApp;
let start: string;

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  test = await startTestApp(instrumentsOf(allKinds()));
  const { assessment } = await newAssessment(test.services.assessment, {}, 'kinds');
  const round = await newOpenRound(test.services.assessment, { assessmentId: assessment.id });
  start = `${await test.listen()}/survey/${round.linkCode}`;
});

afterAll(async () => {
  await browser.close();
  await test.close();
});

async function questions(width: number, javaScript = true): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width, height: 700 });
  await page.setJavaScriptEnabled(javaScript);
  await page.goto(`${start}/group`);
  await page.click('input[value="ngo"]');
  await send(page, 'main button.govuk-button');
  return page;
}

async function send(page: Page, selector = '.lijw-actions .govuk-button'): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

const value = (page: Page, id: string) => page.$eval(`[id="${id}"]`, (field) => (field as HTMLInputElement).value);

const asked = (page: Page) =>
  page.$$eval('[data-question]', (all) =>
    all.filter((one) => one.getClientRects().length > 0).map((one) => one.getAttribute('data-question')),
  );

/** Something wrong in every field that can hold it. */
async function spoil(page: Page): Promise<void> {
  await page.click('[id="q-yes-no"]');
  for (const choice of ['a', 'b', 'none']) {
    const id = choice === 'a' ? 'q-multiple' : `q-multiple-${choice}`;
    await page.$eval(`[id="${id}"]`, (box) => ((box as HTMLInputElement).checked = true));
  }
  await page.select('[id="q-ranking.1"]', 'a');
  await page.select('[id="q-ranking.2"]', 'a');
  await page.type('#q-number', 'x');
  await page.type('#q-percent', '101');
  await page.type('#q-money', '-1');
  await page.type('[id="q-date.day"]', '31');
  await page.type('[id="q-date.month"]', '2');
  await page.type('[id="q-date.year"]', '2026');
  await page.type('#q-short', 'x'.repeat(21));
  await page.type('#q-long', 'ż'.repeat(51));
}

it.each([320, 768, 1280])('passes axe with an error in every field, %i px wide', async (width) => {
  const page = await questions(width);
  expect(await violations(page)).toEqual([]);
  await spoil(page);
  await send(page);
  expect(await page.title()).toMatch(/^Błąd: /);
  const errors = await page.$$eval('[data-error-summary] a', (links) => links.map((link) => link.getAttribute('href')));
  expect(errors).toEqual([
    '#q-multiple',
    '#q-ranking.2',
    '#q-number',
    '#q-percent',
    '#q-money',
    '#q-date.day',
    '#q-short',
    '#q-long',
  ]);
  for (const href of errors) expect(await page.$(`[id="${href!.slice(1)}"]`)).not.toBeNull();
  expect(await value(page, 'q-number')).toBe('x');
  expect(await value(page, 'q-date.day')).toBe('31');
  expect(await value(page, 'q-ranking.2')).toBe('a');
  expect(await violations(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
});

it('finds what is planted for it', async () => {
  const page = await questions(1280);
  await page.$eval('label[for="q-short"]', (label) => label.remove());
  expect((await violations(page)).join()).toContain('label: <input');
});

it('shows what an answer brings at once, and the same without JavaScript after sending', async () => {
  const page = await questions(1280);
  expect(await asked(page)).not.toContain('row-2');
  await page.click('[id="q-yes-no"]');
  expect(await asked(page)).toEqual(expect.arrayContaining(['row-2', 'extra']));
  await page.click('[id="q-yes-no-false"]');
  expect(await asked(page)).not.toContain('extra');

  const plain = await questions(1280, false);
  await plain.click('[id="q-yes-no"]');
  await send(plain);
  expect(await asked(plain)).toEqual(expect.arrayContaining(['row-2', 'extra']));
  expect(await plain.$eval('[data-notice] h2', (title) => title.textContent)).toBe(
    'Po Państwa odpowiedzi doszły pytania',
  );
});

it('does not stop those who have seen with JavaScript what their answer brought', async () => {
  const page = await questions(1280);
  await page.click('[id="q-yes-no"]');
  await page.type('[id="q-date.day"]', '1');
  await page.type('[id="q-date.month"]', '3');
  await page.type('[id="q-date.year"]', '2026');
  await send(page);
  expect(page.url()).toContain('reminder=1');
  await send(page);
  expect(page.url()).toBe(`${start}/check`);
});

it('opens the words of "other" with their choice, and counts characters in words', async () => {
  const page = await questions(1280);
  const words = () => page.$eval('[id="q-single.other"]', (field) => field.getClientRects().length > 0);
  expect(await words()).toBe(false);
  await page.click('[id="q-single-c"]');
  expect(await words()).toBe(true);
  await page.type('#q-long', 'ż'.repeat(48));
  const count = () => page.$eval('[data-length-of="q-long"]', (line) => line.textContent.trim());
  expect(await count()).toBe('Można wpisać jeszcze 2 znaki.');
  await page.type('#q-long', 'ż'.repeat(7));
  expect(await count()).toBe('Proszę skrócić tekst o 5 znaków.');
});

it('repeats the header of a long matrix, and shows single questions on a phone', async () => {
  const page = await questions(1280);
  const headers = () =>
    page.$$eval('.lijw-matrix__head', (all) => all.filter((one) => one.getClientRects().length > 0).length);
  expect(await headers()).toBe(2);
  await page.setViewport({ width: 320, height: 700 });
  expect(await headers()).toBe(0);
  const words = await page.$$eval('[data-question="row-1"] .lijw-scale__word', (all) =>
    all.filter((one) => one.getBoundingClientRect().width > 10).map((one) => one.textContent),
  );
  expect(words).toEqual(['wcale', 'rzadko', 'czasem', 'często', 'zawsze']);
});
