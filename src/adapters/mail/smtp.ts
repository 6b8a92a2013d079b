import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { MailTransport } from '../../events/mails/transport';

/** Sends through an SMTP server, over a few connections that are kept. */
export function createSmtpTransport({ smtpUrl, from }: { smtpUrl: string; from: string }): MailTransport {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
    // Letters are made of our own texts: nothing in them may make us read files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    async send({ id, to, subject, text, calendar }) {
      await transport.sendMail({
        messageId: `<${createHash('sha256').update(id).digest('hex').slice(0, 32)}@${domain}>`,
        from,
        // As an object, so that a comma in it cannot make two addresses.
        to: { name: '', address: to },
        subject,
        text,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(calendar === null
          ? {}
          : {
              attachments: [
                {
                  filename: 'wydarzenie.ics',
                  content: calendar,
                  contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
                },
              ],
            }),
      });
    },
    isFinal(error) {
      const code = (error as { responseCode?: unknown } | null)?.responseCode;
      return typeof code === 'number' && code >= 550 && code < 560;
    },
    close() {
      transport.close();
      return Promise.resolve();
    },
  };
}
