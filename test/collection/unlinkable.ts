import { createHash, randomUUID } from 'node:crypto';
import type { Round } from '../../src/assessment/round';
import { readCode, shownCode, type Code } from '../../src/collection/code';
import { submissionsSpec, type Submission } from '../../src/collection/submission';
import { shownResumeCode } from '../../src/collection/resume-codes';
import type { TestApp } from '../support/app';
import { startTestApp } from '../support/app';
import { allowed, newOpenRound } from '../support/builders';
import type { RawRow } from '../support/raw-store';
import { respondent } from '../support/respondent';
import type { TestStore } from '../support/stores';

/** A store whose bare contents somebody else looks at. */
export interface BareStore {
  readonly data: TestStore;
  /** Every row of every table, in the order in which the engine gives them when nobody asks for one. */
  rows(): Promise<RawRow[]>;
  /** All that lies on the disk, in pieces with names. */
  pieces(): Promise<readonly { readonly name: string; readonly bytes: Buffer }[]>;
  /** Nothing shows the order in which answers came, while the round is open too. */
  readonly hidesOrder: boolean;
}

const people = 12;
/** On paper, of each of two groups: with codes, and blank. */
const forms = 2;

interface Person {
  /** All that leads to this person: codes, tokens, ids of tickets and drafts. Never the answers. */
  readonly secrets: readonly string[];
  /** Words that only this person's answers have. */
  readonly mark: string;
}

/**
 * The promise of anonymity: whoever holds everything that is stored, and the log, finds nothing by which an answer is joined
 * to the card, the invitation, the code, the cookie or the paper it came by, to a time, or to a place in the order. One
 * thing leads to an answer while the round is open, so that it can be checked against the paper: the number of a typed form.
 */
