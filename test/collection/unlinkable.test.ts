import { createHash, randomUUID } from 'node:crypto';
import type { Round } from '../../src/assessment/round';
import { readCode, shownCode } from '../../src/collection/code';
import { submissionsSpec, type Submission } from '../../src/collection/submission';
import { shownResumeCode } from '../../src/collection/resume-codes';
import type { TestApp } from '../support/app';
import { startTestApp } from '../support/app';
import { allowed, newOpenRound } from '../support/builders';
import { rawFiles, rawRows, type RawRow } from '../support/raw-store';
import { respondent } from '../support/respondent';

/**
 * The promise of anonymity §1: whoever holds everything that is stored, on disk and in the tables, and the log, finds
 * nothing by which an answer is joined to the card, the invitation, the code or the cookie it came by, to a time, or to a
 * place in the order.
 */

const people = 12;

interface Person {
  /** All that leads to this person: codes, tokens, ids of tickets and drafts. Never the answers. */
  readonly secrets: readonly string[];
  /** Words that only this person's answers have. */
  readonly mark: string;
}

let test: TestApp;
let round: Round;
let everybody: Person[];

beforeEach(async () => {
  test = await startTestApp();
  round = await newOpenRound(test.services.assessment, {
    ways: { officials: 'cards', ngo: 'invitations' },
    groupSizes: { officials: 20, ngo: 20 },
  });
  const { tickets } = test.services.collection;
  const sheets = allowed(
    await tickets.print(round.id, 'officials', [
      { kind: 'cards', count: 5 },
      { kind: 'cards', count: 5 },
    ]),
  );
  const cards = sheets.flatMap(({ codes }) => codes);
  everybody = [];
  for (let rank = 0; rank < people; rank += 1) {
    const invitation = randomUUID();
    const code = rank % 2 === 0 ? cards[rank / 2]! : allowed(await tickets.invite(round.id, 'ngo', invitation));
    const person = respondent(test, round);
    await person.get(`/ticket/${code}`);
    const begun = await person.post('/begin');
    const token = /draft=([^;]+)/.exec(String(begun.headers['set-cookie']))![1]!;
    const resumeCode = allowed(await test.services.collection.drafts.takeCode(token)).code;
    const mark = `Znak-${createHash('sha256').update(`osoba ${rank}`).digest('hex').slice(0, 12)}`;
    await person.post('/page/policies', { a1: '4', 'p1-comment': mark });
    allowed(await test.services.collection.drafts.save(token, { a1: 4, 'p1-comment': mark }));
    const sent = await person.post('/submit');
    expect(sent.headers['location']).toBe(person.path('/receipt'));
    const ticket = (await tickets.ofCode(round.id, readCode(code)!))!;
    everybody.push({
      mark,
      secrets: [
        code,
        shownCode(code),
        resumeCode,
        shownResumeCode(resumeCode),
        token.split('.')[1]!,
        ticket.id,
        invitation,
      ],
    });
  }
  await test.store.tidy();
});
afterEach(() => test.close());

/** Every row of every table of the store of this test. */
const rows = async (): Promise<RawRow[]> => rawRows(test.folder);

/** What an attacker would try; each finding is a way to join an answer to somebody. */
async function findings(): Promise<string[]> {
  const found: string[] = [];
  const all = await rows();
  const holding = all.filter(({ text }) => everybody.some(({ mark }) => text.includes(mark)));
  const others = all.filter((row) => !holding.includes(row));
  const answers = all.filter(({ table }) => /^(submissions|sealed-answers)(\/|$)/.test(table));

  // 1. A row with an answer, or with its words, says nothing of what the person came by.
  for (const { table, id, text } of [...holding, ...answers]) {
    const row = `${id} ${text}`;
    for (const { secrets } of everybody) {
      if (secrets.some((secret) => row.includes(secret))) found.push(`${table} holds what somebody came by`);
    }
    if (/\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}|1[0-9]{12}/.test(row.replaceAll(round.id, '')))
      found.push(`${table} holds a time`);
  }
  // 2. No other row names an answer by its id, nor an answer another row: but for the round, and the names of groups.
  const known = new Set([round.id, ...all.filter(({ table }) => table === 'rounds').map(({ id }) => id)]);
  const idsOf = (some: readonly RawRow[]) => some.map(({ id }) => id).filter((id) => id.length >= 16 && !known.has(id));
  for (const { id: one, table } of [...holding, ...answers]) {
    for (const { id, text, table: other } of [...others, ...answers].filter((row) => row.id !== one)) {
      if (`${id} ${text}`.includes(one)) found.push(`${other} names a row of ${table}`);
    }
  }
  for (const { table, id, text } of [...holding, ...answers]) {
    if (idsOf(others).some((other) => other !== id && text.includes(other))) found.push(`${table} names another row`);
  }
  // 3. Nothing that only one answer shares with only one row of another table, by value.
  for (const { table, id, text } of [...holding, ...answers]) {
    for (const value of valuesOf(text)) {
      const sharing = others.filter((row) => row.id !== id && valuesOf(row.text).has(value));
      const alike = [...holding, ...answers].filter((row) => row.table === table && valuesOf(row.text).has(value));
      if (sharing.length === 1 && alike.length === 1) found.push(`${table} shares a value with ${sharing[0]!.table}`);
    }
  }
  // 4. Rows of answers lie in the order of their ids, which chance has drawn: their rank tells nothing of who came when.
  const inOrder = holding.map(({ text }) => everybody.findIndex(({ mark }) => text.includes(mark)));
  if (inOrder.length > 3 && isSorted(inOrder)) found.push('rows lie in the order of arrival');
  // 5. The raw files: nobody's secrets are in them but as the ids of tickets, and no word lies beside one.
  for (const { name, bytes } of await rawFiles(test.folder)) {
    for (const { secrets } of everybody) {
      const [code, shown, resume, shownResume, token] = secrets;
      for (const secret of [code, shown, resume, shownResume, token]) {
        if (bytes.includes(secret!)) found.push(`${name} holds a code or a cookie`);
      }
    }
  }
  // 6. The log.
  const log = JSON.stringify(test.log);
  if (everybody.some(({ secrets, mark }) => [...secrets, mark].some((word) => log.includes(word))))
    found.push('the log');
  if (test.log.length > 0) found.push('survey pages are in the log');
  return [...new Set(found)];
}

