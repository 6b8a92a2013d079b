import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Browser } from 'puppeteer';
import { type BrowserKind, type BrowserSearch, systemBrowsers } from './browser-search';
import { packagedBrowser } from './packaged-browser';

/** A browser that runs, and what is known of it. */
export interface StartedBrowser {
  readonly browser: Browser;
  readonly kind: BrowserKind | 'given';
  readonly executable: string;
  /** As it calls itself, for example `HeadlessChrome/156.0.8078.79`. */
  readonly version: string;
  /** false as root and where the system gives ordinary users no sandbox. */
  readonly sandbox: boolean;
}

/** No browser starts: what was tried, and what came of it. */
export interface NoBrowser {
  readonly tried: readonly { readonly executable: string; readonly problem: string }[];
  /** English, for logs and operators: what is off, why, and how to switch it on. */
  readonly reason: string;
}

export interface StartOptions {
  /** Command-line arguments beside those that every browser gets. */
  readonly args?: readonly string[];
}

interface Candidate {
  readonly kind: BrowserKind | 'given';
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
}

const startMilliseconds = 30_000;
/** Longest for any one thing asked of a browser: ends the wait for a program that is no browser at all. */
const answerMilliseconds = 60_000;

const commonArgs = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** Starts the first browser that really starts, in the order of `browserKinds`. The caller closes it. */
export async function startBrowser(
  search: BrowserSearch,
  options: StartOptions = {},
): Promise<StartedBrowser | NoBrowser> {
  const tried: { executable: string; problem: string }[] = [];
  for await (const candidate of candidates(search)) {
    const outcome = await startCandidate(candidate, options.args ?? []);
    if (typeof outcome !== 'string') return outcome;
    tried.push({ executable: candidate.executable, problem: outcome });
  }
  return { tried, reason: reasonFor(search, tried) };
}

async function* candidates(search: BrowserSearch): AsyncGenerator<Candidate> {
  if (search.executablePath !== null) {
    yield { kind: 'given', executable: search.executablePath, env: {} };
    return;
  }
  for (const kind of search.kinds) {
    if (kind === 'system') {
      for (const executable of systemBrowsers()) yield { kind, executable, env: {} };
    } else if (kind === 'puppeteer') {
      for (const executable of await puppeteersOwn()) yield { kind, executable, env: {} };
    } else {
      const packaged = await packagedBrowser().catch(() => null);
      if (packaged) yield { kind, ...packaged };
    }
  }
}

async function puppeteersOwn(): Promise<string[]> {
  const puppeteer = await loadPuppeteer();
  return [puppeteer.executablePath({ headless: 'shell' }), puppeteer.executablePath()].filter((path) =>
    existsSync(path),
  );
}

/** Loaded when a browser is first needed: it takes a third of a second. */
async function loadPuppeteer() {
  return (await import('puppeteer')).default;
}

/** The running browser, or in words why it does not start. */
async function startCandidate(candidate: Candidate, args: readonly string[]): Promise<StartedBrowser | string> {
  if (!existsSync(candidate.executable)) return 'there is no such file';
  // Chromium refuses to run with its sandbox as root.
  const attempts = process.getuid?.() === 0 ? [false] : [true, false];
  for (const sandbox of attempts) {
    try {
      const browser = await launch(candidate, sandbox ? args : [...args, '--no-sandbox']);
      return {
        browser,
        kind: candidate.kind,
        executable: candidate.executable,
        version: await browser.version(),
        sandbox,
      };
    } catch {
      // Tried again without the sandbox, which some containers and hardened systems do not allow.
    }
  }
  return whyNot(candidate);
}

async function launch({ executable, env }: Candidate, args: readonly string[]): Promise<Browser> {
  const puppeteer = await loadPuppeteer();
  return puppeteer.launch({
    executablePath: executable,
    headless: 'shell',
    // A pipe, not a port: no other program of this machine can steer the browser, and it ends when this process does.
    pipe: true,
    args: [...commonArgs, ...args],
    env: { ...process.env, ...env },
    timeout: startMilliseconds,
    protocolTimeout: answerMilliseconds,
    // The application decides when it stops.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Ends a browser at once with all its processes; a Linux browser is often started by a script that stays its parent. */
export function killBrowser(browser: Browser): void {
  const child = browser.process();
  if (child?.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    // Puppeteer makes every browser the head of a process group of its own.
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Asks a browser that did not start for its version: what it says then tells most, such as a missing library. */
async function whyNot({ executable, env }: Candidate): Promise<string> {
  try {
    await promisify(execFile)(executable, ['--version'], { env: { ...process.env, ...env }, timeout: 10_000 });
    return 'it does not start';
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    return said.split('\n')[0] || (error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'it does not start');
  }
}

function reasonFor(search: BrowserSearch, tried: NoBrowser['tried']): string {
  const [first] = tried;
  if (search.executablePath !== null) {
    return (
      `PDF is off: PUPPETEER_EXECUTABLE_PATH names ${search.executablePath}, but ${first?.problem ?? 'it does not start'}. ` +
      'Set it to a Chromium, Chrome or Edge that starts, or unset it to let LIJW look for one, and restart.'
    );
  }
  const found =
    tried.length === 0
      ? 'no browser was found on this machine'
      : `no browser starts (${tried.map(({ executable, problem }) => `${executable}: ${problem}`).join('; ')})`;
  return (
    `PDF is off: ${found}. To switch it on, install Chromium (Debian and Ubuntu: apt-get install ` +
    'chromium-headless-shell; elsewhere Chromium, Chrome or Edge), or set PUPPETEER_EXECUTABLE_PATH to one, and restart.'
  );
}
