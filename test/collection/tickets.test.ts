import { randomUUID } from 'node:crypto';
import { readCode, shownCode } from '../../src/collection/code';
import { sheetsSpec } from '../../src/collection/sheets';
import { ticketsSpec } from '../../src/collection/tickets';
import type { Round } from '../../src/assessment/round';
import { isRefusal } from '../../src/shared/errors';
import {
  allowed,
  assessmentOver,
  newAssessment,
  newOpenRound,
  roundInput,
  type SurveyServices,
} from '../support/builders';
import { interposed } from '../support/interposed-store';
import { filesHold } from '../support/raw-store';
import { embeddedTestStore } from '../support/stores';

let files: Awaited<ReturnType<typeof embeddedTestStore>>;
let services: SurveyServices;
let round: Round;

/** Officials answer by cards, organisations by invitations. */
const ways = { officials: 'cards', ngo: 'invitations' } as const;

beforeEach(async () => {
  files = await embeddedTestStore();
  services = assessmentOver(files.store);
  round = await newOpenRound(services, { ways, groupSizes: { officials: 20 } });
});
afterEach(() => files.dispose());

const cards = (count: number) => ({ kind: 'cards', count }) as const;
const print = async (count: number) => allowed(await services.tickets.print(round.id, 'officials', [cards(count)]))[0]!;
const ticketOf = async (code: string) => (await services.tickets.ofCode(round.id, readCode(code)!))!;

describe('printing', () => {
  it('gives codes this once and stores none of them', async () => {
    const { number, codes } = await print(10);
    expect({ number, different: new Set(codes).size }).toEqual({ number: 1, different: 10 });
    await files.store.tidy();
    for (const code of codes) {
      expect(await filesHold(files.folder, code)).toBe(false);
      expect(await filesHold(files.folder, shownCode(code))).toBe(false);
      expect(await ticketOf(code)).toMatchObject({ group: 'officials', state: 'free', sheet: 'officials:1' });
    }
  });

  it('makes as many codes as there are people and a tenth more, void ones left out', async () => {
    await print(20);
    expect(await services.tickets.print(round.id, 'officials', [cards(3)])).toEqual({
      refused: 'too-many-codes',
      details: { most: 22, left: 2 },
    });
    allowed(await services.tickets.voidSheet(round.id, 'officials:1'));
    expect((await print(22)).codes).toHaveLength(22);
    expect(await services.tickets.counts(round.id)).toEqual({ officials: { issued: 22, used: 0 } });
  });

  it('holds the limit where several print at the same time', async () => {
    const all = await Promise.all(
      Array.from({ length: 6 }, () => services.tickets.print(round.id, 'officials', [cards(6), cards(4)])),
    );
    expect(all.filter((one) => !isRefusal(one)).length).toBeLessThanOrEqual(2);
    const { officials } = await services.tickets.counts(round.id);
    expect(officials?.issued ?? 0).toBeLessThanOrEqual(22);
    const sheets = await services.tickets.sheets(round.id);
    expect(sheets.map(({ number }) => number)).toEqual(sheets.map((_, index) => index + 1));
  });

  it('is for groups with cards in an open round only', async () => {
    expect(await services.tickets.print(round.id, 'ngo', [cards(1)])).toMatchObject({ refused: 'way-differs' });
    expect(await services.tickets.print(round.id, 'nobody', [cards(1)])).toMatchObject({ refused: 'group-unknown' });
    const { assessment } = await newAssessment(services, { code: '3099022' });
    const draft = allowed(await services.rounds.create(roundInput(assessment.id, { ways })));
    expect(await services.tickets.print(draft.id, 'officials', [cards(1)])).toMatchObject({
      refused: 'round-not-open',
    });
    const open = allowed(await services.rounds.open(draft.id));
    expect(await services.tickets.print(open.id, 'officials', [cards(1)])).toMatchObject({
      refused: 'group-size-unknown',
    });
  });
});

describe('a sheet', () => {
  it('can be given up while none of its codes was claimed, and its codes are worthless then', async () => {
    const { codes } = await print(3);
    expect(await services.tickets.voidSheet(round.id, 'officials:1')).toMatchObject({ state: 'void' });
    const ticket = await ticketOf(codes[0]!);
    expect(await services.tickets.claim(round.id, ticket, 'mine')).toBe('void');
    expect(await services.tickets.voidSheet(round.id, 'officials:9')).toEqual({ refused: 'sheet-unknown' });
  });

  it('is forgotten by all its tickets once the first is claimed, and cannot be given up any more', async () => {
    const { codes } = await print(4);
    const ticket = await ticketOf(codes[2]!);
    expect(await services.tickets.claim(round.id, ticket, 'mine')).toMatchObject({ state: 'claimed' });
    for (const code of codes) expect((await ticketOf(code)).sheet).toBeNull();
    expect(await services.tickets.voidSheet(round.id, 'officials:1')).toMatchObject({ refused: 'sheet-begun' });
  });

  it('is forgotten later where a crash came between', async () => {
    const { codes } = await print(3);
    await files.store.collection(sheetsSpec, round.id).update('officials:1', (one) => ({ ...one, state: 'begun' }));
    await services.mind();
    for (const code of codes) expect((await ticketOf(code)).sheet).toBeNull();
  });

  it('is given up or begun, never both', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const { number, codes } = await print(2);
      const ticket = await ticketOf(codes[0]!);
      const [voided, claimed] = await Promise.all([
        services.tickets.voidSheet(round.id, `officials:${number}`),
        services.tickets.claim(round.id, ticket, 'mine'),
      ]);
      if (isRefusal(voided)) expect(claimed).toMatchObject({ id: ticket.id, state: 'claimed' });
      else expect(claimed).toBe('void');
      await files.store.collection(ticketsSpec, round.id).remove({});
      await files.store.collection(sheetsSpec, round.id).remove({ state: 'begun' });
    }
  });
});

