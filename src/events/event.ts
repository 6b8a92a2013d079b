import type { Text } from '../definitions/instrument';
import { momentOf, type LocalTime } from '../shared/warsaw-time';
import {
  day,
  documentOf,
  listOf,
  nullable,
  objectOf,
  revision,
  shortText,
  text,
  words,
} from '../storage/document-fields';
import type { CollectionSpec, Stored } from '../storage/port';

export const eventKinds = [
  'conference',
  'training',
  'coordinator-training',
  'index-training',
  'study-visit',
  'seminar',
  'closing-conference',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** planned → published → cancelled; a planned event is seen by staff only. */
export const eventStates = ['planned', 'published', 'cancelled'] as const;
export type EventState = (typeof eventStates)[number];

/** An event of the programme. Its seats are in its queue (`queue.ts`), not here. */
export interface Event extends Stored {
  /** Id of the programme document. */
  readonly programme: string;
  /** Code of the programme's activity that it belongs to. */
  readonly activity: string;
  readonly kind: EventKind;
  readonly title: Text;
  /** What it is about; at most 2,000 characters a language. */
  readonly description: Text | null;
  /** Town or building, and the street address. */
  readonly place: string;
  readonly address: string;
  /** Code of the programme's subregion; null where it is for all. */
  readonly subregion: string | null;
  readonly startsAt: LocalTime;
  readonly endsAt: LocalTime;
  /** Programme of the day, in order. */
  readonly agenda: readonly AgendaRow[];
  readonly registrationOpensAt: LocalTime;
  readonly registrationClosesAt: LocalTime;
  /** Most people that one form may register, 1..20. */
  readonly perFormLimit: number;
  /** Instrument of kind `form` whose questions each person answers; null: none. */
  readonly form: { readonly id: string; readonly version: string; readonly hash: string } | null;
  /** Who decides about the personal data, with address: named on the form. */
  readonly controller: string;
  /** `YYYY-MM-DD`: after this day the personal data are deleted. */
  readonly deleteAfter: string;
  readonly state: EventState;
  /** Whether somebody has registered: from then on what the form promised cannot be taken back. */
  readonly taken: boolean;
  /** Changes of what letters had told, since the event was published. */
  readonly changes: readonly EventChange[];
  /** Day on which the personal data were deleted; null before. */
  readonly erasedOn: string | null;
  readonly revision: number;
}

/** What letters tell people of an event: when it changes, they have to be told. */
export type Promised = Pick<
  Event,
  'title' | 'startsAt' | 'endsAt' | 'place' | 'address' | 'controller' | 'deleteAfter'
>;

/** One change of an event that had been announced. */
export interface EventChange {
  /** Revision of the event that brought it. */
  readonly revision: number;
  readonly before: Promised;
  /** Number of the queue's last entry right after it: those who were told anything until then are told of it. */
  readonly afterEntry: number | null;
}

export interface AgendaRow {
  /** `HH:mm`. */
  readonly time: string;
  readonly text: string;
}

/** Nobody changes a date so often. */
export const mostChanges = 200;

const localTime = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$' };
const localized = (longest: number) => objectOf({ pl: words(longest), en: words(longest) }, ['en']);

export const eventsSpec: CollectionSpec<Event> = {
  name: 'events',
  schema: documentOf({
    programme: text,
    activity: text,
    kind: { enum: [...eventKinds] },
    title: localized(200),
    description: nullable(localized(2000)),
    place: shortText,
    address: shortText,
    subregion: nullable(text),
    startsAt: localTime,
    endsAt: localTime,
    agenda: listOf(objectOf({ time: { type: 'string', pattern: '^[0-9]{2}:[0-9]{2}$' }, text: shortText }), 40),
    registrationOpensAt: localTime,
    registrationClosesAt: localTime,
    perFormLimit: { type: 'integer', minimum: 1, maximum: 20 },
    form: nullable(objectOf({ id: text, version: text, hash: text })),
    controller: words(500),
    deleteAfter: day,
    state: { enum: [...eventStates] },
    taken: { type: 'boolean' },
    changes: listOf(
      objectOf({
        revision,
        afterEntry: nullable({ type: 'integer', minimum: 0 }),
        before: objectOf({
          ...{ title: localized(200), startsAt: localTime, endsAt: localTime, place: shortText, address: shortText },
          ...{ controller: words(500), deleteAfter: day },
        }),
      }),
      mostChanges,
    ),
    erasedOn: nullable(day),
    revision,
  }),
  indexes: [['programme'], ['state']],
};

export function promisedOf(event: Promised): Promised {
  const { title, startsAt, endsAt, place, address, controller, deleteAfter } = event;
  return { title, startsAt, endsAt, place, address, controller, deleteAfter };
}

/** Which of the promised things differ, in the order in which letters tell them. */
export function changedPromises(before: Promised, after: Promised): readonly (keyof Promised)[] {
  const names = Object.keys(promisedOf(before)) as (keyof Promised)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** Whether the event is over, so that its list stands still. */
export function isOver(event: Pick<Event, 'endsAt'>, now: Date): boolean {
  const ends = momentOf(event.endsAt);
  return ends !== null && now >= ends;
}

/** Whether people may register now, and if not, why. */
export type RegistrationTime = 'open' | 'not-yet' | 'closed' | 'cancelled';

export function registrationAt(
  event: Pick<Event, 'state' | 'registrationOpensAt' | 'registrationClosesAt' | 'startsAt'>,
  now: Date,
): RegistrationTime {
  if (event.state === 'cancelled') return 'cancelled';
  const opens = momentOf(event.registrationOpensAt);
  const closes = momentOf(event.registrationClosesAt);
  if (event.state === 'planned' || opens === null || now < opens) return 'not-yet';
  return closes === null || now >= closes ? 'closed' : 'open';
}
