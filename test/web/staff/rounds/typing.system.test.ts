import type { Browser } from 'puppeteer';
import { submissionsSpec } from '../../../../src/collection/submission';
import { buildAssets, startTestApp, type TestApp } from '../../../support/app';
import { browserForTests } from '../../../support/browser';
import { allowed, newAssessment, newOpenRound } from '../../../support/builders';
import { administrator, signedInClient } from '../../../support/staff';

let browser: Browser;
let app: TestApp;
let address: string;
beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  app = await startTestApp();
  address = await app.listen();
  await signedInClient(app);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

test('30 forms are typed in without a mouse, and counted as they lie on the paper', async () => {
  const round = await newOpenRound(app.services.assessment);
  const batch = allowed(await app.services.collection.paper.create(round.id, 'officials', 30));
  const page = await browser.newPage();
  await page.goto(`${address}/staff/sign-in?next=/staff/rounds/${round.id}/paper/${batch.id}`);
  await page.type('[name="user"]', administrator.user);
  await page.type('[name="password"]', administrator.password);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await page.focus('.lijw-panel button');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  for (let form = 1; form <= 30; form += 1) {
    expect(await page.$eval('h1', (title) => title.textContent)).toContain(`${form} z 30`);
    // part: yes or no (no asks b2 not); a1, a2, b1, b2; comment; c1; barriers: money and trust.
    const rating = String((form % 5) + 1);
    const yes = form % 2 === 0;
    for (const key of yes ? ['1', rating, '8', '0', rating] : ['2', rating, '9', rating])
      await page.keyboard.press(key as '1');
    // b2 is asked of those who took part: whoever did not is not kept at its line.
    if (!yes) expect(await page.$eval('input[name="b2"]', ({ tabIndex }) => tabIndex)).toBe(-1);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('p1-comment');
    await page.keyboard.press('-');
    await page.keyboard.press('Enter');
    await page.keyboard.press(rating as '1');
    await page.keyboard.type('13');
    await page.keyboard.press('Enter');
    await page.keyboard.press('-');
    await page.keyboard.press('Enter');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    if ((await page.$('.govuk-error-summary')) !== null)
      throw new Error(await page.$eval('main', (main) => main.innerText));
  }
  const stored = await app.store.collection(submissionsSpec, round.id).find({});
  expect(stored).toHaveLength(30);
  const sums = stored.map(({ answers }) => Number(answers?.['a1'] ?? 0)).reduce((sum, one) => sum + one, 0);
  expect(sums).toBe(90);
  expect(stored.filter(({ answers }) => answers?.['part'] === 'yes')).toHaveLength(15);
  expect(stored.every(({ answers }) => JSON.stringify(answers?.['barriers']) === '["money","trust"]')).toBe(true);
  expect(await page.$eval('main', (main) => main.innerText)).toContain('Liczba się zgadza.');
  await page.close();
});

test('without JavaScript a typed form is checked when it is sent, and keeps what was typed', async () => {
  const { assessment } = await newAssessment(app.services.assessment, { code: '3099021' });
  const round = await newOpenRound(app.services.assessment, { assessmentId: assessment.id });
  const batch = allowed(await app.services.collection.paper.create(round.id, 'officials', 2));
  const staff = await signedInClient(app);
  const path = `/staff/rounds/${round.id}/paper/${batch.id}`;
  const begun = await staff.post(`${path}/begin`);
  const cookie = (begun.headers['set-cookie'] as unknown as string[]).map((one) => one.split(';')[0]).join('; ');
  const send = (fields: Record<string, string>) =>
    staff.post(`${path}/form`, fields).set('Cookie', `${staff.cookie}; ${cookie}`);
  const right = { number: '1', part: '2', a1: '4', a2: '0', b1: '9', 'p1-comment': '-', c1: '5', barriers: '4' };
  const wrong = await send({ ...right, a1: '6', barriers: '', 'p1-comment': 'Słowa' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Pytanie 2: To nie jest numer żadnej z odpowiedzi');
  expect(wrong.text).toMatch(/Pytanie \d+: Wiersz jest pusty/);
  expect(wrong.text).toContain('Słowa');
  expect((await send(right)).headers['location']).toBe(`${path}/form?done=1`);
  const check = await staff.post(`${path}/check/1`, { ...right, a1: '5' });
  expect(check.text.replaceAll('\u00a0', ' ')).toContain('Za drugim razem: 5 – zawsze');
  const settled = await staff.post(`${path}/check/1`, { ...right, a1: '5', 'take.a1': 'second' });
  expect(settled.headers['location']).toBe(path);
  const [stored] = await app.store.collection(submissionsSpec, round.id).find({});
  expect(stored?.answers).toMatchObject({ part: 'no', a1: 5, c1: 5, barriers: ['none'] });
});
