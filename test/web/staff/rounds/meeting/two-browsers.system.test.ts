import type { Browser, BrowserContext, Page } from 'puppeteer';
import { everything } from '../../../../../src/accounts/rights';
import type { Round } from '../../../../../src/assessment/round';
import { buildAssets, startTestApp, type TestApp } from '../../../../support/app';
import { sidewaysScroll, violations } from '../../../../support/axe';
import { browserForTests } from '../../../../support/browser';
import { newOpenRound } from '../../../../support/builders';

/** Two people of the office, each with a browser of their own. */
const people = { anna: 'długie hasło Anny z testu', jan: 'długie hasło Jana z testu' };
type Person = keyof typeof people;

let browser: Browser;
let test: TestApp;
let site: string;
let round: Round;
const contexts = new Map<Person, BrowserContext>();

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  test = await startTestApp();
  for (const [user, password] of Object.entries(people))
    await test.services.accounts.ensurePassword(user, password, everything);
  site = await test.listen();
  for (const person of Object.keys(people) as Person[]) {
    const context = await browser.createBrowserContext();
    contexts.set(person, context);
    const page = await context.newPage();
    await page.goto(`${site}/staff/sign-in`);
    await page.type('[name="user"]', person);
    await page.type('[name="password"]', people[person]);
    await Promise.all([page.waitForNavigation(), page.click('main form button')]);
    await page.close();
  }
});
beforeEach(async () => {
  const assessmentId = (await newUnit()).id;
  round = await newOpenRound(test.services.assessment, { assessmentId });
});
afterAll(async () => {
  await browser.close();
  await test.close();
});

let units = 0;
async function newUnit() {
  units += 1;
  const { assessments, units: all } = test.services.assessment;
  const unit = await all.create({ code: `u-${units}`, name: `Gmina Przykładowa ${units}`, kind: 'rural-gmina' });
  return (await assessments.create({ unitId: 'id' in unit ? unit.id : '', instrumentId: 'small', title: 'Ocena' })) as { id: string }; // prettier-ignore
}

async function opened(person: Person, area = 'P1.1'): Promise<Page> {
  const page = await contexts.get(person)!.newPage();
  await page.setViewport({ width: 1280, height: 720 });
  await page.goto(`${site}/staff/rounds/${round.id}/meeting/${area}`);
  // The script hides what is for pages without one.
  await page.waitForSelector('.govuk-button-group[hidden]');
  return page;
}

const record = (area = 'P1.1') => test.services.assessment.agreedScores.record(round.id, area);

const shows = (page: Page, field: string, text: string) =>
  page.waitForFunction(
    (name, wanted) => document.querySelector<HTMLTextAreaElement>(`[name="${name}"]`)?.value === wanted,
    {},
    field,
    text,
  );
const says = (page: Page, words: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('[data-save-status]')?.textContent.replaceAll('\u00a0', ' ').includes(wanted),
    {},
    words,
  );
