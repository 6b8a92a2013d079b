import type { RoundInput } from '../../src/assessment/rounds';
import type { Code } from '../../src/collection/code';
import { typedFormsSpec } from '../../src/collection/paper-batch';
import { submissionsSpec } from '../../src/collection/submission';
import { allowed, assessmentOver, newOpenRound, submitAnswers, type SurveyServices } from '../support/builders';
import { embeddedTestStore, type TestStore } from '../support/stores';

let files: TestStore;
let services: SurveyServices;
beforeEach(async () => {
  files = await embeddedTestStore();
  services = assessmentOver(files.store);
});
afterEach(() => files.dispose());

async function pile(overrides: Partial<RoundInput> = {}, group = 'ngo', count = 3) {
  const round = await newOpenRound(services, overrides);
  const batch = allowed(await services.paper.create(round.id, group, count));
  return { round, batch, paper: services.paper };
}

test('a form on paper counts as the same form sent online', async () => {
  const { round, batch, paper } = await pile();
  const answers = {
    part: 'yes',
    a1: 4,
    b2: 2,
    barriers: ['money', 'none'].slice(0, 1),
    c1: { special: 'hard-to-say' as const },
  };
  const { token } = allowed(await paper.begin(round.id, batch.id, ''));
  allowed(await paper.enter(token, batch.id, 1, { ...answers, a2: null }));
  await submitAnswers(services, round.id, 'ngo', answers);
  const [typed, online] = await files.store.collection(submissionsSpec, round.id).find({});
  expect({ ...typed, id: '' }).toEqual({ ...online, id: '' });
  expect(await services.submissions.counts(round.id)).toEqual({ ngo: 2 });
});

test('a form is entered once, however often it is sent, and its number is taken', async () => {
  const { round, batch, paper } = await pile();
  const { token } = allowed(await paper.begin(round.id, batch.id, ''));
  const [first, again] = await Promise.all([
    paper.enter(token, batch.id, 1, { a1: 3 }),
    paper.enter(token, batch.id, 1, { a1: 3 }),
  ]);
  expect([first, again].filter((one) => 'answer' in one)).not.toHaveLength(0);
  expect(allowed(await paper.enter(token, batch.id, 1, { a1: 3 }))).toMatchObject({ number: 1 });
  const other = allowed(await paper.begin(round.id, batch.id, ''));
  expect(await paper.enter(other.token, batch.id, 1, { a1: 5 })).toMatchObject({ refused: 'form-entered' });
  expect(await paper.enter(other.token, batch.id, 4, { a1: 5 })).toMatchObject({ refused: 'batch-full' });
  allowed(await paper.enter(other.token, batch.id, 2, { a1: 5 }));
  expect(await services.submissions.counts(round.id)).toEqual({ ngo: 2 });
  expect(await paper.recount(round.id, batch.id, 1)).toMatchObject({ refused: 'count-malformed' });
});

test('a number that a crash has left without an answer is free again, and so is one whose form was refused', async () => {
  const { round, batch, paper } = await pile();
  const lost = allowed(await paper.begin(round.id, batch.id, ''));
  expect(await paper.enter(lost.token, batch.id, 1, { part: 'yes' })).toMatchObject({ refused: 'nothing-rated' });
  expect(await paper.forms(round.id, batch.id)).toEqual([]);
  allowed(await paper.enter(lost.token, batch.id, 1, { a1: 2 }));
});

test('a form with a code needs it, and the code answers once, on paper or online', async () => {
  const { round, batch, paper } = await pile({ groupSizes: { ngo: 20 }, ways: { ngo: 'cards' } });
  const [sheet] = allowed(await services.tickets.print(round.id, 'ngo', [{ kind: 'forms', count: 2 }]));
  const [code, online] = sheet!.codes as readonly [Code, Code];
  expect(await paper.begin(round.id, batch.id, '')).toMatchObject({ refused: 'code-malformed' });
  const { token } = allowed(await paper.begin(round.id, batch.id, code.toLowerCase()));
  allowed(await paper.enter(token, batch.id, 1, { a1: 3 }));
  expect(await paper.begin(round.id, batch.id, code)).toMatchObject({ refused: 'ticket-used' });
  expect(await services.drafts.startWith(round.id, code)).toMatchObject({ refused: 'ticket-used' });

  const late = allowed(await paper.begin(round.id, batch.id, online));
  const elsewhere = allowed(await services.drafts.startWith(round.id, online));
  allowed(await services.drafts.save(elsewhere.token, { a1: 1 }));
  allowed(await services.submissions.submit(elsewhere.token));
  expect(await paper.enter(late.token, batch.id, 2, { a1: 5 })).toMatchObject({ refused: 'ticket-used' });
  expect(await services.submissions.counts(round.id)).toEqual({ ngo: 2 });
});

