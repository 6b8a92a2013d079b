import { wordsOf } from '../../src/assessment/notes';
import { allowed, assessmentOver } from '../support/builders';
import { eitherTestStore, type TestStore } from '../support/stores';

let data: TestStore;
let now = new Date('2026-03-16T12:00:00Z');
const person = { name: 'Anna Wymyślona', role: 'sekretarz', email: 'anna@example.org', phone: '' };
const over = (clockIsRight = true) =>
  assessmentOver(data.store, { clock: () => now, clockIsRight: () => Promise.resolve(clockIsRight) });

beforeEach(async () => {
  now = new Date('2026-03-16T12:00:00Z');
  data = await eitherTestStore();
});
afterEach(() => data.dispose());

it('keeps every wording of a note, which only its author changes or removes', async () => {
  const { notes } = over();
  const first = allowed(await notes.add('u', 'anna', { text: 'Pierwsza wersja' }));
  expect(await notes.edit(first.id, 'bartek', { text: 'Cudza' }, 1)).toEqual({ refused: 'note-not-yours' });
  const second = allowed(await notes.edit(first.id, 'anna', { text: 'Druga wersja' }, 1));
  expect(second.versions.map(({ text }) => text)).toEqual(['Pierwsza wersja', 'Druga wersja']);
  expect(await notes.edit(first.id, 'anna', { text: 'Trzecia' }, 1)).toEqual({ refused: 'changed-meanwhile' });
  expect(await notes.remove(first.id, 'bartek')).toEqual({ refused: 'note-not-yours' });
  expect((await notes.ofUnit('u')).map(wordsOf)).toEqual(['Druga wersja']);
  expect(await notes.remove(first.id, 'anna')).toBeNull();
  expect(await notes.ofUnit('u')).toEqual([]);
  expect(await notes.add('u', 'anna', { text: ' \u200b ' })).toMatchObject({ refused: 'note-missing' });
});

it('takes a contact person only with a way to reach them', async () => {
  const { contacts } = over();
  const refused = async (input: Partial<typeof person>) => (await contacts.add('u', { ...person, ...input })) as object;
  expect(await refused({ email: '' })).toMatchObject({ refused: 'contact-way-missing' });
  expect(await refused({ email: 'anna@' })).toMatchObject({ refused: 'contact-email-malformed' });
  expect(await refused({ phone: 'zadzwoń' })).toMatchObject({ refused: 'contact-phone-malformed' });
  expect(await refused({ name: '' })).toMatchObject({ refused: 'contact-name-missing' });
  allowed(await contacts.add('u', { ...person, email: '', phone: '+48 61 123 45 67 wew. 12' }));
  expect(await contacts.ofUnit('u')).toHaveLength(1);
});

it('erases contact persons two years after the last change, unless the clock has jumped', async () => {
  const kept = allowed(await over().contacts.add('u', person));
  await over().contacts.add('u', { ...person, name: 'Barbara Wymyślona' });
  now = new Date('2027-03-16T12:00:00Z');
  allowed(await over().contacts.edit(kept.id, person, 1));
  now = new Date('2028-03-16T12:00:00Z');
  expect(await over().contacts.forgetPast()).toBe(0);
  now = new Date('2028-03-17T12:00:00Z');
  expect(await over(false).contacts.forgetPast()).toBe(0);
  expect(await over().contacts.forgetPast()).toBe(1);
  expect((await over().contacts.ofUnit('u')).map(({ name }) => name)).toEqual(['Anna Wymyślona']);
});
