import type { Browser, HTTPRequest, Page, PDFOptions } from 'puppeteer';
import { readPages } from '../../shared/pdf-pages';

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

/** What is there of every sheet: its size, and what the page says of its margins. */
const sheet: PDFOptions = { format: 'A4', preferCSSPageSize: true, printBackground: true, timeout: 0 };

/**
 * Runs in every page before anything of it. Nobody sees its screen, so it is laid out for print alone, unless a script of
 * its own measures there; and while numbers of pages are looked for, nothing is painted.
 */
const laidOutForPrint = `{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(\`
    @media screen { :root:not([data-awaits-ready]) > body { content-visibility: hidden; } }
    :root[data-looking-for-pages] * { visibility: hidden !important; }
  \`);
  document.adoptedStyleSheets = [sheet];
}`;

/** Runs in the page: whether numbers of pages are asked for. */
const lookForPages = `document.documentElement.toggleAttribute(
  'data-looking-for-pages',
  document.querySelector('[data-page-of]') !== null,
)`;

/** Runs in the page, with the numbers by the anchors' names. */
const fillNumbers = `((pages) => {
  document.documentElement.removeAttribute('data-looking-for-pages');
  for (const place of document.querySelectorAll('[data-page-of]')) place.textContent = pages[place.dataset.pageOf] ?? '';
})`;

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
    await numberPages(page);
    const pdf = await page.pdf({ ...sheet, tagged: true, outline: true });
    return Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  } finally {
    await context.close();
  }
}

/**
 * Gives every `<… data-page-of="ANCHOR">` the number of the page on which what it names begins. On which one it does is
 * known only once the page has been printed: here without tags and with nothing painted, a fifth of the work. The places have their room from the start, so the numbers move nothing.
 */
async function numberPages(page: Page): Promise<void> {
  if (!(await page.evaluate(lookForPages))) return;
  const { anchors } = readPages(Buffer.from(await page.pdf({ ...sheet, tagged: false, outline: false })));
  await page.evaluate(`${fillNumbers}(${JSON.stringify(Object.fromEntries(anchors))})`);
}

async function show(page: Page, html: string, title: string | undefined): Promise<void> {
  await page.evaluateOnNewDocument(laidOutForPrint);
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
