/**
 * Builds `dist/`: the server as CommonJS with source maps, the browser's scripts for old phones too, the style sheet and
 * the fonts. Types are not checked here (`npm run types`). Run: `node scripts/build.mjs [--if-changed]`.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const sources = join(root, 'src');
/** Sources of the browser's part; the server's output needs none of them. */
const client = join(sources, 'web', 'client');
const theme = join(sources, 'web', 'theme');
/** The style sheet keeps what they use. */
const views = join(root, 'views');

/** Whether `dist/` was built from what is there now. */
export function isBuilt() {
  const stamp = join(dist, 'built-from');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === inputsHash();
}

/** Builds beside `dist/` and swaps the two at the end: a build that fails leaves the last good one. */
export async function build() {
  const from = inputsHash();
  const next = join(root, `dist.new-${process.pid}`);
  const last = join(root, `dist.old-${process.pid}`);
  try {
    rmSync(next, { recursive: true, force: true });
    const { default: esbuild } = await import('esbuild');
    await buildServer(esbuild, next);
    await buildAssets(esbuild, join(next, 'assets'));
    writeFileSync(join(next, 'built-from'), from);
    if (existsSync(dist)) renameSync(dist, last);
    renameSync(next, dist);
  } finally {
    for (const folder of [next, last]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything that the output is made of: our sources and views, this script and the exact packages. */
function inputsHash() {
  const hash = createHash('sha256');
  const self = fileURLToPath(import.meta.url);
  const parts = [...filesIn(sources), ...filesIn(views), self, ...filesIn(join(dirname(self), 'build'))];
  for (const file of [...parts, join(root, 'package-lock.json')]) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

async function buildServer(esbuild, into) {
  const files = filesIn(sources).filter((file) => !isInside(file, client) && !isInside(file, theme));
  await esbuild.build({
    entryPoints: files.filter((file) => extname(file) === '.ts' && !file.endsWith('.d.ts')),
    outdir: into,
    outbase: sources,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  for (const file of files.filter((one) => !['.ts', '.md'].includes(extname(one)))) {
    const target = join(into, relative(sources, file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
  }
}

/** Assets carry a hash of their content in their names, which `manifest.json` maps from the plain ones. */
async function buildAssets(esbuild, into) {
  // Here and not above: `isBuilt` is asked before the packages are installed.
  const [{ pageFonts }, { styleSheets }, { compressed }] = await Promise.all(
    ['fonts', 'styles', 'compress'].map((part) => import(`./build/${part}.mjs`)),
  );
  const manifest = {};
  const write = (name, content) => {
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
    const ending = extname(name);
    manifest[name] = `${name.slice(0, -ending.length)}-${hash}${ending}`;
    writeFileSync(join(into, manifest[name]), content);
    if (ending === '.woff2') return;
    for (const one of compressed(content)) writeFileSync(join(into, manifest[name] + one.ending), one.content);
  };
  mkdirSync(join(into, 'fonts'), { recursive: true });
  for (const { name, content } of await pageFonts(root)) write(name, content);
  for (const { name, content } of await clientScripts(esbuild)) write(name, content);
  write('icon.svg', readFileSync(join(theme, 'icon.svg')));
  const withHash = (_, _quote, asset) => {
    if (manifest[asset] === undefined) throw new Error(`src/web/theme names ${asset}, which is no asset.`);
    return `url(/assets/${manifest[asset]})`;
  };
  for (const { name, content } of await styleSheets(root)) {
    write(name, content.replaceAll(/url\((["']?)\/assets\/([^"')]+)\1\)/g, withHash));
  }
  writeFileSync(join(into, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function clientScripts(esbuild) {
  if (!existsSync(client)) return [];
  const entryPoints = readdirSync(client)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(client, name));
  if (entryPoints.length === 0) return [];
  const { outputFiles } = await esbuild.build({
    entryPoints,
    outdir: client,
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['es2017'],
    logLevel: 'warning',
  });
  return outputFiles.map(({ path, contents }) => ({ name: basename(path), content: contents }));
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function isInside(file, folder) {
  return file.startsWith(folder + sep);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--if-changed') && isBuilt()) console.log('dist/ is up to date.');
  else {
    const started = process.hrtime.bigint();
    await build();
    console.log(`Built dist/ in ${Number((process.hrtime.bigint() - started) / 100_000_000n) / 10} s.`);
  }
}
