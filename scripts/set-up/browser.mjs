import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run } from './child.mjs';
import { readNotes, writeNotes } from './notes.mjs';
import { sayMore, sayStep, withTicks } from './progress.mjs';

const aptLimit = 300_000;
const downloadLimit = 180_000;

/**
 * Sees to a browser that makes PDFs: one that is there, else one that can be installed, else the one inside an npm
 * package. Without any the application still runs, so this never fails. The search itself is the application's own.
 */
export async function ensureBrowser(root) {
  const require = createRequire(import.meta.url);
  const { browserSearchFrom } = require(join(root, 'dist', 'adapters', 'pdf', 'browser-search.js'));
  const { startBrowser } = require(join(root, 'dist', 'adapters', 'pdf', 'start-browser.js'));
  const search = browserSearchFrom(process.env);
  const asked = JSON.stringify(search);

  const noted = readNotes(root).browser;
  if (noted?.asked === asked && existsSync(noted.executable)) {
    sayStep(4, `Browser for PDF: ${noted.executable}.`);
    return;
  }
  sayStep(4, 'Browser for PDF: looking for one.');

  /** Whether a browser of these kinds starts; the first one that does is noted. */
  const found = async (kinds) => {
    const among = search.kinds.filter((kind) => kinds.includes(kind));
    if (search.executablePath === null && among.length === 0) return false;
    const outcome = await startBrowser({ ...search, kinds: among });
    if ('reason' in outcome) return false;
    await outcome.browser.close();
    const { executable, version } = outcome;
    sayMore(`Found ${executable} (${version}).`);
    writeNotes(root, { browser: { asked, executable } });
    return true;
  };

  if (await found(['system', 'puppeteer'])) return;
  if (search.executablePath === null) {
    if (search.kinds.includes('system') && (await installWithApt()) && (await found(['system']))) return;
    if (search.kinds.includes('puppeteer') && (await downloadWithPuppeteer(root)) && (await found(['puppeteer'])))
      return;
    if (search.kinds.includes('packaged')) {
      sayMore('Trying the browser that an npm package carries.');
      if (await found(['packaged'])) return;
    }
  }
  const outcome = await startBrowser(search);
  if ('reason' in outcome) sayMore(`${outcome.reason}\nEverything else works without it.`);
  else await outcome.browser.close();
}

async function installWithApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => run('apt-get', args, { env, limit: aptLimit });
  const install = () =>
    apt('install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=60', 'chromium-headless-shell');
  sayMore('Installing chromium-headless-shell with apt-get (at most 5 minutes).');
  const { ok } = await withTicks(
    () => 'still installing',
    async () => {
      const first = await install();
      if (first.ok) return first;
      // The list of packages may be missing or old.
      await apt('update');
      return install();
    },
  );
  if (!ok) sayMore('apt-get has no such package, or cannot install it here.');
  return ok;
}

async function downloadWithPuppeteer(root) {
  const folder = join(root, 'node_modules', 'puppeteer');
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const script = join(folder, typeof bin === 'string' ? bin : bin.puppeteer);
  sayMore('Downloading a browser (100 MB, at most 3 minutes).');
  const { ok } = await withTicks(
    () => 'still downloading',
    () =>
      run(process.execPath, [script, 'browsers', 'install', 'chrome-headless-shell'], {
        cwd: root,
        limit: downloadLimit,
      }),
  );
  if (!ok) sayMore('It cannot be downloaded here.');
  return ok;
}