/** Texts and numbers of a document that could be somebody's: long ones, at any depth. */
function valuesOf(text: string): Set<string> {
  const values = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
    else if (String(value).length >= 8 && value !== round.id) values.add(String(value));
  };
  walk(JSON.parse(text));
  return values;
}

function isSorted(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > numbers[index - 1]!);
}

it('while the round is open, nothing that is stored joins an answer to anybody', async () => {
  expect(await findings()).toEqual([]);
  expect((await rows()).filter(({ table }) => table.startsWith('submissions/'))).toHaveLength(people);
});

it('once it is sealed, neither, and nothing is left of cards, invitations, codes and drafts', async () => {
  const before = await rows();
  allowed(await test.services.collection.sealing.close(round.id));
  expect(await findings()).toEqual([]);
  const after = await rows();
  expect(after.filter(({ table }) => /^(tickets|sheets|drafts|free-texts)\//.test(table))).toEqual([]);
  const files = await rawFiles(test.folder);
  for (const { secrets } of everybody) {
    for (const secret of secrets) expect(files.some(({ bytes }) => bytes.includes(secret))).toBe(false);
  }
  // No sealed answer can be followed to what it was called while the round was open.
  const old = new Set(before.filter(({ table }) => /^(submissions|free-texts)\//.test(table)).map(({ id }) => id));
  const sealed = after.filter(({ table }) => table.startsWith('sealed-'));
  expect(sealed.length).toBeGreaterThanOrEqual(people);
  for (const { id, text } of sealed)
    expect([id, text].some((one) => [...old].some((was) => one.includes(was)))).toBe(false);
  // Sums stay.
  expect((await test.services.assessment.rounds.get(round.id))?.tickets).toEqual({
    officials: { issued: 10, used: 6 },
    ngo: { issued: 6, used: 6 },
  });
});

describe('somebody who adds a field is found out', () => {
  /** Writes it into the stored answer of each person, as a careless change of the program would. */
  async function plant(field: (person: Person, rank: number) => unknown): Promise<void> {
    const submissions = test.store.collection(submissionsSpec, round.id);
    const words = (await rows()).filter(({ table }) => table.startsWith('submissions/'));
    for (const [rank, { id }] of words.entries()) {
      await submissions.update(id, (one) => {
        const planted = { ...one.answers, planted: field(everybody[rank]!, rank) } as Submission['answers'];
        return { ...one, ...(planted ? { answers: planted } : {}) };
      });
    }
    await test.store.tidy();
  }

  it('the ticket that the answer came by', async () => {
    await plant(({ secrets }) => secrets[5]);
    expect(await findings()).toContain(`submissions/${round.id} holds what somebody came by`);
  });

  it('the moment at which it was sent', async () => {
    await plant((_, rank) => `2026-03-16T12:${10 + rank}`);
    expect(await findings()).toContain(`submissions/${round.id} holds a time`);
  });

  it('the code that the person took', async () => {
    await plant(({ secrets }) => secrets[2]);
    expect(await findings()).toEqual(
      expect.arrayContaining([expect.stringMatching(/open-rounds\.sqlite.* holds a code or a cookie/)]),
    );
  });
});
