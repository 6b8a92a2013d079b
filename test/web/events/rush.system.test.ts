import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { testMoment, startTestApp } from '../../support/app';
import { mongoTestStore } from '../../support/stores';
import { eventInput, eventsOver, newEvent } from '../../events/event-builders';
import { expectFair, rush } from './rush';

const seats = 30;

it('500 people at once for 30 seats on the embedded store: 30 placed, in the order of arrival, one answer each', async () => {
  const test = await startTestApp();
  const event = await newEvent(test.services.events, seats);
  const forms = await rush([await test.listen()], event.id);
  expectFair(forms, await test.services.events.queues.state(event.id), seats);
  const letters = await test.services.events.outbox.ofEvent(event.id);
  expect(letters).toHaveLength(forms.length);
  await test.close();
});

/** The whole application as a process of its own; resolves to its address once it listens. */
async function startProcess(env: Readonly<Record<string, string>>): Promise<{ child: ChildProcess; site: string }> {
  const main = join(__dirname, '../../../src/main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', LOG_LEVEL: 'silent', ...env },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('http://')) {
      child.stdout.resume();
      return { child, site: line };
    }
  }
  throw new Error('The application ended before it listened.');
}

const uri = process.env.MONGODB_URI;

if (uri) {
  it('the same with two processes on one MongoDB', async () => {
    const data = await mongoTestStore(uri);
    // These processes have the real time, so registration has to be open today.
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    const services = eventsOver(data.store, { clock: () => new Date() });
    const event = await newEvent(services, seats, {
      ...eventInput(),
      registrationOpensAt: `${day(-2)}T08:00`,
      registrationClosesAt: `${day(20)}T08:00`,
      startsAt: `${day(21)}T09:00`,
      endsAt: `${day(21)}T15:00`,
      deleteAfter: day(90),
    });
    const processes = await Promise.all([1, 2].map(() => startProcess({ MONGODB_URI: data.uri })));
    try {
      const forms = await rush(
        processes.map(({ site }) => site),
        event.id,
      );
      expectFair(forms, await services.queues.state(event.id), seats);
    } finally {
      await Promise.all(
        processes.map(
          ({ child }) =>
            new Promise((resolve) => {
              child.on('close', resolve);
              child.kill('SIGTERM');
            }),
        ),
      );
      await data.dispose();
    }
  });
} else {
  it('the same with two processes on one MongoDB: not run, MONGODB_URI is not set', () => {
    process.stdout.write('Rush with two processes: not run, MONGODB_URI is not set\n');
    expect(testMoment).toBeInstanceOf(Date);
  });
}
