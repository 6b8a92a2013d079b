import type { Browser, Page } from 'puppeteer';
import type { Round } from '../../../../src/assessment/round';
import type { RoundInput } from '../../../../src/assessment/rounds';
import { buildAssets, startTestApp, type TestApp } from '../../../support/app';
import { sidewaysScroll, violations } from '../../../support/axe';
import { browserForTests } from '../../../support/browser';
import { allowed, newAssessment, newOpenRound, roundInput, submitAnswers } from '../../../support/builders';
import { signedInClient } from '../../../support/staff';

/** Every page from planning a round to settling its sizes, with something in each of them, as staff would see it. */

let browser: Browser;
let test: TestApp;
let site: string;
let page: Page;

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  // Where PDF is off, nothing is offered for print.
  test = await startTestApp(undefined, {
    print: () => Promise.resolve(Buffer.from('%PDF-1.7')),
    available: () => Promise.resolve({ ok: true }),
  });
  site = await test.listen();
  page = await browser.newPage();
  const { cookie } = await signedInClient(test);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await browser.setCookie({ name, value: decodeURIComponent(value), domain: '127.0.0.1', path: '/staff' });
});
afterAll(async () => {
  await browser.close();
  await test.close();
});

/** Sends the form of the page past its script, which holds back what is not right. */
async function sendAsTyped(): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.$eval('main form[action*="/paper/"]', (form) => form.submit())]);
}

let units = 0;
/** Of a unit of its own, with a name as long as they come. */
async function assessmentOf(): Promise<string> {
  units += 1;
  const name = `Gmina Przykładowa-Wymyślona nad Bardzo Długą Rzeką ${units}`;
  const { assessment } = await newAssessment(test.services.assessment, { code: `30990${units}1`, name });
  return assessment.id;
}

async function opened(overrides: Partial<RoundInput>): Promise<Round> {
  const assessmentId = await assessmentOf();
  return newOpenRound(test.services.assessment, { assessmentId, closesOn: '2026-04-30', ...overrides });
}

const pathOf = ({ id }: Pick<Round, 'id'>, path = ''): string => `/staff/rounds/${id}${path}`;

/** The page that is open, narrow and wide: what axe finds, and what is too wide. */
async function faultsHere(): Promise<string[]> {
  const faults: string[] = [];
  for (const width of [320, 1280]) {
    await page.setViewport({ width, height: 800 });
    const sideways = await sidewaysScroll(page);
    if (sideways > 0) faults.push(`${page.url()} at ${width}: ${sideways} px too wide`);
    faults.push(...(await violations(page)).map((line) => `${page.url()} at ${width}: ${line}`));
  }
  return faults;
}

/** Opens the pages in both languages; one that leads elsewhere or is missing is a fault too. */
async function faultsOf(...paths: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const path of paths) {
    for (const language of ['pl', 'en']) {
      const address = `${site}${path}?lang=${language}`;
      const response = await page.goto(address);
      if (response?.status() !== 200 || page.url() !== address)
        faults.push(`${address}: ${response?.status() ?? 0} ${page.url()}`);
      faults.push(...(await faultsHere()));
    }
  }
  return faults;
}

