import { join } from 'node:path';
import type { Browser, HTTPResponse, Page } from 'puppeteer';
import { everything } from '../../../src/accounts/rights';
import { browserSearchFrom } from '../../../src/adapters/pdf/browser-search';
import { createPdfPrinter, type PdfPrinter } from '../../../src/adapters/pdf/printer';
import { readInstrument } from '../../../src/definitions/registry';
import { buildAssets, startTestApp, type TestApp } from '../../support/app';
import { sidewaysScroll, violations } from '../../support/axe';
import { browserForTests } from '../../support/browser';
import { instrumentsOf, submitAnswers } from '../../support/builders';
import { administrator } from '../../support/staff';

let browser: Browser;
let printer: PdfPrinter;
let test: TestApp;
let site: string;

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  printer = createPdfPrinter({ search: browserSearchFrom(process.env) });
  const { instrument } = await readInstrument(join(__dirname, '../../../survey-definitions/lijw-1.0.0.json'));
  test = await startTestApp(instrumentsOf(instrument), printer);
  await test.services.accounts.setPassword(administrator.user, administrator.password, everything);
  site = await test.listen();
});

afterAll(async () => {
  await browser.close();
  await printer.close();
  await test.close();
});

const problems: string[] = [];

/** Every page on the way is looked at: by axe, narrow and wide, and for anything that the browser complains about. */
async function look(page: Page): Promise<void> {
  const path = new URL(page.url()).pathname;
  for (const width of [320, 1280]) {
    await page.setViewport({ width, height: 800 });
    // Charts take the new width in the next frame.
    if (page.isJavaScriptEnabled())
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    // axe itself is JavaScript.
    if (page.isJavaScriptEnabled())
      problems.push(...(await violations(page)).map((line) => `${path} at ${width}: ${line}`));
    const sideways = await sidewaysScroll(page);
    if (sideways > 0) problems.push(`${path} at ${width}: ${sideways} px too wide`);
  }
}

async function press(page: Page, text: string): Promise<HTTPResponse | null> {
  const [response] = await Promise.all([
    page.waitForNavigation(),
    page.click(
      `::-p-xpath(//main//*[self::a or self::button][normalize-space(translate(., "\u00a0", " "))="${text}"])`,
    ),
  ]);
  await look(page);
  return response;
}

/** Words as people read them, with plain spaces. */
async function textOf(page: Page, selector: string): Promise<string> {
  return (await page.$eval(selector, (element) => element.textContent)).replaceAll('\u00a0', ' ');
}

async function type(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    await page.$eval(`[name="${name}"]`, (field) => ((field as HTMLInputElement).value = ''));
    await page.type(`[name="${name}"]`, value);
  }
}

const choose = (page: Page, name: string, value: string) => page.click(`[name="${name}"][value="${value}"]`);

async function day(page: Page, name: string, [d, m, y]: readonly [string, string, string]): Promise<void> {
  await type(page, { [`${name}.day`]: d, [`${name}.month`]: m, [`${name}.year`]: y });
}

/** People of two groups big enough to be shown and one that is not, answering every item. */
async function answersCome(roundId: string, level: number): Promise<void> {
  const { rounds } = test.services.assessment;
  const round = (await rounds.get(roundId))!;
  const items = rounds.instrumentOf(round).instrument.questions.filter(({ type: kind }) => kind === 'rating');
  for (const [group, people] of Object.entries({ officials: 6, ngo: 7, councillors: 2 })) {
    for (let person = 0; person < people; person++) {
      const score = (at: number) => Math.min(5, Math.max(1, level + ((person + at) % 3) - 1));
      const answers = Object.fromEntries(items.map(({ code }, at) => [code, score(at)]));
      await submitAnswers(test.services.collection, roundId, group, answers);
    }
  }
}

async function makeAndCloseRound(page: Page, year: string): Promise<void> {
  await type(page, { assessedYear: year, 'size-officials': '18', 'size-ngo': '31', 'size-councillors': '15' });
  if (year === '2024') await choose(page, 'form', 'full');
  await day(page, 'opensOn', ['1', '3', '2026']);
  await day(page, 'closesOn', ['10', '3', '2026']);
  await press(page, 'Zapisz rundę');
  await press(page, 'Otwórz rundę');
  await press(page, 'Otwórz rundę');
  const link = await page.$eval('#survey-link', (field) => (field as HTMLInputElement).value);
  expect((await fetch(link)).status).toBe(200);
  await answersCome(page.url().split('/').at(-1)!.split('?')[0]!, year === '2024' ? 2 : 3);
  await page.goto(`${site}/staff`);
  await look(page);
  expect(await textOf(page, '.lijw-task--overdue')).toContain('Zamknij rundę');
  await Promise.all([page.waitForNavigation(), page.click('.lijw-task--overdue a')]);
  expect(await textOf(page, '.lijw-counts')).toContain('7 z 31');
  await press(page, 'Zamknij rundę');
  await press(page, 'Zacznij zamykanie');
  await press(page, 'Zakończ od razu');
  await press(page, 'Zamknij rundę na stałe');
  await press(page, 'Przejdź do liczenia wyników');
  await press(page, 'Policz wyniki');
  await Promise.all([page.waitForNavigation(), page.click('.govuk-back-link')]);
}