test('a second entry finds what differs, and what is settled is what counts', async () => {
  const { round, batch, paper } = await pile();
  const { token } = allowed(await paper.begin(round.id, batch.id, ''));
  const form = allowed(
    await paper.enter(token, batch.id, 1, { part: 'yes', a1: 4, a2: 3, b2: 5, barriers: ['money'] }),
  );
  const second = { part: 'yes', a1: 5, a2: 3, b1: 2, b2: 5, barriers: ['time'] };
  const found = allowed(await paper.differences(round.id, batch.id, 1, second));
  expect(found).toEqual([
    { question: 'a1', first: 4, second: 5 },
    { question: 'b1', first: null, second: 2 },
    { question: 'barriers', first: ['money'], second: ['time'] },
  ]);
  allowed(await paper.settle(round.id, batch.id, 1, { a1: 5, b1: 2 }, found.length));
  const stored = await files.store.collection(submissionsSpec, round.id).get(form.answer);
  expect(stored?.answers).toEqual({ part: 'yes', a1: 5, a2: 3, b1: 2, b2: 5, barriers: ['money'] });
  expect(await paper.forms(round.id, batch.id)).toMatchObject([{ number: 1, differences: 3 }]);
});

test('numbers of forms and batches are gone when the round is closed', async () => {
  const { round, batch, paper } = await pile();
  const { token } = allowed(await paper.begin(round.id, batch.id, ''));
  allowed(await paper.enter(token, batch.id, 1, { a1: 3 }));
  allowed(await services.sealing.close(round.id));
  expect(await paper.ofRound(round.id)).toEqual([]);
  expect(await paper.forms(round.id, batch.id)).toEqual([]);
  expect(await paper.create(round.id, 'ngo', 3)).toMatchObject({ refused: 'round-not-open' });
  // One form alone: its number is not kept.
  expect((await services.rounds.get(round.id))?.paper).toEqual({ answers: null, blank: true });
});

test('of a closed round stays how many answers came on paper, from k; a form that was not sent is none', async () => {
  const { round, batch, paper } = await pile({ groupSizes: { ngo: 20 }, ways: { ngo: 'cards' } }, 'ngo', 6);
  const [sheet] = allowed(await services.tickets.print(round.id, 'ngo', [{ kind: 'forms', count: 6 }]));
  for (const [at, code] of sheet!.codes.entries()) {
    const { token } = allowed(await paper.begin(round.id, batch.id, code));
    if (at < 5) allowed(await paper.enter(token, batch.id, at + 1, { a1: 3 }));
  }
  allowed(await services.sealing.close(round.id));
  expect((await services.rounds.get(round.id))?.paper).toEqual({ answers: 5, blank: false });
});

test('two forms typed under one number at the same time: one of them counts, and the other is told', async () => {
  const { round, batch, paper } = await pile({}, 'ngo', 8);
  for (let number = 1; number <= 8; number += 1) {
    const begun = [await paper.begin(round.id, batch.id, ''), await paper.begin(round.id, batch.id, '')].map(allowed);
    const entered = await Promise.all(begun.map(({ token }) => paper.enter(token, batch.id, number, { a1: 3 })));
    expect(entered.filter((one) => 'answer' in one)).toHaveLength(1);
    expect(entered.filter((one) => 'refused' in one)).toEqual([{ refused: 'form-entered', details: { number } }]);
    expect(await services.submissions.counts(round.id)).toEqual({ ngo: number });
  }
});

test('a number that a crash left without an answer goes to the next form, and the first cannot come any more', async () => {
  const { round, batch, paper } = await pile();
  const [first, second] = [
    allowed(await paper.begin(round.id, batch.id, '')),
    allowed(await paper.begin(round.id, batch.id, '')),
  ];
  const { submissionId } = (await services.drafts.unlock(first.token))!.content!;
  const left = { id: `${batch.id}:1`, batch: batch.id, number: 1, answer: submissionId, differences: null };
  await files.store.collection(typedFormsSpec, round.id).insert(left);
  allowed(await paper.enter(second.token, batch.id, 1, { a1: 5 }));
  expect(await paper.enter(first.token, batch.id, 1, { a1: 2 })).toMatchObject({ refused: 'form-entered' });
  expect(await paper.enter(first.token, batch.id, 1, { a1: 2 })).toMatchObject({ refused: 'form-entered' });
  expect(await services.submissions.counts(round.id)).toEqual({ ngo: 1 });
});
