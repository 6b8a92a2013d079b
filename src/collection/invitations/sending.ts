import type { Round } from '../../assessment/round';
import type { Rounds } from '../../assessment/rounds';
import type { ClockGuard } from '../../letters/clock-guard';
import { createDelivery, isInHand, type Outcome, type Post, type Prepared } from '../../letters/delivery';
import { dayOf, type Clock } from '../../shared/clock';
import { isRefusal, type Refusal } from '../../shared/errors';
import type { Collection, Store } from '../../storage/port';
import type { Tickets } from '../tickets';
import { invitationsSpec, type Invitation } from './invitation';
import type { WrittenLetter } from './letter';
import type { LetterKind } from './letter-texts';
import type { LetterFate, Mailing } from './mailing';
import { earliestAfter, isDue, type Mailings } from './mailings';

export interface Sending {
  /** Begins reminders that are due, and sends what is owed in all open rounds; how many letters went out. */
  deliverDue(post: Post): Promise<number>;
}

/** A letter to one person, and where a mail program may ask for no more. */
export interface PersonalLetter extends WrittenLetter {
  readonly unsubscribe: string;
}

export function createSending(deps: {
  store: Store;
  clock: Clock;
  rounds: Pick<Rounds, 'get'>;
  tickets: Pick<Tickets, 'invite' | 'isAnswered'>;
  mailings: Mailings;
  /** Whether the clock can be trusted with what cannot be undone. */
  guard: ClockGuard;
  /** null where no link can be made, since the round or its group takes no invitations now. */
  letterTo: (round: Round, invitation: Invitation, kind: LetterKind) => Promise<PersonalLetter | null>;
}): Sending {
  const { clock, store, rounds, tickets, mailings } = deps;

  /** Nothing is told of who has answered: whoever has is passed over when their turn comes, and counted. */
  async function prepare(row: Invitation, mailing: Begun): Promise<Prepared> {
    const [round, now] = [await rounds.get(mailing.roundId), await mailings.get(mailing.id)];
    if (round?.status !== 'open' || now?.state !== 'running') return 'stop';
    if (mailing.letter > 1 && (await tickets.isAnswered(round.id, row.id))) return 'dropped';
    const letter = await deps.letterTo(round, row, mailing.letter === 1 ? 'invitation' : 'reminder');
    return letter === null ? 'stop' : { mail: { id: `${row.id}:${mailing.letter}`, to: row.address, ...letter } };
  }

  /** The count comes first and knows what it counted, so that a crash before the row is put right counts nothing twice. */
  async function settle(rows: Collection<Invitation>, row: Invitation, outcome: Outcome, mailing: Begun) {
    const before = await mailings.countedAs(mailing.id, row.id);
    const fate = before ?? fateOf[outcome.is];
    if (before === null) await mailings.count(mailing.id, row.id, fate);
    const error = outcome.is === 'refused' ? outcome.reason : null;
    await rows.update(row.id, (one) =>
      isInHand(one, row) ? { ...one, ...settled(mailing, fate, error), attempts: 0 } : null,
    );
    await mailings.counted(mailing.id, row.id);
  }

  /** Only what came of the first letter is kept by address: it says nothing but that the address is right or wrong. */
  function settled({ letter }: Begun, fate: LetterFate, error: string | null): Partial<Invitation> {
    const today = dayOf(clock());
    // Nor the hour: a letter that had to be tried again would show by it.
    const dueAt = `${today}T00:00:00.000Z`;
    if (letter > 1 || fate === 'sent' || fate === 'spared') {
      return { state: 'settled', settledOn: today, dueAt, error: null };
    }
    return { state: fate, dueAt, error };
  }

  /** Everybody whose last letter is long enough ago stands in line for this reminder; asking again changes nothing. */
  async function lineUp(rows: Collection<Invitation>, { letter: next, begunOn }: Begun): Promise<void> {
    const now = clock().toISOString();
    const isNext = ({ letter, state, settledOn }: Invitation): boolean =>
      letter < next && state === 'settled' && settledOn !== null && earliestAfter(settledOn) <= (begunOn ?? '');
    for (const { id } of (await rows.find({ state: 'settled', letter: { $lt: next } })).filter(isNext)) {
      await rows.update(id, (one) =>
        isNext(one) ? { ...one, letter: next, state: 'waiting', dueAt: now, attempts: 0, error: null } : null,
      );
    }
  }

  /** Who stood in line for a reminder that was stopped is as before, so that the next one finds them. */
  async function dissolveStopped(rows: Collection<Invitation>, roundId: string): Promise<void> {
    const now = clock().toISOString();
    const stopped = (await mailings.ofRound(roundId)).filter(({ state }) => state === 'stopped');
    const isLeft = ({ letter, state, dueAt }: Invitation): boolean =>
      stopped.some((mailing) => mailing.letter === letter) &&
      (state === 'waiting' || (state === 'sending' && dueAt <= now));
    for (const { id } of (await rows.find({ state: { $in: ['waiting', 'sending'] } })).filter(isLeft)) {
      await rows.update(id, (one) => (isLeft(one) ? { ...one, state: 'settled', error: null } : null));
    }
  }

  async function run(mailing: Begun, post: Post): Promise<number> {
    const rows = store.collection(invitationsSpec, mailing.roundId);
    if (mailing.letter > 1) {
      await dissolveStopped(rows, mailing.roundId);
      await lineUp(rows, mailing);
    }
    const delivery = createDelivery<Invitation>({
      clock,
      prepare: (row) => prepare(row, mailing),
      settle: (all, row, outcome) => settle(all, row, outcome, mailing),
      // Two invitations to one person look like two questionnaires; whoever may have got none is shown to the staff.
      cutOff: 'ask',
    });
    const sent = await delivery.deliverDue(rows, post, { letter: mailing.letter });
    const left = await rows.count({ letter: mailing.letter, state: { $in: ['waiting', 'sending'] } });
    if (left === 0) await mailings.finish(mailing.id);
    return sent;
  }

  /** @returns the mailing as it goes on */
  async function beginIfDue(mailing: Mailing, round: Round): Promise<Mailing> {
    if (dayOf(clock()) > round.closesOn) return lapse(mailing);
    const due = isDue(mailing, await mailings.ofRound(round.id), clock()) && (await deps.guard.jump()) === null;
    return due ? asItIs(mailing, await mailings.begin(mailing)) : mailing;
  }

  async function lapse(mailing: Mailing): Promise<Mailing> {
    return asItIs(mailing, await mailings.move(mailing, 'system', 'lapse'));
  }

  /** Another process may have moved it first. */
  async function asItIs(mailing: Mailing, moved: Mailing | Refusal): Promise<Mailing> {
    return isRefusal(moved) ? ((await mailings.get(mailing.id)) ?? mailing) : moved;
  }

  return {
    async deliverDue(post) {
      let sent = 0;
      for (const mailing of await mailings.unfinished()) {
        const round = await rounds.get(mailing.roundId);
        if (round?.status === 'open') {
          const now = mailing.state === 'planned' ? await beginIfDue(mailing, round) : mailing;
          if (isRunning(now)) sent += await run(now, post);
        } else if (round === null || isOver(round)) await lapse(mailing);
      }
      return sent;
    },
  };
}

/** A mailing that goes out. */
type Begun = Mailing & { readonly letter: number };

function isRunning(mailing: Mailing): mailing is Begun {
  return mailing.state === 'running' && mailing.letter !== null;
}

const fateOf = { sent: 'sent', dropped: 'spared', refused: 'bounced', unsure: 'unsure' } as const;

/** While a round is being closed it may be opened again. */
function isOver({ status }: Round): boolean {
  return status !== 'draft' && status !== 'open' && status !== 'closing';
}
