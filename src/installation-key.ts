import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config';
import { Failure } from './shared/errors';

const fileName = 'installation.key';

/**
 * The secret that lies outside the store (`collection/installation-key.ts`): INSTALLATION_KEY, else the file
 * `installation.key` in DATA_DIR, which the first start makes. `Failure('installation-key-unreadable')` where the file
 * cannot be read, written, or is empty.
 */
export async function installationKeyOf({
  installationKey,
  dataDir,
}: Pick<Config, 'installationKey' | 'dataDir'>): Promise<string> {
  if (installationKey !== null) return installationKey;
  const path = join(dataDir, fileName);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    return (await readKey(path)) ?? (await makeKey(path));
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw unreadable(path, 'cannot be read or written', cause);
  }
}

async function readKey(path: string): Promise<string | null> {
  try {
    const key = (await readFile(path, 'utf8')).trim();
    if (key.length < 32) throw unreadable(path, 'is cut short');
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Written whole under a name of its own first: of processes that start together one wins, and all read its key. */
async function makeKey(path: string): Promise<string> {
  const own = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(own, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    await link(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(own);
  }
  const key = await readKey(path);
  if (key === null) throw unreadable(path, 'has gone');
  return key;
}

function unreadable(path: string, what: string, cause?: unknown): Failure {
  return new Failure(
    'installation-key-unreadable',
    `The installation key ${path} ${what}. Put the file back from where it is kept, or set INSTALLATION_KEY.`,
    { cause },
  );
}
