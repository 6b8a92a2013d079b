import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './child.mjs';
import { npm } from './npm.mjs';
import { seconds } from './progress.mjs';

/** Settings of an installation that say where tests find their tools; all others would only disturb tests. */
const forTests = ['MONGODB_URI', 'PUPPETEER_EXECUTABLE_PATH', 'LIJW_BROWSER_SEARCH'];

/** What is checked before the tests, in two rows side by side: lint takes as long as all the others together. */
const rows = [['lint'], ['format', 'types', 'definitions']];

/** Runs every check, then every test unless a check has failed. Gives the exit code. */
export async function runChecks(root) {
  const env = environmentForTests(root);
  const checks = await Promise.all(rows.map((names) => runInTurn(root, env, names)));
  const stages = checks.flat();
  let tests = null;
  if (stages.every(({ end }) => end === 'passed')) {
    console.log('\n-- tests');
    const started = Date.now();
    const { ok, counts } = await runJest(root, env);
    tests = counts;
    stages.push({ name: 'tests', end: endOf(ok), took: seconds(started) });
  } else stages.push({ name: 'tests', end: 'not run', took: '' });

  const lines = stages.map(({ name, end, took }) => `  ${name.padEnd(12)} ${end}  ${took}`.trimEnd());
  console.log(`\nSummary\n${lines.join('\n')}\n`);
  if (tests) {
    console.log(
      `Tests: ${tests.passed} passed, ${tests.failed} failed${tests.skipped ? `, ${tests.skipped} skipped` : ''}`,
    );
  }
  const failed = stages.filter(({ end }) => end === 'FAILED').map(({ name }) => name);
  console.log(failed.length === 0 ? 'Everything passed.' : `Failed: ${failed.join(', ')}. See the output above.`);
  return failed.length === 0 ? 0 : 1;
}

function endOf(ok) {
  return ok ? 'passed' : 'FAILED';
}

/** Runs npm's scripts of these names one after the other; what one says is shown when it has ended, so that none mix. */
async function runInTurn(root, env, names) {
  const stages = [];
  for (const name of names) {
    const started = Date.now();
    const { ok, output } = await npm(root, ['run', '--silent', name], { env });
    const stage = { name, end: endOf(ok), took: seconds(started) };
    stages.push(stage);
    console.log(`\n-- ${name}: ${stage.end} (${stage.took})${output === '' ? '' : `\n${output}`}`);
  }
  return stages;
}

/** Runs Jest alone with arguments of one's own. Gives the exit code. */
export async function runJestWith(root, args) {
  const { code } = await run(process.execPath, [jestOf(root), ...args], {
    cwd: root,
    env: environmentForTests(root),
    show: true,
  });
  return code ?? 1;
}

async function runJest(root, env) {
  const folder = mkdtempSync(join(tmpdir(), 'lijw-jest-'));
  const results = join(folder, 'results.json');
  try {
    const { ok } = await run(
      process.execPath,
      [
        jestOf(root),
        '--ci',
        `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`,
        '--json',
        `--outputFile=${results}`,
      ],
      { cwd: root, env, show: true },
    );
    if (!existsSync(results)) return { ok: false, counts: null };
    const counted = JSON.parse(readFileSync(results, 'utf8'));
    const counts = {
      passed: counted.numPassedTests,
      failed: counted.numFailedTests + counted.numRuntimeErrorTestSuites,
      skipped: counted.numPendingTests + counted.numTodoTests,
    };
    return { ok: ok && counted.success && counts.passed > 0, counts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function jestOf(root) {
  return join(root, 'node_modules', 'jest', 'bin', 'jest.js');
}

function environmentForTests(root) {
  const { settings } = createRequire(import.meta.url)(join(root, 'dist', 'config.js'));
  const disturbing = Object.keys(settings).filter((name) => !forTests.includes(name));
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !disturbing.includes(name)));
}