describe('a ticket', () => {
  it('is claimed by one of many at the same time, and by that one again', async () => {
    const { codes } = await print(1);
    const free = await ticketOf(codes[0]!);
    const claims = Array.from({ length: 8 }, (_, index) => `claim-${index}`);
    const outcomes = await Promise.all(claims.map((claim) => services.tickets.claim(round.id, free, claim)));
    const held = outcomes.filter((outcome) => typeof outcome === 'object');
    expect(held).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(7);
    const winner = held[0]!.claim!;
    expect(claims).toContain(winner);
    expect(await services.tickets.claim(round.id, free, winner)).toEqual(held[0]);

    await services.tickets.markUsed(round.id, { ...held[0]!, claim: 'another' });
    expect((await ticketOf(codes[0]!)).state).toBe('claimed');
    await services.tickets.markUsed(round.id, held[0]!);
    await services.tickets.markUsed(round.id, held[0]!);
    expect(await ticketOf(codes[0]!)).toEqual({ id: free.id, group: 'officials', state: 'used', sheet: null });
    expect(await services.tickets.claim(round.id, free, winner)).toBe('used');
  });

  it('of another round is none of this one', async () => {
    const { codes } = await print(1);
    const { assessment } = await newAssessment(services, { code: '3099022' });
    const other = await newOpenRound(services, { assessmentId: assessment.id, ways });
    expect(await services.tickets.ofCode(other.id, codes[0]!)).toBeNull();
  });
});

describe('an invitation', () => {
  it('has the same code every time, and knows whether it was answered', async () => {
    const invitationId = randomUUID();
    const code = allowed(await services.tickets.invite(round.id, 'ngo', invitationId));
    expect(await assessmentOver(await files.reopen()).tickets.invite(round.id, 'ngo', invitationId)).toBe(code);
    services = assessmentOver(files.store);
    expect(await services.tickets.isAnswered(round.id, invitationId)).toBe(false);
    const held = await services.tickets.claim(round.id, await ticketOf(code), 'mine');
    if (typeof held !== 'object') throw new Error(`The ticket is ${held}.`);
    await services.tickets.markUsed(round.id, held);
    expect(await services.tickets.isAnswered(round.id, invitationId)).toBe(true);
    expect(allowed(await services.tickets.invite(round.id, 'ngo', invitationId))).toBe(code);
    expect((await ticketOf(code)).state).toBe('used');
  });

  it('cannot be found from the store without the key', async () => {
    const invitationId = randomUUID();
    allowed(await services.tickets.invite(round.id, 'ngo', invitationId));
    const stranger = assessmentOver(files.store, { installationKey: 'another key, somewhere else entirely' });
    await expect(stranger.tickets.invite(round.id, 'ngo', invitationId)).rejects.toMatchObject({
      code: 'installation-key-changed',
    });
    expect(await stranger.tickets.isAnswered(round.id, invitationId)).toBe(false);
  });
});

describe('the installation key', () => {
  const restart = (installationKey: string) => assessmentOver(files.store, { installationKey }).start();

  it('must stay the same while codes are out', async () => {
    await print(1);
    await expect(restart('another key, somewhere else entirely')).rejects.toMatchObject({
      code: 'installation-key-changed',
    });
    await services.start();
  });

  it('must stay the same while somebody may come back with a code', async () => {
    const { token } = allowed(await services.drafts.start(round.id));
    allowed(await services.drafts.chooseGroup(token, 'councillors'));
    allowed(await services.drafts.save(token, { a1: 4 }));
    await restart('another key, before any code was taken');
    await services.start();
    allowed(await services.drafts.takeCode(token));
    await expect(restart('another key, somewhere else entirely')).rejects.toMatchObject({
      code: 'installation-key-changed',
    });
    allowed(await services.submissions.submit(token));
    await restart('another key, somewhere else entirely');
    const late = allowed(await assessmentOver(files.store, { installationKey: 'a third one' }).drafts.start(round.id));
    const elsewhere = assessmentOver(files.store, { installationKey: 'a third one' }).drafts;
    await expect(elsewhere.takeCode(late.token)).rejects.toMatchObject({ code: 'installation-key-changed' });
  });

  it('may change once none is out', async () => {
    await print(1);
    allowed(await services.tickets.voidSheet(round.id, 'officials:1'));
    await restart('another key, somewhere else entirely');
    await expect(services.start()).resolves.toBeUndefined();
  });
});

it('a way is fixed once the round is open, and the open link where nothing is said', async () => {
  expect(await services.rounds.edit(round.id, { ways: {} }, round.revision)).toMatchObject({ refused: 'not-editable' });
  const { assessment } = await newAssessment(services, { code: '3099022' });
  expect(await services.rounds.create(roundInput(assessment.id, { ways: { strangers: 'cards' } }))).toMatchObject({
    refused: 'group-unknown',
  });
  const old = await newOpenRound(services, { assessmentId: assessment.id });
  expect(old.ways).toBeUndefined();
});

it('printing that is stopped anywhere leaves sheets that can be given up', async () => {
  for (let step = 1; step <= 6; step += 1) {
    let requests = 0;
    const store = interposed(files.store, ({ write }) => {
      if (write && (requests += 1) >= step) throw new Error('The process died.');
    });
    await assessmentOver(store)
      .tickets.print(round.id, 'officials', [cards(3)])
      .catch(() => undefined);
    for (const { id, state } of await services.tickets.sheets(round.id)) {
      if (state === 'printed') allowed(await services.tickets.voidSheet(round.id, id));
    }
    expect(await services.tickets.counts(round.id)).toEqual({});
  }
});
