import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder, from the sources as from `dist`: where views and built assets are. */
export const projectRoot = findRoot(__dirname);

export const assetsFolder = join(projectRoot, 'dist', 'assets');

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder));
}

/**
 * Addresses of built assets: the manifest of scripts/build.mjs gives each its name with a hash of its content, so that
 * browsers may keep it for ever. Before a build the plain name is used.
 */
export function assetAddresses(): (name: string) => string {
  const manifest = join(assetsFolder, 'manifest.json');
  const names = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>) : {};
  return (name) => `/assets/${names[name] ?? name}`;
}
