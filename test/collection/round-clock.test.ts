import type { Round } from '../../src/assessment/round';
import { isRefusal } from '../../src/shared/errors';
import {
  allowed,
  assessmentOver,
  filledDraft,
  newAssessment,
  roundInput,
  type SurveyServices,
} from '../support/builders';
import { embeddedTestStore, type TestStore } from '../support/stores';

let files: TestStore;
let now: Date;
let right: boolean;
let services: SurveyServices;
let units = 0;

beforeAll(async () => {
  files = await embeddedTestStore();
});
afterAll(() => files.dispose());
beforeEach(() => {
  right = true;
  services = assessmentOver(files.store, { clock: () => now, clockIsRight: () => Promise.resolve(right) });
});

/** Sets the clock to a moment in Warsaw, with its offset from UTC, and lets a minute's work be done. */
async function at(moment: string): Promise<void> {
  now = new Date(moment);
  await services.mind();
}

async function planned(times: Partial<Parameters<SurveyServices['rounds']['create']>[0]>): Promise<Round> {
  now = new Date('2026-03-01T12:00:00+01:00');
  units += 1;
  const { assessment } = await newAssessment(services, { code: `c${units}` });
  return allowed(await services.rounds.create(roundInput(assessment.id, times)));
}

const statusOf = async ({ id }: Round) => (await services.rounds.get(id))?.status;

it('opens and closes to the minute, on both sides of the change to summer time', async () => {
  const round = await planned({
    opensOn: '2026-03-27',
    opensTime: '08:00',
    closesOn: '2026-03-30',
    closesTime: '08:00',
  });
  await at('2026-03-27T07:59:59+01:00');
  expect(await statusOf(round)).toBe('draft');
  await at('2026-03-27T08:00:00+01:00');
  expect(await statusOf(round)).toBe('open');
  // Four days later, but 95 hours.
  await at('2026-03-30T07:59:59+02:00');
  expect(await statusOf(round)).toBe('open');
  const token = await filledDraft(services, round.id, 'ngo');
  await at('2026-03-30T08:00:00+02:00');
  expect(await services.rounds.get(round.id)).toMatchObject({
    status: 'closing',
    closingUntil: '2026-03-30T06:30:00.000Z',
  });

  // Nobody begins any more; who has begun goes on, and finishes.
  expect(await services.drafts.start(round.id)).toMatchObject({ refused: 'round-not-open' });
  allowed(await services.drafts.save(token, { a2: 5 }));
  const late = allowed(await services.drafts.takeCode(token)).code;
  allowed(await services.drafts.resume(round.id, late));
  await at('2026-03-30T08:29:59+02:00');
  allowed(await services.submissions.submit(token));
  await at('2026-03-30T08:30:00+02:00');
  expect(await statusOf(round)).toBe('closed');
  expect(await services.sealedRounds.answersOf(round.id)).toMatchObject([{ answers: { a1: 3, a2: 5 } }]);
});

it('taken back, it stays open past the time that has served, until another is set', async () => {
  const round = await planned({
    opensOn: '2026-10-24',
    opensTime: '08:00',
    closesOn: '2026-10-25',
    closesTime: '01:30',
  });
  await at('2026-10-24T08:00:00+02:00');
  await at('2026-10-25T01:30:00+02:00');
  allowed(await services.rounds.reopen(round.id));
  await at('2026-10-25T01:30:00+01:00');
  const open = (await services.rounds.get(round.id))!;
  expect(open).toMatchObject({ status: 'open', reopened: 1 });
  expect(open.closingUntil).toBeUndefined();
  allowed(
    await services.rounds.edit(
      round.id,
      { closesOn: '2026-10-26', closesTime: '10:00', graceMinutes: 0 },
      open.revision,
    ),
  );
  await at('2026-10-26T10:00:00+01:00');
  await at('2026-10-26T10:00:30+01:00');
  expect(await statusOf(round)).toBe('closed');
});

it('does nothing by a clock that may be wrong', async () => {
  const round = await planned({
    opensOn: '2026-03-05',
    opensTime: '08:00',
    closesOn: '2026-03-30',
    closesTime: '08:00',
  });
  right = false;
  await at('2026-04-30T08:00:00+02:00');
  expect(await statusOf(round)).toBe('draft');
});

it('leaves to staff what cannot be opened', async () => {
  const round = await planned({
    opensOn: '2026-03-05',
    opensTime: '08:00',
    notAsked: ['ngo', 'officials', 'councillors', 'informal'],
  });
  const refusal = await services.rounds.openingRefusal(round.id);
  await at('2026-03-05T08:00:00+01:00');
  expect(await statusOf(round)).toBe(isRefusal(refusal) ? 'draft' : 'open');
});

it('two processes at the same minute make each move once', async () => {
  const round = await planned({
    opensOn: '2026-03-05',
    opensTime: '08:00',
    closesOn: '2026-03-06',
    closesTime: '08:00',
  });
  now = new Date('2026-03-05T08:00:00+01:00');
  const other = assessmentOver(files.store, { clock: () => now });
  await Promise.all([services.mind(), other.mind()]);
  await filledDraft(services, round.id, 'ngo').then((token) => services.submissions.submit(token));
  now = new Date('2026-03-06T08:00:00+01:00');
  await Promise.all([services.mind(), other.mind()]);
  now = new Date('2026-03-06T08:30:00+01:00');
  await Promise.all([services.mind(), other.mind()]);
  expect(await services.rounds.get(round.id)).toMatchObject({ status: 'closed', revision: 5 });
  expect(await services.sealedRounds.answersOf(round.id)).toHaveLength(1);
});

it('refuses a time that clocks do not show on that day, or a last moment before the first', async () => {
  units += 1;
  const { assessment } = await newAssessment(services, { code: `c${units}` });
  const create = (times: object) => services.rounds.create(roundInput(assessment.id, times));
  expect(await create({ opensOn: '2026-03-29', opensTime: '02:30' })).toEqual({
    refused: 'time-malformed',
    details: { field: 'opensTime' },
  });
  expect(await create({ closesTime: '25:00' })).toMatchObject({ refused: 'time-malformed' });
  expect(
    await create({ opensOn: '2026-03-05', opensTime: '12:00', closesOn: '2026-03-05', closesTime: '08:00' }),
  ).toEqual({
    refused: 'closes-before-opens',
    details: { field: 'closesOn' },
  });
});
