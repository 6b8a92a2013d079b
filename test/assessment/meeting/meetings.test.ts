import { meetingsSpec } from '../../../src/assessment/meeting/meetings';
import type { Round } from '../../../src/assessment/round';
import { allowed, assessmentOver, newOpenRound, type SurveyServices } from '../../support/builders';
import { eitherTestStore, type TestStore } from '../../support/stores';

let files: TestStore;
let services: SurveyServices;
let round: Round;

beforeEach(async () => {
  files = await eitherTestStore();
  services = assessmentOver(files.store);
  round = await newOpenRound(services);
});
afterEach(() => files.dispose());

describe('meetings', () => {
  const present = [
    { role: 'radni', count: 3 },
    { role: ' organizacje ', count: 4 },
  ];

  it('are kept by date with who was there, and can be corrected and removed', async () => {
    const later = allowed(await services.meetings.add(round.id, { date: '2026-04-20', present }));
    const earlier = allowed(await services.meetings.add(round.id, { date: '2026-04-10', present: [] }));
    expect((await services.meetings.ofRound(round.id)).map(({ date }) => date)).toEqual(['2026-04-10', '2026-04-20']);
    expect(later.present[1]).toEqual({ role: 'organizacje', organisation: '', count: 4 });
    const input = { date: '2026-04-21', present };
    allowed(await services.meetings.edit(later.id, input, later.revision));
    expect(await services.meetings.edit(later.id, input, later.revision)).toEqual({ refused: 'changed-meanwhile' });
    await services.meetings.remove(earlier.id);
    expect(await services.meetings.ofRound(round.id)).toMatchObject([{ date: '2026-04-21', revision: 2 }]);
  });

  it('from before names and organisations were asked for are read as they were', async () => {
    const old = {
      id: 'old',
      roundId: round.id,
      date: '2026-04-10',
      present: [{ role: 'radni', count: 3 }],
      revision: 1,
    };
    await files.store.collection(meetingsSpec).insert(old);
    expect(await services.meetings.ofRound(round.id)).toEqual([old]);
    allowed(await services.meetings.edit('old', { ...old, keptBy: 'Biuro Rady' }, 1));
  });

  it('refuse days that do not exist and rows that say nothing', async () => {
    expect(await services.meetings.add(round.id, { date: '2026-02-29', present })).toMatchObject({
      refused: 'day-malformed',
    });
    for (const row of [
      { role: ' ', count: 1 },
      { role: 'radni', count: 0 },
      { role: 'radni', count: 1.5 },
    ]) {
      expect(await services.meetings.add(round.id, { date: '2026-04-20', present: [...present, row] })).toEqual({
        refused: 'presence-malformed',
        details: expect.objectContaining({ field: 'present', row: 3 }) as unknown,
      });
    }
  });
});
