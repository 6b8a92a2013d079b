import fc from 'fast-check';
import { sealedAnswersSpec, sealedFreeTextsSpec } from '../../src/assessment/sealed-answers';
import { roundsSpec } from '../../src/assessment/round';
import { isRefusal } from '../../src/shared/errors';
import { allowed, assessmentOver, beginSealing, filledDraft, newAssessment, newOpenRound } from '../support/builders';
import { interposed } from '../support/interposed-store';
import { openPart } from '../support/open-part';
import { embeddedTestStore, type TestStore } from '../support/stores';

let files: TestStore;
let unitsMade = 0;

beforeAll(async () => {
  files = await embeddedTestStore();
});
afterAll(() => files.dispose());

/** Respondents are told apart by what they write and by a number that only they give. */
async function openRoundWith(respondents: number) {
  const services = assessmentOver(files.store);
  unitsMade += 1;
  const { assessment } = await newAssessment(services, { code: `u${unitsMade}` });
  const round = await newOpenRound(services, { assessmentId: assessment.id });
  const tokens = await Promise.all(
    Array.from({ length: respondents }, (_, index) =>
      filledDraft(services, round.id, 'ngo', {
        ...{ a1: 1, c1: 1, meetings: index, 'p1-comment': `Uwaga ${index}` },
        ...{ part: 'elsewhere', 'part.other': `Inne ${index}` },
      }),
    ),
  );
  return { round, tokens };
}

/** How often each respondent's answers and words are in the sealed round. */
async function sealedOf(roundId: string, respondents: number) {
  const answers = await files.store.collection(sealedAnswersSpec).find({ roundId });
  const texts = await files.store.collection(sealedFreeTextsSpec).find({ roundId });
  return Array.from({ length: respondents }, (_, index) => ({
    answers: answers.filter((one) => one.answers['meetings'] === index).length,
    comments: texts.filter(({ text }) => text === `Uwaga ${index}`).length,
    others: texts.filter(({ text }) => text === `Inne ${index}`).length,
  }));
}

const isDone = (state: string) => state === 'sealed' || state === 'withdrawn';
const once = { answers: 1, comments: 1, others: 1 };
const never = { answers: 0, comments: 0, others: 0 };

async function expectNothingLeft(roundId: string) {
  const { submissions, texts, drafts } = openPart(files.store, roundId);
  for (const one of await submissions.find({})) expect(Object.keys(one).sort()).toEqual(['group', 'id', 'state']);
  expect(await texts.find({})).toEqual([]);
  expect(await drafts.find({})).toEqual([]);
  expect((await files.store.collection(roundsSpec).get(roundId))?.sealingKey).toBeNull();
  const { sealing } = assessmentOver(files.store);
  // Those who are sending have until the second call.
  await sealing.dropClosedParts();
  await sealing.dropClosedParts();
  expect(await files.store.parts()).not.toContain(roundId);
}

it('whatever the order of the steps: a receipt means exactly once, a refusal means never', async () => {
  const seen = { receipts: 0, refusals: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 2 }),
      fc.nat(60),
      async (scheduler, sendings, closings, requestsBefore) => {
        const { round, tokens } = await openRoundWith(sendings.length);
        // Closing begins when the sendings have made so many requests, or are done.
        let requests = 0;
        let begin: () => void = () => undefined;
        const begun = new Promise<void>((resolve) => (begin = resolve));
        const held = interposed(files.store, async () => {
          requests += 1;
          if (requests > requestsBefore) begin();
          await scheduler.schedule(Promise.resolve());
        });
        const { submissions, sealing, rounds } = assessmentOver(held);
        const sent = tokens.map((token, index) =>
          Promise.all(Array.from({ length: sendings[index] ?? 1 }, () => submissions.submit(token))),
        );
        void Promise.all(sent).then(begin);
        const closed = Array.from({ length: closings }, () => begun.then(() => sealing.close(round.id)));
        const outcomes = await scheduler.waitFor(Promise.all(sent));
        await scheduler.waitFor(Promise.all(closed));
        const atClosing = await sealedOf(round.id, tokens.length);
        expect(
          (await openPart(files.store, round.id).submissions.find({})).filter(({ state }) => !isDone(state)),
        ).toEqual([]);

        const expected = outcomes.map((results) => (results.some((one) => !isRefusal(one)) ? once : never));
        expect(atClosing).toEqual(expected);
        // A restart changes nothing of it and clears the rest.
        await assessmentOver(files.store).sealing.resumeClosing();
        expect(await sealedOf(round.id, tokens.length)).toEqual(expected);
        await expectNothingLeft(round.id);
        expect(await scheduler.waitFor(rounds.get(round.id))).toMatchObject({ status: 'closed' });
        for (const one of expected) seen[one === once ? 'receipts' : 'refusals'] += 1;
      },
    ),
    { numRuns: 25 },
  );
  // The runs were not all of one kind.
  expect(seen.receipts).toBeGreaterThan(5);
  expect(seen.refusals).toBeGreaterThan(5);
});