/** Types at the end of what stands in a field. */
async function goOn(page: Page, field: string, text: string): Promise<void> {
  await page.focus(`[name="${field}"]`);
  await page.$eval(`[name="${field}"]`, (one) => {
    const area = one as HTMLTextAreaElement;
    area.setSelectionRange(area.value.length, area.value.length);
  });
  await page.keyboard.type(text);
}
async function stored(field: 'reasons' | 'dissent' | 'strengths' | 'barriers', text: string, area?: string) {
  for (;;) {
    if ((await record(area))[field] === text) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('two people write at a time, each loses the connection for a while, and no word is lost', async () => {
  const [anna, jan] = [await opened('anna'), await opened('jan')];
  await anna.type('[name="reasons"]', 'Spotkania są rzadkie.');
  await says(anna, 'Zapisano o');
  await shows(jan, 'reasons', 'Spotkania są rzadkie.');
  await jan.click('[name="score"][value="2.5"]');
  await anna.waitForSelector('[name="score"][value="2.5"][aria-pressed="true"]');
  expect(await anna.$eval('[data-strip="P1.1"]', (cell) => cell.textContent)).toBe('2,5');

  // Anna is without a connection and writes in one field before, in another after Jan.
  await anna.setOfflineMode(true);
  await goOn(anna, 'reasons', ' Latem nie ma ich wcale.');
  await anna.type('[name="strengths"]', 'Forum organizacji');
  await says(anna, 'Brak połączenia');
  await jan.focus('[name="reasons"]');
  await jan.keyboard.down('Control');
  await jan.keyboard.press('Home');
  await jan.keyboard.up('Control');
  await jan.keyboard.type('Zdaniem wszystkich: ');
  await jan.type('[name="barriers"]', 'Brak ludzi');
  await stored('barriers', 'Brak ludzi');
  await stored('reasons', 'Zdaniem wszystkich: Spotkania są rzadkie.');
  await anna.setOfflineMode(false);
  const together = 'Zdaniem wszystkich: Spotkania są rzadkie. Latem nie ma ich wcale.';
  for (const page of [anna, jan]) {
    await shows(page, 'reasons', together);
    await shows(page, 'strengths', 'Forum organizacji');
    await shows(page, 'barriers', 'Brak ludzi');
  }
  await says(anna, 'Zapisano o');

  // Now Jan, who also closes the tab before anything is sent, and comes back later.
  await jan.setOfflineMode(true);
  await goOn(jan, 'barriers', ' i pieniędzy');
  await jan.type('[name="dissent"]', 'Sołtysi widzą to inaczej');
  await says(jan, 'Brak połączenia');
  await jan.close();
  await goOn(anna, 'strengths', ' i jego regulamin');
  await stored('strengths', 'Forum organizacji i jego regulamin');
  // He comes back to another area: what he wrote here is sent all the same.
  const back = await opened('jan', 'P1.2');
  await stored('barriers', 'Brak ludzi i pieniędzy');
  await stored('dissent', 'Sołtysi widzą to inaczej');
  await shows(anna, 'barriers', 'Brak ludzi i pieniędzy');
  await shows(anna, 'dissent', 'Sołtysi widzą to inaczej');
  await back.goto(`${site}/staff/rounds/${round.id}/meeting/P1.1`);
  await shows(back, 'strengths', 'Forum organizacji i jego regulamin');
  expect(await record()).toMatchObject({ score: 2.5, reasons: together });
  // Nothing of it stays in either browser.
  for (const page of [anna, back]) {
    await page.waitForFunction(() => Object.keys(localStorage).filter((key) => key.startsWith('lijw-meeting ')).length === 0); // prettier-ignore
    await page.close();
  }
});

it('who wrote at the same place sees both texts and decides; both stay', async () => {
  const [anna, jan] = [await opened('anna'), await opened('jan')];
  await jan.setOfflineMode(true);
  await jan.type('[name="reasons"]', 'Jest źle');
  await says(jan, 'Brak połączenia');
  await anna.type('[name="reasons"]', 'Jest dobrze');
  await stored('reasons', 'Jest dobrze');
  await jan.close();
  // Coming back to the same area finds what was typed and what has come meanwhile.
  const back = await opened('jan');
  await says(back, 'Ktoś zmienił ten sam fragment');
  await shows(back, 'reasons', 'Jest źle');
  expect(await back.$eval('[data-conflict-of="reasons"] [data-theirs]', (one) => one.textContent)).toBe('Jest dobrze');
  expect((await record()).reasons).toBe('Jest dobrze');
  expect(await violations(back)).toEqual([]);
  // Typing on while nothing is decided loses nothing either.
  await goOn(back, 'reasons', ' i coraz gorzej');
  await back.click('[data-conflict-of="reasons"] [value="reasons:both"]');
  await stored('reasons', 'Jest dobrze\nJest źle i coraz gorzej');
  await shows(anna, 'reasons', 'Jest dobrze\nJest źle i coraz gorzej');
  for (const page of [anna, back]) await page.close();
});

it('an answer of the server that is lost makes no conflict with oneself', async () => {
  const page = await opened('anna');
  await page.setRequestInterception(true);
  let lost = 0;
  page.on('request', (request) => {
    if (request.method() !== 'POST' || lost > 0) {
      void request.continue();
      return;
    }
    lost += 1;
    // It arrives, and its answer does not.
    void request
      .fetchPostData()
      .then((body = '') =>
        fetch(request.url(), { method: 'POST', body, headers: { ...request.headers(), cookie: cookieHeader } }),
      )
      .then(() => request.abort('connectionreset'));
  });
  const cookieHeader = (await contexts.get('anna')!.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  await page.type('[name="reasons"]', 'Wspó');
  await stored('reasons', 'Wspó');
  await goOn(page, 'reasons', 'łpraca');
  await stored('reasons', 'Współpraca');
  await says(page, 'Zapisano o');
  expect(lost).toBe(1);
  await page.close();
});

it('works by keys, fits every window, and leaves nothing behind at sign-out', async () => {
  const page = await opened('anna');
  await page.keyboard.press('3');
  await page.waitForSelector('[value="3"][aria-pressed="true"]');
  await page.keyboard.press('3');
  await page.waitForSelector('[value="3.5"][aria-pressed="true"]');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('ArrowRight')]);
  expect(page.url()).toContain('/meeting/P1.2');
  await page.waitForSelector('.govuk-button-group[hidden]');
  expect((await record()).score).toBe(3.5);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('ArrowLeft')]);
  await page.waitForSelector('[value="3.5"][aria-pressed="true"]');
  for (const [width, height] of [
    [320, 700],
    [768, 1024],
    [1280, 720],
    [1920, 1080],
  ] as const) {
    // prettier-ignore
    await page.setViewport({ width, height });
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
  }
  const smallest = await page.$$eval('.lijw-meeting > :not(.lijw-staff-bar) *', (all) =>
    Math.min(...all.filter((one) => one.checkVisibility() && one.textContent !== '').map((one) => parseFloat(getComputedStyle(one).fontSize)))); // prettier-ignore
  expect(smallest).toBeGreaterThanOrEqual(28);

  await page.setOfflineMode(true);
  await page.type('[name="reasons"]', 'Nie wysłane');
  await says(page, 'Brak połączenia');
  const asked = new Promise<string>((resolve) => {
    page.once('dialog', (dialog) => {
      resolve(dialog.message());
      void dialog.dismiss();
    });
  });
  await page.click('form[action="/staff/sign-out"] button');
  expect(await asked).toContain('tekst ze spotkania');
  expect(await page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('lijw-meeting ')))).toBe(
    true,
  );
  await page.setOfflineMode(false);
  await stored('reasons', 'Nie wysłane');
  page.once('dialog', (dialog) => void dialog.accept());
  await page.type('[name="dissent"]', 'x');
  await Promise.all([page.waitForNavigation(), page.click('form[action="/staff/sign-out"] button')]);
  expect(await page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('lijw-meeting ')))).toBe(
    false,
  );
  await page.close();
});
