import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { MailTransport, OutgoingMail, SendFault } from '../../letters/transport';

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
  /** Message-IDs of letters whose last byte went to the server, as far as it has not answered. */
  const underWay = new Set<string>();
  transport.use('stream', (mail, done) => {
    const id = mail.message.messageId();
    mail.message.transform(() => {
      const pass = new PassThrough();
      pass.once('end', () => underWay.add(id));
      return pass;
    });
    done();
  });
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    async send(letter) {
      const messageId = `<${createHash('sha256').update(letter.id).digest('hex').slice(0, 32)}@${domain}>`;
      try {
        await transport.sendMail(messageOf(letter, messageId, from));
      } catch (error) {
        throw underWay.has(messageId) && responseCodeOf(error) === null ? new Unanswered(error) : error;
      } finally {
        underWay.delete(messageId);
      }
    },
    faultOf,
    close() {
      transport.close();
      return Promise.resolve();
    },
  };
}

/** The server had the whole letter and did not say whether it took it. */
class Unanswered extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'Unanswered';
  }
}

function messageOf({ to, subject, text, calendar = null, unsubscribe }: OutgoingMail, messageId: string, from: string) {
  return {
    ...{ messageId, from },
    // As an object, so that a comma in it cannot make two addresses.
    to: { name: '', address: to },
    ...{ subject, text },
    headers: { 'Auto-Submitted': 'auto-generated', ...(unsubscribe === undefined ? {} : listHeaders(unsubscribe)) },
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
  };
}

/** RFC 2369, and RFC 8058 where the address is safe enough for it. */
function listHeaders(address: string): Record<string, string> {
  const oneClick = address.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {};
  return { 'List-Unsubscribe': `<${address}>`, ...oneClick };
}

function faultOf(error: unknown): SendFault {
  if (error instanceof Unanswered) return 'unsure';
  const response = responseCodeOf(error);
  if (response !== null) return refusesLetter(error, response) ? 'refused' : 'busy';
  const { code, errno } = (error ?? {}) as { readonly code?: unknown; readonly errno?: unknown };
  const noServer = ['EDNS', 'ESOCKET', 'ECONNECTION', 'ETIMEDOUT', 'ETLS', 'EAUTH', 'ENOAUTH', 'EPROXY'];
  return errno !== undefined || noServer.includes(String(code)) ? 'away' : 'busy';
}

/** A permanent answer about this letter or its address; about our sign-in it says nothing of the letter. */
function refusesLetter(error: unknown, response: number): boolean {
  return response >= 550 && response < 560 && (error as { readonly code?: unknown }).code !== 'EAUTH';
}

function responseCodeOf(error: unknown): number | null {
  const code = (error as { readonly responseCode?: unknown } | null)?.responseCode;
  return typeof code === 'number' ? code : null;
}
