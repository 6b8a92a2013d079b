import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import { readInstrument } from '../../../src/definitions/registry';
import type { Event } from '../../../src/events/event';
import { buildAssets, startTestApp, type TestApp } from '../../support/app';
import { sidewaysScroll, violations } from '../../support/axe';
import { browserForTests } from '../../support/browser';
import { allowed, instrumentsOf } from '../../support/builders';
import { newEvent, registrationForm } from '../../events/event-builders';

/** A phone without JavaScript. */
const phone = { width: 360, height: 740 };

let browser: Browser;
let page: Page;
let test: TestApp;
let site: string;
let event: Event;

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  const read = await readInstrument(join(__dirname, '../../../survey-definitions/registration-1.0.0.json'));
  const { id, version } = read.instrument;
  test = await startTestApp(instrumentsOf(read.instrument));
  event = await newEvent(test.services.events, 4, { form: { id, version, hash: read.hash } });
  await newEvent(test.services.events, 10, {
    title: { pl: 'Seminarium w Lesznie', en: 'Seminar in Leszno' },
    kind: 'seminar',
    activity: 'seminars',
    subregion: 'leszczynski',
  });
  // Two places are taken already; after the newcomer's three somebody else waits.
  allowed(
    await test.services.events.registrations.register(
      event.id,
      registrationForm(['Anna Wcześniejsza', 'Jan Wcześniejszy']),
    ),
  );
  site = await test.listen();
  page = await browser.newPage();
  await page.setViewport(phone);
  await page.setJavaScriptEnabled(false);
});

afterAll(async () => {
  await browser.close();
  await test.close();
});

/** Presses the first link or button of the page that says this; `within`: in the list item that says that. */
async function press(text: string, within?: string): Promise<void> {
  const says = (words: string): string => `contains(translate(normalize-space(.), "\u00a0", " "), "${words}")`;
  const item = within === undefined ? '' : `//li[${says(within)}]`;
  const target = await page.$(`::-p-xpath(//main${item}//*[self::a or self::button][${says(text)}])`);
  if (target === null) throw new Error(`Nothing to press says "${text}".`);
  await Promise.all([page.waitForNavigation(), target.click()]);
}

async function look(name: string): Promise<string> {
  // axe needs timers, which a page without JavaScript has none of; the page's own scripts stay unloaded.
  await page.setJavaScriptEnabled(true);
  expect(await violations(page)).toEqual([]);
  expect(test.log.filter((entry) => 'errorId' in entry)).toEqual([]);
  await page.setJavaScriptEnabled(false);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  return page.$eval('main', (main) => (main as unknown as { innerText: string }).innerText.replaceAll('\u00a0', ' '));
}

async function type(name: string, text: string): Promise<void> {
  await page.type(`[name="${name}"]`, text);
}

it('a newcomer finds an event, registers three, reads the mail, cancels one; the first in line moves up', async () => {
  await page.goto(`${site}/events`);
  expect(await look('events')).toContain('Szkolenie o Modelu współpracy');
  await page.select('[name="kind"]', 'training');
  await press('Pokaż');
  const found = await look('events-filtered');
  expect(found).toContain('1 wydarzenie');
  expect(found).toContain('zostały 2 miejsca');
  await press('Szkolenie o Modelu współpracy');
  expect(await look('event')).toContain('Zostały 2 miejsca');
  await press('Zgłoś udział');
  await look('register-empty');

  // Sent too early: everything missing is named, with a link to it.
  await press('Wyślij zgłoszenie');
  expect(await page.title()).toMatch(/^Błąd:/);
  expect(await look('register-errors')).toContain('Proszę podać imię i nazwisko');
  expect(await page.$$('.govuk-error-summary a')).toHaveLength(5);

  await type('organisation', 'Stowarzyszenie Nowych Sąsiadów');
  await page.click('[name="kind"][value="ngo"]');
  await page.select('[name="seat"]', '300301');
  await type('email', 'zgloszenia@sasiedzi.example.org');
  await type('p1.name', 'Barbara Pierwsza');
  await page.click('[name="p1.lunch"][value="true"]');
  await press('Dodaj osobę');
  await press('Dodaj osobę');
  expect(await page.$eval('[name="p1.name"]', (input) => input.getAttribute('value'))).toBe('Barbara Pierwsza');
  await type('p2.name', 'Celina Druga');
  await type('p2.email', 'celina@example.org');
  await type('p3.name', 'Dorota Trzecia');
  await press('Wyślij zgłoszenie');
  // Lunch opened a question.
  expect(await look('register-appeared')).toContain('Jaki obiad przygotować?');
  await page.click('[name="p1.meal"][value="vegan"]');
  await press('Wyślij zgłoszenie');

  const answer = await look('registered');
  expect(answer).toContain('Przyjęliśmy zgłoszenie');
  expect(answer).toMatch(/Barbara Pierwsza\s+ma miejsce/);
  expect(answer).toMatch(/Celina Druga\s+celina@example.org\s+ma miejsce/);
  expect(answer).toMatch(/Dorota Trzecia\s+lista oczekujących, numer 1/);
  await page.reload();
  expect((await test.services.events.queues.state(event.id)).registrants).toHaveLength(5);

  await press('Zobacz wiadomości');
  const mailbox = await look('mailbox');
  expect(mailbox).toContain('zgloszenia@sasiedzi.example.org');
  expect(mailbox).toContain('celina@example.org');
  await press('Zgłoszono Państwa udział');
  const clause = await look('letter-colleague');
  expect(clause).toContain('Administratorem jest Stowarzyszenie Organizator');
  expect(clause).toContain('30 czerwca 2026');
  await page.goto(`${site}/mailbox`);
  await press('Przyjęliśmy zgłoszenie', 'zgloszenia@sasiedzi');
  expect(await look('letter')).toMatch(/Dorota Trzecia: lista oczekujących, numer 1/);
  await press('/registrations/');
  await press('Zrezygnuj', 'Barbara Pierwsza');
  expect(await look('cancel')).toContain('Barbara Pierwsza');
  await press('Zrezygnuj z udziału');

  const after = await look('cancelled');
  expect(after).toContain('Przyjęliśmy rezygnację');
  expect(after).toMatch(/Dorota Trzecia\s+ma miejsce/);
  expect(after).toMatch(/Barbara Pierwsza\s+rezygnacja/);
  await page.goto(`${site}/mailbox`);
  await press('Zwolniło się miejsce');
  expect(await look('letter-moved-up')).toContain('Dorota Trzecia ma teraz miejsce');

  // Details are corrected through the same link.
  await press('/registrations/');
  await press('Zmień dane', 'Celina Druga');
  await look('change');
  await page.click('[name="p1.name"]', { count: 3 });
  await type('p1.name', 'Celina Zmieniona');
  await press('Zapisz zmiany');
  expect(await look('changed')).toMatch(/Celina Zmieniona\s+celina@example.org\s+ma miejsce/);

  // The secret stands in no log line.
  expect(JSON.stringify(test.log)).not.toMatch(/registrations\/[A-Za-z0-9_-]{20}/);
});

it('says kindly what a link that leads nowhere may be', async () => {
  await page.goto(`${site}/registrations/abcdefghijklmnopqrstuvwxyz012345`);
  expect(await look('unknown-link')).toContain('nie prowadzi do żadnego zgłoszenia');
});
