import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { sayMore, sayStep, seconds, withTicks } from './progress.mjs';
import { readNotes, writeNotes } from './notes.mjs';

/** Packages with native parts fit one kind of machine and one generation of Node. */
const machine = `${process.platform}-${process.arch}-node-abi-${process.versions.modules}`;

/** Installs exactly the packages of package-lock.json, where that has not been done. Gives false if it cannot be. */
export async function ensurePackages(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (areInstalled(root, wanted)) {
    sayStep(2, 'Packages: all there.');
    return true;
  }
  sayStep(2, `Packages: installing ${wanted.size} (the first time takes a minute or more).`);
  const started = Date.now();
  const paths = [...wanted.keys()];
  const { ok, output } = await withTicks(
    () => {
      const there = paths.filter((path) => existsSync(join(root, path, 'package.json'))).length;
      return there === 0 ? 'fetching the first packages' : `${there} of ${paths.length} packages`;
    },
    () => npm(root, ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--no-progress']),
  );
  if (ok) {
    writeNotes(root, { machine });
    sayMore(`Installed in ${seconds(started)}.`);
    return true;
  }
  console.error(
    `\n${output}\n\nThe packages could not be installed: npm's own words are above. What to try:\n` +
      '- is the package registry reachable from here (a proxy is set with: npm config set proxy ADDRESS)?\n' +
      '- may you write in this folder, and is there room (1 GB)?\n' +
      '- run "npm ci" by hand, mend what it says, then run the same command again.',
  );
  return false;
}

/** npm keeps a list of what it has installed, so packages installed by hand count too. */
function areInstalled(root, wanted) {
  const list = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const noted = readNotes(root).machine;
  if (noted !== undefined && noted !== machine) return false;
  const there = packagesOf(list);
  for (const [path, { version, optional }] of wanted) {
    // An optional package that does not fit this machine is left out by npm itself.
    if (there.get(path)?.version !== version && !(optional && !there.has(path))) return false;
  }
  return true;
}

function packagesOf(lockFile) {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  return new Map(Object.entries(packages).filter(([path]) => path !== ''));
}
