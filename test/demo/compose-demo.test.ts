import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { composeDemo } from '../../src/demo/compose-demo';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
});
afterAll(() => rm(folder, { recursive: true }));

const definitions = join(__dirname, '..', '..', 'survey-definitions');

describe('demo data of an earlier version', () => {
  it('are moved aside, and the demo starts anew', async () => {
    const dataDir = join(folder, 'old-files');
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'rounds.table'), '');
    const config = readConfig({ DATA_DIR: dataDir, DEFINITIONS_DIR: definitions });
    const said: string[] = [];
    const application = await composeDemo(config, [], (line) => said.push(line));
    await application.close();
    expect(await readdir(`${dataDir}.old`)).toEqual(['rounds.table']);
    expect(said).toEqual([expect.stringContaining('.old')]);
  });
});
