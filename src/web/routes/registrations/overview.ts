import type { Request } from 'express';
import { page, type Outcome } from '../../outcome';
import { eventWords, standingWords } from '../events/event-words';
import { clauseWords } from '../events/registration-fields';
import { siteAddress } from '../../site-address';
import type { OwnRegistration } from './private-link';

/** Everybody's place, and what can be done: the answer to a registration, and what its link shows ever after. */
export function overviewPage(baseUrl: string | null) {
  return async (request: Request, own: OwnRegistration): Promise<Outcome> => {
    const { services, event, registered, language, t, path, open } = own;
    const state = await services.events.queues.state(event.id);
    const sent = request.query['sent'] === '1';
    const done = ['cancelled', 'changed'].find((one) => one === request.query['done']);
    const count = (is: string): number => registered.people.filter(({ standing }) => standing.is === is).length;
    const { placed, waiting } = { placed: count('placed'), waiting: count('waiting') };
    return page('registrations/overview', {
      title: sent ? t('events:link.sentTitle') : t('events:link.title'),
      sent,
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
        standing: standingWords(standing, language),
        canChange: open && standing.is !== 'cancelled',
        changePath: `${path}/people/${person.id}/change`,
        cancelPath: `${path}/people/${person.id}/cancel`,
      })),
      open,
      link: siteAddress(request, baseUrl) + path,
      mailbox: services.mail.mailbox,
      contactEmail: registered.contactEmail,
      clause: clauseWords(event, language),
    });
  };
}
