import type { Browser, HTTPRequest, Page } from 'puppeteer';

/** Arguments of a browser that prints: no name and no address resolves, so nothing leaves the machine or reaches it. */
export const noNetworkArgs = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-proxy-server',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-features=NetworkPrediction,Prerender2',
];

/** An address that cannot exist (RFC 6761); the page is handed over when the browser asks for it. */
const address = 'http://print.invalid/';

/** Only what the page carries itself; `sandbox` gives it an origin of its own, without forms, windows and dialogs. */
const contentSecurityPolicy = [
  'sandbox allow-scripts',
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'font-src data:',
  'img-src data: blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "webrtc 'block'",
].join('; ');

/**
 * Runs in the page: loads every font it declares, and where `<html data-awaits-ready>` asks for it, waits until a script
 * of the page has set `data-ready="true"` there. A text, since compilers add helpers to functions that a page lacks.
 */
const whenReady = `(async () => {
  const root = document.documentElement;
  await Promise.all([...document.fonts].map((font) => font.load()));
  await document.fonts.ready;
  if (root.hasAttribute('data-awaits-ready') && root.dataset.ready !== 'true') {
    await new Promise((resolve) => {
      new MutationObserver(() => root.dataset.ready === 'true' && resolve()).observe(root, {
        attributes: true,
        attributeFilter: ['data-ready'],
      });
    });
  }
})()`;

/** Prints a page that carries all it needs; throws what went wrong, in the words of the browser. */
export async function printPage(browser: Browser, html: string, title: string | undefined): Promise<Buffer> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    // The printer's own time limit holds.
    page.setDefaultTimeout(0);
    const scriptFault = new Promise<never>((_resolve, reject) => {
      page.on('pageerror', (error) => reject(new Error(`A script of the page failed: ${String(error)}`)));
    });
    scriptFault.catch(() => undefined);
    await Promise.race([show(page, html, title), scriptFault]);
    const pdf = await page.pdf({
      format: 'A4',
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: true,
      timeout: 0,
    });
    return Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  } finally {
    await context.close();
  }
}

async function show(page: Page, html: string, title: string | undefined): Promise<void> {
  await page.setRequestInterception(true);
  let handedOver = false;
  page.on('request', (request: HTTPRequest) => {
    if (!handedOver && request.isNavigationRequest() && request.url() === address) {
      handedOver = true;
      void request.respond({
        contentType: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': contentSecurityPolicy, 'referrer-policy': 'no-referrer' },
        body: html,
      });
    } else {
      void request.abort('blockedbyclient');
    }
  });
  await page.goto(address, { waitUntil: 'load' });
  if (title !== undefined) await page.evaluate(`document.title = ${JSON.stringify(title)}`);
  await page.evaluate(whenReady);
}
