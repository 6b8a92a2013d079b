import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Config } from './config';
import { Failure } from './shared/errors';
import type { Logo } from './shared/logo';

const types: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
};
/** More would not stand beside each other on a poster, and larger ones would be most of a report. */
const [mostLogos, mostBytes] = [8, 200_000];

/**
 * The partners' logos of LOGOS_DIR in the order of their file names, each named as its file without a number before it:
 * `1 Fundacja Przykładowa.svg`. None where the setting is not there; `Failure('logos-unreadable')` where the folder
 * cannot be read or a file is no picture for print.
 */
export async function logosOf({ logosDir }: Pick<Config, 'logosDir'>): Promise<readonly Logo[]> {
  if (logosDir === null) return [];
  const files = (await read(logosDir, () => readdir(logosDir))).filter((name) => !name.startsWith('.')).sort();
  if (files.length > mostLogos) throw unreadable(logosDir, `holds ${files.length} files; at most ${mostLogos} fit`);
  return Promise.all(
    files.map(async (file) => {
      const path = join(logosDir, file);
      const type = types[extname(file).toLowerCase()];
      if (type === undefined) throw unreadable(path, `is no ${Object.keys(types).join(', ')} file`);
      const content = await read(path, () => readFile(path));
      if (content.length > mostBytes) throw unreadable(path, `has more than ${mostBytes / 1000} kB`);
      const name = file.slice(0, -extname(file).length).replace(/^\d+[\s._-]*/, '');
      return { name, image: `data:${type};base64,${content.toString('base64')}` };
    }),
  );
}

async function read<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw unreadable(path, 'cannot be read', cause);
  }
}

function unreadable(path: string, why: string, cause?: unknown): Failure {
  return new Failure('logos-unreadable', `LOGOS_DIR: ${path} ${why}.`, { cause });
}
