import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Where a browser may come from, in the order in which they are tried: a `system` one is installed on the machine, a
 * `puppeteer` one is in puppeteer's own cache, a `packaged` one is carried by an npm package. It comes last because it
 * gets no security fixes of its own.
 */
export const browserKinds = ['system', 'puppeteer', 'packaged'] as const;
export type BrowserKind = (typeof browserKinds)[number];

export interface BrowserSearch {
  /** The one browser to use; no other is tried, so that a wrong setting shows. */
  readonly executablePath: string | null;
  /** Which kinds may be used where no path is given. */
  readonly kinds: readonly BrowserKind[];
}

/**
 * Reads `PUPPETEER_EXECUTABLE_PATH` and `LIJW_BROWSER_SEARCH`, a comma list of kinds (all where unset). Words that are
 * no kind are left out here; src/config.ts reports them.
 */
export function browserSearchFrom(env: NodeJS.ProcessEnv): BrowserSearch {
  const words = (env['LIJW_BROWSER_SEARCH'] ?? '').split(',').map((word) => word.trim());
  const kinds = browserKinds.filter((kind) => words.includes(kind));
  return { executablePath: env['PUPPETEER_EXECUTABLE_PATH'] || null, kinds: kinds.length > 0 ? kinds : browserKinds };
}

const linuxNames = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const macApps = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const windowsApps = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/** Browsers of this machine that exist, best first: the headless shell starts fastest and takes half the memory. */
export function systemBrowsers(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): string[] {
  return usualPlaces(platform, env).filter((path) => existsSync(path));
}

function usualPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') {
    return macApps.flatMap((app) => [join('/Applications', app), join(homedir(), 'Applications', app)]);
  }
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return windowsApps.flatMap((app) => roots.flatMap((root) => (root ? [join(root, app)] : [])));
  }
  const folders = new Set([
    '/usr/bin',
    '/usr/local/bin',
    ...(env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/')),
    '/snap/bin',
  ]);
  return linuxNames.flatMap((name) => [...folders].map((folder) => join(folder, name)));
}
