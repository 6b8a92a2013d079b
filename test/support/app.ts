import type { Express } from 'express';
import { createApp } from '../../src/web/app';
import type { Services } from '../../src/web/services';
import { randomIds } from '../../src/shared/ids';

/** The moment every test begins at: a spring noon in Warsaw. */
export const testMoment = new Date('2026-03-16T12:00:00+01:00');

export interface TestApp {
  readonly app: Express;
  readonly services: Services;
  /** Every line of the web log so far. */
  readonly log: string[];
}

export function startTestApp(): TestApp {
  const log: string[] = [];
  const services: Services = { clock: () => testMoment, ids: randomIds };
  const app = createApp(services, {
    production: false,
    baseUrl: null,
    sessionSecret: 'a secret of the tests only',
    trustProxy: false,
    logTo: { write: (line: string) => void log.push(line) },
  });
  return { app, services, log };
}
