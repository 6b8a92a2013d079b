import Type from 'typebox';
import { yearsLater } from '../shared/calendar-day';
import { dayOf, type Clock } from '../shared/clock';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { anyLine, inputReader, line, type InputOf } from '../shared/input';
import { day, documentOf, revision, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';

/** What staff enter about a person whom the office may ask about a unit's assessment. */
export const contactInput = Type.Object({
  name: line(120),
  /** What they are in the unit: „sekretarz gminy”. */
  role: anyLine(120),
  email: anyLine(254),
  phone: anyLine(40),
});
export type ContactInput = InputOf<typeof contactInput>;

const readFields = inputReader(contactInput, {
  name: { missing: 'contact-name-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
  role: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
  email: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
  phone: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
});
type InputRefusal =
  | Extract<ReturnType<typeof readFields>, Refusal>
  | Refusal<'contact-email-malformed' | 'contact-phone-malformed' | 'contact-way-missing'>;

/** Personal data: erased by staff at any time, and by themselves `contactYears` after the last change. */
export interface Contact extends Stored, ContactInput {
  readonly unitId: string;
  /** `YYYY-MM-DD`. */
  readonly changedOn: string;
  readonly revision: number;
}

/** A contact that nobody has looked after for so long is erased. */
export const contactYears = 2;
/** Most contacts of one unit. */
export const mostContacts = 20;

export const contactsSpec: CollectionSpec<Contact> = {
  name: 'contacts',
  schema: documentOf({ unitId: text, ...contactInput.properties, changedOn: day, revision }),
  indexes: [['unitId'], ['changedOn']],
};

export interface Contacts {
  /** By name in Polish order. */
  ofUnit(unitId: string): Promise<Contact[]>;
  get(id: string): Promise<Contact | null>;
  add(unitId: string, input: ContactInput): Promise<Contact | InputRefusal | Refusal<'too-many-contacts'>>;
  /** Also what stays as it is counts as looked after. */
  edit(id: string, input: ContactInput, seen: number): Promise<Contact | InputRefusal | Refusal<'changed-meanwhile'>>;
  remove(id: string): Promise<void>;
  /** Erases those past their time, unless the clock cannot be trusted with it; how many. */
  forgetPast(): Promise<number>;
}

export function createContacts({
  store,
  clock,
  ids,
  clockIsRight = () => Promise.resolve(true),
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly clockIsRight?: () => Promise<boolean>;
}): Contacts {
  const contacts = store.collection(contactsSpec);
  const today = (): string => dayOf(clock());
  return {
    async ofUnit(unitId) {
      const { compare } = new Intl.Collator('pl');
      return (await contacts.find({ unitId })).sort((one, other) => compare(one.name, other.name));
    },
    get: (id) => contacts.get(id),
    async add(unitId, input) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      if ((await contacts.count({ unitId })) >= mostContacts)
        return refuse('too-many-contacts', { count: mostContacts });
      const contact: Contact = { id: ids.uuid(), unitId, ...fields, changedOn: today(), revision: 1 };
      await contacts.insert(contact);
      return contact;
    },
    async edit(id, input, seen) {
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      return (await updateSeen(contacts, id, seen, { ...fields, changedOn: today() })) ?? refuse('changed-meanwhile');
    },
    async remove(id) {
      await contacts.remove({ id });
    },
    async forgetPast() {
      const past = { changedOn: { $lt: yearsLater(today(), -contactYears) } };
      if ((await contacts.count(past)) === 0 || !(await clockIsRight())) return 0;
      return contacts.remove(past);
    },
  };
}

function read(input: ContactInput): ContactInput | InputRefusal {
  const fields = readFields(input);
  if (isRefusal(fields)) return fields;
  if (fields.email !== '' && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(fields.email)) {
    return refuse('contact-email-malformed', { field: 'email' });
  }
  if (fields.phone !== '' && !/^\+?[\d ()/.-]*\d[\d ()/.-]*( w(ew)?\.? ?\d+)?$/.test(fields.phone)) {
    return refuse('contact-phone-malformed', { field: 'phone' });
  }
  return fields.email === '' && fields.phone === '' ? refuse('contact-way-missing', { field: 'email' }) : fields;
}
