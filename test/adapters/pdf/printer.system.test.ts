import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserSearchFrom } from '../../../src/adapters/pdf/browser-search';
import { createPdfPrinter, type PdfPrinter } from '../../../src/adapters/pdf/printer';
import { Failure } from '../../../src/shared/errors';
import { browserForTests } from '../../support/browser';
import { readPdf } from '../../support/read-pdf';

const search = browserSearchFrom(process.env);
const font = readFileSync(
  join(process.cwd(), 'node_modules/source-sans/WOFF2/TTF/SourceSans3-Regular.ttf.woff2'),
).toString('base64');

const printers: PdfPrinter[] = [];
const printer = printerWith({});

function printerWith(options: Partial<Parameters<typeof createPdfPrinter>[0]>): PdfPrinter {
  const made = createPdfPrinter({ search, ...options });
  printers.push(made);
  return made;
}

afterAll(() => Promise.all(printers.map((one) => one.close())));

const polish = `<!doctype html>
<html lang="pl">
<head>
  <meta charset="utf-8">
  <title>Raport gminy Żółwia Wólka</title>
  <style>
    @font-face { font-family: 'Source Sans 3'; src: url(data:font/woff2;base64,${font}) format('woff2'); }
    @page { size: A4; margin: 20mm; @bottom-center { content: counter(page); font-family: 'Source Sans 3'; } }
    body { font-family: 'Source Sans 3'; }
    h2 { break-before: page; }
  </style>
</head>
<body>
  <h1>Zażółć gęślą jaźń</h1>
  <p>Współpraca międzysektorowa: Ćmielów, Łódź, Święciechowa, Źródła.</p>
  <p><a href="#konsultacje">Do konsultacji</a></p>
  <h2 id="konsultacje">Konsultacje społeczne</h2>
  <div><canvas role="img" aria-label="Konsultacje: z 2,1 na 3,4" width="300" height="100"></canvas></div>
  <table><caption>Wyniki</caption><tr><th scope="col">Obszar</th></tr><tr><td>Ocena działań</td></tr></table>
  <script>
    const pen = document.querySelector('canvas').getContext('2d');
    pen.fillRect(0, 0, 300, 100);
  </script>
</body>
</html>`;

describe('a printed page', () => {
  it('is a tagged, bookmarked document in Polish with whole words and embedded fonts', async () => {
    const bytes = await printer.print(polish);
    const pdf = await readPdf(bytes);
    expect(pdf.pages).toHaveLength(2);
    expect(pdf.pages[0]).toContain('Zażółć gęślą jaźń');
    expect(pdf.pages[0]).toContain('Współpraca międzysektorowa: Ćmielów, Łódź, Święciechowa, Źródła.');
    expect(pdf.tagged).toBe(true);
    expect(pdf.language).toBe('pl');
    expect(pdf.title).toBe('Raport gminy Żółwia Wólka');
    expect(pdf.outline).toEqual(['Zażółć gęślą jaźń', '  Konsultacje społeczne']);
    expect(pdf.alternatives).toContain('Konsultacje: z 2,1 na 3,4');
    expect([...pdf.roles]).toEqual(expect.arrayContaining(['H1', 'H2', 'Table', 'TH', 'TD']));
    expect(pdf.fonts.length).toBeGreaterThan(0);
    expect(pdf.fonts.filter((one) => !one.embedded || !one.name.includes('SourceSans3'))).toEqual([]);
  });

  it('is A4 unless its own style says otherwise', async () => {
    const sizes = async (html: string) => (await readPdf(await printer.print(html))).size;
    // Points; browsers round to whole pixels of 0.75 points.
    const near = (expected: readonly number[]) => expected.map((value) => expect.closeTo(value, -0.5));
    expect(await sizes('<p>A4</p>')).toEqual(near([595.28, 841.89]));
    expect(await sizes('<style>@page { size: A5 landscape }</style><p>A5</p>')).toEqual(near([595.28, 419.53]));
  });

  it('takes a title in place of its own', async () => {
    const pdf = await readPdf(await printer.print(polish, { title: 'Wynik „2026”' }));
    expect(pdf.title).toBe('Wynik „2026”');
  });

  it('waits until its scripts say that it is ready', async () => {
    const pdf = await readPdf(
      await printer.print(`<html lang="pl" data-awaits-ready><body><p id="p">pusto</p><script>
        setTimeout(() => {
          document.getElementById('p').textContent = 'narysowane';
          document.documentElement.dataset.ready = 'true';
        }, 300);
      </script></body></html>`),
    );
    expect(pdf.text).toBe('narysowane');
  });
});

