import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { groupsAsked } from '../../assessment/asking-plan';
import { wayOf, type Round } from '../../assessment/round';
import type { Instrument } from '../../definitions/instrument';
import { dayOf, type Clock } from '../../shared/clock';
import { Failure, isRefusal, refuse, type Refusal } from '../../shared/errors';
import type { Ids } from '../../shared/ids';
import type { Collection, Store } from '../../storage/port';
import type { InstallationKey } from '../installation-key';
import type { Tickets } from '../tickets';
import { invitationsSpec, letterStates, needsCare, type Invitation } from './invitation';
import { addressFault, checkList, type CheckedList, type ListFaultCode, type ListGroup } from './list/check-list';
import { checkedListText, type ListTextRefusal } from './list/list-text';
import { newInvitations, type Invited, type NewInvitations, type SharedAddress } from './list/new-invitations';
import { mailingId } from './mailing';
import type { Mailings } from './mailings';

/** A list as somebody gave it, and what they said about it. */
export interface GivenList {
  readonly text: string;
  /** Code of the group of those for whom the list names none; null: that is a fault. */
  readonly usual: string | null;
  /** Whether several people share an address. */
  several(shared: SharedAddress): boolean;
}

/** What a list would do; nothing of it is stored. */
export interface LookedList extends CheckedList, NewInvitations {
  /** Stands for the list and for who was invited when it was looked at. */
  readonly mark: string;
}

type ListRefusal = ListTextRefusal | Refusal<'list-too-many'>;
/** Staff can only act while the round is open and one of its groups answers by invitations. */
type NotNow = Refusal<'round-not-open' | 'no-invited-group'>;

export interface Invitations {
  /** Groups of the round that a list may name, each with all its names. */
  groupsOf(instrument: Instrument, round: Round): ListGroup[];
  look(instrument: Instrument, round: Round, list: GivenList): Promise<LookedList | ListRefusal | NotNow>;
  /**
   * Stores the invitations of a list, in random order, if list and invitations are as the person saw them (`seen`, a mark).
   * Nothing goes out yet. A crash leaves some of them stored; the same list again adds the others.
   */
  add(
    instrument: Instrument,
    round: Round,
    list: GivenList,
    seen: string,
  ): Promise<{ readonly added: number } | ListRefusal | NotNow | Refusal<'list-changed'>>;
  /** All of a round, by address. */
  ofRound(roundId: string): Promise<Invitation[]>;
  /** Whether several people are invited at one address. */
  isShared(roundId: string, address: string): Promise<boolean>;
  /**
   * Sends the first letter again, to the address as it is now corrected: of those whose letter did not arrive, or may not
   * have. The link in it is the same.
   */
  sendAgain(
    roundId: string,
    id: string,
    address: string,
  ): Promise<Invitation | Refusal<'invitation-unknown' | 'invitation-not-failed' | ListFaultCode>>;
  /** Somebody knows that the letter arrived though the server did not say so. */
  arrived(roundId: string, id: string): Promise<Invitation | Refusal<'invitation-unknown' | 'invitation-not-failed'>>;
  /** What the link for asking for no more letters ends with. */
  stopPass(invitationId: string): string;
  /** The person of such a link gets no more letters; false where the link is none of this round. Once more is harmless. */
  noMoreLetters(roundId: string, pass: string): Promise<boolean>;
  isStopPass(roundId: string, pass: string): Promise<boolean>;
  /**
   * Removes one address for good. The ticket stays as it is, so that nothing tells whether it was used: a link that went
   * out goes on opening the survey. `invitation-being-sent`: a letter to it is on its way.
   */
  remove(roundId: string, id: string): Promise<true | Refusal<'invitation-unknown' | 'invitation-being-sent'>>;
}

