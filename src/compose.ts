import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Accounts } from './accounts/accounts';
import { everything } from './accounts/rights';
import { createAccountServices } from './accounts/services';
import { helperProcess } from './adapters/jobs/helper-process';
import { repeating } from './adapters/jobs/repeating';
import type { PdfPrinter } from './adapters/pdf/printer';
import type { CollectionServices } from './collection/services';
import { warningsAbout, type Config } from './config';
import type { Registry } from './definitions/registry';
import { createMailbox } from './letters/mailbox';
import type { MakingTask } from './making';
import { openParts, type Parts } from './parts';
import { startPost } from './post';
import type { Programme } from './programme/document/programme';
import type { PublishingServices } from './publishing/services';
import { Failure, isRefusal } from './shared/errors';
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
 * Puts together what answers requests, over the parts that it shares with what makes files (`parts.ts`).
 *
 * @param alsoProgrammes programmes beside those of the definitions' folder.
 */
export async function compose(config: Config, alsoProgrammes: readonly Programme[] = []): Promise<Application> {
  const parts = await openParts(config, alsoProgrammes, {
    lettersWait: () => post.kick(),
    filesWait: () => making.wake(),
  });
  const { base, notice, warn, store, instruments, printer, assessment, collection, events, publishing } = parts;
  for (const warning of warningsAbout(config)) notice(warning);
  const mailbox = config.mailbox ? createMailbox(base) : null;
  // Without a secret of one's own, sign-ins end when the program does.
  const sessionSecret = config.sessionSecret ?? randomBytes(32).toString('hex');
  const staff = createAccountServices({
    ...base,
    secret: sessionSecret,
    linkKey: parts.installationKey,
    lettersWait: () => post.kick(),
    unitNames: async (ids) => {
      const units = await Promise.all(ids.map((id) => assessment.units.get(id)));
      return units.flatMap((unit) => unit?.name ?? []);
    },
  });
  const post = startPost(config, { mailbox, events, collection, oneTimeLinks: staff.oneTimeLinks }, warn);
  const making = startMaking(config, alsoProgrammes, parts);
  try {
    const minding = repeating(60_000, () => mindUnfinished(collection, publishing), warn);
    const housekeeping = repeating(6 * 3_600_000, () => keepHouse(services, notice), warn);
    const lapsing = repeating(60_000, () => events.lapseOverdue(), warn);

    const services: Services = {
      engine: config.mongodbUri === null ? 'embedded' : 'mongodb',
      ...{ store, clock: base.clock, ids: base.ids, instruments, assessment, collection, events, publishing },
      programmes: parts.programmes,
      progress: parts.progress,
      advisory: parts.advisory,
      cooperation: parts.cooperation,
      cooperationDeadlines: parts.cooperationDeadlines,
      files: parts.files,
      territory: createTerritoryRegister(base),
      mail: { ...post.ways, wake: () => post.kick(), mailbox },
      ...staff,
      jobs: parts.jobs,
      editionFiles: parts.editionFiles,
      pdf: printer,
      logos: parts.logos,
      baseUrl: config.baseUrl,
    };
    // What a crash has left half done is finished before anybody asks for it.
    await collection.start();
    await parts.advisory.groupAdvice.start();
    await publishing.editions.resumeWithdrawing();
    await keepHouse(services, notice);
    post.kick();
    if (config.staff !== null) await ensureStaff(services.accounts, config.staff);

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
      await post.stop();
      await making.stop();
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

/** Sessions, counts and files that are over, letters that are owed and not written yet, and lists past their day. */
async function keepHouse(
  { accounts, assessment, audit, oneTimeLinks, people, collection, events, files, sessions, jobs }: Services,
  notice: (message: string) => void,
): Promise<void> {
  await sessions.removeExpired();
  await accounts.removeOldFailures();
  await oneTimeLinks.removeOld();
  await people.finishErasing();
  await jobs.tidy();
  await files.tidy();
  await events.lapseOverdue();
  await events.oweMissing();
  await collection.invitations.forgetPast();
  await assessment.contacts.forgetPast();
  await assessment.meetings.eraseNames();
  const { heldBack } = await events.retention.deleteExpired();
  if (heldBack === null) {
    await audit.forgetOld();
    return;
  }
  notice(
    `No personal data are deleted for now: the clock shows ${heldBack.now}, but the last moment known is ` +
      `${heldBack.known}. If the clock is right, say so on the page of events, or run: npm run delete-expired -- --clock-is-right`,
  );
}

/** Has files made in a process of their own, when there are any: also those that a process has left half made. */
function startMaking(config: Config, alsoProgrammes: readonly Programme[], { jobs, warn }: Parts) {
  if (config.jobsAtOnce === 0) return { wake: () => undefined, stop: () => Promise.resolve() };
  const task: MakingTask = { config, alsoProgrammes };
  const helper = helperProcess(join(__dirname, 'making'), task, warn);
  const looking = repeating(5_000, async () => ((await jobs.anyDue()) ? helper.wake() : undefined), warn);
  return {
    wake: () => helper.wake(),
    async stop() {
      await looking.stop();
      await helper.stop();
    },
  };
}

/** A sign-in that people rely on and that is not there would be found out too late. */
async function ensureStaff(accounts: Accounts, staff: NonNullable<Config['staff']>): Promise<void> {
  const ensured = await accounts.ensurePassword(staff.user, staff.password, everything);
  if (!isRefusal(ensured)) return;
  const { refused, details } = ensured;
  const limits = Object.entries(details ?? {}).map(([name, value]) => `${name}: ${value} characters`);
  const why = [refused, ...limits].join(', ');
  throw new Failure(
    'staff-refused',
    `The sign-in of LIJW_STAFF_USER and LIJW_STAFF_PASSWORD cannot be made (${why}). Change these settings.`,
  );
}
