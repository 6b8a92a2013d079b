import { createSmtpTransport } from '../../../src/adapters/mail/smtp';
import { openEmbeddedStore } from '../../../src/storage/embedded/open';
import { assessmentOver } from '../../support/builders';

/**
 * A process of its own that sends what is due, until nothing is: `sending-process.ts FOLDER PORT TIME`, the time being
 * what its clock shows.
 */
async function main(folder: string, port: string, time: string): Promise<void> {
  const store = await openEmbeddedStore(folder);
  const { invitations } = assessmentOver(store, { clock: () => new Date(time) });
  const transport = createSmtpTransport({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'LIJW <lijw@example.org>' });
  while ((await invitations.sending.deliverDue({ transport, baseUrl: 'https://lijw.example.org' })) > 0);
  await transport.close();
  await store.close();
}

const [folder = '', port = '', time = ''] = process.argv.slice(2);
void main(folder, port, time);
