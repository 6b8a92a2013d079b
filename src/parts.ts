import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createPdfPrinter } from './adapters/pdf/printer';
import { createAdvisory } from './advisory/services';
import { frozenVersions } from './assessment/frozen-versions';
import { createAssessmentWithCollection } from './collection/services';
import type { Config } from './config';
import { loadDeadlines } from './cooperation/deadlines';
import { createCooperationProgrammes } from './cooperation/programmes';
import { loadRegistry } from './definitions/registry';
import { formsInUse } from './events/forms-in-use';
import { createEventServices } from './events/services';
import { createAttachedFiles } from './files/attached-files';
import { installationKeyOf } from './installation-key';
import { createClockGuard } from './letters/clock-guard';
import { logosOf } from './logos';
import { loadProgrammes, programmesOf } from './programme/document/load';
import type { Programme } from './programme/document/programme';
import { createProgress } from './programme/progress';
import { createEditionFiles } from './publishing/edition-files';
import { createJobs } from './publishing/jobs/jobs';
import { createPublishing } from './publishing/services';
import type { Installation } from './reports/edition/edition';
import { systemClock } from './shared/clock';
import { randomIds } from './shared/ids';
import { openEmbeddedStore } from './storage/embedded/open';
import { openMongoStore } from './storage/mongo/open';

/** Told by the parts what may interest the rest of the program. */
export interface Wakers {
  /** There is a letter to be sent. */
  readonly lettersWait: () => void;
  /** There is a file to be made. */
  readonly filesWait: () => void;
}

export type Parts = Awaited<ReturnType<typeof openParts>>;

/**
 * What the process that answers (`compose.ts`) and the one that makes files (`compose-making.ts`) both stand on: here the
 * engine and the printer are chosen. Whoever opens them closes the printer and the store.
 *
 * @param alsoProgrammes programmes beside those of the definitions' folder.
 */
export async function openParts(config: Config, alsoProgrammes: readonly Programme[], wake: Wakers) {
  const { mongodbUri, mongodbWait, dataDir, definitionsDir } = config;
  const notice = (message: string): void => void process.stderr.write(`${message}\n`);
  const warn = (error: unknown): void => notice(error instanceof Error ? error.message : String(error));
  const store =
    mongodbUri === null
      ? await openEmbeddedStore(dataDir, { notice })
      : await openMongoStore(mongodbUri, { waitFor: mongodbWait, notice });
  try {
    const instruments = loadRegistry(definitionsDir, [...(await frozenVersions(store)), ...(await formsInUse(store))]);
    const base = { store, clock: systemClock, ids: randomIds, randomBytes };
    const installationKey = await installationKeyOf(config);
    const logos = await logosOf(config);
    const guard = createClockGuard(base);
    const { assessment, collection } = createAssessmentWithCollection({
      ...base,
      ...{ instruments, installationKey },
      clockIsRight: async () => (await guard.jump()) === null,
    });
    const files = createAttachedFiles(base);
    const cooperation = createCooperationProgrammes(base);
    const advisory = createAdvisory({ ...base, cooperation, files });
    const events = createEventServices({
      ...base,
      confirmWithinHours: config.mail === null ? null : config.confirmHours,
      lettersWait: wake.lettersWait,
    });
    const jobs = createJobs({ ...base, wake: wake.filesWait });
    const editionFiles = createEditionFiles(jobs);
    return {
      ...{
        base,
        notice,
        warn,
        store,
        instruments,
        assessment,
        collection,
        advisory,
        cooperation,
        events,
        jobs,
        editionFiles,
      },
      cooperationDeadlines: loadDeadlines(join(definitionsDir, 'deadlines', 'cooperation-programme.json')),
      ...{ logos, installationKey, files },
      printer: createPdfPrinter({ search: config.browserSearch, warn: notice }),
      programmes: programmesOf([...loadProgrammes(join(definitionsDir, 'programmes')).all(), ...alsoProgrammes]),
      progress: createProgress({ clock: systemClock, events, assessment, advisory, cooperation }),
      publishing: createPublishing({ ...base, assessment, editionFiles, installation: installationOf(config) }),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What an edition says of who publishes it. */
function installationOf({ operator, baseUrl, licence }: Config): Installation {
  const publisher = operator === null ? null : { name: operator.name, email: operator.email };
  return { publisher, address: baseUrl, licence };
}
