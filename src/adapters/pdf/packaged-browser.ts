import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { access, chmod, constants, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const packageName = '@sparticuz/chromium';
const unpackingMilliseconds = 120_000;

export interface PackagedBrowser {
  readonly executable: string;
  /** Variables it needs beside those of this process. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The browser inside the optional npm package; null where the package is not installed or not for this machine. On first
 * use it is unpacked (two seconds, 190 MB) beside the packages, where only those may write who may write the code; where
 * that folder cannot be written, into a private temporary folder that goes when this process ends.
 */
export async function packagedBrowser(): Promise<PackagedBrowser | null> {
  const entry = packageEntry();
  if (entry === null || process.platform !== 'linux' || process.arch !== 'x64') return null;
  const kept = await keptFolder(entry);
  if (await isExecutable(join(kept, 'chromium'))) return unpackedIn(kept);
  return (await unpackToKeep(entry, kept)) ? unpackedIn(kept) : unpackedIn(await temporarilyUnpacked(entry));
}

function unpackedIn(folder: string): PackagedBrowser {
  return { executable: join(folder, 'chromium'), env: { FONTCONFIG_FILE: join(folder, 'fonts.conf') } };
}

function packageEntry(): string | null {
  try {
    return createRequire(__filename).resolve(packageName);
  } catch {
    return null;
  }
}

async function keptFolder(entry: string): Promise<string> {
  const packages = entry.slice(0, entry.lastIndexOf(join(sep, packageName)));
  const own = await readFile(join(packages, packageName, 'package.json'), 'utf8');
  const { version } = JSON.parse(own) as { version: string };
  return join(packages, '.cache', 'lijw', `chromium-${version}`);
}

/** Unpacks beside the place and moves it there whole: another process never sees half a browser. */
async function unpackToKeep(entry: string, kept: string): Promise<boolean> {
  const halfway = `${kept}-${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(halfway, { recursive: true });
    await unpack(entry, halfway, kept);
    await rename(halfway, kept);
    return true;
  } catch {
    // Another process was first, or the folder cannot be written.
    await rm(halfway, { recursive: true, force: true }).catch(() => undefined);
    return isExecutable(join(kept, 'chromium'));
  }
}

let temporary: Promise<string> | null = null;

function temporarilyUnpacked(entry: string): Promise<string> {
  temporary ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lijw-browser-'));
    process.once('exit', () => {
      try {
        rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      } catch {
        // The system empties its temporary folder in the end.
      }
    });
    await unpack(entry, folder, folder);
    return folder;
  })();
  temporary.catch(() => (temporary = null));
  return temporary;
}

/**
 * The package unpacks into the temporary folder of its process, under names that anybody could have put there before:
 * so it runs in a process of its own, whose temporary folder is ours alone.
 */
async function unpack(entry: string, into: string, home: string): Promise<void> {
  const script = `import(${JSON.stringify(pathToFileURL(entry).href)})
    .then((all) => (all.default.default ?? all.default).executablePath())
    .catch((error) => { console.error(error); process.exit(1); });`;
  const env = { ...process.env, TMPDIR: into, NODE_OPTIONS: '' };
  await promisify(execFile)(process.execPath, ['-e', script], { env, timeout: unpackingMilliseconds });
  await chmod(join(into, 'chromium'), 0o755);
  await writeFile(join(into, 'fonts.conf'), fontSettings(home));
}

/** The package's own settings name folders that are not there; without any font the browser prints empty pages. */
function fontSettings(home: string): string {
  const inXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${inXml(join(home, 'fonts'))}</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
