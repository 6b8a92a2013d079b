import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import { areasOf } from '../../../src/definitions/instrument';
import { readInstrument } from '../../../src/definitions/registry';
import { buildAssets, startTestApp, testMoment, type TestApp } from '../../support/app';
import { browserForTests } from '../../support/browser';
import { instrumentsOf, submitAnswers } from '../../support/builders';
import { administrator, signedInClient } from '../../support/staff';

/** The whole baseline of a unit by those who run it, by the keyboard alone. */

let browser: Browser;
let test: TestApp;
let site: string;
let folder: string;
let now = testMoment.getTime();

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  const { instrument } = await readInstrument(join(__dirname, '../../../survey-definitions/lijw-1.0.0.json'));
  test = await startTestApp(instrumentsOf(instrument), undefined, () => new Date(now));
  await signedInClient(test);
  site = await test.listen();
  folder = await mkdtemp(join(tmpdir(), 'lijw-journey-'));
});

afterAll(async () => {
  await browser.close();
  await test.close();
  await rm(folder, { recursive: true, force: true });
});

const plain = (words: string): string => words.replaceAll('\u00a0', ' ').replaceAll(/\s+/g, ' ').trim();
const main = async (page: Page): Promise<string> => plain(await page.$eval('main', (element) => element.innerText));

/** Tab until the element in focus fits; whoever cannot come there by Tab cannot come there without a mouse. */
async function reach(page: Page, what: { readonly selector: string; readonly words?: string }): Promise<void> {
  for (let tabs = 0; tabs < 300; tabs += 1) {
    const there = await page.evaluate(({ selector, words }) => {
      const here = document.activeElement;
      const said = here?.textContent.replaceAll('\u00a0', ' ').replaceAll(/\s+/g, ' ').trim() ?? '';
      return here?.matches(selector) === true && (words === undefined || said.startsWith(words));
    }, what);
    if (there) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(
    `No way by Tab to ${what.selector} ${what.words ?? 'anything'} on ${page.url()}: ${await main(page)}`,
  );
}

/** Follows a link or presses a button. */
async function go(page: Page, words: string, selector = 'main a, main button'): Promise<void> {
  await reach(page, { selector, words });
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    await reach(page, { selector: `[name="${name}"]` });
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await page.keyboard.type(value);
  }
}

/** Ticks a box; of a group of radio buttons, which Tab enters at one, the arrows come to the others. */
async function tick(page: Page, name: string, value: string): Promise<void> {
  await reach(page, { selector: `[name="${name}"]:is([type="radio"], [value="${value}"])` });
  await page.keyboard.press('Space');
  for (let steps = 0; steps < 20; steps += 1) {
    const chosen = await page.evaluate(() => (document.activeElement as HTMLInputElement).value);
    if (chosen === value) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`No way by arrows to ${name} ${value} on ${page.url()}`);
}

const day = (name: string, [d, m, y]: readonly [string, string, string]) => ({
  [`${name}.day`]: d,
  [`${name}.month`]: m,
  [`${name}.year`]: y,
});

async function signIn(page: Page, path: string): Promise<void> {
  await page.goto(`${site}/staff/sign-in?${new URLSearchParams({ next: path }).toString()}`);
  await fill(page, administrator);
  await go(page, 'Zaloguj się');
}

/** @returns the newcomer's own browser, signed in */
async function invited(office: Page, name: string, email: string, choices: readonly (readonly [string, string])[]) {
  // The newest letter stands first in the mailbox.
  now += 60_000;
  await office.goto(`${site}/staff/people`);
  await go(office, 'Zaproś');
  await fill(office, { name, email });
  for (const [field, value] of choices) await tick(office, field, value);
  await go(office, '', 'main form button.govuk-button');
  await test.services.oneTimeLinks.deliverDue(test.services.mail.post!);
  const page = await (await browser.createBrowserContext()).newPage();
  await page.goto(`${site}/mailbox`);
  await go(page, '', 'a[href^="/mailbox/"]');
  await go(page, '', 'a[href*="/staff/sign-in/link/"]');
  await fill(page, { password: 'rower tramwaj gołąb most', again: 'rower tramwaj gołąb most' });
  await go(page, '', 'main form button.govuk-button');
  await go(page, '', 'main a[href="/staff"]');
  return page;
}

async function answersCome(roundId: string): Promise<void> {
  const { rounds } = test.services.assessment;
  const items = rounds
    .instrumentOf((await rounds.get(roundId))!)
    .instrument.questions.filter(({ type }) => type === 'rating');
  for (const [group, people] of Object.entries({ officials: 12, ngo: 14 })) {
    for (let person = 0; person < people; person += 1) {
      const answers = Object.fromEntries(items.map(({ code }, at) => [code, 2 + ((person + at) % 3)]));
      await submitAnswers(test.services.collection, roundId, group, answers);
    }
  }
}

