import type { Router } from 'express';
import { withBase } from '../../../letters/base-mark';
import { translator } from '../../../locales/translate';
import { handle } from '../../handle';
import { languageOf } from '../../language';
import { notFound, page } from '../../outcome';
import { addressTable } from '../../router';
import type { Services } from '../../services';
import { siteAddress } from '../../site-address';

/** Most letters in the list. */
const most = 100;

/** Letters that would go out by e-mail, for all to read: only where the settings say that this is a demo. */
export function mailboxRoutes(services: Services, baseUrl: string | null): Router {
  const router = addressTable();
  if (!services.mail.mailbox) return router;
  const { outbox } = services.events;

  router.get(
    '/mailbox',
    handle(async (request) => {
      const t = translator(languageOf(request));
      const letters = (await outbox.latest(most)).map(({ id, to, subject, createdAt }) => ({
        ...{ to, subject, createdAt },
        path: `/mailbox/${encodeURIComponent(id)}`,
      }));
      return page('mailbox/list', { title: t('events:mailbox.title'), letters });
    }),
  );
  router.get(
    '/mailbox/:letter',
    handle(async (request) => {
      const mail = await outbox.get(String(request.params['letter']));
      if (mail === null) return notFound();
      const text = withBase(mail.text, siteAddress(request, baseUrl));
      return page('mailbox/letter', {
        title: mail.subject,
        to: mail.to,
        paragraphs: text
          .trim()
          .split('\n\n')
          .map((paragraph) =>
            paragraph.split('\n').map((line) => (/^https?:\/\/\S+$/.test(line) ? { href: line } : { text: line })),
          ),
        attached: mail.calendar ? `/events/${mail.eventId}/calendar.ics` : null,
      });
    }),
  );
  return router;
}
