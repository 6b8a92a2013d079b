import { join } from 'node:path';
import { readConfig } from '../config';
import { installationKeyOf } from '../installation-key';
import { failStart, serve } from '../serve';
import { composeDemo } from './compose-demo';
import { seedPeople } from './people';
import { demoProgramme, seedProgrammeDemo } from './programme';
import { seedPublications } from './publish';
import { writeDemoReports } from './report';
import { seedAfterPublishing, seedAssessments } from './seed';
import { welcome } from './welcome';

const staff = { user: 'demo', password: 'pokaz-lokalny-2026' };

/** The application on the embedded store, with demo data; the data folder of a real installation is left alone. */
async function main(): Promise<void> {
  const config = readConfig({
    ...process.env,
    NODE_ENV: 'production',
    MONGODB_URI: '',
    MAILBOX: 'show',
    LICENCE_NAME: process.env['LICENCE_NAME'] ?? 'CC BY 4.0',
    LICENCE_URL: process.env['LICENCE_URL'] ?? 'https://creativecommons.org/licenses/by/4.0/deed.pl',
    DATA_DIR: process.env['DEMO_DATA_DIR'] ?? join('data', 'demo'),
    LIJW_STAFF_USER: staff.user,
    LIJW_STAFF_PASSWORD: staff.password,
  });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const application = await composeDemo(config, [demoProgramme], say);
  const { store, instruments } = application;
  const installationKey = await installationKeyOf(config);
  await seedAssessments(store, instruments, installationKey);
  await seedProgrammeDemo(store);
  await seedPublications(application);
  await seedAfterPublishing(store, instruments, installationKey);
  await seedPeople(application.services, application.services.assessment.units, staff.user, staff.password);
  const address = await serve(application, config);
  say(await welcome(application, address, staff));
  await writeDemoReports(application, 'out', say);
}

main().catch(failStart);