export function createInvitations(deps: {
  store: Store;
  clock: Clock;
  ids: Ids;
  key: InstallationKey;
  tickets: Pick<Tickets, 'invite'>;
  mailings: Mailings;
}): Invitations {
  const { store, clock, ids, key, tickets, mailings } = deps;
  const rowsOf = (roundId: string): Collection<Invitation> => store.collection(invitationsSpec, roundId);

  function groupsOf(instrument: Instrument, round: Round): ListGroup[] {
    const byCode = new Map((instrument.groups ?? []).map((group) => [group.code, group]));
    return groupsAsked(instrument, round).map(({ code, name, parts }) => {
      const names = [name, ...parts.flatMap((part) => byCode.get(part)?.name ?? [])];
      return {
        code,
        names: [code, ...parts, ...names.flatMap(({ pl, en = pl }) => [pl, en])],
        invited: wayOf(round, code) === 'invitations',
      };
    });
  }

  async function look(
    instrument: Instrument,
    round: Round,
    given: GivenList,
  ): Promise<LookedList | ListRefusal | NotNow> {
    const { text, usual } = given;
    const groups = groupsOf(instrument, round);
    if (round.status !== 'open') return refuse('round-not-open', { status: round.status });
    if (!groups.some(({ invited }) => invited)) return refuse('no-invited-group');
    const tidy = checkedListText(text);
    if (isRefusal(tidy)) return tidy;
    const list = checkList(tidy.text, groups, usual);
    if (isRefusal(list)) return list;
    const invited = await rowsOf(round.id).find({});
    // Forms send every line break as two characters.
    const seen = JSON.stringify([text.replace(/\r\n?/g, '\n'), usual, invited.length]);
    const mark = createHash('sha256').update(seen).digest('base64url');
    return { ...list, ...newInvitations(list.people, invited, (shared) => given.several(shared)), mark };
  }

  /** Invitations and tickets are stored each in an order of their own, so that neither order leads to the other. */
  async function storeByChance(round: Round, invite: readonly Invited[]): Promise<number> {
    const rows = rowsOf(round.id);
    const added: Invitation[] = [];
    for (const one of byChance(invite)) {
      const invitation: Invitation = {
        ...{ id: ids.uuid(), ...one, state: 'waiting', letter: 1, settledOn: null },
        ...{ dueAt: clock().toISOString(), attempts: 0, error: null },
      };
      // Somebody else may have stored the same list at the same time.
      if ((await rows.insert(invitation)).inserted) added.push(invitation);
    }
    // What a crash leaves out here is made when the letter goes out.
    for (const { id, group } of byChance(added)) {
      const code = await tickets.invite(round.id, group, id);
      if (isRefusal(code)) throw new Failure('invitation-refused', `No ticket for an invitation: ${code.refused}.`);
    }
    return added.length;
  }

  function byChance<Item>(items: readonly Item[]): Item[] {
    const drawn = items.map((item) => ({ item, by: ids.uuid() }));
    return drawn.sort((one, other) => (one.by < other.by ? -1 : 1)).map(({ item }) => item);
  }

  /** Under another seat where the corrected address is already one of somebody else. */
  async function withAddress(rows: Collection<Invitation>, id: string, address: string): Promise<Invitation | null> {
    for (;;) {
      const seats = (await rows.find({ address })).filter((one) => one.id !== id).map(({ seat }) => seat);
      const seat = Math.max(0, ...seats) + 1;
      try {
        return await rows.update(id, (one) =>
          needsCare(one)
            ? { ...one, address, seat, state: 'waiting', dueAt: clock().toISOString(), attempts: 0, error: null }
            : null,
        );
      } catch (error) {
        // Somebody has taken that seat since: look again.
        if (!(error instanceof Failure && error.code === 'duplicate-key')) throw error;
      }
    }
  }

  async function unknownOrNot(rows: Collection<Invitation>, id: string) {
    return refuse((await rows.get(id)) === null ? 'invitation-unknown' : 'invitation-not-failed');
  }

  function proofOf(invitationId: string): string {
    return createHmac('sha256', key.secret).update(`no letters ${invitationId}`).digest('base64url').slice(0, 22);
  }

  async function ofPass(roundId: string, pass: string): Promise<Invitation | null> {
    const [id = '', proof = ''] = pass.split('.');
    const [given, own] = [Buffer.from(proof), Buffer.from(proofOf(id))];
    if (given.length !== own.length || !timingSafeEqual(given, own)) return null;
    return rowsOf(roundId).get(id);
  }

  return {
    groupsOf,
    look,

    async add(instrument, round, list, seen) {
      const looked = await look(instrument, round, list);
      if (isRefusal(looked)) return looked;
      if (looked.mark !== seen) return refuse('list-changed');
      return { added: await storeByChance(round, looked.invite) };
    },

    async ofRound(roundId) {
      return rowsOf(roundId).find({}, { sort: [['address', 'ascending']] });
    },

    isShared: async (roundId, address) => (await rowsOf(roundId).count({ address })) > 1,

    async sendAgain(roundId, id, given) {
      const address = given.trim().toLowerCase();
      const fault = addressFault(address);
      if (fault !== null) return refuse(fault, { value: given.trim() });
      const rows = rowsOf(roundId);
      // A crash may have left that it bounced, which is not so of the next try.
      await mailings.counted(mailingId(roundId, 1), id);
      const changed = await withAddress(rows, id, address);
      if (changed === null) return unknownOrNot(rows, id);
      await mailings.sendInvitations(roundId);
      return changed;
    },

    async arrived(roundId, id) {
      const rows = rowsOf(roundId);
      const settledOn = dayOf(clock());
      const changed = await rows.update(id, (one) =>
        one.letter === 1 && one.state === 'unsure' ? { ...one, state: 'settled', settledOn, error: null } : null,
      );
      return changed ?? unknownOrNot(rows, id);
    },

    stopPass: (invitationId) => `${invitationId}.${proofOf(invitationId)}`,
    isStopPass: async (roundId, pass) => (await ofPass(roundId, pass)) !== null,

    async noMoreLetters(roundId, pass) {
      const found = await ofPass(roundId, pass);
      if (found === null) return false;
      await rowsOf(roundId).update(found.id, (one) => ({ ...one, state: 'no-letters', error: null }));
      return true;
    },

    async remove(roundId, id) {
      const rows = rowsOf(roundId);
      const resting = letterStates.filter((state) => state !== 'sending');
      if ((await rows.remove({ id, state: { $in: resting } })) > 0) return true;
      return refuse((await rows.get(id)) === null ? 'invitation-unknown' : 'invitation-being-sent');
    },
  };
}
