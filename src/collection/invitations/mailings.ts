import { DateTime } from 'luxon';
import type { Round } from '../../assessment/round';
import { momentOf } from '../../shared/warsaw-time';
import { dayOf, type Clock } from '../../shared/clock';
import { refuse, type Refusal } from '../../shared/errors';
import { moveFrom, refusalOfMove, type Mover } from '../../shared/moves';
import type { Store } from '../../storage/port';
import { mailingId, mailingMoves, mailingsSpec, type LetterFate, type Mailing, type MailingAction } from './mailing';

/** Most reminders of a round. */
export const mostReminders = 3;
/** Days between two letters of a round to the same person, at least. */
export const fewestDaysBetween = 3;

export type ReminderRefusal = Refusal<
  | 'time-malformed'
  | 'reminder-in-past'
  | 'reminder-too-soon'
  | 'reminder-after-end'
  | 'too-many-reminders'
  | 'invitations-not-begun'
  | 'changed-meanwhile'
>;

export interface Mailings {
  /** As they began, then as they are planned. */
  ofRound(roundId: string): Promise<Mailing[]>;
  /** In all rounds, those that may still send. */
  unfinished(): Promise<Mailing[]>;
  /** The invitation goes out to everybody who has none yet; once more for those who came onto the list later. */
  sendInvitations(roundId: string): Promise<Mailing>;
  /** @param at `YYYY-MM-DDTHH:mm` in Warsaw */
  planReminder(round: Round, at: string): Promise<Mailing | ReminderRefusal>;
  /** Takes a planned reminder back; what began meanwhile stays. */
  dropReminder(roundId: string, number: number): Promise<void>;
  /** Nobody is left to be written to: running → done. */
  finish(id: string): Promise<void>;
  /** A reminder that is due (`isDue`): planned → running. */
  begin(reminder: Mailing): Promise<Mailing | Refusal<'wrong-status' | 'not-a-reminder'>>;
  move(
    mailing: Pick<Mailing, 'id'>,
    who: Mover,
    action: Exclude<MailingAction, 'begin' | 'finish'>,
  ): Promise<Mailing | Refusal<'wrong-status' | 'not-a-reminder'>>;
  get(id: string): Promise<Mailing | null>;
  /** Counts a letter once, however often it is asked; the row is put right in between `count` and `counted`. */
  count(id: string, invitationId: string, fate: LetterFate): Promise<void>;
  counted(id: string, invitationId: string): Promise<void>;
  /** What a letter was counted as, if its row was not put right since. */
  countedAs(id: string, invitationId: string): Promise<LetterFate | null>;
}

/** First day on which another letter may go out after one of this day. Days of the calendar: the clocks may change. */
export function earliestAfter(day: string): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days: fewestDaysBetween }).toFormat('yyyy-MM-dd');
}

/** When a planned reminder begins: its time, and never sooner after the last letter than the gap. */
export function isDue(reminder: Mailing, all: readonly Mailing[], now: Date): boolean {
  const planned = reminder.at === null ? null : momentOf(reminder.at);
  if (reminder.state !== 'planned' || planned === null || now < planned) return false;
  const others = all.filter(({ id }) => id !== reminder.id);
  // One at a time, in the order in which they were planned.
  if (others.some(({ state }) => state === 'running' || state === 'paused')) return false;
  if (others.some((one) => one.state === 'planned' && (one.at ?? '') < (reminder.at ?? ''))) return false;
  const last = lastDay(others);
  return last !== null && earliestAfter(last) <= dayOf(now);
}

/** The day on which letters went out last; null: none did. */
function lastDay(mailings: readonly Mailing[]): string | null {
  return mailings.reduce<string | null>((last, { begunOn }) => ((begunOn ?? '') > (last ?? '') ? begunOn : last), null);
}