describe('a page that cannot be printed', () => {
  it.each([
    ['is never ready', '<html data-awaits-ready><p>x</p></html>'],
    ['runs for ever', '<script>for (;;);</script>'],
  ])('fails in time when it %s, and the next page is printed', async (_name, html) => {
    const hasty = printerWith({ timeLimit: 2_000 });
    await expect(hasty.print(html)).rejects.toMatchObject({ code: 'pdf-failed', message: /not ready after 2 seconds/ });
    expect((await readPdf(await hasty.print('<p>dalej</p>'))).text).toBe('dalej');
  });

  it('fails at once with the words of a script that fails', async () => {
    const failed = printer.print(
      '<html data-awaits-ready><script>throw new TypeError("brak danych wykresu")</script></html>',
    );
    await expect(failed).rejects.toThrow(Failure);
    await expect(failed).rejects.toMatchObject({ code: 'pdf-failed', message: /brak danych wykresu/ });
  });

  it('fails when a font in it is damaged', async () => {
    const html = '<style>@font-face { font-family: X; src: url(data:font/woff2;base64,AAAA) }</style><p>x</p>';
    await expect(printer.print(html)).rejects.toMatchObject({ code: 'pdf-failed' });
  });
});

describe('a page reaches neither the network nor files', () => {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end('x');
  });
  let host = '';

  beforeAll(async () => {
    server.on('connection', () => hits.push('connection'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => hits.splice(0));
  afterAll(() => server.close());

  const asks = () => `<!doctype html><html data-awaits-ready><head>
    <link rel="preconnect" href="http://${host}"><link rel="prefetch" href="http://${host}/prefetch">
    <link rel="stylesheet" href="http://${host}/style">
    <style>@import "http://${host}/import"; p { background: url(http://${host}/background) }</style>
    <script src="http://${host}/script"></script>
    </head><body><p>tekst</p><img src="http://${host}/image"><img src="file:///etc/passwd">
    <iframe src="http://${host}/frame"></iframe><iframe src="file:///etc/passwd"></iframe>
    <object data="http://${host}/object"></object>
    <script>
      const tries = [
        () => fetch('http://${host}/fetch', { mode: 'no-cors' }),
        () => fetch('file:///etc/passwd').then((r) => r.text()).then((text) => document.body.append(text)),
        () => navigator.sendBeacon('http://${host}/beacon'),
        () => new WebSocket('ws://${host}/socket'),
        () => new EventSource('http://${host}/events'),
        () => new Worker(URL.createObjectURL(new Blob(['fetch("http://${host}/worker")']))),
        () => import('http://${host}/module'),
        () => window.open('http://${host}/window'),
        () => new RTCPeerConnection({ iceServers: [{ urls: 'stun:${host}' }] }).createDataChannel('x'),
      ];
      for (const attempt of tries) { try { Promise.resolve(attempt()).catch(() => {}); } catch {} }
      setTimeout(() => { document.documentElement.dataset.ready = 'true'; }, 1000);
    </script></body></html>`;

  it('when it asks for things', async () => {
    const pdf = await readPdf(await printer.print(asks()));
    expect(pdf.text).toBe('tekst');
    expect(hits).toEqual([]);
  });

  it.each([
    ['is sent on', () => `<meta http-equiv="refresh" content="0;url=http://${host}/refresh">`],
    ['goes elsewhere', () => `<script>location.href = 'http://${host}/location'</script>`],
    ['follows a link', () => `<a id="a" href="http://${host}/link">x</a><script>a.click()</script>`],
    ['sends a form', () => `<form id="f" action="http://${host}/form"></form><script>f.submit()</script>`],
    ['reads a file', () => `<script>location.href = 'file:///etc/passwd'</script>`],
  ])('when it %s', async (_name, body) => {
    const page = `<html data-awaits-ready><p>tekst</p>${body()}<script>
      setTimeout(() => { document.documentElement.dataset.ready = 'true'; }, 500);
    </script></html>`;
    const outcome = await printer.print(page).catch((error: unknown) => error as Failure);
    // Not printing such a page is as good; what counts is that nobody heard of it.
    if (Buffer.isBuffer(outcome)) expect((await readPdf(outcome)).text).not.toContain('root:');
    else expect(outcome.code).toBe('pdf-failed');
    expect(hits).toEqual([]);
  });

  it('though the same page asks for much in an ordinary browser', async () => {
    const browser = await browserForTests();
    try {
      const page = await browser.newPage();
      await page.setContent(asks(), { waitUntil: 'domcontentloaded' });
      await page.waitForSelector('html[data-ready=true]');
      const heard = ['/style', '/import', '/script', '/image', '/frame', '/fetch', '/beacon', '/socket', '/events'];
      expect(hits).toEqual(expect.arrayContaining(heard));
    } finally {
      await browser.close();
    }
  });
});

describe('the browser', () => {
  it('is kept between pages and started anew after it was killed, also in the middle of a page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lijw-printer-'));
    try {
      const { executable } = (await printer.available()) as { executable: string };
      const noted = join(folder, 'noted');
      const noting = join(folder, 'browser');
      writeFileSync(noting, `#!/bin/sh\necho $$ >> '${noted}'\nexec '${executable}' "$@"\n`, { mode: 0o755 });
      const started = () => readFileSync(noted, 'utf8').trim().split('\n').map(Number);
      const own = printerWith({ search: { executablePath: noting, kinds: [] } });
      await own.print('<p>1</p>');
      await own.print('<p>2</p>');
      expect(started()).toHaveLength(1);

      process.kill(-started()[0]!, 'SIGKILL');
      expect(isPdf(await own.print('<p>3</p>'))).toBe(true);
      expect(started()).toHaveLength(2);

      const interrupted = own.print(`<html data-awaits-ready><script>
        setTimeout(() => { document.documentElement.dataset.ready = 'true'; }, 1000);
      </script></html>`);
      const alsoInterrupted = own.print('<p>4</p>');
      process.kill(-started()[1]!, 'SIGKILL');
      expect(isPdf(await interrupted)).toBe(true);
      expect(isPdf(await alsoInterrupted)).toBe(true);
      expect(started()).toHaveLength(3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('ends when there is nothing to print, and starts again', async () => {
    const resting = printerWith({ idleLimit: 1 });
    expect(isPdf(await resting.print('<p>1</p>'))).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isPdf(await resting.print('<p>2</p>'))).toBe(true);
  });

  it('prints more pages than it takes at once, each its own', async () => {
    const texts = Array.from({ length: 7 }, (_one, index) => `strona ${index}`);
    const printed = await Promise.all(texts.map((text) => printer.print(`<p>${text}</p>`)));
    expect(await Promise.all(printed.map(async (bytes) => (await readPdf(bytes)).text))).toEqual(texts);
  });

  it('is named where PDFs can be made', async () => {
    expect(await printer.available()).toMatchObject({ ok: true, browser: expect.stringMatching(/\d+\./) });
  });

  it('that does not start switches PDF off and says how to switch it on', async () => {
    for (const executablePath of ['/no/such/browser', process.execPath]) {
      const off = printerWith({ search: { executablePath, kinds: [] } });
      const answer = await off.available();
      expect(answer).toMatchObject({ ok: false });
      expect(JSON.stringify(answer)).toContain(executablePath);
      expect(JSON.stringify(answer)).toContain('PUPPETEER_EXECUTABLE_PATH');
      await expect(off.print('<p>x</p>')).rejects.toMatchObject({ code: 'pdf-off' });
    }
  });
});

function isPdf(bytes: Buffer): boolean {
  return bytes.subarray(0, 5).toString() === '%PDF-';
}
