import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../shared/project-root';

export const assetsFolder = join(projectRoot, 'dist', 'assets');

/**
 * Addresses of built assets: the manifest of scripts/build.mjs gives each its name with a hash of its content, so that
 * browsers may keep it for ever. Before a build the plain name is used.
 */
export function assetAddresses(): (name: string) => string {
  const manifest = join(assetsFolder, 'manifest.json');
  const names = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>) : {};
  return (name) => `/assets/${names[name] ?? name}`;
}
