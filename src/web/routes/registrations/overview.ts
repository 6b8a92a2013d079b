import type { Request } from 'express';
import type { Standing } from '../../../events/queue';
import { page, type Outcome } from '../../outcome';
import { eventWords, standingWords } from '../events/event-words';
import { clauseWords } from '../events/registration-fields';
import { siteAddress } from '../../site-address';
import { untilWords } from './confirm';
import type { OwnRegistration } from './private-link';

/** Everybody's place, and what can be done: the answer to a registration, and what its link shows ever after. */
export function overviewPage(baseUrl: string | null) {
  return async (request: Request, own: OwnRegistration): Promise<Outcome> => {
    const { services, event, registered, language, t, path, open } = own;
    const { confirmBy } = registered;
    const state = await services.events.queues.state(event.id);
    const { lapsed } = registered;
    const sent = request.query['sent'] === '1' && confirmBy === null && !lapsed;
    const done = ['cancelled', 'changed', 'confirmed'].find((one) => one === request.query['done']);
    const count = (is: string): number => registered.people.filter(({ standing }) => standing.is === is).length;
    const { placed, waiting } = { placed: count('placed'), waiting: count('waiting') };
    const standingOf = (standing: Standing): string => {
      if (standing.is === 'cancelled') return lapsed ? t('events:standing.lapsed') : standingWords(standing, language);
      const words = standingWords(standing, language);
      return confirmBy === null ? words : t('events:standing.unconfirmed', { standing: words });
    };
    return page('registrations/overview', {
      title: t(confirmBy !== null ? 'events:confirm.needTitle' : sent ? 'events:link.sentTitle' : 'events:link.title'),
      sent,
      confirm:
        confirmBy === null
          ? null
          : t('events:confirm.need', { email: registered.contactEmail, until: untilWords(confirmBy, language) }),
      lapsed,
      done: done === undefined ? null : t(`events:link.done.${done}`),
      summary: [
        placed > 0 ? t('events:link.placed', { count: placed }) : '',
        waiting > 0 ? t('events:link.waiting', { count: waiting }) : '',
        placed + waiting === 0 ? t('events:link.nobody') : '',
      ].filter((one) => one !== ''),
      someWait: waiting > 0,
      event: eventWords(event, state, services.programmes.get(event.programme), language, services.clock()),
      people: registered.people.map(({ person, standing }) => ({
        name: person.name,
        email: person.email,
        is: standing.is,
        standing: standingOf(standing),
        canChange: open && standing.is !== 'cancelled',
        changePath: `${path}/people/${person.id}/change`,
        cancelPath: `${path}/people/${person.id}/cancel`,
      })),
      open,
      link: siteAddress(request, baseUrl) + path,
      mailbox: services.mail.mailbox !== null,
      mailed: confirmBy === null && !lapsed,
      contactEmail: registered.contactEmail,
      clause: clauseWords(event, language),
    });
  };
}
