import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runScript } from '../support/run-script';

const root = join(__dirname, '..', '..');

function start(...words: string[]): ReturnType<typeof spawn> {
  return spawn(process.execPath, ['--import', 'tsx', join(root, 'scripts', 'evaluate.ts'), ...words], { cwd: root });
}

const run = (input: string, ...words: string[]) => runScript('evaluate', words, { input });

test('answers line by line and exits 0 in spite of errors', async () => {
  const lines = [
    '{"rule":{">=":[{"answer":"q1"},3]},"answers":{"q1":4}}',
    '{"rule":{">=":[{"answer":"q1"},3]},"answers":{"q1":null}}',
    'no JSON',
    `{"rule":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    `{"rule":${'{"not":'.repeat(100_000)}true${'}'.repeat(100_000)}}`,
    '{"rule":{"==":[{"group":true},"ngo"]},"group":"ngo"}',
  ];
  const { code, stdout, stderr } = await run(`${lines.join('\n')}\n`);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const results = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(results).toEqual([
    { value: true },
    { unknown: true },
    { error: { code: 'malformed', message: expect.any(String) } },
    { error: { code: 'malformed', message: expect.any(String) } },
    { error: { code: 'too-deep', message: expect.any(String) } },
    { value: true },
  ]);
});

test('runs under its name in package.json', async () => {
  const child = spawn('npm', ['run', '--silent', 'evaluate'], { cwd: root, shell: process.platform === 'win32' });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stdin.end('{"rule":{"count":[[1,2,3]]}}');
  const [code] = (await once(child, 'close')) as [number | null];
  expect([code, stdout]).toEqual([0, '{"value":3}\n']);
});

test('answers a line while its input is still open', async () => {
  const child = start();
  child.stdin?.write('{"rule":1}\n');
  const [first] = (await once(child.stdout!, 'data')) as [Buffer];
  expect(String(first)).toBe('{"value":1}\n');
  child.stdin?.end();
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
});

test('ends quietly when its reader has seen enough', async () => {
  const child = start();
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin?.on('error', () => undefined);
  child.stdin?.write('{"rule":1}\n'.repeat(20_000));
  await once(child.stdout!, 'data');
  child.stdout?.destroy();
  child.stdin?.end('{"rule":1}\n'.repeat(20_000));
  const [code] = (await once(child, 'close')) as [number | null];
  expect([code, stderr]).toEqual([0, '']);
});

test('a hundred thousand lines keep their number and order', async () => {
  const count = 100_000;
  const lines = Array.from(
    { length: count },
    (_, index) => `{"rule":{"+":[${index},{"answer":"a"}]},"answers":{"a":1}}`,
  );
  const { code, stdout } = await run(lines.join('\n'));
  expect(code).toBe(0);
  expect(stdout).toBe(Array.from({ length: count }, (_, index) => `{"value":${index + 1}}\n`).join(''));
});

test('--help explains with examples; a file name is refused as JSON', async () => {
  const help = await run('', '--help');
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('Examples:');
  const refused = await run('', 'rules.jsonl');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(JSON.parse(refused.stderr)).toMatchObject({ problems: [{ code: 'bad-option' }] });
});
