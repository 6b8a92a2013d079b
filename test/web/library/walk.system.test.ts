import type { Browser, Page } from 'puppeteer';
import type { PdfService } from '../../../src/web/services';
import { buildAssets, startTestApp, type TestApp } from '../../support/app';
import { sidewaysScroll, violations } from '../../support/axe';
import { allowed } from '../../support/builders';
import { browserForTests } from '../../support/browser';
import { assessedUnit, publication } from '../../support/published';

const pdf: PdfService = {
  print: () => Promise.resolve(Buffer.from('%PDF-1.7 tested')),
  available: () => Promise.resolve({ ok: true }),
};

describe('the library in a browser', () => {
  let test: TestApp;
  let browser: Browser;
  let address: string;
  beforeAll(async () => {
    await buildAssets();
    test = await startTestApp(undefined, pdf);
    address = await test.listen();
    browser = await browserForTests();
    const { assessment, collection, publishing } = test.services;
    const unit = await assessedUnit({ ...assessment, ...collection }, { subregion: 'poznański', powiat: 'długi' });
    allowed(await publishing.editions.publish(unit.rounds[0], publication(), 0));
    allowed(await publishing.editions.publish(unit.comparison, publication(), 0));
    const { id } = allowed(
      await publishing.editions.publish(unit.comparison, publication({ reason: 'Nowe źródła.' }), 1),
    );
    const third = allowed(await publishing.editions.publish(unit.comparison, publication({ reason: 'Poprawka.' }), 2));
    allowed(await publishing.editions.withdraw(third.id, 'Pomyłka.'));
    await test.services.editionFiles.makeAhead(id);
    await test.filesMade();
  });
  afterAll(async () => {
    await browser.close();
    await test.close();
  });

  async function click(page: Page, text: string): Promise<void> {
    const links = await page.$$('a');
    for (const link of links) {
      if ((await link.evaluate((one) => one.textContent)).trim().startsWith(text)) {
        await Promise.all([page.waitForNavigation(), link.click()]);
        return;
      }
    }
    throw new Error(`There is no link „${text}” at ${page.url()}.`);
  }

  it('leads from the front page to a summary in three clicks, without JavaScript', async () => {
    const page = await browser.newPage();
    await page.setJavaScriptEnabled(false);
    await page.goto(address);
    await click(page, 'Opublikowane raporty');
    await click(page, 'Gmina Przykładowa');
    const href = await page.$$eval('a', (links) =>
      links.find((link) => link.textContent.startsWith('Podsumowanie'))?.getAttribute('href'),
    );
    // What the third click gets.
    const file = await fetch(address + String(href));
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(await file.text()).toBe('%PDF-1.7 tested');
    await page.close();
  });

  it.each([320, 1280])('has no violations and needs no sideways scrolling at %d px', async (width) => {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 800 });
    for (const path of ['/library', '/library?q=nic', '/library/309901', '/library/309901/2024-2025/2', '/open-data']) {
      await page.goto(address + path);
      expect({ path, violations: await violations(page) }).toEqual({ path, violations: [] });
      expect({ path, scroll: await sidewaysScroll(page) }).toEqual({ path, scroll: 0 });
    }
    const gone = await page.goto(`${address}/library/309901/2024-2025/3`);
    expect(gone?.status()).toBe(410);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('is searched by keyboard alone', async () => {
    const page = await browser.newPage();
    await page.goto(`${address}/library`);
    await page.focus('#q');
    await page.keyboard.type('przykladowa');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(await page.$eval('#found', (heading) => heading.textContent)).toBe('Znaleziono 2 raporty');
    await page.close();
  });
});