it('closing between any two steps of a sending: a receipt means exactly once, a refusal means never', async () => {
  const plain = assessmentOver(files.store);
  const outcomes = new Set<string>();

  /** Sends while the round begins to close before step `begins` and is closed before step `ends`; returns the steps. */
  async function send(begins: number, ends: number): Promise<number> {
    const { round, tokens } = await openRoundWith(1);
    let step = 0;
    const store = interposed(files.store, async () => {
      const now = step;
      step += 1;
      if (now === begins) await beginSealing(plain, round.id);
      if (now === ends) allowed(await plain.sealing.close(round.id));
    });
    const outcome = await assessmentOver(store).submissions.submit(tokens[0]!);
    await plain.sealing.close(round.id);
    outcomes.add(isRefusal(outcome) ? outcome.refused : 'receipt');
    expect(await sealedOf(round.id, 1)).toEqual([isRefusal(outcome) ? never : once]);
    await plain.sealing.resumeClosing();
    await expectNothingLeft(round.id);
    return step;
  }

  const steps = await send(Infinity, Infinity);
  for (let begins = 0; begins < steps; begins += 1) {
    for (let ends = begins; ends <= steps; ends += 1) await send(begins, ends);
  }
  expect([...outcomes].sort()).toEqual(['draft-unknown', 'receipt', 'round-closed']);
});

describe('a process that dies', () => {
  class Died extends Error {}

  /** Lets so many writes through; the one after it, and everything then, dies before it is made. */
  function dyingAfter(writes: number) {
    let left = writes;
    let dead = false;
    const store = interposed(files.store, ({ write }) => {
      if (write && left === 0) dead = true;
      if (dead) throw new Died();
      if (write) left -= 1;
    });
    return { services: assessmentOver(store), isDead: () => dead };
  }

  async function unlessDead<Value>(work: Promise<Value>): Promise<Value | null> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof Died) return null;
      throw error;
    }
  }

  it('while sending: sending again gives the receipt, and there is one answer', async () => {
    let survived = false;
    for (let writes = 0; !survived; writes += 1) {
      const { round, tokens } = await openRoundWith(1);
      const [token] = tokens as [string];
      const dying = dyingAfter(writes);
      await unlessDead(dying.services.submissions.submit(token));
      survived = !dying.isDead();

      const restarted = assessmentOver(files.store);
      await restarted.sealing.resumeClosing();
      allowed(await restarted.submissions.submit(token));
      expect(await restarted.submissions.counts(round.id)).toEqual({ ngo: 1 });
      allowed(await restarted.sealing.close(round.id));
      expect(await sealedOf(round.id, 1)).toEqual([once]);
    }
  });

  it('while sending and closing: no receipt is broken, nothing is there twice, and the next start mends it', async () => {
    let survived = false;
    for (let writes = 0; !survived; writes += 1) {
      const { round, tokens } = await openRoundWith(3);
      const dying = dyingAfter(writes);
      const { submissions, sealing } = dying.services;
      const first = await Promise.all(tokens.slice(0, 2).map((token) => unlessDead(submissions.submit(token))));
      const [third] = await Promise.all([
        unlessDead(submissions.submit(tokens[2]!)),
        unlessDead(sealing.close(round.id)),
      ]);
      survived = !dying.isDead();

      const restarted = assessmentOver(files.store);
      await restarted.sealing.resumeClosing();
      const again = await Promise.all(tokens.map((token) => restarted.submissions.submit(token)));
      if (['open', 'closing'].includes((await restarted.rounds.get(round.id))?.status ?? ''))
        allowed(await restarted.sealing.close(round.id));
      const sealed = await sealedOf(round.id, tokens.length);
      for (const [index, before] of [...first, third].entries()) {
        const receipts = [before, again[index]].filter((one) => one && !isRefusal(one));
        if (receipts.length > 0) expect(sealed[index]).toEqual(once);
        for (const times of Object.values(sealed[index]!)) expect(times).toBeLessThanOrEqual(1);
      }
      await restarted.sealing.resumeClosing();
      expect(await sealedOf(round.id, tokens.length)).toEqual(sealed);
      await expectNothingLeft(round.id);
      expect((await restarted.rounds.get(round.id))?.status).toBe('closed');
    }
  });
});
