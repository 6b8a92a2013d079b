import { Failure } from '../../shared/errors';
import type { BrowserSearch } from './browser-search';
import { noNetworkArgs, printPage } from './print-page';
import { killBrowser, startBrowser, type StartedBrowser } from './start-browser';
import { createTurns } from './turns';

export interface PdfPrinter {
  /**
   * Prints a page as tagged A4 PDF with bookmarks. The page carries everything it needs, inlined: it reaches neither the
   * network nor files. `title` replaces the page's own. Where the page says `<html data-awaits-ready>`, printing waits
   * until a script of the page sets `data-ready="true"` there. What has `data-page-of="ANCHOR"`, in a link
   * to that anchor, gets the number of the page on which it begins.
   *
   * Throws `Failure('pdf-off')` where no browser starts, and `Failure('pdf-failed')` where the page cannot be printed or
   * is not ready in time.
   */
  print(html: string, options?: { readonly title?: string }): Promise<Buffer>;
  /**
   * Whether PDFs can be made, and if not, why and what to do (English, for operators). Starts the browser once: pages ask
   * often, and one that has printed is believed until a print finds it gone.
   */
  available(): Promise<PdfAvailability>;
  /** Ends the browser. Prints under way fail. */
  close(): Promise<void>;
}

export type PdfAvailability =
  | {
      readonly ok: true;
      /** Name and version. */
      readonly browser: string;
      readonly executable: string;
      readonly sandbox: boolean;
    }
  | { readonly ok: false; readonly reason: string };

export interface PdfPrinterOptions {
  readonly search: BrowserSearch;
  /** Told once what an operator should know, such as a browser without its sandbox. */
  readonly warn?: (message: string) => void;
  /** Longest time for one page, in milliseconds. */
  readonly timeLimit?: number;
  /** The browser ends after this many milliseconds without work, and starts again for the next page. */
  readonly idleLimit?: number;
}

const pagesAtOnce = 2;
/** A machine without a browser is asked again after a minute: somebody may have installed one. */
const forgetAbsence = 60_000;

/** Prints with one browser that is kept warm between pages and started anew whenever it is gone. */
export function createPdfPrinter(options: PdfPrinterOptions): PdfPrinter {
  const timeLimit = options.timeLimit ?? 60_000;
  const takeTurn = createTurns(pagesAtOnce);
  let started: Promise<StartedBrowser | { readonly reason: string }> | null = null;
  let idle: NodeJS.Timeout | null = null;
  let atWork = 0;
  let closed = false;
  let warned = false;
  let known: (PdfAvailability & { readonly ok: true }) | null = null;

  function browserNow(): Promise<StartedBrowser | { readonly reason: string }> {
    if (closed) return Promise.resolve({ reason: 'PDF is off: the application is stopping.' });
    if (started) return started;
    const starting = startBrowser(options.search, { args: noNetworkArgs });
    started = starting;
    const forget = () => {
      if (started === starting) started = null;
    };
    starting.then((outcome) => {
      if ('reason' in outcome) setTimeout(forget, forgetAbsence).unref();
      else if (outcome.browser.connected) outcome.browser.once('disconnected', forget);
      else forget();
      if (!('reason' in outcome)) warnOfSandbox(outcome);
    }, forget);
    return starting;
  }

  function warnOfSandbox({ sandbox, executable }: StartedBrowser): void {
    if (sandbox || warned || process.getuid?.() === 0) return;
    warned = true;
    options.warn?.(
      `The browser for PDF (${executable}) runs without its sandbox, since this system gives ordinary users none ` +
        '(user namespaces). It prints only pages of LIJW, without network.',
    );
  }

  async function endBrowser(force: boolean): Promise<void> {
    const ending = started;
    started = null;
    const outcome = await ending?.catch(() => null);
    if (!outcome || 'reason' in outcome) return;
    if (force) killBrowser(outcome.browser);
    else await outcome.browser.close().catch(() => killBrowser(outcome.browser));
  }

  async function working<Result>(job: () => Promise<Result>): Promise<Result> {
    atWork += 1;
    if (idle) clearTimeout(idle);
    try {
      return await job();
    } finally {
      atWork -= 1;
      if (atWork === 0) {
        idle = setTimeout(() => void endBrowser(false), options.idleLimit ?? 60_000);
        idle.unref();
      }
    }
  }

  async function printOnce(html: string, title: string | undefined): Promise<Buffer | 'browser-gone'> {
    const outcome = await browserNow();
    if ('reason' in outcome) {
      known = null;
      throw new Failure('pdf-off', outcome.reason);
    }
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<'too-late'>((resolve) => {
      timer = setTimeout(() => resolve('too-late'), timeLimit);
    });
    const printing = printPage(outcome.browser, html, title);
    // Once it is too late, what becomes of the page interests nobody.
    printing.catch(() => undefined);
    try {
      const result = await Promise.race([printing, tooLate]);
      if (result !== 'too-late') return result;
    } catch (error) {
      if (await isGone(outcome)) return 'browser-gone';
      throw new Failure('pdf-failed', `The PDF could not be made: ${wordsOf(error)}`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
    // A page that never ends may hold the whole browser: another job then goes on with a new one.
    await endBrowser(true);
    throw new Failure('pdf-failed', `The PDF was not ready after ${timeLimit / 1000} seconds.`);
  }

  return {
    print: (html, { title } = {}) =>
      takeTurn(() =>
        working(async () => {
          for (let attempt = 1; attempt <= 3; attempt += 1) {
            const result = await printOnce(html, title);
            if (result !== 'browser-gone') return result;
          }
          throw new Failure('pdf-failed', 'The PDF could not be made: the browser ended again and again.');
        }),
      ),

    async available() {
      if (known !== null && !closed) return known;
      return working(async () => {
        const outcome = await browserNow();
        if ('reason' in outcome) return { ok: false, reason: outcome.reason };
        const { version, executable, sandbox } = outcome;
        known = { ok: true, browser: version, executable, sandbox };
        return known;
      });
    },

    async close() {
      closed = true;
      if (idle) clearTimeout(idle);
      await endBrowser(false);
    },
  };
}

/** Whether the browser itself has ended; its pages notice a little earlier than we do. */
async function isGone({ browser }: StartedBrowser): Promise<boolean> {
  const child = browser.process();
  for (let wait = 0; wait < 20 && browser.connected; wait += 1) {
    if (child?.exitCode !== null || child.signalCode !== null) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return !browser.connected;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
