import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Express } from 'express';
import { createAccountServices } from '../../src/accounts/services';
import { createAdvisory } from '../../src/advisory/services';
import { createEventServices } from '../../src/events/services';
import { createMailbox } from '../../src/letters/mailbox';
import { loadProgrammes } from '../../src/programme/document/load';
import { createProgress } from '../../src/programme/progress';
import { loadDeadlines } from '../../src/cooperation/deadlines';
import { createCooperationProgrammes } from '../../src/cooperation/programmes';
import { createAttachedFiles } from '../../src/files/attached-files';
import { createEditionFiles } from '../../src/publishing/edition-files';
import { createMakers } from '../../src/publishing/makers';
import { createWorker } from '../../src/publishing/jobs/worker';
import { createJobs } from '../../src/publishing/jobs/jobs';
import { createPublishing } from '../../src/publishing/services';
import type { Clock } from '../../src/shared/clock';
import { Failure } from '../../src/shared/errors';
import { randomIds } from '../../src/shared/ids';
import type { Registry } from '../../src/definitions/registry';
import { createTerritoryRegister } from '../../src/territory/register';
import { createApp } from '../../src/web/app';
import type { FormLimits } from '../../src/web/limit-requests';
import type { PdfService, Services } from '../../src/web/services';
import { assessmentOver, instrumentsOf } from './builders';
import { smallInstrument } from './instruments';
import type { Store } from '../../src/storage/port';
import { embeddedTestStore, type TestStore } from './stores';

/** The moment every test stands at: a spring noon in Warsaw. */
export const testMoment = new Date('2026-03-16T12:00:00+01:00');

export interface TestApp {
  readonly app: Express;
  readonly services: Services;
  /** What the services keep everything in. */
  readonly store: Store;
  /** Where its files are; '' on another engine. */
  readonly folder: string;
  /** Every line of the web log so far, parsed. */
  readonly log: Record<string, unknown>[];
  /** Listens on a free port of this machine, for a browser; the address has no slash at its end. */
  listen(): Promise<string>;
  /** Makes what is due. */
  makeFiles(): Promise<unknown>;
  /** Waits until every file that was asked for is made, or has failed. */
  filesMade(): Promise<unknown>;
  close(): Promise<void>;
}

export const testSessionSecret = 'a secret of the tests only';

/** Who publishes in tests. */
export const testInstallation = {
  publisher: { name: 'Biuro Projektu', email: 'biuro@example.org' },
  address: null,
  licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/deed.pl' },
};

const definitions = join(__dirname, '../../survey-definitions');
const programmes = loadProgrammes(join(definitions, 'programmes'));
const cooperationDeadlines = loadDeadlines(join(definitions, 'deadlines/cooperation-programme.json'));

/** A machine on which no browser is installed. */
const noPdf: PdfService = {
  print: () => Promise.reject(new Failure('pdf-off', 'PDF is off.')),
  available: () => Promise.resolve({ ok: false }),
};

/** The application over a fresh embedded store, knowing the small instrument unless others are given. Close it. */
export async function startTestApp(
  instruments: Registry = instrumentsOf(smallInstrument()),
  pdf: PdfService = noPdf,
  clock: Clock = () => testMoment,
  formLimits?: FormLimits,
  own?: TestStore,
): Promise<TestApp> {
  const data: TestStore = own ?? (await embeddedTestStore());
  const { store } = data;
  const log: Record<string, unknown>[] = [];
  const assessment = assessmentOver(store, { instruments, clock });
  const events = createEventServices({ store, clock, ids: randomIds, randomBytes });
  const files = createAttachedFiles({ store, clock, ids: randomIds });
  const cooperation = createCooperationProgrammes({ store, clock, ids: randomIds });
  const advisory = createAdvisory({ store, clock, ids: randomIds, cooperation, files });
  const jobs = createJobs({ store, clock, wake: () => void workOff() });
  const editionFiles = createEditionFiles(jobs);
  const publishing = createPublishing({ store, clock, assessment, editionFiles, installation: testInstallation });
  const progress = createProgress({ clock, events, assessment, advisory, cooperation });
  const worker = createWorker({
    ...{ store, clock, ids: randomIds, warn: (error: unknown) => expect(error).toBeUndefined() },
    makers: createMakers({
      editions: publishing.editions,
      assessment,
      programmes,
      progress,
      editionFiles,
      clock,
      printer: pdf,
      logos: [],
    }),
  });
  // One after the other, as a process does it; who asks for a file waits for it by `filesMade`.
  let working: Promise<unknown> = Promise.resolve();
  const workOff = (): Promise<unknown> => (working = working.then(() => worker.workOff()));
  const mailbox = createMailbox({ store, clock });
  const services: Services = {
    store,
    engine: 'embedded',
    clock,
    ids: randomIds,
    instruments,
    assessment,
    collection: assessment,
    programmes,
    progress,
    advisory,
    files,
    cooperation,
    cooperationDeadlines,
    publishing,
    events,
    territory: createTerritoryRegister({ store }),
    mail: { sends: false, post: mailbox.post, wake: () => undefined, mailbox },
    ...createAccountServices({
      ...{ store, clock, ids: randomIds, randomBytes, passwordCost: { N: 1024, r: 8, p: 1 } },
      ...{ secret: 'a secret of the tests only', linkKey: 'a key of the tests only' },
      lettersWait: () => undefined,
    }),
    jobs,
    editionFiles,
    pdf,
    baseUrl: null,
    logos: [],
  };
  const app = createApp(services, {
    production: false,
    keepViews: true,
    baseUrl: null,
    sessionSecret: testSessionSecret,
    trustProxy: false,
    ...(formLimits ? { formLimits } : {}),
    logTo: { write: (line: string) => void log.push(JSON.parse(line) as Record<string, unknown>) },
  });
  const server = createServer((request, response) => void app(request, response));
  return {
    app,
    services,
    store,
    folder: 'folder' in data ? String(data.folder) : '',
    log,
    async listen() {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    makeFiles: workOff,
    filesMade: () => working,
    async close() {
      worker.stop();
      await working;
      if (server.listening) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await data.dispose();
    },
  };
}

/** Style sheet, scripts and fonts as they are in the sources now: call before `startTestApp` where a browser looks. */
export async function buildAssets(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(__dirname, '../../scripts/build.mjs'), '--if-changed']);
}
