import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

let child: ChildProcess;
let lines: Interface;
let address: string;
let survey: string;
// One connection, made while there are handles for it.
let agent: Agent;

beforeEach(async () => {
  const script = join(__dirname, 'children/app-child.ts');
  child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  lines = createInterface({ input: child.stdout! });
  const [ready] = (await once(lines, 'line')) as [string];
  [, address = '', survey = ''] = ready.split(' ');
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});

afterEach(async () => {
  agent.destroy();
  child.kill('SIGKILL');
  await once(child, 'exit');
});

interface Answer {
  readonly status: number;
  readonly text: string;
}

function ask(path: string, form?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { Origin: address, 'Content-Type': 'application/x-www-form-urlencoded' };
    const request = httpRequest(address + path, { agent, method: form === undefined ? 'GET' : 'POST', headers });
    request.on('error', reject);
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
    });
    request.end(form);
  });
}

/** What the system allows the process from now on; `unlimited` takes it back. */
function limit(what: 'fsize' | 'nofile', soft: string): void {
  execFileSync('prlimit', ['--pid', String(child.pid), `--${what}=${soft}:`]);
}

const begin = (): Promise<Answer> => ask(`${survey}/group`, 'group=ngo');

it('a disk on which no file may grow: 503 in words, /health says so, and both recover by themselves', async () => {
  expect((await begin()).status).toBe(303);
  expect((await ask('/health')).status).toBe(200);

  limit('fsize', '1');
  const refused = await begin();
  expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('Serwis chwilowo nie działa')]);
  expect(await ask('/health')).toMatchObject({ status: 503, text: expect.stringContaining('store-failed') });
  // What needs no writing goes on.
  expect((await ask(survey)).status).toBe(200);

  limit('fsize', 'unlimited');
  expect((await ask('/health')).status).toBe(200);
  expect((await begin()).status).toBe(303);
});

it('no more file handles: /health says so, answers that are acknowledged are stored, and it recovers by itself', async () => {
  expect((await begin()).status).toBe(303);
  limit('nofile', '200');
  child.stdin!.write('use-up-handles\n');
  await once(lines, 'line');
  expect(await ask('/health')).toMatchObject({ status: 503, text: expect.stringContaining('store-failed') });
  // The files of the store are open already.
  expect((await begin()).status).toBe(303);

  limit('nofile', '1000');
  expect((await ask('/health')).status).toBe(200);
});
