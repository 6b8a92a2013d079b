import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smallInstrument } from '../support/instruments';
import { runScript } from '../support/run-script';

const schema = 'survey-definitions/instrument.schema.json';

const run = (...words: readonly string[]) => runScript('check-definitions', words);

describe('check-definitions', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'definitions-'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  function save(name: string, text: string): string {
    const file = join(dir, name);
    writeFileSync(file, text);
    return file;
  }

  it('exits 0 and lists nothing where nothing is wrong, a schema among the files', async () => {
    const file = save('small-1.0.0.json', JSON.stringify(smallInstrument()));
    expect(await run(file, schema)).toEqual({ code: 0, stdout: '{"problems":[]}\n', stderr: '' });
  });

  it('exits 1 and lists everything that is wrong in all files', async () => {
    const twice = save('small-2.0.0.json', '{"id": "small",\n"id": "small"}');
    const syntax = save('syntax.json', '{\n"id": }');
    const badSchema = save('bad.schema.json', '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": 3}');
    const missing = join(dir, 'missing.json');
    const { code, stdout } = await run(twice, syntax, missing, dir, badSchema);
    expect(code).toBe(1);
    const { problems } = JSON.parse(stdout);
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ file: twice, pointer: '/id', code: 'repeated-key', line: 2 }),
        expect.objectContaining({ file: twice, pointer: '', code: 'missing-property' }),
        expect.objectContaining({ file: syntax, pointer: '', code: 'not-json', line: 2 }),
        expect.objectContaining({ file: missing, pointer: '', code: 'no-such-file' }),
        expect.objectContaining({ file: dir, pointer: '', code: 'not-a-file' }),
        expect.objectContaining({ file: badSchema, pointer: '', code: 'bad-schema' }),
      ]),
    );
    for (const problem of problems) expect(problem.message).toEqual(expect.any(String));
  });

  it('explains itself', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: npm run --silent check-definitions -- FILE…');
  });

  it('asks for a file where none is named', async () => {
    const { code, stderr } = await run();
    expect(code).toBe(1);
    expect(JSON.parse(stderr).problems).toMatchObject([{ code: 'no-files' }]);
  });
});
