import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createAccounts, type Accounts } from './accounts/accounts';
import { createSessions } from './accounts/sessions';
import { repeating } from './adapters/jobs/repeating';
import { createSmtpTransport } from './adapters/mail/smtp';
import { createAdvisory } from './advisory/services';
import { createPdfPrinter, type PdfPrinter } from './adapters/pdf/printer';
import { frozenVersions } from './assessment/frozen-versions';
import { createAssessmentWithCollection, type CollectionServices } from './collection/services';
import { warningsAbout, type Config } from './config';
import { loadRegistry, type Registry } from './definitions/registry';
import { formsInUse } from './events/forms-in-use';
import { createEventServices, type EventServices } from './events/services';
import { loadProgrammes, programmesOf } from './programme/document/load';
import type { Programme } from './programme/document/programme';
import { createProgress } from './programme/progress';
import { installationKeyOf } from './installation-key';
import { createEditionFiles } from './publishing/edition-files';
import { createMakers } from './publishing/makers';
import { createJobs } from './publishing/jobs/jobs';
import { createWorker, type Worker } from './publishing/jobs/worker';
import { createPublishing, type PublishingServices } from './publishing/services';
import type { Installation } from './reports/edition/edition';
import { systemClock } from './shared/clock';
import { Failure, isRefusal } from './shared/errors';
import { randomIds } from './shared/ids';
import { openEmbeddedStore } from './storage/embedded/open';
import { openMongoStore } from './storage/mongo/open';
import type { Store } from './storage/port';
import { createTerritoryRegister } from './territory/register';
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

/**
 * The one place where engines and adapters are chosen and parts are put together.
 *
 * @param alsoProgrammes programmes beside those of the definitions' folder.
 */
export async function compose(config: Config, alsoProgrammes: readonly Programme[] = []): Promise<Application> {
  const { mongodbUri, mongodbWait, dataDir, definitionsDir, staff } = config;
  const notice = (message: string): void => void process.stderr.write(`${message}\n`);
  const store =
    mongodbUri === null
      ? await openEmbeddedStore(dataDir, { notice })
      : await openMongoStore(mongodbUri, { waitFor: mongodbWait, notice });
  for (const warning of warningsAbout(config)) notice(warning);
  try {
    const instruments = loadRegistry(definitionsDir, [...(await frozenVersions(store)), ...(await formsInUse(store))]);
    const printer = createPdfPrinter({ search: config.browserSearch, warn: notice });
    const parts = { store, clock: systemClock, ids: randomIds, randomBytes };

    const warn = (error: unknown): void => notice(error instanceof Error ? error.message : String(error));
    const installationKey = await installationKeyOf(config);
    const { assessment, collection } = createAssessmentWithCollection({ ...parts, instruments, installationKey });
    const advisory = createAdvisory(parts);
    const events = createEventServices({
      ...parts,
      confirmWithinHours: config.mail === null ? null : config.confirmHours,
      lettersWait: () => post?.kick(),
    });
    const jobs = createJobs({ ...parts, wake: () => workers.wake() });
    const editionFiles = createEditionFiles(jobs);
    const publishing = createPublishing({ ...parts, assessment, editionFiles, installation: installationOf(config) });
    const makers = createMakers({ editions: publishing.editions, assessment, clock: systemClock, printer });
    const workers = startWorkers(config.jobsAtOnce, () => createWorker({ ...parts, makers, warn }), warn);
    const post = startPost(config, events, warn);
    const minding = repeating(60_000, () => mindUnfinished(collection, publishing), warn);
    const housekeeping = repeating(6 * 3_600_000, () => keepHouse(services, notice), warn);
    const lapsing = repeating(60_000, () => events.lapseOverdue(), warn);

    // Without a secret of one's own, sign-ins end when the program does.
    const sessionSecret = config.sessionSecret ?? randomBytes(32).toString('hex');
    const services: Services = {
      store,
      clock: systemClock,
      ids: randomIds,
      instruments,
      assessment,
      collection,
      programmes: programmesOf([...loadProgrammes(join(definitionsDir, 'programmes')).all(), ...alsoProgrammes]),
      progress: createProgress({ clock: systemClock, events, assessment, advisory }),
      advisory,
      publishing,
      events,
      territory: createTerritoryRegister(parts),
      mail: { sends: post !== null, mailbox: config.mailbox },
      accounts: createAccounts({ ...parts, secret: sessionSecret }),
      sessions: createSessions(store, systemClock),
      jobs,
      editionFiles,
      pdf: printer,
      baseUrl: config.baseUrl,
    };
    // What a crash has left half done is finished before anybody asks for it.
    await collection.start();
    await publishing.editions.resumeWithdrawing();
    await keepHouse(services, notice);
    post?.kick();
    if (staff !== null) await ensureStaff(services.accounts, staff);

    const app = createApp(services, {
      production: config.production,
      baseUrl: config.baseUrl,
      sessionSecret,
      trustProxy: config.trustProxy,
      operator: config.operator,
      logLevel: config.logLevel,
    });
    const close = async (): Promise<void> => {
      await minding.stop();
      await housekeeping.stop();
      await lapsing.stop();
      await post?.stop();
      await workers.stop();
      await printer.close();
      await store.close();
    };
    return { app, services, store, instruments, printer, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What respondents' processes and withdrawals have left half done, and what closed rounds have left. */
async function mindUnfinished(collection: CollectionServices, { editions }: PublishingServices): Promise<void> {
  await collection.mind();
  await editions.resumeWithdrawing();
}

/** What an edition says of who publishes it. */
function installationOf({ operator, baseUrl, licence }: Config): Installation {
  const publisher = operator === null ? null : { name: operator.name, email: operator.email };
  return { publisher, address: baseUrl, licence };
}

/** Sessions, counts and files that are over, letters that are owed and not written yet, and lists past their day. */
async function keepHouse(
  { accounts, events, sessions, jobs }: Services,
  notice: (message: string) => void,
): Promise<void> {
  await sessions.removeExpired();
  await accounts.removeOldFailures();
  await jobs.tidy();
  await events.lapseOverdue();
  await events.oweMissing();
  const { heldBack } = await events.retention.deleteExpired();
  if (heldBack === null) return;
  notice(
    `No personal data are deleted for now: the clock shows ${heldBack.now}, but the last moment known is ` +
      `${heldBack.known}. If the clock is right, say so on the page of events, or run: npm run delete-expired -- --clock-is-right`,
  );
}

/** Looks for jobs again and again, and at once where this process has asked for one. */
function startWorkers(count: number, create: () => Worker, warn: (error: unknown) => void) {
  const workers = Array.from({ length: count }, create);
  const loops = workers.map((worker) => repeating(2_000, () => worker.workOff(), warn));
  return {
    wake: () => loops.forEach((loop) => loop.kick()),
    async stop() {
      workers.forEach((worker) => worker.stop());
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** Sends letters as they come and those to be tried again; null where there is no mail server. */
function startPost({ mail, baseUrl }: Config, { outbox }: EventServices, warn: (error: unknown) => void) {
  if (mail === null || baseUrl === null) return null;
  const transport = createSmtpTransport(mail);
  const job = repeating(20_000, () => outbox.deliverDue(transport, baseUrl), warn);
  return {
    kick: () => job.kick(),
    async stop() {
      await job.stop();
      await transport.close();
    },
  };
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