it('a unit comes from the register, its people by letters, its baseline to approved minutes', async () => {
  const office = await (await browser.createBrowserContext()).newPage();
  await signIn(office, '/staff/territory/import');
  // An invented name in the official register.
  const register = await readFile(join(__dirname, '../../territory/terc-wielkopolska.csv'), 'utf8');
  const file = join(folder, 'TERC.csv');
  await writeFile(file, register.replaceAll(';Szamocin;', ';Niebywałów;'));
  await reach(office, { selector: '[name="file"]' });
  await (await office.$('input[name="file"]'))!.uploadFile(file);
  await go(office, '', 'main form button.govuk-button');
  expect(await main(office)).toContain('300105 Szamocin → Niebywałów');
  await go(office, '', 'main form button.govuk-button');
  await office.goto(`${site}/staff/units/import`);
  await fill(office, { q: 'niebywalow' });
  await go(office, '', 'main form button.govuk-button');
  await tick(office, 'place', '300105');
  await go(office, '', 'form[method="post"] button.govuk-button');
  expect(await main(office)).toContain('Niebywałów');
  const [unit] = await test.services.assessment.units.all();

  const facilitator = await invited(office, 'Felicja Prowadząca', 'felicja@example.org', [
    ['role', 'facilitator'],
    ['units', unit!.id],
  ]);
  const coordinator = await invited(office, 'Kornel Koordynujący', 'kornel@example.org', [
    ['role', 'coordinator'],
    ['units', unit!.id],
    ['side', 'office'],
  ]);

  // The facilitator makes the assessment and its round, plans the groups, opens it.
  await go(facilitator, 'Załóż ocenę');
  await fill(facilitator, { title: 'Ocena współpracy 2025' });
  await go(facilitator, 'Zapisz i przejdź do rundy');
  await fill(facilitator, {
    assessedYear: '2025',
    ...day('opensOn', ['1', '3', '2026']),
    ...day('closesOn', ['10', '3', '2026']),
  });
  await tick(facilitator, 'form', 'full');
  await fill(facilitator, { 'size-officials': '18', 'size-ngo': '31' });
  await go(facilitator, 'Zapisz rundę');
  const round = new URL(facilitator.url()).pathname.split('/')[3]!;
  const roundPage = `${site}/staff/rounds/${round}`;

  // The coordinator may begin with the facts before it opens, and is not shown what is not theirs.
  await coordinator.goto(roundPage);
  expect(await main(coordinator)).not.toContain('Otwórz rundę');
  await go(coordinator, '', `main a[href$="/facts"]`);
  await go(coordinator, '', 'main a[href$="/facts/P1.1"]');
  await fill(coordinator, {
    'p11_diagnosis.noData': 'Diagnoza powstaje',
    'p11_meetings.p11_meetings': '3',
    'p11_directory.noData': 'Baza powstaje',
  });
  await go(coordinator, 'Zapisz', 'main form button.govuk-button:not([value="next"])');
  expect(await main(coordinator)).toContain('Karta faktów');

  await go(facilitator, 'Otwórz rundę');
  await go(facilitator, 'Otwórz rundę');
  await answersCome(round);
  await go(facilitator, 'Zamknij rundę');
  await go(facilitator, 'Zacznij zamykanie');
  await go(facilitator, 'Zakończ od razu');
  await go(facilitator, 'Zamknij rundę na stałe');
  await go(facilitator, 'Przejdź do liczenia wyników');
  await go(facilitator, 'Policz wyniki');

  await facilitator.goto(`${roundPage}/facts/review`);
  await go(facilitator, 'Potwierdź', 'main form button[value="P1.1"]');

  // The meeting: who was there, then area by area.
  await facilitator.goto(`${roundPage}/meeting`);
  await go(facilitator, 'Dodaj spotkanie');
  await fill(facilitator, { ...day('date', ['12', '3', '2026']), 'p0.role': 'Radni', 'p0.count': '3' });
  await go(facilitator, 'Zapisz', 'main form.lijw-form button');
  await go(facilitator, '', 'main a.govuk-button[href*="/meeting/"]');
  const { instrument } = test.services.assessment.rounds.instrumentOf(
    (await test.services.assessment.rounds.get(round))!,
  );
  for (const [at, { code }] of areasOf(instrument).entries()) {
    if (at > 0) {
      await reach(facilitator, { selector: 'h1, a, button, input, textarea, summary' });
      await Promise.all([facilitator.waitForNavigation(), facilitator.keyboard.press('ArrowRight')]);
    }
    expect(new URL(facilitator.url()).pathname).toBe(`/staff/rounds/${round}/meeting/${code}`);
    await facilitator.keyboard.press('3');
    await facilitator.waitForFunction(
      () => document.querySelector('[data-save-status]')?.textContent.includes('Zapisano') === true,
    );
  }
  await facilitator.goto(`${roundPage}/minutes`);
  await go(facilitator, '', `main form[action$="/minutes/approve"] button`);
  expect(await main(facilitator)).toContain('zatwierdz');
  const approved = await test.services.assessment.agreedScores.ofRound(round);
  expect(approved.map(({ score }) => score)).toEqual(areasOf(instrument).map(() => 3));
  await facilitator.goto(`${roundPage}/meeting/P1.1`);
  expect(await facilitator.$$('textarea')).toEqual([]);
  // And the coordinator reads them.
  await coordinator.goto(`${roundPage}/minutes`);
  expect(await main(coordinator)).toContain('Radni');
});
