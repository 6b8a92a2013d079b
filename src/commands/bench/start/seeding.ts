import { compose } from '../../../compose';
import { readConfig } from '../../../config';
import { installationKeyOf } from '../../../installation-key';
import { seedOffice } from '../office/seed';

/** A process that fills the store of its settings with so many units, each with two rounds, and ends. */
async function main(units: number): Promise<void> {
  const config = readConfig({ ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'silent' });
  const application = await compose(config);
  if (units > 0) await seedOffice(application.store, application.instruments, await installationKeyOf(config), units);
  await application.close();
}

void main(Number(process.env['OFFICE_UNITS'])).then(() => process.exit(0));
