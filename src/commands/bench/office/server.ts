import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compose } from '../../../compose';
import { readConfig } from '../../../config';
import { demoProgramme } from '../../../demo/programme';
import { installationKeyOf } from '../../../installation-key';
import { seedOffice } from './seed';
import { seedActivities } from './seed-activities';
import { staffPages, type StaffPage } from './staff-pages';

/** What the process says once it listens. */
export interface OfficeListening {
  readonly port: number;
  readonly pages: readonly StaffPage[];
}

/** A process that serves the application over so many units. `DATA_DIR` is removed by whoever started it. */
async function main(units: number, late: boolean): Promise<void> {
  const config = readConfig({ ...process.env, NODE_ENV: 'production', MONGODB_URI: '', LOG_LEVEL: 'silent' });
  const application = await compose(config, [demoProgramme]);
  const { app, instruments, services, store } = application;
  await seedOffice(store, instruments, await installationKeyOf(config), units, late);
  await seedActivities(store, demoProgramme, units);
  const server = createServer((request, response) => void app(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1000);
  });
  process.on('disconnect', () => void application.close().then(() => process.exit(0)));
  const { port } = server.address() as AddressInfo;
  const listening: OfficeListening = { port, pages: await staffPages(app, services) };
  process.send?.(listening);
}

void main(Number(process.env['OFFICE_UNITS']), process.env['OFFICE_LATE'] === 'yes');
