import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './child.mjs';
import { npm } from './npm.mjs';
import { seconds } from './progress.mjs';

/** Settings of an installation that say where tests find their tools; all others would only disturb tests. */
const forTests = ['MONGODB_URI', 'PUPPETEER_EXECUTABLE_PATH', 'LIJW_BROWSER_SEARCH'];

/** Runs every check, then every test; stops at the first stage that fails. Gives the exit code. */
export async function runChecks(root) {
  const env = environmentForTests(root);
  let tests = null;
  const stages = [
    ...['format', 'lint', 'types', 'definitions'].map((name) => ({
      name,
      work: async () => (await npm(root, ['run', '--silent', name], { show: true, env })).ok,
    })),
    {
      name: 'tests',
      work: async () => {
        const { ok, counts } = await runJest(root, env);
        tests = counts;
        return ok;
      },
    },
  ];

  const lines = [];
  let failed = null;
  for (const [index, { name, work }] of stages.entries()) {
    console.log(`\n-- ${name} (stage ${index + 1} of ${stages.length})`);
    const started = Date.now();
    const ok = await work();
    lines.push(`  ${name.padEnd(12)} ${ok ? 'passed' : 'FAILED'}  ${seconds(started)}`);
    if (ok) continue;
    failed = name;
    lines.push(...stages.slice(index + 1).map((later) => `  ${later.name.padEnd(12)} not run`));
    break;
  }

  console.log(`\nSummary\n${lines.join('\n')}\n`);
  if (tests) {
    console.log(
      `Tests: ${tests.passed} passed, ${tests.failed} failed${tests.skipped ? `, ${tests.skipped} skipped` : ''}`,
    );
  }
  console.log(failed === null ? 'Everything passed.' : `Stopped at the stage "${failed}": see its output above.`);
  return failed === null ? 0 : 1;
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
