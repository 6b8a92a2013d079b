import { randomBytes } from 'node:crypto';
import { createAssessmentWithCollection } from '../../collection/services';
import type { Instruments } from '../../assessment/instruments';
import { isRefusal, isStoreFailure } from '../../shared/errors';
import { randomIds } from '../../shared/ids';
import type { Store } from '../../storage/port';
import { faultyStore, Killed, type Fault } from './faulty-store';
import { randomOf } from './random';
import { must } from './must';

/** What a run has found: all three must be 0. */
export interface FaultsFound {
  /** Answers with a receipt that are not in the sealed round. */
  readonly lost: number;
  /** Answers that are there twice, and cards and numbers of forms with which more than one was sent. */
  readonly doubled: number;
  /** People who were refused for good and are counted all the same, or who got nowhere though nothing failed. */
  readonly broken: number;
  /** How many requests were killed, refused or lost: a run without any shows nothing. */
  readonly faults: number;
}

/** Of no use but for these runs, and the same for each: codes of one key are refused to another. */
export const benchKey = 'the installation key of benches only';

/** Holders of cards, of whom two have the same one, and people who came by the open link. */
const cards = [0, 0, 1, 2];
const byLink = 2;
/** Forms on paper and the numbers that they are typed under: two typists have the same one. */
const numbers = [1, 2, 2];
const people = cards.length + byLink + numbers.length;

/** One who sends: a person online, or a typist with a form. */
interface Sender {
  readonly token: string;
  /** What must be counted at most once in all: a card, or the number of a form; null for the open link. */
  readonly right: string | null;
  /** The number of the form that is typed; null online. */
  readonly form: number | null;
}

/**
 * One round with a few people and typists of paper forms, who send while requests to the store fail at random, again and again, in two processes;
 * in a third of the runs while the round is closed, too. The same seed fails at the same requests.
 */
export async function submitAmongFaults(seed: number, store: Store, instruments: Instruments): Promise<FaultsFound> {
  const random = randomOf(seed);
  const servicesOver = (over: Store) =>
    createAssessmentWithCollection({
      store: over,
      clock: () => new Date('2026-03-16T12:00:00+01:00'),
      ids: randomIds,
      randomBytes,
      instruments,
      installationKey: benchKey,
    });
  const healthy = servicesOver(store);
  const { round, batch, senders: all } = await setUp(healthy, seed);
  const { rounds, sealedRounds } = healthy.assessment;
  const { sealing } = healthy.collection;

  let faults = 0;
  const faulty = () => {
    const at = random.whole(0, 24);
    const kind = random.pick<Exclude<Fault, null>>(['killed', 'refused', 'lost']);
    let requests = 0;
    return servicesOver(
      faultyStore(store, () => {
        requests += 1;
        if (requests !== at + 1) return null;
        faults += 1;
        return kind;
      }),
    ).collection;
  };

  const outcomes: Outcome[] = all.map(() => null);
  const closes = random.chance(1 / 3);
  const send = async (index: number, { submissions, paper }: Pick<Collecting, 'submissions' | 'paper'>) => {
    const { token = '', form = null } = all[index] ?? {};
    const outcome = await unlessFailed<object>(() =>
      form === null ? submissions.submit(token) : paper.enter(token, batch, form, {}),
    );
    // The first receipt is a promise; what comes after it changes nothing.
    if (outcome !== null && outcomes[index] !== 'receipt')
      outcomes[index] = isRefusal(outcome) ? outcome.refused : 'receipt';
  };
  for (let turn = 0; turn < 6; turn += 1) {
    const [one, other] = [faulty(), faulty()];
    const senders = random.sample([...all.keys()], 4);
    await Promise.all([
      ...senders.map((index, place) => send(index, place === 1 ? other : one)),
      ...(random.chance(0.3) ? [unlessFailed(() => other.mind())] : []),
      ...(closes && turn === 3 ? [unlessFailed(() => one.sealing.close(round))] : []),
    ]);
  }
  if (!closes) for (const index of all.keys()) await send(index, healthy.collection);
  await sealing.resumeClosing();
  if ((await rounds.get(round))?.status !== 'closed') await sealing.close(round);
  for (const index of all.keys()) await send(index, healthy.collection);

  // The part goes, as it would in two minutes.
  for (let minute = 0; minute < 2; minute += 1) await sealing.dropClosedParts();

  const answers = await sealedRounds.answersOf(round);
  const times = all.map((_, index) => answers.filter((one) => markOf(one.answers) === index).length);
  const rights = [...new Set(all.flatMap(({ right }) => (right === null ? [] : [right])))];
  const perRight = rights.map((right) => sum(times.filter((_, index) => all[index]?.right === right)));
  const refused = (index: number) => isForGood(outcomes[index] ?? null);
  return {
    lost: count(all, (index) => outcomes[index] === 'receipt' && times[index] === 0),
    doubled: count(all, (index) => (times[index] ?? 0) > 1) + perRight.filter((sent) => sent > 1).length,
    broken:
      count(all, (index) => refused(index) && times[index] !== 0) +
      (closes ? 0 : perRight.filter((sent) => sent === 0).length) +
      (closes ? 0 : count(all, (index) => all[index]?.right === null && outcomes[index] !== 'receipt')),
    faults,
  };
}

