import type { Router } from 'express';
import { withBase } from '../../../letters/base-mark';
import { translator } from '../../../locales/translate';
import { handle } from '../../handle';
import { languageOf } from '../../language';
import { notFound, page } from '../../outcome';
import { addressTable } from '../../router';
import type { Services } from '../../services';
import { siteAddress } from '../../site-address';

/** Most letters of each kind in the list. */
const most = 100;

/** A letter about an event, or one of a survey. */
interface ShownLetter {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly createdAt: string;
  /** Where its attachment can be got. */
  readonly attached?: string | null;
}

/** Letters that would go out by e-mail, for all to read: only where the settings say that this is a demo. */
export function mailboxRoutes(services: Services, baseUrl: string | null): Router {
  const router = addressTable();
  const { mailbox } = services.mail;
  if (mailbox === null) return router;
  const { outbox } = services.events;

  async function letterOf(id: string): Promise<ShownLetter | null> {
    const mail = await outbox.get(id);
    if (mail === null) return mailbox?.get(id) ?? null;
    return { ...mail, attached: mail.calendar ? `/events/${mail.eventId}/calendar.ics` : null };
  }

  router.get(
    '/mailbox',
    handle(async (request) => {
      const t = translator(languageOf(request));
      const all: ShownLetter[] = [...(await outbox.latest(most)), ...(await mailbox.latest(most))];
      const letters = all
        .sort((one, other) => (one.createdAt > other.createdAt ? -1 : 1))
        .map(({ id, to, subject, createdAt }) => ({
          ...{ to, subject, createdAt },
          path: `/mailbox/${encodeURIComponent(id)}`,
        }));
      return page('mailbox/list', { title: t('events:mailbox.title'), letters });
    }),
  );
  router.get(
    '/mailbox/:letter',
    handle(async (request) => {
      const letter = await letterOf(String(request.params['letter']));
      if (letter === null) return notFound();
      const text = withBase(letter.text, siteAddress(request, baseUrl));
      return page('mailbox/letter', {
        title: letter.subject,
        to: letter.to,
        paragraphs: text
          .trim()
          .split('\n\n')
          .map((paragraph) =>
            paragraph.split('\n').map((line) => (/^https?:\/\/\S+$/.test(line) ? { href: line } : { text: line })),
          ),
        attached: letter.attached ?? null,
      });
    }),
  );
  return router;
}
