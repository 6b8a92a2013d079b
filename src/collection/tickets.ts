import { createHmac } from 'node:crypto';
import { groupsAsked, type AskedGroup } from '../assessment/asking-plan';
import { wayOf, type TicketCounts } from '../assessment/round';
import type { Rounds } from '../assessment/rounds';
import { isRefusal, refuse, type Refusal } from '../shared/errors';
import type { RandomBytes } from '../shared/ids';
import { documentOf, nullable, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { codeFrom, newCode, type Code } from './code';
import type { InstallationKey } from './installation-key';
import { createSheets, type NewSheet, type Sheet, type SheetRefusal } from './sheets';

/**
 * The right to one submission: a card's code, an invitation's link, the code printed on a paper form. It opens no draft
 * and nothing leads from it to an answer.
 */
export interface Ticket extends Stored {
  readonly group: string;
  /**
   * `claimed`: an answer is being sent with it, and by whoever holds the claim alone; a claim never expires. `void`: its
   * sheet failed to print.
   */
  readonly state: 'free' | 'claimed' | 'used' | 'void';
  /** The sheet it was printed on until the first code of that sheet is claimed; null for invitations. */
  readonly sheet: string | null;
  /** Only while it is claimed: random, known to the draft that is being sent. */
  readonly claim?: string;
}

/** In the part of the round. The id is a keyed hash of the code: the store alone cannot tell which codes are good. */
export const ticketsSpec: CollectionSpec<Ticket> = {
  name: 'tickets',
  schema: documentOf(
    { group: text, state: { enum: ['free', 'claimed', 'used', 'void'] }, sheet: nullable(text), claim: text },
    ['claim'],
  ),
  // None on the sheet: it would be written with every change of a ticket, and is asked for when a sheet is begun.
  indexes: [['group', 'state']],
  inParts: true,
};

/** Codes of one sheet, in print order. They are nowhere else and cannot be had again. */
export interface PrintedSheet {
  readonly number: number;
  readonly codes: readonly Code[];
}

/** What became of an attempt to claim: the ticket, held by this claim, or why not. `taken`: another draft holds it. */
export type Claimed = Ticket | 'used' | 'taken' | 'void' | 'unknown';

type NotFor = Refusal<'round-unknown' | 'round-not-open' | 'group-unknown' | 'way-differs'>;

export interface Tickets {
  /**
   * Makes the tickets of new sheets for a group that answers by cards and returns their codes, this once. At most as
   * many as the group has people and 10 % more, cards and paper forms together, void sheets left out.
   */
  print(roundId: string, group: string, sheets: readonly NewSheet[]): Promise<PrintedSheet[] | NotFor | SheetRefusal>;
  /** Sheets printed so far, by group and number. */
  sheets(roundId: string): Promise<Sheet[]>;
  /** Makes a sheet that failed to print worthless; refused once any of its codes was claimed. */
  voidSheet(roundId: string, sheetId: string): Promise<Sheet | Refusal<'sheet-unknown' | 'sheet-begun'>>;
  /**
   * The code of an invitation, the same every time, for a group that answers by invitations. `invitationId` is random
   * and unique in the installation. Its ticket is made if it is not there yet.
   */
  invite(roundId: string, group: string, invitationId: string): Promise<Code | NotFor>;
  /** Whether this invitation was answered with: only for deciding whether a reminder goes out, never to be shown. */
  isAnswered(roundId: string, invitationId: string): Promise<boolean>;
  /** The ticket of a code in this round; null where it is none of this round. */
  ofCode(roundId: string, code: Code): Promise<Ticket | null>;
  get(roundId: string, ticketId: string): Promise<Ticket | null>;
  /** free → claimed, for the ticket as it was read at any time before; the same claim again changes nothing. */
  claim(roundId: string, seen: Ticket, claim: string): Promise<Claimed>;
  /** claimed → used, for the ticket as `claim` has given it; its claim is forgotten. Once more changes nothing. */
  markUsed(roundId: string, ticket: Ticket): Promise<void>;
  /** Whether codes are out in any round, so that another installation key would make them worthless. */
  areOut(): Promise<boolean>;
  /** By group code; groups without tickets are absent. */
  counts(roundId: string): Promise<Readonly<Record<string, TicketCounts>>>;
  /** Takes the sheet off tickets where a crash has left it after the first claim. To be called every minute. */
  finishBegunSheets(roundId: string): Promise<void>;
}

export function createTickets(deps: {
  store: Store;
  randomBytes: RandomBytes;
  rounds: Rounds;
  key: InstallationKey;
}): Tickets {
  const { store, randomBytes, rounds, key } = deps;
  const ticketsOf = (roundId: string) => store.collection(ticketsSpec, roundId);
  const sheets = createSheets({ store });

  const idOf = (roundId: string, code: Code): string =>
    createHmac('sha256', key.secret).update(`ticket ${roundId} ${code}`).digest('base64url');
  const codeOf = (invitationId: string): Code =>
    codeFrom(createHmac('sha256', key.secret).update(`invitation ${invitationId}`).digest());

  async function openFor(roundId: string, group: string, way: 'cards' | 'invitations'): Promise<AskedGroup | NotFor> {
    const round = await rounds.get(roundId);
    if (!round) return refuse('round-unknown');
    if (round.status !== 'open') return refuse('round-not-open', { status: round.status });
    const asked = groupsAsked(rounds.instrumentOf(round).instrument, round).find(({ code }) => code === group);
    if (!asked) return refuse('group-unknown', { group });
    if (wayOf(round, group) !== way) return refuse('way-differs', { group });
    await key.assertOurs();
    return asked;
  }

  /** Takes their sheet off its tickets; true where they may still be used. */
  async function beginSheet(roundId: string, sheetId: string): Promise<boolean> {
    if (!(await sheets.begin(roundId, sheetId))) return false;
    await takeSheetsOff(roundId, [sheetId]);
    return true;
  }

  async function takeSheetsOff(roundId: string, sheetIds: readonly string[]): Promise<void> {
    const tickets = ticketsOf(roundId);
    for (const { id } of await tickets.find({ sheet: { $in: sheetIds } })) {
      await tickets.update(id, (one) => (one.sheet === null ? null : { ...one, sheet: null }));
    }
  }

  return {
    async print(roundId, group, wanted) {
      const asked = await openFor(roundId, group, 'cards');
      if (isRefusal(asked)) return asked;
      const numbered = await sheets.add(roundId, asked, wanted);
      if (isRefusal(numbered)) return numbered;
      const printed: PrintedSheet[] = [];
      for (const { id: sheet, number, count } of numbered) {
        const codes = Array.from({ length: count }, () => newCode(randomBytes));
        for (const code of codes) {
          await ticketsOf(roundId).insert({ id: idOf(roundId, code), group, state: 'free', sheet });
        }
        printed.push({ number, codes });
      }
      return printed;
    },

    sheets: (roundId) => sheets.ofRound(roundId),

    async voidSheet(roundId, sheetId) {
      const sheet = await sheets.void(roundId, sheetId);
      if (isRefusal(sheet)) return sheet;
      const tickets = ticketsOf(roundId);
      for (const { id } of await tickets.find({ sheet: sheetId })) {
        await tickets.update(id, (one) => (one.state === 'free' ? { ...one, state: 'void' } : null));
      }
      return sheet;
    },

    async invite(roundId, group, invitationId) {
      const asked = await openFor(roundId, group, 'invitations');
      if (isRefusal(asked)) return asked;
      const code = codeOf(invitationId);
      await ticketsOf(roundId).insert({ id: idOf(roundId, code), group, state: 'free', sheet: null });
      return code;
    },

    async isAnswered(roundId, invitationId) {
      const ticket = await ticketsOf(roundId).get(idOf(roundId, codeOf(invitationId)));
      return ticket?.state === 'used';
    },

    ofCode: (roundId, code) => ticketsOf(roundId).get(idOf(roundId, code)),

    get: (roundId, ticketId) => ticketsOf(roundId).get(ticketId),

    async claim(roundId, seen, claim) {
      const tickets = ticketsOf(roundId);
      // The sheet decides between a claim and its being voided, in one step.
      if (seen.state === 'free' && seen.sheet !== null && !(await beginSheet(roundId, seen.sheet))) return 'void';
      const claimed = await tickets.update(
        seen.id,
        (one) => (one.state === 'free' ? { ...one, state: 'claimed', claim } : null),
        seen,
      );
      const now = claimed ?? (await tickets.get(seen.id));
      if (now?.state === 'claimed') return now.claim === claim ? now : 'taken';
      return now?.state === 'used' ? 'used' : now?.state === 'void' ? 'void' : 'unknown';
    },

    async markUsed(roundId, ticket) {
      const used = ({ id, group, state, sheet, claim }: Ticket): Ticket | null =>
        state === 'claimed' && claim === ticket.claim ? { id, group, state: 'used', sheet } : null;
      await ticketsOf(roundId).update(ticket.id, used, ticket);
    },

    async counts(roundId) {
      const round = await rounds.get(roundId);
      if (!round || round.status === 'draft') return {};
      const tickets = ticketsOf(roundId);
      const groups = groupsAsked(rounds.instrumentOf(round).instrument, round);
      const counts = groups.map(async ({ code: group }) => {
        const issued = await tickets.count({ group, state: { $in: ['free', 'claimed', 'used'] } });
        return [group, { issued, used: await tickets.count({ group, state: 'used' }) }] as const;
      });
      return Object.fromEntries((await Promise.all(counts)).filter(([, { issued }]) => issued > 0));
    },

    async areOut() {
      for (const part of await store.parts()) {
        if ((await ticketsOf(part).count({ state: { $in: ['free', 'claimed'] } })) > 0) return true;
      }
      return false;
    },

    async finishBegunSheets(roundId) {
      const begun = (await sheets.ofRound(roundId)).filter(({ state }) => state === 'begun');
      await takeSheetsOff(
        roundId,
        begun.map(({ id }) => id),
      );
    },
  };
}
