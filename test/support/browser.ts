import type { Browser } from 'puppeteer';
import { browserSearchFrom } from '../../src/adapters/pdf/browser-search';
import { startBrowser } from '../../src/adapters/pdf/start-browser';

/**
 * A browser for tests that look at pages, found as the application finds its own. Fails loudly where there is none:
 * `node scripts/setup.mjs browser` installs one. Close it in afterAll.
 */
export async function browserForTests(): Promise<Browser> {
  const outcome = await startBrowser(browserSearchFrom(process.env));
  if ('reason' in outcome) throw new Error(`These tests need a browser. ${outcome.reason}`);
  return outcome.browser;
}
