import type { OneTimeLinks } from './accounts/one-time-links';
import { repeating } from './adapters/jobs/repeating';
import { createSmtpTransport } from './adapters/mail/smtp';
import type { CollectionServices } from './collection/services';
import type { Config } from './config';
import type { EventServices } from './events/services';
import type { Mailbox } from './letters/mailbox';

/** How often waiting letters are looked at, in milliseconds. */
const every = 20_000;

/**
 * Part of `compose.ts`: sends letters as they come and those to be tried again. Without a mail server those about events
 * wait, and a demo's invitations and links to sign in go into its mailbox.
 */
export function startPost(
  { mail, baseUrl }: Pick<Config, 'mail' | 'baseUrl'>,
  parts: {
    readonly mailbox: Mailbox | null;
    readonly events: Pick<EventServices, 'outbox'>;
    readonly collection: Pick<CollectionServices, 'invitations'>;
    readonly oneTimeLinks: OneTimeLinks;
  },
  warn: (error: unknown) => void,
) {
  const { outbox } = parts.events;
  const { sending } = parts.collection.invitations;
  const server = mail === null || baseUrl === null ? null : { transport: createSmtpTransport(mail), baseUrl };
  const post = server ?? parts.mailbox?.post ?? null;
  const jobs = [
    ...(server === null ? [] : [repeating(every, () => outbox.deliverDue(server.transport, server.baseUrl), warn)]),
    // Apart, so that a thousand invitations keep no registration waiting.
    ...(post === null ? [] : [repeating(every, () => sending.deliverDue(post), warn)]),
    // Somebody sits and waits to sign in.
    ...(post === null ? [] : [repeating(every, () => parts.oneTimeLinks.deliverDue(post), warn)]),
  ];
  return {
    /** What pages may know of it. */
    ways: { sends: server !== null, post },
    kick: () => jobs.forEach((job) => job.kick()),
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
      await server?.transport.close();
    },
  };
}
