import { randomBytes } from 'node:crypto';
import { createAccounts, type Accounts } from './accounts/accounts';
import { createSessions } from './accounts/sessions';
import { createPdfPrinter, type PdfPrinter } from './adapters/pdf/printer';
import { frozenVersions } from './assessment/frozen-versions';
import { createAssessment } from './assessment/services';
import type { Config } from './config';
import { loadRegistry, type Registry } from './definitions/registry';
import { systemClock } from './shared/clock';
import { Failure, isRefusal } from './shared/errors';
import { randomIds } from './shared/ids';
import { openEmbeddedStore } from './storage/embedded/open';
import { openMongoStore } from './storage/mongo/open';
import type { Store } from './storage/port';
import { createApp } from './web/app';
import type { Services } from './web/services';

/** The running whole: what main.ts listens with and commands work on. */
export interface Application {
  readonly app: ReturnType<typeof createApp>;
  readonly services: Services;
  readonly store: Store;
  readonly instruments: Registry;
  readonly printer: PdfPrinter;
  /** Finishes what is under way and lets go of the store and the browser. */
  close(): Promise<void>;
}

/** The one place where engines and adapters are chosen and parts are put together. */
export async function compose(config: Config): Promise<Application> {
  const { mongodbUri, dataDir, definitionsDir, staff } = config;
  const notice = (message: string): void => void process.stderr.write(`${message}\n`);
  const store = mongodbUri === null ? await openEmbeddedStore(dataDir, { notice }) : await openMongoStore(mongodbUri);
  try {
    const instruments = loadRegistry(definitionsDir, await frozenVersions(store));
    const printer = createPdfPrinter({ search: config.browserSearch, warn: notice });
    const parts = { store, clock: systemClock, ids: randomIds, randomBytes };

    const services: Services = {
      clock: systemClock,
      ids: randomIds,
      instruments,
      assessment: createAssessment({ ...parts, instruments }),
      accounts: createAccounts(parts),
      sessions: createSessions(store, systemClock),
      pdf: printer,
    };
    // What a crash has left half done is finished before anybody asks for it.
    await services.assessment.sealing.resumeClosing();
    await services.sessions.removeExpired();
    if (staff !== null) await ensureStaff(services.accounts, staff);

    const app = createApp(services, {
      production: config.production,
      baseUrl: config.baseUrl,
      // Without a secret of one's own, sign-ins end when the program does.
      sessionSecret: config.sessionSecret ?? randomBytes(32).toString('hex'),
      trustProxy: config.trustProxy,
    });
    const close = async (): Promise<void> => {
      await printer.close();
      await store.close();
    };
    return { app, services, store, instruments, printer, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A sign-in that people rely on and that is not there would be found out too late. */
async function ensureStaff(accounts: Accounts, staff: NonNullable<Config['staff']>): Promise<void> {
  const ensured = await accounts.ensurePassword(staff.user, staff.password);
  if (!isRefusal(ensured)) return;
  const { refused, details } = ensured;
  const limits = Object.entries(details ?? {}).map(([name, value]) => `${name}: ${value} characters`);
  const why = [refused, ...limits].join(', ');
  throw new Failure(
    'staff-refused',
    `The sign-in of LIJW_STAFF_USER and LIJW_STAFF_PASSWORD cannot be made (${why}). Change these settings.`,
  );
}
