import type { FactInput } from '../../src/assessment/fact-sheet';
import type { Round } from '../../src/assessment/round';
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
  round = await newOpenRound(services);
});
afterEach(() => files.dispose());

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
