import { formatDate } from '../../locales/formats';
import { baseMark } from '../../letters/base-mark';
import { typesetLetter } from '../../letters/typeset-letter';
import { translator } from '../../locales/translate';
import { changedPromises, type Event, type EventChange, type Promised } from '../event';
import {
  active,
  checkConfirmation,
  movedUp,
  standings,
  type QueueState,
  type RegisteredEntry,
  type Registrant,
} from '../queue';
import type { Appended } from '../queues';
import { momentWords, timeWords, warsawTime } from '../when';
import type { Letter, LetterKind } from './letter';

/** What letters are made of: the event and its list as they are when the letter is written or goes out. */
export interface AsOf {
  readonly event: Event;
  readonly state: QueueState;
  readonly moment: Date;
}

/**
 * Every letter that an event owes as things stand. It is made of the log and the event alone, so it can be made again
 * after a crash, and once more when a letter goes out: one that waited says what is true then, and one that is not owed
 * any more is in here no longer.
 */
export function lettersOwed(history: readonly Appended[], now: AsOf): Letter[] {
  return [
    ...history.flatMap((change) => lettersFor(change, now)),
    ...now.event.changes.flatMap((change) => lettersOfChange(change, now)),
  ];
}

/** Everything that has to be told after an entry of the queue. Before a contact has confirmed nobody is written to. */
export function lettersFor({ entry, before, after }: Appended, now: AsOf): Letter[] {
  const isOff = now.event.state === 'cancelled';
  switch (entry.kind) {
    case 'closed':
      return entry.why === 'event-cancelled'
        ? tellable(now.state).flatMap((one) => toBoth('event-cancelled', entry.id, one, now))
        : [];
    case 'cancelled': {
      const one = after.registrants.find(({ person }) => person.id === entry.personId);
      const kind = entry.by === 'organiser' ? 'cancelled-by-organiser' : 'cancelled';
      const told = one !== undefined && one.confirmedBy !== null ? toBoth(kind, entry.id, one, now) : [];
      return isOff ? told : [...told, ...toMovedUp()];
    }
    case 'registered':
      if (isOff) return [];
      return entry.confirmBy === null ? toForm(entry) : toUnconfirmed(entry, now);
    case 'confirmed': {
      const form = after.registrants.find((one) => one.form.id === entry.form)?.form;
      return isOff || form === undefined ? [] : toForm(form);
    }
    case 'changed': {
      const was = before.registrants.find(({ person }) => person.id === entry.personId);
      const one = after.registrants.find(({ person }) => person.id === entry.personId);
      // Who comes in under an address for the first time has to know who has it.
      const isNew = one !== undefined && one.confirmedBy !== null && was?.person.email !== one.person.email;
      return isNew && !isOff ? toColleague(entry.id, one, now) : [];
    }
    case 'seats':
    case 'lapsed':
      return isOff ? [] : toMovedUp();
  }

  function toForm(form: RegisteredEntry): Letter[] {
    const people = now.state.registrants.filter((one) => one.form.id === form.id);
    if (people.every(({ cancelled }) => cancelled !== null)) return [];
    const asKnown = after.registrants.filter((one) => one.form.id === form.id);
    return [
      letter('registered', form, form.contactEmail, form.id, people, now),
      ...asKnown.flatMap((one) => toColleague(form.id, one, now)),
    ];
  }

  /** Those who still have the place; the others learn of what came afterwards. */
  function toMovedUp(): Letter[] {
    const standing = standings(now.state);
    return movedUp(before, after)
      .filter(({ person, confirmedBy }) => confirmedBy !== null && standing.get(person.id)?.is === 'placed')
      .flatMap((one) => toBoth('moved-up', entry.id, one, now));
  }
}

/** What everybody who had been told otherwise has to be told of a change: one letter a form, and own addresses. */
export function lettersOfChange(change: EventChange, now: AsOf): Letter[] {
  const { afterEntry } = change;
  if (now.event.state !== 'published' || afterEntry === null) return [];
  const told = tellable(now.state).filter(({ confirmedBy }) => (confirmedBy ?? Infinity) <= afterEntry);
  const source = `${now.event.id}:change-${change.revision}`;
  const forms = [...new Map(told.map(({ form }) => [form.id, form])).values()];
  return forms.flatMap((form) => {
    const people = told.filter((one) => one.form.id === form.id);
    return [
      letter('event-changed', form, form.contactEmail, `${source}:${form.id}`, people, now, change),
      ...people.flatMap((one) => {
        const own = ownAddress(one);
        const id = `${source}:${one.person.id}:own`;
        return own === null ? [] : [letter('event-changed', form, own, id, [one], now, change)];
      }),
    ];
  });
}

/** People on the list whose contact has confirmed. */
function tellable(state: QueueState): readonly Registrant[] {
  return active(state).filter(({ confirmedBy }) => confirmedBy !== null);
}

/** Only the address that was given is asked, in no words of whoever gave it. */
function toUnconfirmed(form: RegisteredEntry, now: AsOf): Letter[] {
  if (checkConfirmation(now.state, form, now.moment) !== 'due') return [];
  return [letter('confirm', form, form.contactEmail, form.id, [], now)];
}

