import { listTextOf } from '../../../src/collection/invitations/list/list-text';
import { allowed } from '../../support/builders';
import { eitherTestStore, type TestStore } from '../../support/stores';
import { addresses, instrumentOf, invitingRound, opening, type Inviting } from './invitation-builders';
import { messyList, spreadsheet, utf8, windows1250 } from './messy-list';

let files: TestStore;
let inviting: Inviting;

beforeEach(async () => {
  files = await eitherTestStore();
  inviting = await invitingRound(files.store, () => opening);
});
afterEach(() => files.dispose());

test.each([
  ['UTF-8 with its mark and a header', true, utf8],
  ['UTF-8 without a header', false, utf8],
  ['Windows-1250 with a header', true, windows1250],
  ['Windows-1250 without a header', false, windows1250],
  ['XLSX with a header', true, spreadsheet],
  ['XLSX without a header', false, spreadsheet],
])('200 people of a messy list in %s: each fault by its line, everybody once', async (_what, header, write) => {
  const messy = messyList(header);
  const { letters, round } = inviting;
  const { text } = allowed(await listTextOf(await write(messy)));
  const list = { text, usual: null, several: () => false };
  const looked = allowed(await letters.invitations.look(instrumentOf(inviting), round, list));
  expect(looked.faults.map(({ line, code }) => `${line} ${code}`)).toEqual(messy.faults);
  expect(looked.shared).toHaveLength(20);
  expect(looked.invite.map(({ address }) => address)).toEqual(messy.people);
  expect(await letters.invitations.ofRound(round.id)).toEqual([]);
});

test('a list that was looked at is stored once', async () => {
  const messy = messyList(true);
  const { letters, round } = inviting;
  const list = { text: messy.lines.join('\n'), usual: null, several: () => false };
  const looked = allowed(await letters.invitations.look(instrumentOf(inviting), round, list));
  expect(allowed(await letters.invitations.add(instrumentOf(inviting), round, list, looked.mark))).toEqual({
    added: 200,
  });
  const stored = (await letters.invitations.ofRound(round.id)).map(({ address }) => address);
  expect(stored).toEqual(messy.people);
  // What was looked at is not what is there any more: the page shows it again before anything is stored.
  expect(await letters.invitations.add(instrumentOf(inviting), round, list, looked.mark)).toEqual({
    refused: 'list-changed',
  });
});

test('two people who store the same list at once invite everybody once', async () => {
  const { letters, round } = inviting;
  const people = addresses(30);
  const list = { text: people.join('\n'), usual: 'ngo', several: () => false };
  const { mark } = allowed(await letters.invitations.look(instrumentOf(inviting), round, list));
  const added = await Promise.all([1, 2].map(() => letters.invitations.add(instrumentOf(inviting), round, list, mark)));
  expect(added.reduce((sum, one) => sum + ('added' in one ? one.added : 0), 0)).toBe(30);
  expect(await inviting.services.tickets.counts(round.id)).toEqual({ ngo: { issued: 30, used: 0 } });
});
