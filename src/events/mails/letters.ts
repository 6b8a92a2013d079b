import { formatDate } from '../../locales/formats';
import { translator, type Language } from '../../locales/translate';
import { typeset } from '../../locales/typography';
import type { Event } from '../event';
import { active, movedUp, standings, type QueueState, type RegisteredEntry, type Registrant } from '../queue';
import type { Appended } from '../queues';
import { timeWords } from '../when';
import { baseMark, type Letter, type LetterKind } from './letter';

/**
 * Everything that has to be told after an entry of the queue. Made of the log and the event alone, so it can be made
 * again after a crash; the letters that were written already are recognised by their ids.
 */
export function lettersFor(appended: Appended, event: Event): Letter[] {
  const { entry, before, after } = appended;
  const letters: Letter[] = [];
  if (entry.kind === 'registered') {
    const people = after.registrants.filter(({ form }) => form.id === entry.id);
    letters.push(letter(event, entry, 'registered', entry.contactEmail, entry.id, people, after));
    for (const one of people) letters.push(...toColleague(event, entry.id, one, after));
  }
  if (entry.kind === 'cancelled') {
    const one = after.registrants.find(({ person }) => person.id === entry.personId);
    const kind = entry.by === 'organiser' ? 'cancelled-by-organiser' : 'cancelled';
    if (one) letters.push(...toBoth(event, kind, entry.id, one, after));
  }
  if (entry.kind === 'changed') {
    const was = before.registrants.find(({ person }) => person.id === entry.personId);
    const one = after.registrants.find(({ person }) => person.id === entry.personId);
    // Who comes in under an address for the first time has to know who has it.
    if (one && was?.person.email !== one.person.email) letters.push(...toColleague(event, entry.id, one, after));
  }
  for (const one of movedUp(before, after)) letters.push(...toBoth(event, 'moved-up', entry.id, one, after));
  return letters;
}

/** What everybody on the list has to be told when the event is cancelled. */
export function lettersOfCancelledEvent(event: Event, state: QueueState): Letter[] {
  return active(state).flatMap((one) => toBoth(event, 'event-cancelled', `${event.id}:event`, one, state));
}

/** To the address of the form, and to the person's own where that is another one. */
function toBoth(event: Event, kind: LetterKind, source: string, one: Registrant, state: QueueState): Letter[] {
  const { form, person } = one;
  const addresses = [form.contactEmail, ...(ownAddress(one) ? [ownAddress(one) ?? ''] : [])];
  return addresses.map((to, index) =>
    letter(event, form, kind, to, `${source}:${person.id}${index === 0 ? '' : ':own'}`, [one], state),
  );
}

function toColleague(event: Event, source: string, one: Registrant, state: QueueState): Letter[] {
  const own = ownAddress(one);
  if (own === null) return [];
  return [letter(event, one.form, 'registered-by-colleague', own, `${source}:${one.person.id}`, [one], state)];
}

function ownAddress({ person, form }: Registrant): string | null {
  const own = person.email;
  return own !== undefined && own.toLowerCase() !== form.contactEmail.toLowerCase() ? own : null;
}

function letter(
  event: Event,
  form: RegisteredEntry,
  kind: LetterKind,
  to: string,
  source: string,
  people: readonly Registrant[],
  state: QueueState,
): Letter {
  const { language } = form;
  const t = translator(language);
  const title = event.title[language] ?? event.title.pl;
  const words = {
    title,
    name: people[0]?.person.name ?? '',
    organisation: form.organisation.name,
    controller: event.controller,
    day: formatDate(event.deleteAfter, language),
    reason: people[0]?.cancelled?.reason ?? '',
  };
  const say = (key: string): string => t(`mail:${key}`, words);
  const now = standings(state);
  const isHolder = kind !== 'registered-by-colleague' && !source.endsWith(':own');
  const isComing = kind === 'registered' || kind === 'registered-by-colleague' || kind === 'moved-up';
  const waits = people.some(({ person }) => now.get(person.id)?.is === 'waiting');

  const paragraphs = [
    say('hello'),
    say(`${kind}.lead`),
    [title, timeWords(event, language), `${event.place}, ${event.address}`].join('\n'),
    ...(kind === 'registered' || kind === 'registered-by-colleague'
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
    text: paragraphs.map((one) => unbroken(one, language)).join('\n\n') + '\n',
    calendar: isComing,
  };
}

/** Polish typography, but never inside an address. */
function unbroken(text: string, language: Language): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith(baseMark) ? line : typeset(line, language)))
    .join('\n');
}
