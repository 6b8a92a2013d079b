import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from '../build.mjs';
import { ensureBrowser } from './browser.mjs';
import { runChecks, runJestWith } from './checks.mjs';
import { endWithNpm, leaveSignals, passSignalsOn } from './child.mjs';
import { ensurePackages } from './packages.mjs';
import { sayMore, sayStep, seconds } from './progress.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const jobs = ['demo', 'test', 'install'];

/** Sets up and does the job, one of `jobs`; ends the process with a code that is not 0 where it cannot. */
export async function main([job, ...args]) {
  if (!jobs.includes(job)) {
    console.error(`Usage: node scripts/setup.mjs ${jobs.join('|')}`);
    process.exit(2);
  }
  passSignalsOn();
  endWithNpm();
  sayStep(1, `Node.js ${process.version} on ${process.platform} ${process.arch}: fine.`);
  if (!(await ensurePackages(root))) process.exit(1);
  if (!(await ensureBuild())) process.exit(1);
  await ensureBrowser(root);

  if (job === 'demo') startDemo(args);
  else if (job === 'install') sayStep(5, 'Nothing more to do: all is set up.');
  else if (args.length > 0) {
    sayStep(5, `Tests: jest ${args.join(' ')}`);
    process.exitCode = await runJestWith(root, args);
  } else {
    sayStep(5, 'Checks and tests.');
    process.exitCode = await runChecks(root);
  }
}

async function ensureBuild() {
  if (isBuilt()) {
    sayStep(3, 'Build: up to date.');
    return true;
  }
  sayStep(3, 'Build: making dist/.');
  const started = Date.now();
  try {
    await build();
  } catch (error) {
    // esbuild has said it already.
    if (!(error instanceof Error && 'errors' in error)) console.error(error);
    console.error('\nThe build failed.');
    return false;
  }
  sayMore(`Built in ${seconds(started)}.`);
  return true;
}

/**
 * The set-up becomes the demo: `dist/demo/main.js` starts when it is loaded and answers signals itself. One process less
 * to pass signals through, and none is left over when this one is killed.
 */
function startDemo(args) {
  const demo = join(root, 'dist', 'demo', 'main.js');
  if (!existsSync(demo)) {
    console.error('There is no demo in this checkout (src/demo/main.ts).');
    process.exit(1);
  }
  sayStep(5, 'Demo: starting.');
  leaveSignals();
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, demo, ...args];
  createRequire(import.meta.url)(demo);
}
