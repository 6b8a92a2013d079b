import type { Browser, Page } from 'puppeteer';
import { demoProgramme, seedProgrammeDemo } from '../../../src/demo/programme';
import { adviceCyclesSpec } from '../../../src/advisory/group-advice';
import { visitReportsSpec } from '../../../src/advisory/study-visits';
import { programmesOf } from '../../../src/programme/document/load';
import { buildAssets, startTestApp, testMoment, type TestApp } from '../../support/app';
import { sidewaysScroll, violations } from '../../support/axe';
import { browserForTests } from '../../support/browser';
import { signedInClient } from '../../support/staff';

const programme = `/programmes/${demoProgramme.id}`;

describe('the pages of programmes and advice in a browser', () => {
  let test: TestApp;
  let browser: Browser;
  let address: string;
  let paths: readonly string[];
  beforeAll(async () => {
    await buildAssets();
    test = await startTestApp();
    address = await test.listen();
    browser = await browserForTests();
    await seedProgrammeDemo(test.store, testMoment);
    const { programmes } = test.services;
    Object.assign(programmes, programmesOf([...programmes.all(), demoProgramme]));
    const [cycle] = await test.store.collection(adviceCyclesSpec).find({}, { limit: 1 });
    const [visit] = await test.store.collection(visitReportsSpec).find({}, { limit: 1 });
    paths = [
      `/staff/advice/groups/${cycle?.id ?? ''}`,
      `/staff/advice/groups/${cycle?.id ?? ''}/meetings/new`,
      `/staff/advice/visits/${visit?.id ?? ''}`,
      '/',
      `${programme}/progress`,
      `${programme}/progress/conferences`,
      `/staff/progress/${demoProgramme.id}`,
      '/staff/advice',
      '/staff/advice/groups/new',
      '/staff/advice/individual/new',
    ];
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  async function open(width: number, javaScript: boolean): Promise<Page> {
    const page = await browser.newPage();
    await page.setJavaScriptEnabled(javaScript);
    await page.setViewport({ width, height: 800 });
    const { cookie } = await signedInClient(test);
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    await browser.setCookie({ name, value: decodeURIComponent(value), domain: '127.0.0.1', path: '/staff' });
    return page;
  }

  it.each([320, 1280])('have no violations and need no sideways scrolling at %d px', async (width) => {
    const page = await open(width, true);
    for (const path of paths) {
      const response = await page.goto(address + path);
      expect(`${path} ${response?.status() ?? 0} ${page.url()}`).toBe(`${path} 200 ${address}${path}`);
      expect({ path, violations: await violations(page) }).toEqual({ path, violations: [] });
      expect({ path, scroll: await sidewaysScroll(page) }).toEqual({ path, scroll: 0 });
    }
    await page.close();
  });

  it('let staff begin advice and add a meeting with JavaScript off', async () => {
    const page = await open(360, false);
    const send = () => Promise.all([page.waitForNavigation(), page.click('form.lijw-form button.govuk-button')]);
    await page.goto(`${address}/staff/advice/groups/new`);
    await page.select('#unit', '302101');
    await send();
    await page.goto(`${page.url()}/meetings/new`);
    for (const [name, value] of Object.entries({ 'date.day': '10', 'date.month': '3', 'date.year': '2026' })) {
      await page.type(`[name="${name}"]`, value);
    }
    await page.type('[name="advisers"]', 'Doradczyni Przykładowa');
    await page.type('[name="office"]', '4');
    await send();
    const [cycle] = await test.store.collection(adviceCyclesSpec).find({ unitKey: '302101' });
    const meetings = await test.services.advisory.groupAdvice.meetings(cycle!.id);
    expect(meetings).toMatchObject([{ date: '2026-03-10', present: { office: 4, ngo: 0, other: 0 } }]);
    await page.close();
  });
});
