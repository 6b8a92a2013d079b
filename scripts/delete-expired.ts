import { randomBytes } from 'node:crypto';
import { createAddressRetention } from '../src/collection/invitations/retention';
import { runCommand } from '../src/commands/command-line';
import { deleteExpiredCommand } from '../src/commands/delete-expired';
import { readConfig } from '../src/config';
import { createEventServices } from '../src/events/services';
import { createClockGuard } from '../src/letters/clock-guard';
import { systemClock } from '../src/shared/clock';
import { randomIds } from '../src/shared/ids';
import { openEmbeddedStore } from '../src/storage/embedded/open';
import { openMongoStore } from '../src/storage/mongo/open';

// Not the whole application: it would delete at its start, before this could say what.
void runCommand(
  deleteExpiredCommand(async () => {
    const { mongodbUri, dataDir } = readConfig(process.env);
    const store = mongodbUri === null ? await openEmbeddedStore(dataDir) : await openMongoStore(mongodbUri);
    const { retention } = createEventServices({ store, clock: systemClock, ids: randomIds, randomBytes });
    const guard = createClockGuard({ store, clock: systemClock });
    const addresses = createAddressRetention({ store, clock: systemClock, guard });
    return { retention, addresses, close: () => store.close() };
  }),
);