/** To the address of the form, and to the person's own where that is another one. */
function toBoth(kind: LetterKind, source: string, { person, form, ...rest }: Registrant, now: AsOf): Letter[] {
  // Details may have been corrected since.
  const one = now.state.registrants.find((known) => known.person.id === person.id) ?? { person, form, ...rest };
  const own = ownAddress(one);
  const id = `${source}:${person.id}`;
  return [
    letter(kind, form, form.contactEmail, id, [one], now),
    ...(own === null ? [] : [letter(kind, form, own, `${id}:own`, [one], now)]),
  ];
}

/** Only while the address is still the one that was given then. */
function toColleague(source: string, one: Registrant, now: AsOf): Letter[] {
  const own = ownAddress(one);
  const known = active(now.state).find(({ person }) => person.id === one.person.id);
  if (own === null || known === undefined || known.person.email !== own) return [];
  return [letter('registered-by-colleague', one.form, own, `${source}:${one.person.id}`, [known], now)];
}

function ownAddress({ person, form }: Registrant): string | null {
  const own = person.email;
  return own !== undefined && own.toLowerCase() !== form.contactEmail.toLowerCase() ? own : null;
}

function letter(
  kind: LetterKind,
  form: RegisteredEntry,
  to: string,
  source: string,
  people: readonly Registrant[],
  { event, state }: AsOf,
  change?: EventChange,
): Letter {
  const { language } = form;
  const t = translator(language);
  const title = event.title[language] ?? event.title.pl;
  const [first] = people;
  const words = {
    title,
    name: first?.person.name ?? '',
    organisation: form.organisation.name,
    controller: event.controller,
    day: formatDate(event.deleteAfter, language),
    reason: first?.cancelled?.kind === 'cancelled' ? (first.cancelled.reason ?? '') : '',
    until: form.confirmBy === null ? '' : momentWords(warsawTime(new Date(form.confirmBy)), language),
    count: form.people.length,
  };
  const say = (key: string): string => t(`mail:${key}`, words);
  const now = standings(state);
  const isHolder = kind !== 'registered-by-colleague' && !source.endsWith(':own');
  const isComing = ['registered', 'registered-by-colleague', 'moved-up', 'event-changed'].includes(kind);
  const tellsStanding = kind === 'registered' || kind === 'registered-by-colleague' || kind === 'event-changed';
  const waits = people.some(({ person }) => now.get(person.id)?.is === 'waiting');

  const confirmation = [
    say('hello'),
    say('confirm.lead'),
    facts(event),
    `${say('confirm.link')}\n${baseMark}/confirm/${form.confirmSecret ?? ''}`,
    say('confirm.notYou'),
    say('end'),
  ];
  const paragraphs = [
    say('hello'),
    say(`${kind}.lead`),
    facts(event),
    ...(change === undefined ? [] : [[say('was'), ...was(change.before)].join('\n')]),
    ...(tellsStanding
      ? [[say('places'), ...people.map((one) => `– ${one.person.name}: ${standingOf(one)}`)].join('\n')]
      : []),
    ...(waits && isComing ? [say('waiting')] : []),
    ...(kind === 'cancelled-by-organiser' ? [say('reason')] : []),
    ...(isHolder && kind !== 'event-cancelled'
      ? [`${say('link')}\n${baseMark}/registrations/${form.link}`]
      : kind === 'event-cancelled'
        ? []
        : [say('askHolder')]),
    ...(isComing ? [`${say('calendar')}\n${baseMark}/events/${event.id}/calendar.ics?lang=${language}`] : []),
    ...(isComing && kind !== 'moved-up'
      ? [say(kind === 'registered-by-colleague' ? 'clauseByColleague' : 'clause')]
      : []),
    say('end'),
  ];

  function facts(promised: Promised): string {
    return [title, timeWords(promised, language), `${promised.place}, ${promised.address}`].join('\n');
  }

  /** What had been told and is another now. */
  function was(before: Promised): string[] {
    const changed = changedPromises(before, event);
    const lines = {
      title: before.title[language] ?? before.title.pl,
      time: timeWords(before, language),
      place: `${before.place}, ${before.address}`,
      controller: before.controller,
      deleteAfter: formatDate(before.deleteAfter, language),
    };
    const told = { startsAt: 'time', endsAt: 'time', address: 'place' } as const;
    const names = changed.map((name) =>
      name in told ? told[name as keyof typeof told] : name,
    ) as (keyof typeof lines)[];
    return [...new Set(names)].map((name) => `– ${t(`mail:changed.${name}`)}: ${lines[name]}`);
  }

  function standingOf({ person }: Registrant): string {
    const standing = now.get(person.id);
    return standing?.is === 'waiting'
      ? t('mail:standing.waiting', standing)
      : t(`mail:standing.${standing?.is ?? 'cancelled'}`);
  }

  return {
    id: `${source}:${kind}`,
    eventId: event.id,
    kind,
    to,
    language,
    subject: say(`${kind}.subject`),
    text:
      (kind === 'confirm' ? confirmation : paragraphs).map((one) => typesetLetter(one, language)).join('\n\n') + '\n',
    calendar: isComing,
  };
}
