import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import type { Round } from '../../../src/assessment/round';
import { readInstrument } from '../../../src/definitions/registry';
import { buildAssets, startTestApp, type TestApp } from '../../support/app';
import { sidewaysScroll, violations } from '../../support/axe';
import { browserForTests } from '../../support/browser';
import { instrumentsOf, newAssessment, newOpenRound } from '../../support/builders';

const longestName = 'Gmina Przykładowa-Wymyślona nad Bardzo Długą Rzeką koło Nieistniejącego Lasu Wielkiego'.padEnd(
  90,
  'x',
);

let browser: Browser;
let test: TestApp;
let round: Round;
let start: string;

beforeAll(async () => {
  await buildAssets();
  browser = await browserForTests();
  const { instrument } = await readInstrument(join(__dirname, '../../../survey-definitions/lijw-1.0.0.json'));
  test = await startTestApp(instrumentsOf(instrument));
  const { assessment } = await newAssessment(test.services.assessment, { name: longestName }, 'lijw');
  round = await newOpenRound(test.services.assessment, { assessmentId: assessment.id });
  start = `${await test.listen()}/survey/${round.linkCode}`;
});

afterAll(async () => {
  await browser.close();
  await test.close();
});

async function newPage(width: number, javaScript = true): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width, height: 700 });
  await page.setJavaScriptEnabled(javaScript);
  return page;
}

async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

const go = '.lijw-actions .govuk-button';

async function begin(page: Page, group = 'ngo', query = ''): Promise<void> {
  await page.goto(`${start}/group${query}`);
  await page.click(`input[value="${group}"]`);
  await press(page, 'main button.govuk-button');
}

/** What has the focus, for somebody who uses only the keyboard. */
function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const box = element?.getBoundingClientRect();
    return {
      tag: element?.tagName ?? '',
      type: element?.getAttribute('type') ?? '',
      name: element?.getAttribute('name') ?? '',
      href: element?.getAttribute('href') ?? '',
      action: element?.getAttribute('value') ?? '',
      inMain: element?.closest('main') !== null,
      seen:
        box !== undefined && box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right - innerWidth <= 1,
    };
  });
}

describe('by keyboard only, without JavaScript, 320 px wide', () => {
  it('completes the Polish questionnaire', async () => {
    const page = await newPage(320, false);
    type Focus = Awaited<ReturnType<typeof focused>>;

    /** Tab after Tab until the test is met; everything that gets the focus on the way can be seen. */
    const tabTo = async (wanted: (focus: Focus) => boolean): Promise<Focus> => {
      for (let presses = 0; presses < 200; presses++) {
        await page.keyboard.press('Tab');
        const focus = await focused(page);
        if (focus.inMain) expect(focus).toMatchObject({ seen: true });
        if (wanted(focus)) return focus;
      }
      throw new Error(`Not reached by keyboard on ${page.url()}`);
    };
    const enter = () => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);

    await page.goto(start);
    // The first stop skips what stands above the content.
    await page.keyboard.press('Tab');
    expect((await focused(page)).href).toBe('#main');
    await tabTo(({ href }) => href.endsWith('/group'));
    await enter();

    await tabTo(({ name }) => name === 'group');
    for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowDown');
    expect((await focused(page)).action).toBe('ngo');
    await tabTo(({ tag, inMain }) => tag === 'BUTTON' && inMain);
    await enter();

    let rated = 0;
    for (let pages = 0; !page.url().endsWith('/check'); pages++) {
      expect(pages).toBeLessThan(16);
      expect(await sidewaysScroll(page)).toBe(0);
      const before = page.url();
      const answered = new Set<string>();
      await tabTo(({ inMain }) => inMain);
      for (;;) {
        const focus = await focused(page);
        if (focus.tag === 'BUTTON' && focus.action === 'continue') break;
        if (focus.type === 'radio' && !answered.has(focus.name)) {
          // The first of the group, then the one after it.
          await page.keyboard.press('Space');
          await page.keyboard.press('ArrowDown');
          answered.add(focus.name);
          if (/^p\d/.test(focus.name)) rated += 1;
        }
        if (focus.name === 's_meetings') await page.keyboard.type('4');
        if (focus.name === 's_forms' && !answered.has('s_forms')) {
          await page.keyboard.press('Space');
          answered.add('s_forms');
        }
        if (focus.name === 'needs.1') await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Tab');
      }
      await enter();
      expect(page.url()).not.toBe(before);
    }
    expect(rated).toBeGreaterThan(30);
    await tabTo(({ tag, inMain }) => tag === 'BUTTON' && inMain);
    await enter();
    expect(page.url()).toBe(`${start}/receipt`);
    expect(await test.services.collection.submissions.counts(round.id)).toMatchObject({ ngo: 1 });
  });
});