async function press(selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

it('planning: the settings, the plan, the timetable, a preview, opening', async () => {
  const assessmentId = await assessmentOf();
  const groupSizes = { officials: 12, ngo: 12, informal: 4 };
  const { rounds } = test.services.assessment;
  const round = allowed(await rounds.create(roundInput(assessmentId, { groupSizes, ways: { ngo: 'cards' } })));
  const paths = ['', '/edit', '/plan', '/timetable', '/open', '/preview/officials'];
  expect(await faultsOf(...paths.map((path) => pathOf(round, path)))).toEqual([]);
});

it('an open round: counts, more answers than people, misuse, closing', async () => {
  const round = await opened({ groupSizes: { officials: 5 } });
  const { collection } = test.services;
  for (let person = 0; person < 6; person += 1) await submitAnswers(collection, round.id, 'officials');
  for (const kind of ['wrong-code', 'old-form', 'turned-away'] as const) collection.misuse.add(round.id, kind);
  expect(await faultsOf(pathOf(round), pathOf(round, '/close'))).toEqual([]);
});

it('cards: before the first, some printed, used up and voided, and a refused number', async () => {
  const round = await opened({ groupSizes: { officials: 20, ngo: 8 }, ways: { officials: 'cards', ngo: 'cards' } });
  const { tickets } = test.services.collection;
  const cards = pathOf(round, '/cards');
  expect(await faultsOf(cards)).toEqual([]);
  allowed(await tickets.print(round.id, 'officials', [{ kind: 'cards', count: 10 }]));
  allowed(await tickets.print(round.id, 'officials', [{ kind: 'forms', count: 12 }]));
  allowed(await tickets.print(round.id, 'ngo', [{ kind: 'cards', count: 3 }]));
  const sheets = await tickets.sheets(round.id);
  allowed(await tickets.voidSheet(round.id, sheets.find(({ group }) => group === 'ngo')!.id));
  expect(await faultsOf(cards)).toEqual([]);
  await page.$eval(`form[action="${cards}/ngo"] [name="count"]`, (field) => ((field as HTMLInputElement).value = '0'));
  await press(`form[action="${cards}/ngo"] button`);
  expect(await page.$('.govuk-error-summary')).not.toBeNull();
  expect(await faultsHere()).toEqual([]);
});

it('invitations: none yet, a list with faults, its preview, texts, people, sending, letters that went out', async () => {
  const round = await opened({ groupSizes: { ngo: 30 }, ways: { ngo: 'invitations' } });
  const home = pathOf(round, '/invitations');
  expect(await faultsOf(home, `${home}/import`, `${home}/texts`, `${home}/people`)).toEqual([]);
  for (const language of ['pl', 'en']) {
    await page.goto(`${site}${home}/import?lang=${language}`);
    await page.$eval('#list', (field) => {
      (field as HTMLTextAreaElement).value = [
        'ada@example.org;ngo',
        'ADA@example.org ;ngo',
        'bez-malpy;ngo',
        'ewa@example.org;kosmici',
        'organizacja-o-bardzo-dlugiej-nazwie-adresu.pocztowego@przyklad.example.org;ngo',
      ].join('\n');
    });
    await Promise.all([
      page.waitForNavigation(),
      page.$eval('#list', (field) => field.closest('form')!.requestSubmit()),
    ]);
    expect(await page.$$eval('input[name="seen"]', (fields) => fields.length)).toBe(1);
    expect(await faultsHere()).toEqual([]);
  }
  await press('button[name="action"][value="save"]');
  const { sending, mailings, invitations } = test.services.collection.invitations;
  const [person] = await invitations.ofRound(round.id);
  expect(await faultsOf(home, `${home}/send`, `${home}/people/${person!.id}/remove`)).toEqual([]);
  allowed(await mailings.sendInvitations(round.id));
  await sending.deliverDue(test.services.mail.post!);
  expect(await faultsOf(home, `${home}/people`)).toEqual([]);
});

it('paper: no pile yet, one half typed, the form to type, and what a second entry finds', async () => {
  const round = await opened({ groupSizes: { officials: 20, ngo: 8 }, ways: { ngo: 'cards' } });
  const { paper } = test.services.collection;
  expect(await faultsOf(pathOf(round, '/paper'))).toEqual([]);
  const pile = allowed(await paper.create(round.id, 'officials', 3));
  const coded = allowed(await paper.create(round.id, 'ngo', 2));
  const { token } = allowed(await paper.begin(round.id, pile.id, ''));
  allowed(await paper.enter(token, pile.id, 1, { part: 'yes', a1: 4, a2: 3, b2: 5, barriers: ['money'] }));
  const batch = pathOf(round, `/paper/${pile.id}`);
  const paths = [pathOf(round, '/paper'), batch, pathOf(round, `/paper/${coded.id}`), `${batch}/check/1`];
  expect(await faultsOf(...paths)).toEqual([]);

  await page.goto(`${site}${batch}?lang=pl`);
  await press(`form[action="${batch}/begin"] button`);
  expect(await faultsOf(`${batch}/form`)).toEqual([]);
  await sendAsTyped();
  expect(await page.$('.govuk-error-summary')).not.toBeNull();
  expect(await faultsHere()).toEqual([]);

  await page.goto(`${site}${batch}/check/1?lang=en`);
  for (const [name, key] of Object.entries({ part: '1', a1: '5', a2: '3', b1: '2', b2: '5', c1: '9', barriers: '2' }))
    await page.$eval(`[name="${name}"]`, (field, typed) => ((field as HTMLInputElement).value = typed), key);
  await page.$eval('[name="p1-comment"]', (field) => ((field as HTMLInputElement).value = '-'));
  await sendAsTyped();
  expect(await page.$$eval('[name="take.a1"]', (fields) => fields.length)).toBe(2);
  expect(await faultsHere()).toEqual([]);
});

it('closing, sealing, and settling the sizes of the groups', async () => {
  const closing = await opened({ groupSizes: { officials: 5 } });
  const { rounds } = test.services.assessment;
  const { collection } = test.services;
  for (let person = 0; person < 6; person += 1) await submitAnswers(collection, closing.id, 'officials');
  allowed(await rounds.beginClosing(closing.id));
  expect(await faultsOf(pathOf(closing), pathOf(closing, '/seal'))).toEqual([]);
  allowed(await collection.sealing.close(closing.id));
  expect(await faultsOf(pathOf(closing), pathOf(closing, '/compute'))).toEqual([]);
});
