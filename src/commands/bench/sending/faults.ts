import type { AssessmentServices } from '../../../assessment/services';
import type { Round } from '../../../assessment/round';
import { readCode } from '../../../collection/code';
import type { CollectionServices } from '../../../collection/services';
import type { Post } from '../../../letters/delivery';
import type { SendFault } from '../../../letters/transport';
import type { Clock } from '../../../shared/clock';
import { Failure, isStoreFailure } from '../../../shared/errors';
import type { Store } from '../../../storage/port';
import type { Random } from '../random';
import { faultyStore } from '../faulty-store';
import { must } from '../must';

/** What went wrong in a run; all of it has to be 0. */
export interface Wrongs {
  /** People who got a letter twice. */
  doubled: number;
  /** People who got none, and of whom nothing says so. */
  lost: number;
  /** People who were reminded though they had answered. */
  needless: number;
  /** Mailings whose counts do not add up to what happened. */
  miscounted: number;
  /** Mailings that did not come to an end. */
  stuck: number;
}

export interface Surroundings {
  readonly store: Store;
  /** The services over a store, as one process has them. */
  readonly over: (
    store: Store,
    clock: Clock,
  ) => { readonly assessment: AssessmentServices; readonly collection: CollectionServices };
  /** A new open round whose organisations (`ngo`) answer by invitations. */
  readonly newRound: () => Promise<Round>;
}

const people = 3;
/** Looks of the sender that are disturbed, before it is left in peace. */
const disturbed = 5;
const minute = 60_000;

/**
 * One round with an invitation and a reminder, sent by processes that are killed, a store that refuses or does not
 * answer, and a mail server that is busy, away, or breaks off, all by chance.
 */
export async function sendWithFaults({ store, over, newRound }: Surroundings, random: Random): Promise<Wrongs> {
  let now = new Date('2026-03-16T12:00:00+01:00');
  const clock: Clock = () => now;
  const { assessment, collection } = over(store, clock);
  const { invitations, mailings } = collection.invitations;
  const round = await newRound();
  const addresses = Array.from({ length: people }, (_, index) => `osoba${index + 1}@example.org`);
  const list = { text: addresses.join('\n'), usual: 'ngo', several: () => false };
  const { instrument } = assessment.rounds.instrumentOf(round);
  const { mark } = must(await invitations.look(instrument, round, list));
  must(await invitations.add(instrument, round, list, mark));

  const first = await mailings.sendInvitations(round.id);
  const invited = await deliver();
  const wrongs = judge((await mailings.get(first.id))?.counts, invited, []);

  const answered = random.sample(invited, random.whole(0, invited.length));
  for (const { code } of answered) await answer(code);
  const reminder = must(await mailings.planReminder(round, '2026-03-20T09:00'));
  now = new Date('2026-03-20T09:00:00+01:00');
  const reminded = await deliver();
  const got = answered.map(({ to }) => to);
  // Only those who are known to have the invitation are reminded.
  const known = (await invitations.ofRound(round.id)).filter(({ letter }) => letter > 1).map(({ address }) => address);
  return sum(wrongs, judge((await mailings.get(reminder.id))?.counts, reminded, got, known));

  /** Until nothing is due, however often it is cut off; what the mail server took. */
  async function deliver(): Promise<Taken[]> {
    const taken: Taken[] = [];
    for (let look = 0; look < disturbed + 12; look += 1) {
      const calm = look >= disturbed;
      const senders = random.chance(0.3) ? [1, 2] : [1];
      await Promise.all(senders.map(() => sender(taken, calm)));
      now = new Date(now.getTime() + (calm ? 12 * 60 : 11) * minute);
      const unfinished = (await mailings.unfinished()).filter(({ roundId }) => roundId === round.id);
      if (unfinished.length === 0) break;
    }
    return taken;
  }

  /** One look of one process. */
  async function sender(taken: Taken[], calm: boolean): Promise<void> {
    let dead = false;
    const disturbedStore = faultyStore(store, (write) => {
      if (!write) return null;
      if (dead) return 'refused';
      if (calm || !random.chance(0.12)) return null;
      dead = random.chance(0.5);
      return random.pick(['refused', 'lost']);
    });
    const { sending } = over(disturbedStore, clock).collection.invitations;
    try {
      await sending.deliverDue(post(taken, calm));
    } catch (error) {
      if (!isStoreFailure(error)) throw error;
    }
  }

  function post(taken: Taken[], calm: boolean): Post {
    return {
      baseUrl: 'https://lijw.example.org',
      transport: {
        send({ to, text }) {
          const fault =
            calm || !random.chance(0.3) ? null : random.pick<SendFault>(['busy', 'away', 'unsure', 'unsure']);
          // Of what broke off nobody knows whether it was taken.
          if (fault === null || (fault === 'unsure' && random.chance(0.5))) taken.push({ to, code: codeIn(text) });
          return fault === null ? Promise.resolve() : Promise.reject(new SendFailed(fault));
        },
        faultOf: (error) => (error instanceof SendFailed ? error.fault : 'busy'),
        close: () => Promise.resolve(),
      },
    };
  }

  async function answer(code: string): Promise<void> {
    const { tickets } = collection;
    const known = readCode(code);
    const ticket = known && (await tickets.ofCode(round.id, known));
    if (!ticket) throw new Failure('bench-failed', 'The link of a letter has no ticket.');
    const claimed = await tickets.claim(round.id, ticket, 'claim');
    if (typeof claimed === 'object') await tickets.markUsed(round.id, claimed);
  }

  function judge(
    counts:
      { readonly sent: number; readonly spared: number; readonly bounced: number; readonly unsure: number } | undefined,
    taken: readonly Taken[],
    hadAnswered: readonly string[],
    owed: readonly string[] = addresses,
  ): Wrongs {
    const { sent = 0, spared = 0, bounced = 0, unsure = 0 } = counts ?? {};
    const got = new Set(taken.map(({ to }) => to));
    const missed = owed.filter((address) => !got.has(address) && !hadAnswered.includes(address)).length;
    const all = sent + spared + bounced + unsure;
    return {
      doubled: taken.length - got.size,
      lost: Math.max(0, missed - unsure - bounced),
      needless: hadAnswered.filter((address) => got.has(address)).length,
      miscounted: all === owed.length && sent <= got.size && got.size <= sent + unsure ? 0 : 1,
      stuck: counts !== undefined && all >= owed.length ? 0 : 1,
    };
  }
}

interface Taken {
  readonly to: string;
  readonly code: string;
}

class SendFailed extends Error {
  constructor(readonly fault: SendFault) {
    super(fault);
  }
}

export const nothingWrong: Wrongs = { doubled: 0, lost: 0, needless: 0, miscounted: 0, stuck: 0 };

export function sum(one: Wrongs, other: Wrongs): Wrongs {
  const names = Object.keys(nothingWrong) as (keyof Wrongs)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as unknown as Wrongs;
}

function codeIn(text: string): string {
  return /\/ticket\/(\S+)/.exec(text)?.[1] ?? '';
}