export function nothingJoinsAnswers(open: () => Promise<BareStore>): void {
  let bare: BareStore;
  let test: TestApp;
  let round: Round;
  let everybody: Person[];

  beforeEach(async () => {
    bare = await open();
    test = await startTestApp(undefined, undefined, undefined, undefined, bare.data);
    round = await newOpenRound(test.services.assessment, {
      ways: { officials: 'cards', ngo: 'invitations' },
      groupSizes: { officials: 20, ngo: 20 },
    });
    const { tickets } = test.services.collection;
    const sheets = allowed(
      await tickets.print(round.id, 'officials', [
        { kind: 'cards', count: 5 },
        { kind: 'cards', count: 5 },
        { kind: 'forms', count: forms },
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
    await type('officials', cards.slice(-forms));
    await type('ngo', []);
    await bare.data.store.tidy();
  });
  afterEach(() => test.close());

  /** Forms that are typed in by staff; with codes, or blank where there are none. */
  async function type(group: string, codes: readonly Code[]): Promise<void> {
    const { drafts, paper, tickets } = test.services.collection;
    const batch = allowed(await paper.create(round.id, group, forms));
    for (let number = 1; number <= forms; number += 1) {
      const code = codes[number - 1];
      const { token } = allowed(await paper.begin(round.id, batch.id, code ?? ''));
      const { content } = (await drafts.unlock(token))!;
      const mark = `Znak-${createHash('sha256').update(`${group} ${number}`).digest('hex').slice(0, 12)}`;
      allowed(await paper.enter(token, batch.id, number, { a1: 4, 'p1-comment': mark }));
      const ticket = code && (await tickets.ofCode(round.id, code));
      // In the places of the secrets of those who came online; who has none has the claim twice.
      const own = code ?? content!.claim;
      everybody.push({
        mark,
        secrets: [own, own, own, own, token.split('.')[1]!, ticket ? ticket.id : content!.claim, content!.claim],
      });
    }
  }

  const rows = () => bare.rows();

  /** What an attacker would try; each finding is a way to join an answer to somebody. */
  async function findings(): Promise<string[]> {
    const found: string[] = [];
    const all = await rows();
    const holding = all.filter(({ text }) => everybody.some(({ mark }) => text.includes(mark)));
    const typed = all.filter(({ table }) => table.startsWith('typed-forms/'));
    const others = all.filter((row) => !holding.includes(row) && !typed.includes(row));
    const answers = all.filter(({ table }) => /^(submissions|sealed-answers)(\/|$)/.test(table));

    // 1. A row with an answer, or with its words, says nothing of what the person came by.
    for (const { table, id, text } of [...holding, ...answers, ...typed]) {
      const row = `${id} ${text}`;
      for (const { secrets } of everybody) {
        if (secrets.some((secret) => row.includes(secret))) found.push(`${table} holds what somebody came by`);
      }
      if (/\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}|1[0-9]{12}/.test(row.replaceAll(round.id, '')))
        found.push(`${table} holds a time`);
    }
    // 2. No other row names an answer by its id, nor an answer another row: but for the round, and the names of groups.
    const known = new Set([round.id, ...all.filter(({ table }) => table === 'rounds').map(({ id }) => id)]);
    const idsOf = (some: readonly RawRow[]) =>
      some.map(({ id }) => id).filter((id) => id.length >= 16 && !known.has(id));
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
    if ((bare.hidesOrder || !all.some(({ table }) => table.startsWith('submissions/'))) && isSorted(inOrder))
      found.push('rows lie in the order of arrival');
    // 5. The raw files: nobody's secrets are in them but as the ids of tickets, and no word lies beside one.
    for (const { name, bytes } of await bare.pieces()) {
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
    expect((await rows()).filter(({ table }) => table.startsWith('submissions/'))).toHaveLength(people + 2 * forms);
  });

  it('once it is sealed, neither, and nothing is left of cards, invitations, codes and drafts', async () => {
    const before = await rows();
    allowed(await test.services.collection.sealing.close(round.id));
    expect(await findings()).toEqual([]);
    const after = await rows();
    expect(
      after.filter(({ table }) => /^(tickets|sheets|drafts|free-texts|paper-batches|typed-forms)\//.test(table)),
    ).toEqual([]);
    const files = await bare.pieces();
    for (const { secrets } of everybody) {
      for (const secret of secrets) expect(files.some(({ bytes }) => bytes.includes(secret))).toBe(false);
    }
    // No sealed answer can be followed to what it was called while the round was open.
    const old = new Set(before.filter(({ table }) => /^(submissions|free-texts)\//.test(table)).map(({ id }) => id));
    const sealed = after.filter(({ table }) => table.startsWith('sealed-'));
    expect(sealed.length).toBeGreaterThanOrEqual(people + 2 * forms);
    for (const { id, text } of sealed)
      expect([id, text].some((one) => [...old].some((was) => one.includes(was)))).toBe(false);
    // Sums stay.
    const sealedRound = await test.services.assessment.rounds.get(round.id);
    expect(sealedRound?.paper).toEqual({ answers: null, blank: true });
    expect(sealedRound?.tickets).toEqual({
      officials: { issued: 12, used: 8 },
      ngo: { issued: 6, used: 6 },
    });
  });

  describe('somebody who adds a field is found out', () => {
    /** Writes it into the stored answer of each person, as a careless change of the program would. */
    async function plant(field: (person: Person, rank: number) => unknown): Promise<void> {
      const submissions = bare.data.store.collection(submissionsSpec, round.id);
      const words = (await rows()).filter(({ table }) => table.startsWith('submissions/'));
      for (const [rank, { id }] of words.entries()) {
        await submissions.update(id, (one) => {
          const planted = { ...one.answers, planted: field(everybody[rank]!, rank) } as Submission['answers'];
          return { ...one, ...(planted ? { answers: planted } : {}) };
        });
      }
      await bare.data.store.tidy();
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
      expect(await findings()).toEqual(expect.arrayContaining([expect.stringMatching(/ holds a code or a cookie/)]));
    });
  });
}
