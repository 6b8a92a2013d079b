import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfCheckout, printed } from '../support/checkout';

const node = process.execPath;
const setUp = 'scripts/setup.mjs';

describe('the set-up', () => {
  const checkout = copyOfCheckout({ packages: true });
  beforeAll(() => writeFileSync(join(checkout.root, 'src', 'demo', 'main.ts'), standInForTheDemo));
  afterAll(() => checkout.remove());

  it('says each step, builds once, and finds a browser', () => {
    const first = checkout.run(node, [setUp, 'install']);
    expect(first.code).toBe(0);
    for (const step of [1, 2, 3, 4, 5]) expect(first.output).toContain(`[${step}/5] `);
    expect(first.output).toContain('[3/5] Build: making dist/.');
    expect(first.output).not.toContain('PDF is off');
    expect(checkout.run(node, [setUp, 'install']).output).toContain('[3/5] Build: up to date.');
  });

  it('says that PDF is off and how to switch it on where no browser starts, and goes on', () => {
    const { code, output } = checkout.run(node, [setUp, 'install'], { PUPPETEER_EXECUTABLE_PATH: '/no/browser' });
    expect(code).toBe(0);
    expect(output).toContain('PDF is off: PUPPETEER_EXECUTABLE_PATH names /no/browser');
    expect(output).toContain('[5/5]');
  });

  describe.each([
    ['node', [setUp, 'demo']],
    ['npm', ['run', 'demo']],
  ])('starts the demo through %s', (program, args) => {
    it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('and it stops on %s', async (signal) => {
      const child = checkout.start(program === 'node' ? node : program, args);
      const ended = once(child, 'exit');
      const address = await printed(child, /http:\/\/localhost:\d+/);
      expect((await fetch(address)).status).toBe(200);
      child.kill(signal);
      // npm ends by the signal, the demo itself with 0.
      expect((await ended).some((how) => how === 0 || how === signal)).toBe(true);
      await gone(address);
    });
  });

  it('ends with a usage for a job that it does not know', () => {
    expect(checkout.run(node, [setUp, 'build'])).toEqual({
      code: 2,
      output: 'Usage: node scripts/setup.mjs demo|test|install\n',
    });
  });

  it('tells an old Node which one is needed', () => {
    const asOld = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' });
      Object.defineProperty(process, 'version', { value: 'v18.20.4' });
      import('./${setUp}');`;
    const { code, output } = checkout.run(node, ['-e', asOld]);
    expect(code).toBe(1);
    expect(output).toMatch(/^LIJW needs Node\.js 20\.19 or newer; this is v18\.20\.4/);
  });
});

it('a set-up that gets no packages shows what npm says and what to do', () => {
  const checkout = copyOfCheckout({ packages: false });
  try {
    const { code, output } = checkout.run(node, [setUp, 'install'], {
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
      npm_config_cache: join(checkout.root, 'cache'),
    });
    expect(code).toBe(1);
    expect(output).toContain('ECONNREFUSED');
    expect(output).toContain('What to try');
  } finally {
    checkout.remove();
  }
});

/** Waits until nobody answers any more. */
async function gone(address: string): Promise<void> {
  for (;;) {
    try {
      await fetch(address);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** All that the set-up asks of the demo: it starts when it is loaded, and ends by itself on a signal. */
const standInForTheDemo = `
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const server = createServer((_request, response) => void response.end('x'));
server.listen(0, '127.0.0.1', () => {
  console.log('http://localhost:' + String((server.address() as AddressInfo).port));
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
`;