type Outcome = string | null;

/** Whoever is told this is told that the answer does not count, and never will. */
function isForGood(outcome: Outcome): boolean {
  return outcome === 'ticket-used' || outcome === 'form-entered' || outcome === 'round-closed';
}

type Services = ReturnType<typeof createAssessmentWithCollection>;
type Collecting = Services['collection'];

/** An open round in which everybody has a draft that can be sent; each is told apart by two ratings. */
async function setUp(
  { assessment, collection }: Services,
  seed: number,
): Promise<{ round: string; batch: string; senders: Sender[] }> {
  const unit = must(
    await assessment.units.create({ code: `bench-${seed}`, name: 'Gmina Zmyślona', kind: 'rural-gmina' }),
  );
  const made = must(await assessment.assessments.create({ unitId: unit.id, instrumentId: 'lijw', title: 'Próba' }));
  const { id } = must(
    await assessment.rounds.create({
      ...{ assessmentId: made.id, name: 'baseline', form: 'full', assessedYear: 2025 },
      ...{ opensOn: '2026-03-01', closesOn: '2026-03-31' },
      ways: { officials: 'cards' },
      groupSizes: { officials: 20 },
    }),
  );
  must(await assessment.rounds.open(id));
  const [sheet] = must(await collection.tickets.print(id, 'officials', [{ kind: 'cards', count: 3 }]));
  const batch = must(await collection.paper.create(id, 'ngo', numbers.length)).id;
  const senders: Sender[] = [];
  for (let person = 0; person < people; person += 1) {
    const sender = await begin(person);
    const marked = { [marks[0]]: 1 + (person % 5), [marks[1]]: 1 + Math.floor(person / 5) };
    must(await collection.drafts.save(sender.token, marked));
    senders.push(sender);
  }
  return { round: id, batch, senders };

  async function begin(person: number): Promise<Sender> {
    const card = cards[person];
    const code = sheet?.codes[card ?? -1];
    if (code !== undefined) {
      const { token } = must(await collection.drafts.startWith(id, code));
      return { token, right: `card ${card}`, form: null };
    }
    const form = numbers[person - cards.length - byLink];
    if (form !== undefined) {
      const { token } = must(await collection.paper.begin(id, batch, ''));
      return { token, right: `form ${form}`, form };
    }
    const { token } = must(await collection.drafts.start(id));
    must(await collection.drafts.chooseGroup(token, 'ngo'));
    return { token, right: null, form: null };
  }
}

/** Items that everybody is asked. */
const marks = ['p11a', 'p11b'] as const;

function markOf(answers: Readonly<Record<string, unknown>>): number {
  const [low, high] = marks.map((code) => Number(answers[code]) - 1) as [number, number];
  return high * 5 + low;
}

/** null where the process was killed or the store failed: nobody was told anything. */
async function unlessFailed<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Killed || isStoreFailure(error)) return null;
    throw error;
  }
}

function count(all: readonly unknown[], test: (index: number) => boolean): number {
  return all.filter((_, index) => test(index)).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
