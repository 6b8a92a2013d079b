import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** What each room may not import, and a word of the advice that the author gets. */
const forbidden = [
  ['scoring may not read storage', 'src/scoring/scorecard.ts', "import '../storage/port';", 'src/scoring is pure'],
  ['scoring has no Node built-ins', 'src/scoring/scorecard.ts', "import 'node:fs';", 'no Node built-ins'],
  [
    'the application releases by all rules',
    'src/assessment/results.ts',
    "import '../scoring/release';",
    'Only the face of scoring',
  ],
  ['so do commands', 'src/commands/report.ts', "import '../scoring/release';", 'Only the face of scoring'],
  ['definitions do not know people', 'src/definitions/flow.ts', "import '../assessment/rounds';", 'src/definitions'],
  [
    'no domain knows an engine',
    'src/assessment/rounds.ts',
    "import '../storage/mongo/open';",
    'engines are chosen in compose.ts',
  ],
  ['web does not see adapters', 'src/web/app.ts', "import '../adapters/pdf/printer';", 'compose.ts'],
  ['adapters do not see web', 'src/adapters/pdf/printer.ts', "import '../../web/app';", 'compose.ts'],
  ['mongoose stays in its engine', 'src/assessment/rounds.ts', "import 'mongoose';", 'src/storage/mongo only'],
  ['express stays in web', 'src/reports/model.ts', "import 'express';", 'src/web only'],
  ['puppeteer stays in its adapter', 'src/web/app.ts', "import 'puppeteer';", 'src/adapters/pdf only'],
  [
    'shared imports nothing of ours',
    'src/shared/errors.ts',
    "import '../definitions/flow';",
    'src/shared imports nothing',
  ],
] as const;
const allowed = [
  { path: 'src/scoring/scorecard.ts', code: "import '../shared/rounding';\n" },
  // The attacker shows what each rule is for.
  { path: 'src/commands/bench/attacker/attack-unit.ts', code: "import '../../../scoring/release';\n" },
];

/** Lints texts as if they were the files at their paths, by the rules about imports alone: these need no types. */
const lintAll = `
  import { ESLint } from 'eslint';
  const texts = JSON.parse(process.argv[1]);
  const eslint = new ESLint({
    cwd: ${JSON.stringify(root)},
    ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports' || ruleId.startsWith('import-x/'),
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  });
  const results = [];
  for (const { path, code } of texts) {
    const [file] = await eslint.lintText(code, { filePath: path });
    results.push(file.messages.map(({ ruleId, message }) => ruleId + ': ' + message));
  }
  process.stdout.write(JSON.stringify(results));
`;

let messages: string[][] = [];
beforeAll(() => {
  const texts = [...forbidden.map(([, path, code]) => ({ path, code })), ...allowed];
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', lintAll, JSON.stringify(texts)], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(child.stderr).toBe('');
  messages = JSON.parse(child.stdout) as string[][];
});

test.each(forbidden.map(([name, , , advice], index) => [name, advice, index] as const))('%s', (_, advice, index) => {
  expect(messages[index]).toContainEqual(expect.stringContaining(advice));
});

test('what is allowed passes', () => {
  expect(messages.slice(forbidden.length)).toEqual(allowed.map(() => []));
});
