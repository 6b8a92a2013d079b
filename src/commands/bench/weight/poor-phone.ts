import { extname } from 'node:path';
import type { StartedBrowser } from '../../../adapters/pdf/start-browser';

export type Browser = StartedBrowser['browser'];
export type Page = Awaited<ReturnType<Browser['newPage']>>;

/** A poor connection: milliseconds of a round trip, and bytes a second in either direction (400 kbit/s). */
const [roundTrip, bytesASecond] = [400, 50_000];
/** An old phone takes so many times as long for the same script as this machine. */
const slowerBy = 4;

/** What is loaded, by the end of its name; the empty one is a page. */
const kinds = { '': 'page', '.css': 'style', '.woff2': 'font', '.js': 'script', '.svg': 'icon' } as const;
export type Kind = (typeof kinds)[keyof typeof kinds];

/** What one page cost whoever opened it. */
export interface Visit {
  /** Bytes over the wire with their headers, what came from the phone's own cache left out. */
  readonly bytes: Readonly<Record<Kind, number>>;
  readonly requests: number;
  /** Milliseconds from asking for the page to the first words on the screen. */
  readonly painted: number;
  /** Milliseconds until everything is there that can be read and filled in; scripts may still be on their way. */
  readonly usable: number;
  /** Sum of what moved on the page though nobody touched it (Layout Instability, without a unit). */
  readonly shift: number;
  /** Characters of script that really ran. */
  readonly ran: number;
}

/** A phone with a cache of its own, on a poor connection. */
export interface Phone {
  readonly page: Page;
  /** What it costs to get to the next page in the way that is given. */
  visit(go: () => Promise<unknown>): Promise<Visit>;
  /** From now on no script arrives any more, nor does it fail. */
  holdScripts(): Promise<void>;
  close(): Promise<void>;
}

interface TimesOfPage {
  /** NaN where nothing was painted. */
  readonly painted: number;
  readonly readable: number;
  readonly shift: number;
}

/**
 * Runs in every page before anything of it: keeps what the browser notices. All of it: nobody touches a page that is
 * measured, though the browser takes the change to a phone's screen for a touch.
 */
const noticing = `
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.shifted += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

const timesOfPage = `(() => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  const [navigation] = performance.getEntriesByType('navigation');
  return { painted: paint?.startTime ?? NaN, readable: navigation.domInteractive, shift: window.shifted };
})()`;

const askForIcon = `fetch(document.querySelector('link[rel="icon"]')?.href ?? '/favicon.ico').then((icon) => icon.text())`;

export async function poorPhone(browser: Browser): Promise<Phone> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 360, height: 740, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  await page.evaluateOnNewDocument(noticing);
  const client = await page.createCDPSession();
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: roundTrip, connectionType: 'cellular3g' },
    ...{ downloadThroughput: bytesASecond, uploadThroughput: bytesASecond },
  });
  await client.send('Emulation.setCPUThrottlingRate', { rate: slowerBy });
  const kindOf = new Map<string, Kind>();
  let bytes = noBytes();
  let requests = 0;
  const count = (id: string, length: number): void => {
    if (length === 0) return;
    bytes[kindOf.get(id) ?? 'page'] += length;
    requests += 1;
  };
  client.on('Network.requestWillBeSent', ({ requestId, request, redirectResponse }) => {
    if (redirectResponse !== undefined) count(requestId, redirectResponse.encodedDataLength);
    kindOf.set(requestId, kindAt(request.url));
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => count(requestId, encodedDataLength));

  return {
    page,
    async visit(go) {
      [bytes, requests] = [noBytes(), 0];
      await page.coverage.startJSCoverage({ resetOnNavigation: false });
      await go();
      await page.waitForNetworkIdle({ idleTime: 1_000, timeout: 60_000 });
      // A browser without a window asks for no icon; a phone does, once.
      await page.evaluate(askForIcon);
      const { painted, readable, shift } = (await page.evaluate(timesOfPage)) as TimesOfPage;
      const scripts = await page.coverage.stopJSCoverage();
      const ran = scripts.flatMap(({ ranges }) => ranges).reduce((sum, { start, end }) => sum + end - start, 0);
      return { bytes, requests, painted, usable: Math.max(painted, readable), shift, ran };
    },
    async holdScripts() {
      await client.send('Fetch.enable', { patterns: [{ resourceType: 'Script' }] });
    },
    close: () => context.close(),
  };
}

function noBytes(): Record<Kind, number> {
  return { page: 0, style: 0, font: 0, script: 0, icon: 0 };
}

function kindAt(url: string): Kind {
  const ending = extname(new URL(url).pathname);
  return ending in kinds ? kinds[ending as keyof typeof kinds] : 'page';
}