describe.each([
  ['phone', 320],
  ['tablet', 768],
  ['desktop', 1280],
])('on a %s (%i px)', (_name, width) => {
  it('has no violation that axe can see on any page, in both languages', async () => {
    const page = await newPage(width);
    const found: string[] = [];
    const look = async (name: string): Promise<void> => {
      const lines = await violations(page);
      if ((await sidewaysScroll(page)) > 0) lines.push('scrolls sideways');
      found.push(...lines.map((line) => `${name}: ${line}`));
    };
    const origin = new URL(start).origin;
    await page.goto(origin);
    await look('front page');
    await page.goto(`${origin}/?code=`);
    await look('front page with an error');
    await page.goto(`${origin}/survey/nonesuch`);
    await look('unknown survey');
    await page.goto(`${origin}/nonesuch`);
    await look('no such page');
    for (const language of ['pl', 'en']) {
      await page.goto(`${start}?lang=${language}`);
      await look(`start ${language}`);
      await page.click('summary');
      await look(`start, opened ${language}`);
      await page.goto(`${start}/group`);
      await press(page, 'main button.govuk-button');
      await look(`group with an error ${language}`);
      await begin(page);
      await look(`first page ${language}`);
      await page.$eval('#q-s_meetings', (field) => ((field as HTMLInputElement).value = 'kilka'));
      await press(page, go);
      await look(`error ${language}`);
      await page.$eval('#q-s_meetings', (field) => ((field as HTMLInputElement).value = ''));
      await press(page, go);
      await look(`matrix ${language}`);
      await page.click('label[for="q-p11a-4"]');
      await look(`matrix with an answer ${language}`);
      await press(page, go);
      await look(`reminder ${language}`);
      await page.goto(`${start}/page/summary`);
      await page.click('input[name="barriers"][data-opens]');
      await look(`barriers ${language}`);
      await page.goto(`${start}/check`);
      await look(`check ${language}`);
      await press(page, go);
      await look(`receipt ${language}`);
    }
    expect(found).toEqual([]);
  });
});

describe('with JavaScript', () => {
  const says = (page: Page, words: string) =>
    page.waitForFunction(
      (wanted: string) => document.querySelector('[data-save-status]')?.textContent.includes(wanted),
      {},
      words,
    );

  it('saves as one goes', async () => {
    const page = await newPage(1280);
    await begin(page);
    await page.type('#q-s_meetings', '7');
    await says(page, 'Zapisano');
    await page.reload();
    expect(await page.$eval('#q-s_meetings', (field) => (field as HTMLInputElement).value)).toBe('7');
  });

  it('keeps what is typed while the connection is gone, and saves it when it is back', async () => {
    const page = await newPage(1280);
    await begin(page);
    await page.setOfflineMode(true);
    await page.type('#q-s_meetings', '8');
    await says(page, 'Brak połączenia');
    // Sending now would replace the page by the browser's own error page.
    await page.click(go);
    expect(page.url()).toContain('/page/');
    expect(await page.$eval('#q-s_meetings', (field) => (field as HTMLInputElement).value)).toBe('8');
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    await page.setOfflineMode(false);
    await says(page, 'Zapisano');
    await page.reload();
    expect(await page.$eval('#q-s_meetings', (field) => (field as HTMLInputElement).value)).toBe('8');
    await press(page, go);
    expect(page.url()).toContain('/page/p1-1');
  });

  it('unticks what excludes each other, and takes an answer back', async () => {
    const page = await newPage(1280);
    await begin(page);
    const ticked = () => page.$$eval('input[name="s_forms"]:checked', (all) => all.map((one) => one.value));
    await page.click('input[name="s_forms"]:not([data-exclusive])');
    expect(await ticked()).toHaveLength(1);
    const alone = await page.$eval('input[name="s_forms"][data-exclusive]', (box) => box.value);
    await page.click('input[name="s_forms"][data-exclusive]');
    expect(await ticked()).toEqual([alone]);
    await page.goto(`${start}/page/p1-1`);
    await page.click('label[for="q-p11a-4"]');
    await page.click('[data-question="p11a"] [data-clear] label');
    expect(await page.$$('[data-question="p11a"] input:checked')).toHaveLength(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q-p11a');
  });

  it('puts the focus on errors and leads from them to the fields', async () => {
    const page = await newPage(1280);
    await begin(page);
    await page.type('#q-s_meetings', 'kilka');
    await press(page, go);
    expect(await page.title()).toMatch(/^Błąd: /);
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-error-summary'))).toBe(true);
    await page.click('[data-error-summary] a');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q-s_meetings');
  });

  it('keeps what is typed when the language is changed, and Enter in a field does not change it', async () => {
    const page = await newPage(1280);
    await begin(page);
    await page.type('#q-s_meetings', '6');
    await press(page, '.lijw-language__other');
    expect(await page.$eval('html', (root) => root.lang)).toBe('en');
    expect(await page.$eval('#q-s_meetings', (field) => (field as HTMLInputElement).value)).toBe('6');
    await page.focus('#q-s_meetings');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(page.url()).toContain('/page/p1-1');
    expect(await page.$eval('html', (root) => root.lang)).toBe('en');
  });
});

describe('for eyes and hands of all kinds', () => {
  it('gives every control 44 px to tap on a phone', async () => {
    const page = await newPage(320);
    await begin(page);
    for (const path of ['experience', 'p1-1', 'summary']) {
      await page.goto(`${start}/page/${path}`);
      const small = await page.$$eval(
        'main input:not([type="hidden"]), main select, main button, main textarea',
        (all) =>
          all
            .filter((one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility === 'visible')
            .map((one) => ({ id: one.id, height: one.getBoundingClientRect().height }))
            .filter(({ height }) => height < 43.5),
      );
      expect(small).toEqual([]);
    }
  });

  it('holds wider text spacing (WCAG 1.4.12) without losing any', async () => {
    const page = await newPage(320);
    await begin(page);
    await page.goto(`${start}/page/p1-1`);
    await page.evaluate(() => {
      for (const element of document.querySelectorAll<HTMLElement>('body *')) {
        element.style.lineHeight = '1.5';
        element.style.letterSpacing = '0.12em';
        element.style.wordSpacing = '0.16em';
      }
    });
    expect(await sidewaysScroll(page)).toBe(0);
    const cut = await page.$$eval(
      'main label, main legend, main button',
      (all) =>
        all.filter((one) => one.scrollWidth - one.clientWidth > 1 && getComputedStyle(one).overflow !== 'visible')
          .length,
    );
    expect(cut).toBe(0);
  });
});
