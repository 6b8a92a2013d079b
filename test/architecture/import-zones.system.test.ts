import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Lints `code` as if it were the file at `path` (an existing one, so that the type-aware parser knows it). */
function lint(path: string, code: string): string[] {
  const eslint = join(root, 'node_modules', 'eslint', 'bin', 'eslint.js');
  const result = spawnSync(
    process.execPath,
    [eslint, '--stdin', '--stdin-filename', join(root, path), '--format', 'json'],
    { cwd: root, input: code, encoding: 'utf8' },
  );
  const [file] = JSON.parse(result.stdout) as [{ messages: { ruleId: string | null; message: string }[] }];
  return file.messages.map(({ ruleId, message }) => `${ruleId ?? 'parse'}: ${message}`);
}

describe('the house has one-way streets', () => {
  test.each([
    ['scoring may not read storage', 'src/scoring/scorecard.ts', "import '../storage/port';", 'src/scoring is pure'],
    ['scoring has no Node built-ins', 'src/scoring/scorecard.ts', "import 'node:fs';", 'no Node built-ins'],
    [
      'definitions do not know the assessment',
      'src/definitions/flow.ts',
      "import '../assessment/rounds';",
      'definitions',
    ],
    [
      'the domain does not know an engine',
      'src/assessment/rounds.ts',
      "import '../storage/mongo/store';",
      'assessment',
    ],
    ['web does not see adapters', 'src/web/app.ts', "import '../adapters/pdf/printer';", 'compose.ts'],
    ['adapters do not see web', 'src/adapters/pdf/printer.ts', "import '../../web/app';", 'compose.ts'],
    ['mongoose stays in its engine', 'src/assessment/rounds.ts', "import 'mongoose';", 'src/storage/mongo only'],
    ['express stays in web', 'src/reports/model.ts', "import 'express';", 'src/web only'],
    ['puppeteer stays in its adapter', 'src/web/app.ts', "import 'puppeteer';", 'src/adapters/pdf only'],
  ])('%s', (_, path, code, advice) => {
    expect(lint(path, code)).toContainEqual(expect.stringContaining(advice));
  });

  test('an allowed import passes', () => {
    expect(lint('src/scoring/scorecard.ts', "import '../shared/rounding';\n")).toEqual([]);
  });
});
