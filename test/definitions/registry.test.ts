import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOf } from '../../src/definitions/hash';
import type { Instrument } from '../../src/definitions/instrument';
import { loadRegistry, readInstrument, type FrozenVersion } from '../../src/definitions/registry';
import { ProblemsFound, type Problem } from '../../src/shared/errors';
import { smallForm, smallInstrument, text } from '../support/instruments';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'instruments-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function save(instrument: Instrument, name = `${instrument.id}-${instrument.version}.json`): string {
  const file = join(dir, name);
  writeFileSync(file, JSON.stringify(instrument, null, 2));
  return file;
}

function problemsOf(load: () => unknown): readonly Problem[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ProblemsFound) return error.problems;
    throw error;
  }
  return [];
}

describe('hashOf', () => {
  it('depends on the content, not on the order of keys or the layout', () => {
    expect(hashOf({ b: [1, { d: 1, c: 2 }], a: 'ą' })).toBe(hashOf({ a: 'ą', b: [1, { c: 2, d: 1 }] }));
    expect(hashOf({ a: [1, 2] })).not.toBe(hashOf({ a: [2, 1] }));
    // printf '{"a":1,"b":2}' | sha256sum
    expect(hashOf({ b: 2, a: 1 })).toBe('43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777');
  });
});

describe('loadRegistry', () => {
  it('holds every version, the highest as the latest', () => {
    for (const version of ['1.9.0', '1.10.0', '1.2.3']) save(smallInstrument({ version }));
    save(smallForm());
    const registry = loadRegistry(dir);
    expect(registry.all().map(({ instrument: { id, version } }) => `${id}@${version}`)).toEqual([
      'small@1.2.3',
      'small@1.9.0',
      'small@1.10.0',
      'small-form@1.0.0',
    ]);
    expect(registry.latest('small')?.instrument.version).toBe('1.10.0');
    expect(registry.get('small', '1.2.3')?.hash).toBe(hashOf(smallInstrument({ version: '1.2.3' })));
    expect(registry.get('small', '9.9.9')).toBeUndefined();
    expect(registry.latest('none')).toBeUndefined();
  });

  it('lists the problems of all files at once', () => {
    const first = save(smallInstrument({ version: '1.0.0', questions: [] }));
    const second = save(smallForm(), 'other-name.json');
    const third = join(dir, 'broken.json');
    writeFileSync(third, '{"id": "x"');
    const files = problemsOf(() => loadRegistry(dir)).map(({ file, code }) => [file, code]);
    expect(files).toEqual(
      expect.arrayContaining([
        [first, 'too-few'],
        [second, 'file-name'],
        [third, 'not-json'],
      ]),
    );
  });

  it('refuses a used version that was changed or is missing, and says what to do', () => {
    const frozen = (version: string): FrozenVersion => ({
      id: 'small',
      version,
      hash: hashOf(smallInstrument({ version })),
    });
    const changed = save(smallInstrument({ title: text('Inny', 'Other') }));
    save(smallInstrument({ version: '1.1.0' }));
    const problems = problemsOf(() => loadRegistry(dir, [frozen('1.0.0'), frozen('1.1.0'), frozen('1.2.0')]));
    expect(problems).toMatchObject([
      { file: changed, code: 'frozen-changed' },
      { file: join(dir, 'small-1.2.0.json'), code: 'frozen-missing' },
    ]);
    expect(problems[0]?.message).toMatch(/new version.*restore small-1\.0\.0\.json/);
    expect(problems[1]?.message).toContain('restore small-1.2.0.json');
  });

  it('does not mind a frozen version that was only laid out anew', () => {
    const instrument = smallInstrument();
    const reversed = Object.fromEntries(Object.entries(instrument).reverse());
    writeFileSync(join(dir, 'small-1.0.0.json'), JSON.stringify(reversed));
    expect(loadRegistry(dir, [{ id: 'small', version: '1.0.0', hash: hashOf(instrument) }]).all()).toHaveLength(1);
  });

  it('says where a folder is missing', () => {
    expect(problemsOf(() => loadRegistry(join(dir, 'none')))).toMatchObject([{ code: 'unreadable' }]);
  });
});

describe('readInstrument', () => {
  it('gives the instrument and its hash', async () => {
    const { instrument, hash } = await readInstrument(save(smallInstrument()));
    expect(instrument).toEqual(smallInstrument());
    expect(hash).toBe(hashOf(smallInstrument()));
  });

  it('throws all problems with file, pointer and line', async () => {
    const file = save(smallInstrument({ version: '1' }));
    await expect(readInstrument(file)).rejects.toMatchObject({
      problems: [{ file, pointer: '/version', code: 'bad-code', line: 3 }],
    });
  });

  it('is not put off by bad input', async () => {
    const file = join(dir, 'small-1.0.0.json');
    const code = (): Promise<unknown> =>
      readInstrument(file).then(
        () => 'none',
        (error: unknown) => (error as ProblemsFound).problems[0]?.code,
      );
    expect(await code()).toBe('no-such-file');
    writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d]));
    expect(await code()).toBe('not-utf8');
    writeFileSync(file, ' '.repeat(5_000_001));
    expect(await code()).toBe('too-large');
    writeFileSync(file, '{"$schema": "https://json-schema.org/draft/2020-12/schema"}');
    expect(await code()).toBe('not-an-instrument');
    rmSync(file);
    mkdirSync(file);
    expect(await code()).toBe('not-a-file');
  });
});

describe('the instruments in the box', () => {
  it('pass every check', () => {
    expect(loadRegistry(join(__dirname, '../../survey-definitions')).latest('lijw')).toBeDefined();
  });
});
