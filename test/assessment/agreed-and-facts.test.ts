import type { FactInput } from '../../src/assessment/fact-sheet';
import type { Round } from '../../src/assessment/round';
import { isRefusal } from '../../src/shared/errors';
import {
  allowed,
  assessmentOver,
  newAssessment,
  newOpenRound,
  roundInput,
  type SurveyServices,
} from '../support/builders';
import { embeddedTestStore, type TestStore } from '../support/stores';

let files: TestStore;
let services: SurveyServices;
let round: Round;

beforeEach(async () => {
  files = await embeddedTestStore();
  services = assessmentOver(files.store);
  round = await newOpenRound(services, { outOfScope: ['P2.1'] });
});
afterEach(() => files.dispose());

describe('agreed scores', () => {
  const words = { reasons: 'Są spotkania', dissent: '' };

  it('are set and replaced, in the order of the areas', async () => {
    allowed(await services.agreedScores.set(round.id, 'P1.2', { score: 2, ...words }, 0));
    const first = allowed(await services.agreedScores.set(round.id, 'P1.1', { score: 3.5, ...words }, 0));
    allowed(
      await services.agreedScores.set(
        round.id,
        'P1.1',
        { score: 4, reasons: ' Inaczej ', dissent: 'Radni: 3' },
        first.revision,
      ),
    );
    allowed(await services.agreedScores.set(round.id, 'P2.1', { score: null, reasons: '', dissent: '' }, 0));
    expect(await services.agreedScores.ofRound(round.id)).toMatchObject([
      { area: 'P1.1', score: 4, reasons: 'Inaczej', dissent: 'Radni: 3', revision: 2 },
      { area: 'P1.2', score: 2, revision: 1 },
      { area: 'P2.1', score: null },
    ]);
  });

  it('two facilitators do not overwrite each other', async () => {
    const set = (score: number, revision: number) =>
      services.agreedScores.set(round.id, 'P1.1', { score, ...words }, revision);
    for (const revision of [0, 1]) {
      const both = await Promise.all([set(2, revision), set(3, revision)]);
      expect(both.filter((one) => isRefusal(one))).toEqual([{ refused: 'changed-meanwhile' }]);
    }
    expect(await set(1, 0)).toEqual({ refused: 'changed-meanwhile' });
  });

  it.each([
    ['P1.1', 2.25, 'score-off-grid'],
    ['P1.1', 0.5, 'score-off-grid'],
    ['P1.1', 5.5, 'score-off-grid'],
    ['P1.1', NaN, 'score-off-grid'],
    ['P9.9', 3, 'area-unknown'],
    ['P2.1', 3, 'area-out-of-scope'],
  ])('%s: %p is refused', async (area, score, code) => {
    expect(await services.agreedScores.set(round.id, area, { score, ...words }, 0)).toMatchObject({ refused: code });
  });

  it('have reasons of at most 2,000 characters and a round that was opened', async () => {
    const long = { score: 2, reasons: 'ż'.repeat(2001), dissent: '' };
    expect(await services.agreedScores.set(round.id, 'P1.1', long, 0)).toMatchObject({ refused: 'text-too-long' });
    allowed(await services.agreedScores.set(round.id, 'P1.1', { ...long, reasons: 'ż'.repeat(2000) }, 0));
    const draft = allowed(await services.rounds.create(roundInput(round.assessmentId, { name: 'follow-up' })));
    expect(await services.agreedScores.set(draft.id, 'P1.1', { score: 2, ...words }, 0)).toMatchObject({
      refused: 'round-not-open',
    });
  });
});

describe('meetings', () => {
  const present = [
    { role: 'radni', count: 3 },
    { role: ' organizacje ', count: 4 },
  ];

  it('are kept by date with who was there, and can be corrected and removed', async () => {
    const later = allowed(await services.meetings.add(round.id, { date: '2026-04-20', present }));
    const earlier = allowed(await services.meetings.add(round.id, { date: '2026-04-10', present: [] }));
    expect((await services.meetings.ofRound(round.id)).map(({ date }) => date)).toEqual(['2026-04-10', '2026-04-20']);
    expect(later.present[1]).toEqual({ role: 'organizacje', count: 4 });
    const input = { date: '2026-04-21', present };
    allowed(await services.meetings.edit(later.id, input, later.revision));
    expect(await services.meetings.edit(later.id, input, later.revision)).toEqual({ refused: 'changed-meanwhile' });
    await services.meetings.remove(earlier.id);
    expect(await services.meetings.ofRound(round.id)).toMatchObject([{ date: '2026-04-21', revision: 2 }]);
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

describe('the fact sheet', () => {
  const input = (overrides: Partial<FactInput> = {}): FactInput => ({
    ...{ value: 12_500.5, noData: null, year: 2025, source: 'Rb-28S', enteredBy: 'Referat promocji' },
    ...overrides,
  });

  it('holds values with year, source and who entered them, or why there are none', async () => {
    const grants = allowed(await services.factSheet.set(round.id, 'grants', input(), 0));
    allowed(await services.factSheet.set(round.id, 'grants', input({ value: 13_000 }), grants.revision));
    allowed(await services.factSheet.set(round.id, 'council', input({ value: null, noData: ' Brak rejestru ' }), 0));
    expect(await services.factSheet.set(round.id, 'grants', input(), grants.revision)).toEqual({
      refused: 'changed-meanwhile',
    });
    expect(await services.factSheet.valuesOf(round.id)).toEqual({ grants: 13_000 });
    const facts = await services.factSheet.ofRound(round.id);
    expect(facts.find(({ code }) => code === 'council')).toMatchObject({ value: null, noData: 'Brak rejestru' });
  });

  it('can be begun before the round opens', async () => {
    const { assessment } = await newAssessment(services, { code: 'next' });
    const draft = allowed(await services.rounds.create(roundInput(assessment.id)));
    allowed(await services.factSheet.set(draft.id, 'council', input({ value: true }), 0));
    expect(await services.factSheet.valuesOf(draft.id)).toEqual({ council: true });
  });

  it.each([
    ['nothing', input(), 'fact-unknown'],
    ['grants', input({ value: '12 500' }), 'fact-malformed'],
    ['grants', input({ value: 1.234 }), 'fact-malformed'],
    ['council', input({ value: 'tak' }), 'fact-malformed'],
    ['council', input({ value: null }), 'reason-missing'],
    ['grants', input({ year: 25 }), 'year-malformed'],
    ['grants', input({ enteredBy: ' ' }), 'entered-by-missing'],
    ['grants', input({ source: 'x'.repeat(501) }), 'text-too-long'],
  ])('%s with %j is refused', async (code, given, refused) => {
    expect(await services.factSheet.set(round.id, code, given, 0)).toMatchObject({ refused });
  });
});
