import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from '../support/run-script';
import { secondProgramme } from '../support/second-programme';

describe('check-definitions on programmes', () => {
  it('checks them by their own schema and meaning, beside instruments', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'programmes-'));
    const file = join(dir, 'inny-region-2026.json');
    writeFileSync(file, JSON.stringify({ ...secondProgramme(), endsOn: '2020-01-01', partners: [] }, null, 2));
    const run = await runScript('check-definitions', [file, 'survey-definitions/programme.schema.json']);
    rmSync(dir, { recursive: true });
    expect(run.code).toBe(1);
    const { problems } = JSON.parse(run.stdout);
    expect(problems.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)).toEqual([
      '/partners too-few',
      '/endsOn ends-before-starts',
    ]);
  });
});
