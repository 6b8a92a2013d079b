import { source } from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer';

/** Every violation of WCAG 2.2 AA (and of axe's good practice) on a page, as lines; none is what tests expect. */
export async function violations(page: Page): Promise<string[]> {
  // A page that is looked at twice, narrow and wide, has axe already.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(source);
  const found = (await page.evaluate(
    `axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    }).then(({ violations }) => violations)`,
  )) as AxeResults['violations'];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

/** How many pixels a page is wider than its window: people should not have to scroll sideways. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
