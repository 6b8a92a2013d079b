import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, ElementHandle, Page } from 'puppeteer';
import { everything } from '../../../../../src/accounts/rights';
import type { Round } from '../../../../../src/assessment/round';
import { messyList, spreadsheet } from '../../../../collection/invitations/messy-list';
import { buildAssets, startTestApp, type TestApp } from '../../../../support/app';
import { sidewaysScroll, violations } from '../../../../support/axe';
import { browserForTests } from '../../../../support/browser';
import { newOpenRound } from '../../../../support/builders';
import { administrator } from '../../../../support/staff';

let browser: Browser;
let test: TestApp;
let site: string;
let round: Round;
let folder: string;
const problems: string[] = [];

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  folder = await mkdtemp(join(tmpdir(), 'lijw-list-'));
  test = await startTestApp();
  await test.services.accounts.setPassword(administrator.user, administrator.password, everything);
  round = await newOpenRound(test.services.assessment, {
    ...{ ways: { ngo: 'invitations' }, groupSizes: { ngo: 210 }, closesOn: '2026-04-30' },
  });
  site = await test.listen();
});
afterAll(async () => {
  await browser.close();
  await test.close();
  await rm(folder, { recursive: true, force: true });
});

/** Narrow and wide: axe, and whether anything has to be scrolled sideways. Without JavaScript only the latter. */
async function look(page: Page): Promise<void> {
  for (const width of [320, 768, 1280]) {
    await page.setViewport({ width, height: 900 });
    const found = page.isJavaScriptEnabled() ? await violations(page) : [];
    problems.push(...found.map((line) => `${page.url()} at ${width}: ${line}`));
    if ((await sidewaysScroll(page)) > 0) problems.push(`${page.url()} at ${width} is too wide`);
  }
}

async function press(page: Page, text: string): Promise<void> {
  const control = `::-p-xpath(//main//*[self::a or self::button][@tabindex!="-1" or not(@tabindex)][starts-with(normalize-space(translate(., "\u00a0", " ")), "${text}")])`;
  await Promise.all([page.waitForNavigation(), page.click(control)]);
  await look(page);
}

const wordsOf = async (page: Page): Promise<string> =>
  (await page.$eval('main', (main) => main.innerText)).replaceAll('\u00a0', ' ');

async function signIn(page: Page): Promise<void> {
  await page.goto(`${site}/staff/sign-in?next=/staff/rounds/${round.id}/invitations`);
  await page.type('#user', administrator.user);
  await page.type('#password', administrator.password);
  await Promise.all([page.waitForNavigation(), page.click('main button')]);
  await look(page);
}

it('leads from a spreadsheet to sent letters, a reminder and a person who wants none, without JavaScript', async () => {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await signIn(page);
  await press(page, 'Wczytaj adresy');
  const path = join(folder, 'lista.xlsx');
  await writeFile(path, await spreadsheet(messyList(true)));
  await ((await page.$('#file')) as ElementHandle<HTMLInputElement>).uploadFile(path);
  await press(page, 'Sprawdź listę');
  expect(await wordsOf(page)).toMatch(/200 nowych zaproszeń, 10 błędów na liście/);
  await press(page, 'Zapisz zaproszenia');
  expect(await wordsOf(page)).toContain('Zapisano 200 zaproszeń. Nic jeszcze nie wysłano.');
  await press(page, 'Zobacz i zmień treść listów');
  await page.type('#to', 'ja@example.org');
  await press(page, 'Wyślij list próbny');
  expect(await wordsOf(page)).toContain('List próbny wysłano na adres ja@example.org');
  await press(page, 'Zaproszenia e-mailem');
  await press(page, 'Przejdź do wysyłki');
  await press(page, 'Wyślij zaproszenia');
  expect(await wordsOf(page)).toContain('Wysyłamy. Pozostało 200 listów.');
  await test.services.collection.invitations.sending.deliverDue(test.services.mail.post!);
  await press(page, 'Odśwież stan wysyłki');
  expect(await wordsOf(page)).toContain('Wysłano 200 z 200');
  for (const [name, value] of [['day', '25'], ['month', '3'], ['year', '2026']] as const) await page.type(`[name="day.${name}"]`, value); // prettier-ignore
  await page.type('[name="time"]', '9.00');
  await press(page, 'Zaplanuj przypomnienie');
  expect(await wordsOf(page)).toContain('zaplanowane: 25 marca 2026, godz. 9:00');

  const [letter] = await test.services.mail.mailbox!.latest(1);
  await page.goto(site + /\{base\}(\/survey\/\S+\/no-letters\/\S+)/.exec(letter!.text)![1]!);
  await look(page);
  await press(page, 'Zrezygnuj z kolejnych listów');
  expect(await wordsOf(page)).toContain('Osobisty link z zaproszenia nadal działa');
  await page.close();
});

it('shows how sending goes on by itself, and needs no mouse', async () => {
  const page = await browser.newPage();
  await page.goto(`${site}/staff/rounds/${round.id}/invitations/import`);
  await page.focus('#list');
  await page.keyboard.type('nowa@example.org;ngo');
  // Past the file and the group to the button.
  for (const key of ['Tab', 'Tab', 'Tab'] as const) await page.keyboard.press(key);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await look(page);
  await press(page, 'Zapisz zaproszenia');
  await test.services.collection.invitations.mailings.sendInvitations(round.id);
  await page.goto(`${site}/staff/rounds/${round.id}/invitations`);
  await look(page);
  expect(await wordsOf(page)).toContain('Pozostał 1 list');
  await test.services.collection.invitations.sending.deliverDue(test.services.mail.post!);
  // The part that runs is looked at again, and the page comes anew once it has ended.
  await page.waitForFunction(() => document.body.innerText.includes('Wszystkie zaproszenia'), { timeout: 20_000 });
  await page.close();
});

it('has no fault that axe finds, and nothing to scroll sideways', () => {
  expect(problems).toEqual([]);
});