it.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('leads a facilitator from a unit to the printed comparison, %s', async (_name, javaScript) => {
  const page = await (await browser.createBrowserContext()).newPage();
  page.on('console', (message) => {
    // The browser notes a form that came back as if it were missing.
    if (message.type() === 'error' && !message.text().includes('422'))
      problems.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${String(error)}`));
  await page.goto(`${site}/staff`);
  await look(page);
  await page.setJavaScriptEnabled(javaScript);
  await page.reload();
  await type(page, administrator);
  await press(page, 'Zaloguj się');
  await page.goto(`${site}/staff/units/new`);
  await press(page, 'Zapisz i przejdź do oceny');
  expect(await page.title()).toMatch(/^Błąd: /);
  const unit = javaScript
    ? 'Gmina Przykładowa-Wymyślona nad Bardzo Długą Rzeką koło Nieistniejącego Lasu'
    : 'Gmina Inna';
  await type(page, { name: unit, code: javaScript ? 'a1' : 'b2' });
  await choose(page, 'kind', 'rural-gmina');
  await press(page, 'Zapisz i przejdź do oceny');
  await type(page, { title: 'Ocena współpracy 2024–2025' });
  await press(page, 'Zapisz i przejdź do rundy');
  await press(page, 'Zapisz rundę');
  await makeAndCloseRound(page, '2024');
  const round = page.url().split('?')[0]!;

  await page.goto(`${round}/facts`);
  await look(page);
  await page.goto(`${round}/facts/P1.1`);
  await type(page, { 'p11_meetings.p11_meetings': 'trzy', 'p11_directory.noData': 'Baza powstaje' });
  await press(page, 'Zapisz i przejdź do następnego obszaru');
  expect(await page.$eval('[name="p11_meetings.p11_meetings"]', (field) => (field as HTMLInputElement).value)).toBe(
    'trzy',
  );
  await type(page, { 'p11_meetings.p11_meetings': '3' });
  await press(page, 'Zapisz i przejdź do następnego obszaru');

  await page.goto(`${round}/facts/review`);
  await look(page);

  await page.goto(`${round}/meeting`);
  await look(page);
  await press(page, 'Dodaj spotkanie');
  await day(page, 'date', ['12', '3', '2026']);
  await type(page, { 'p0.role': 'Radni', 'p0.count': '3' });
  await press(page, 'Zapisz');
  await page.goto(`${round}/meeting/P1.1`);
  await look(page);
  const reasons = 'Spotkania odbyły się, ale bez organizacji ze wsi.';
  if (page.isJavaScriptEnabled()) {
    // Everything is saved by itself.
    await page.click('[name="score"][value="2.5"]');
    await page.type('[name="reasons"]', reasons);
    await page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.startsWith('lijw-meeting ')));
  } else {
    await Promise.all([page.waitForNavigation(), page.click('[name="score"][value="2.5"]')]);
    await type(page, { reasons });
    await press(page, 'Zapisz i przejdź dalej');
  }

  await page.goto(`${round}/results`);
  await look(page);
  expect(await textOf(page, 'main')).toContain('ukryto');
  await page.goto(round);
  await Promise.all([page.waitForNavigation(), page.click('.govuk-back-link')]);
  await press(page, 'Przygotuj rundę powtórną');
  await makeAndCloseRound(page, '2025');
  await page.goto(`${page.url().split('?')[0]!}/meeting/P1.1`);
  expect(await textOf(page, 'main')).toContain('2,5');
  await look(page);
  await page.goto(`${site}/staff`);
  await look(page);
  await Promise.all([
    page.waitForNavigation(),
    page.click(
      `::-p-xpath(//section[.//h3[translate(., "\u00a0", " ")="${unit}"]]//a[contains(@href, "/comparison")])`,
    ),
  ]);
  await look(page);

  const [summary] = await page.$$eval('a[href$="/summary.pdf"]', (links) => links.map((link) => link.href));
  const cookies = (await page.browserContext().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const asked = await fetch(summary!, { headers: { Cookie: cookies } });
  expect(asked.status).toBe(202);
  // The page that waits looks again by itself, without a script.
  const looksAgain = /^\d+; url=(\S+)$/.exec(asked.headers.get('refresh') ?? '')?.[1];
  expect(looksAgain).toBe(`${new URL(summary!).pathname}?waiting=on`);
  // Here it stands still, as it does for a reader who asked for that.
  await page.goto(`${summary!}?waiting=still`);
  expect(await textOf(page, 'h1')).toBe('Przygotowujemy plik');
  await look(page);
  await test.filesMade();
  await page.goto(new URL(looksAgain!, site).href);
  expect(await textOf(page, 'h1')).toBe('Plik jest gotowy');
  await look(page);
  const download = await page.$eval('main a[role="button"]', (link) => link.href);
  for (const path of [
    '/staff/jobs',
    '/staff/archives/new',
    '/staff/programme-reports/obywatelska-wielkopolska-2014-2015',
  ]) {
    await page.goto(site + path);
    await look(page);
  }
  const pdf = await fetch(download, { headers: { Cookie: cookies } });
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(pdf.headers.get('content-disposition')).toContain('-podsumowanie-2024-2025.pdf');
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  expect(problems).toEqual([]);
});