export function createMailings({ store, clock }: { readonly store: Store; readonly clock: Clock }): Mailings {
  const mailings = store.collection(mailingsSpec);

  const ofRound = async (roundId: string): Promise<Mailing[]> =>
    (await mailings.find({ roundId })).sort(
      (one, other) => (one.letter ?? 99) - (other.letter ?? 99) || ((one.at ?? '') < (other.at ?? '') ? -1 : 1),
    );

  function fresh(roundId: string, number: number): Mailing {
    return {
      id: mailingId(roundId, number),
      ...{ roundId, number, letter: null, state: 'planned', at: null, begunOn: null },
      counts: { sent: 0, spared: 0, bounced: 0, unsure: 0 },
      ...{ settling: [], revision: 1 },
    };
  }

  /** @param set what is true from then on */
  async function move(
    { id }: Pick<Mailing, 'id'>,
    who: Mover,
    action: MailingAction,
    set: Partial<Pick<Mailing, 'letter' | 'begunOn'>> = {},
  ): Promise<Mailing | Refusal<'wrong-status' | 'not-a-reminder'>> {
    let refusal: Refusal<'wrong-status' | 'not-a-reminder'> = refuse('wrong-status', { status: 'unknown' });
    const moved = await mailings.update(id, (one) => {
      const step = moveFrom(mailingMoves, one.state, action);
      const barred = step?.who === who ? refusalOfMove(step, one) : refuse('wrong-status', { status: one.state });
      if (step === undefined || barred !== null) {
        refusal = barred ?? refusal;
        return null;
      }
      return { ...one, ...set, state: step.to, revision: one.revision + 1 };
    });
    return moved ?? refusal;
  }

  return {
    ofRound,
    move: (mailing, who, action) => move(mailing, who, action),
    get: (id) => mailings.get(id),
    async begin(reminder) {
      // Only the first in line is due, so no other takes this letter.
      const letter = Math.max(...(await ofRound(reminder.roundId)).map((one) => one.letter ?? 0)) + 1;
      return move(reminder, 'system', 'begin', { letter, begunOn: dayOf(clock()) });
    },
    async finish(id) {
      // Nobody's row is in hand any more, so what a crash has left of counting is of no use.
      await mailings.update(id, (one) =>
        one.state === 'running' ? { ...one, state: 'done', settling: [], revision: one.revision + 1 } : null,
      );
    },
    unfinished: () => mailings.find({ state: { $in: ['planned', 'running', 'paused'] } }),

    async sendInvitations(roundId) {
      const today = dayOf(clock());
      const first: Mailing = { ...fresh(roundId, 1), state: 'running', letter: 1, begunOn: today };
      if ((await mailings.insert(first)).inserted) return first;
      const again = await mailings.update(first.id, (one) =>
        one.state === 'done' ? { ...one, state: 'running', revision: one.revision + 1 } : null,
      );
      return again ?? (await mailings.get(first.id)) ?? first;
    },

    async planReminder(round, at) {
      const all = await ofRound(round.id);
      const refusal = reminderRefusal(round, at, all, clock());
      if (refusal !== null) return refusal;
      const taken = new Set(all.map(({ number }) => number));
      const number = [2, 3, 4].find((one) => !taken.has(one));
      if (number === undefined) return refuse('too-many-reminders', { most: mostReminders });
      const reminder: Mailing = { ...fresh(round.id, number), at };
      // Two who plan at once look at the same plan: the number decides.
      return (await mailings.insert(reminder)).inserted ? reminder : refuse('changed-meanwhile');
    },

    async dropReminder(roundId, number) {
      await mailings.remove({ id: mailingId(roundId, number), state: 'planned' });
    },

    async count(id, invitationId, fate) {
      await mailings.update(id, (one) =>
        one.settling.some((settling) => settling.id === invitationId)
          ? null
          : {
              ...one,
              counts: { ...one.counts, [fate]: one.counts[fate] + 1 },
              settling: [...one.settling, { id: invitationId, fate }],
            },
      );
    },

    async counted(id, invitationId) {
      await mailings.update(id, (one) => ({
        ...one,
        settling: one.settling.filter((settling) => settling.id !== invitationId),
      }));
    },

    async countedAs(id, invitationId) {
      const mailing = await mailings.get(id);
      return mailing?.settling.find((settling) => settling.id === invitationId)?.fate ?? null;
    },
  };
}

function reminderRefusal(round: Round, at: string, all: readonly Mailing[], now: Date): ReminderRefusal | null {
  const moment = momentOf(at);
  if (moment === null) return refuse('time-malformed');
  if (moment <= now) return refuse('reminder-in-past');
  const day = at.slice(0, 10);
  if (day > round.closesOn) return refuse('reminder-after-end', { lastDay: round.closesOn });
  const begun = lastDay(all);
  if (begun === null) return refuse('invitations-not-begun');
  if (all.filter(({ number }) => number > 1).length >= mostReminders) {
    return refuse('too-many-reminders', { most: mostReminders });
  }
  const days = [
    begun,
    ...all.flatMap((one) => (one.state === 'planned' && one.at !== null ? [one.at.slice(0, 10)] : [])),
  ];
  const near = days.find((one) => (one <= day ? earliestAfter(one) > day : earliestAfter(day) > one));
  return near === undefined ? null : refuse('reminder-too-soon', { days: fewestDaysBetween, near });
}
