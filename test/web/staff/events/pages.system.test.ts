import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import { buildAssets, startTestApp, type TestApp } from '../../../support/app';
import { sidewaysScroll, violations } from '../../../support/axe';
import { browserForTests } from '../../../support/browser';
import { allowed } from '../../../support/builders';
import { administrator, signedInClient } from '../../../support/staff';
import { newEvent, registrationForm } from '../../../events/event-builders';

let browser: Browser;
let page: Page;
let test: TestApp;
let site: string;

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  test = await startTestApp(undefined, undefined, () => new Date('2026-04-09T08:00:00+02:00'));
  await signedInClient(test);
  site = await test.listen();
  page = await browser.newPage();
  await page.goto(`${site}/staff/sign-in`);
  await page.type('[name="user"]', administrator.user);
  await page.type('[name="password"]', administrator.password);
  await Promise.all([page.waitForNavigation(), page.click('main button.govuk-button')]);
});

afterAll(async () => {
  await browser.close();
  await test.close();
});

it.each([320, 1280])(
  'every page for the staff is accessible and fits %i px, also with long words and errors',
  async (width) => {
    await page.setViewport({ width, height: 800 });
    const { events } = test.services;
    const long = 'Stowarzyszenie Bardzo-Długich-Nazw-Które-Nie-Mieszczą-Się-W-Jednym-Wierszu-Na-Żadnym-Telefonie';
    const event = await newEvent(events, 2, { registrationClosesAt: '2026-04-09T09:00' });
    const form = registrationForm(['Anna Abacka', `Jan ${'Długonazwiskowski'.repeat(8)}`, 'Ewa Oczekująca'], {
      channel: 'telephone',
      organisation: { name: long, kind: 'ngo', seat: '300301' },
    });
    const { people } = allowed(await events.registrations.register(event.id, form));
    const path = `/staff/events/${event.id}`;
    const person = people[0]!.person.id;
    for (const [name, address] of Object.entries({
      list: '/staff/events',
      new: '/staff/events/new',
      event: path,
      edit: `${path}/edit`,
      telephone: `${path}/register`,
      'take-off': `${path}/people/${person}/cancel`,
      attendance: `${path}/attendance`,
      paper: `${path}/print-list`,
      'cancel-event': `${path}/cancel`,
    })) {
      await page.goto(site + address);
      await look(name, width);
    }
    await page.goto(`${site}/staff/events/new`);
    await Promise.all([page.waitForNavigation(), page.click('.lijw-form button.govuk-button')]);
    expect(await page.$('.govuk-error-summary')).not.toBeNull();
    await look('new-errors', width);
  },
);

async function look(name: string, width: number): Promise<void> {
  expect({ name, found: await violations(page) }).toEqual({ name, found: [] });
  expect({ name, sideways: await sidewaysScroll(page) }).toEqual({ name, sideways: 0 });
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `staff-${name}-${width}.png`), fullPage: true });
}
