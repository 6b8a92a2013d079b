import { laterTimetable, nextMeeting, plannedSteps, type TimetableInput } from '../../src/assessment/timetables';
import { allowed, assessmentOver, closeAndCompute, newOpenRound, submitAnswers } from '../support/builders';
import { eitherTestStore, type TestStore } from '../support/stores';

const planned: TimetableInput = {
  preparation: '2024-02-29',
  reminders: ['2024-03-10', '2024-03-20'],
  meetings: ['2024-04-10', '2024-04-24'],
  report: '2024-05-15',
  publication: null,
};
const round = { status: 'open', opensOn: '2024-03-01', closesOn: '2024-03-31' } as const;
const nothing = { meetings: 0, agreed: false, published: false };

it('shows all planned days in their order, and which of them are done, late or ahead', () => {
  const steps = plannedSteps(round, planned, nothing, '2024-04-01');
  expect(steps.map(({ step, day, state }) => [step, day, state])).toEqual([
    ['preparation', '2024-02-29', 'done'],
    ['opening', '2024-03-01', 'done'],
    ['reminder', '2024-03-10', 'past'],
    ['reminder', '2024-03-20', 'past'],
    ['closing', '2024-03-31', 'late'],
    ['meeting', '2024-04-10', 'coming'],
    ['meeting', '2024-04-24', 'coming'],
    ['report', '2024-05-15', 'coming'],
  ]);
  const later = plannedSteps({ ...round, status: 'closed' }, planned, { ...nothing, meetings: 1 }, '2024-05-01');
  expect(later.slice(4).map(({ state }) => state)).toEqual(['done', 'done', 'late', 'coming']);
  expect(nextMeeting(planned, 1)).toBe('2024-04-24');
  expect(nextMeeting(planned, 2)).toBeNull();
});

it('moves every day by a year, and 29 February to the 28th', () => {
  expect(laterTimetable(planned, 1)).toEqual({
    preparation: '2025-02-28',
    reminders: ['2025-03-10', '2025-03-20'],
    meetings: ['2025-04-10', '2025-04-24'],
    report: '2025-05-15',
    publication: null,
  });
});

describe('stored', () => {
  let data: TestStore;
  beforeEach(async () => (data = await eitherTestStore()));
  afterEach(() => data.dispose());

  it('gives the task of agreeing the day of the next meeting that was not held', async () => {
    const services = assessmentOver(data.store);
    const open = await newOpenRound(services);
    await submitAnswers(services, open.id, 'ngo');
    await closeAndCompute(services, open.id);
    const due = async () => {
      const task = (await services.tasks.all()).find(({ kind }) => kind === 'agree');
      return [task?.due, task?.overdue];
    };
    expect(await due()).toEqual([null, false]);
    const days = { ...planned, meetings: ['2026-03-20', '2026-03-10'] };
    allowed(await services.timetables.save(open.id, days, 0));
    expect(await due()).toEqual(['2026-03-10', true]);
    allowed(await services.meetings.add(open.id, { date: '2026-03-11', present: [] }));
    expect(await due()).toEqual(['2026-03-20', false]);
  });

  it('of two who plan the same days at once keeps the first, and takes no day that is none', async () => {
    const { timetables } = assessmentOver(data.store);
    const saved = await Promise.all([timetables.save('r', planned, 0), timetables.save('r', planned, 0)]);
    expect(saved.filter((one) => 'refused' in one)).toEqual([{ refused: 'changed-meanwhile' }]);
    const strange = await timetables.save('r', { ...planned, meetings: ['2025-02-30'] }, 1);
    expect(strange).toMatchObject({ refused: 'day-malformed' });
  });
});
