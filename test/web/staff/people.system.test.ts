import type { Browser, Page } from 'puppeteer';
import { buildAssets, startTestApp, testMoment, type TestApp } from '../../support/app';
import { sidewaysScroll, violations } from '../../support/axe';
import { browserForTests } from '../../support/browser';
import { newAssessment } from '../../support/builders';
import { administrator, signedInClient } from '../../support/staff';

let browser: Browser;
let test: TestApp;
let site: string;
let now = testMoment.getTime();
const problems: string[] = [];

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  test = await startTestApp(undefined, undefined, () => new Date(now));
  await signedInClient(test);
  await newAssessment(test.services.assessment, { name: 'Gmina Próbna' });
  site = await test.listen();
});
afterAll(async () => {
  await browser.close();
  await test.close();
});

async function look(page: Page): Promise<void> {
  const path = new URL(page.url()).pathname;
  for (const width of [320, 768, 1280]) {
    await page.setViewport({ width, height: 800 });
    if (width === 768) problems.push(...(await violations(page)).map((line) => `${path}: ${line}`));
    const sideways = await sidewaysScroll(page);
    if (sideways > 0) problems.push(`${path} at ${width}: ${sideways} px too wide`);
  }
}

/** Goes on by the keyboard alone: Tab until an element fits, then the key. */
async function reach(page: Page, selector: string): Promise<void> {
  for (let tabs = 0; tabs < 80; tabs += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No way by Tab to ${selector} on ${page.url()}`);
}

async function enter(page: Page, selector: string): Promise<void> {
  await reach(page, selector);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await look(page);
}

const textOf = (page: Page): Promise<string> => page.$eval('main', (main) => main.innerText.replaceAll('\u00a0', ' '));

it('an administrator invites a coordinator, who comes in by the letter: by keyboard alone', async () => {
  const office = await (await browser.createBrowserContext()).newPage();
  await office.goto(`${site}/staff/sign-in?next=/staff/people/invite`);
  await look(office);
  await reach(office, '#user');
  await office.keyboard.type(administrator.user);
  await reach(office, '#password');
  await office.keyboard.type(administrator.password);
  await enter(office, 'form[action="/staff/sign-in"] button');
  await reach(office, '[name="name"]');
  await office.keyboard.type('Żaneta Koordynująca');
  await reach(office, '[name="email"]');
  await office.keyboard.type('zaneta@example.org');
  // Tab stops at a group of radio buttons once; the arrows go on in it.
  await reach(office, '[name="role"]');
  await office.keyboard.press('Space');
  for (let down = 0; down < 2; down += 1) await office.keyboard.press('ArrowDown');
  await enter(office, 'main form button');
  // Without a unit and a side a coordinator cannot be; what was typed is still there.
  expect(await textOf(office)).toContain('Koordynator ma dokładnie jedną jednostkę');
  await reach(office, '[name="units"]');
  await office.keyboard.press('Space');
  await reach(office, '[name="side"]');
  await office.keyboard.press('Space');
  await enter(office, 'main form button');
  expect(await textOf(office)).toContain('Zaproszenie jest w drodze');

  await test.services.oneTimeLinks.deliverDue(test.services.mail.post!);
  const person = await (await browser.createBrowserContext()).newPage();
  await person.goto(`${site}/mailbox`);
  await enter(person, 'a[href^="/mailbox/"]');
  await enter(person, 'a[href*="/staff/sign-in/link/"]');
  await reach(person, '#password');
  await person.keyboard.type('haslo haslo');
  await reach(person, '#again');
  await person.keyboard.type('haslo haslo');
  await enter(person, 'main form button');
  expect(await textOf(person)).toContain('Proszę wydłużyć hasło');
  await reach(person, '#password');
  await person.keyboard.type('rower tramwaj gołąb most');
  await reach(person, '#again');
  await person.keyboard.type('rower tramwaj gołąb most');
  await enter(person, 'main form button');
  expect(await textOf(person)).toContain('Hasło zapisano. Jest mocne.');
  await enter(person, 'a[href="/staff"]');
  expect(await person.$$eval('a[href="/staff/people"]', (links) => links.length)).toBe(0);

  for (const path of ['/staff/people', '/staff/audit']) {
    await office.goto(`${site}${path}`);
    await look(office);
    expect(await textOf(office)).toContain('Żaneta Koordynująca');
  }
  await office.goto(`${site}/staff/people?q=zaneta`);
  await enter(office, '.lijw-people a');
  await enter(office, 'form[action$="/hand-over"] button');
  expect(await textOf(office)).toContain('/staff/sign-in/link/');
  await office.goto(office.url().replace('/hand-over', ''));
  await enter(office, 'a[href$="/erase"]');
  expect(problems).toEqual([]);
});

it('people sign in by a letter where scripts are off', async () => {
  // The newest letter stands first in the mailbox.
  now += 60_000;
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(`${site}/staff/sign-in/by-link`);
  await page.type('#email', 'zaneta@example.org');
  await Promise.all([page.waitForNavigation(), page.click('main form button')]);
  expect(page.url()).toBe(`${site}/staff/sign-in/by-link?asked=1`);
  await test.services.oneTimeLinks.deliverDue(test.services.mail.post!);
  await page.goto(`${site}/mailbox`);
  await Promise.all([page.waitForNavigation(), page.click('a[href^="/mailbox/"]')]);
  await Promise.all([page.waitForNavigation(), page.click('a[href*="/staff/sign-in/link/"]')]);
  await Promise.all([page.waitForNavigation(), page.click('main form button')]);
  expect(page.url()).toBe(`${site}/staff`);
  await context.close();
});
