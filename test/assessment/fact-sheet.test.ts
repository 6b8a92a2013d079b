import { factsSpec, type FactInput } from '../../src/assessment/fact-sheet';
import { fileOwnerOfFact, type PartStatus } from '../../src/assessment/fact-confirmations';
import type { Round } from '../../src/assessment/round';
import { createAttachedFiles, type AttachedFiles } from '../../src/files/attached-files';
import { isRefusal } from '../../src/shared/errors';
import { randomIds } from '../../src/shared/ids';
import {
  allowed,
  assessmentOver,
  closeAndCompute,
  newAssessment,
  newOpenRound,
  roundInput,
  type SurveyServices,
} from '../support/builders';
import { embeddedTestStore, type TestStore } from '../support/stores';

let data: TestStore;
let services: SurveyServices;
let files: AttachedFiles;
let round: Round;

beforeEach(async () => {
  data = await embeddedTestStore();
  const clock = () => new Date('2026-03-16T12:00:00+01:00');
  services = assessmentOver(data.store);
  files = createAttachedFiles({ store: data.store, clock, ids: randomIds });
  round = await newOpenRound(services);
});
afterEach(() => data.dispose());

const input = (overrides: Partial<FactInput> = {}): FactInput => ({
  ...{ value: 12_500.5, noData: null, year: 2025, source: 'Rb-28S', link: '', explanation: '' },
  ...overrides,
});
const set = (code: string, given: Partial<FactInput> = {}, seen = 0, of = round, by = 'anna') =>
  services.factSheet.set(of.id, code, input(given), seen, by);

describe('facts', () => {
  it('hold values with year, source, and who entered them when, or why there are none', async () => {
    const grants = allowed(await set('grants', { link: 'https://bip.przyklad.pl/rb28s' }));
    expect(grants).toMatchObject({ enteredBy: 'anna', enteredAt: '2026-03-16T11:00:00.000Z' });
    allowed(await set('grants', { value: 13_000 }, grants.revision, round, 'adam'));
    allowed(await set('council', { value: null, noData: ' Brak rejestru ' }));
    expect(await set('grants', {}, grants.revision)).toEqual({ refused: 'changed-meanwhile' });
    expect(await services.factSheet.valuesOf(round.id)).toEqual({ grants: 13_000 });
    expect(await services.factSheet.valuesAt(round.id, ['council', 'grants'])).toEqual({ grants: 13_000 });
    expect(await services.factSheet.valuesAt(round.id, ['council'])).toEqual({});
    expect(await services.factSheet.ofRound(round.id)).toMatchObject([
      { code: 'council', value: null, noData: 'Brak rejestru' },
      { code: 'grants', enteredBy: 'adam', link: '' },
    ]);
  });

  it('can be begun before the round opens', async () => {
    const { assessment } = await newAssessment(services, { code: 'next' });
    const draft = allowed(await services.rounds.create(roundInput(assessment.id)));
    allowed(await set('council', { value: true }, 0, draft));
    expect(await services.factSheet.valuesOf(draft.id)).toEqual({ council: true });
  });

  it('from before names were taken over stay readable', async () => {
    const { enteredBy, ...old } = { ...input({ value: true }), enteredBy: 'Referat promocji' };
    const { link, explanation, ...kept } = old;
    expect([link, explanation]).toEqual(['', '']);
    await data.store
      .collection(factsSpec)
      .insert({ id: `${round.id}:council`, roundId: round.id, code: 'council', ...kept, enteredBy, revision: 1 });
    const [fact] = await services.factSheet.ofRound(round.id);
    expect(fact).toMatchObject({ enteredBy: 'Referat promocji', enteredAt: null, link: '', explanation: '' });
    expect(allowed(await set('council', { value: false }, 1))).toMatchObject({ value: false, enteredBy: 'anna' });
  });

  it.each([
    ['nothing', {}, 'fact-unknown'],
    ['grants', { value: '12 500' }, 'fact-malformed'],
    ['grants', { value: 1.234 }, 'fact-malformed'],
    ['council', { value: 'tak' }, 'fact-malformed'],
    ['council', { value: null }, 'reason-missing'],
    ['grants', { year: 25 }, 'year-malformed'],
    ['grants', { source: 'x'.repeat(501) }, 'text-too-long'],
    ['grants', { link: 'javascript:alert(1)//bip.pl' }, 'link-malformed'],
    ['grants', { link: 'https://urzad:haslo@bip.pl' }, 'link-malformed'],
    ['grants', { link: 'bip.przyklad.pl' }, 'link-malformed'],
  ])('%s with %j is refused', async (code, given, refused) => {
    expect(await set(code, given)).toMatchObject({ refused });
  });

  it('far from those of the round before need a word of why', async () => {
    allowed(await set('grants', { value: 1000 }));
    await closeAndCompute(services, round.id);
    const later = allowed(
      await services.rounds.create(roundInput(round.assessmentId, { name: 'follow-up', assessedYear: 2026 })),
    );
    expect(await set('grants', { value: 10_000 }, 0, later)).toMatchObject({ refused: 'fact-doubtful' });
    allowed(await set('grants', { value: 9999 }, 0, later));
    allowed(await set('grants', { value: 10_000, explanation: 'Nowy fundusz' }, 1, later));
    expect([...(await services.factSheet.ofRoundBefore(later))].map(([code, { value }]) => [code, value])).toEqual([
      ['grants', 1000],
    ]);
    expect((await services.factSheet.ofRoundBefore(round)).size).toBe(0);
  });
});

describe('the confirmation of facts', () => {
  const parts = async (): Promise<readonly PartStatus[]> => allowed(await services.factConfirmations.ofRound(round));
  const part = async (code: string): Promise<PartStatus> => (await parts()).find((one) => one.code === code)!;
  const confirm = (seen: readonly PartStatus[]) => services.factConfirmations.confirm(round, seen, 'ewa');

  it('is given to what was seen, and to nothing that is not complete', async () => {
    allowed(await set('council', { value: true }));
    expect((await parts()).map(({ code, state, filled }) => [code, state, filled])).toEqual([
      ['P1.2', 'complete', 1],
      ['P2.1', 'incomplete', 0],
    ]);
    expect(await confirm(await parts())).toEqual({ refused: 'facts-incomplete' });
    const seen = await part('P1.2');
    expect(seen.confirmed).toBeNull();
    allowed(await set('council', { value: false }, 1));
    expect(await confirm([seen])).toEqual({ refused: 'facts-changed' });
    expect(await confirm([await part('P1.2')])).toBeNull();
    expect(await part('P1.2')).toMatchObject({ state: 'confirmed', confirmed: { by: 'ewa' }, changed: [] });
  });

  it('ends with a change of the value or of a file, until it is given anew', async () => {
    allowed(await set('council', { value: true }));
    expect(await confirm([await part('P1.2')])).toBeNull();
    allowed(await set('council', { value: false }, 1));
    expect(await part('P1.2')).toMatchObject({ state: 'changed', changed: ['council'], confirmed: { by: 'ewa' } });
    expect(await confirm([await part('P1.2')])).toBeNull();
    const pdf = { name: 'a.pdf', content: Buffer.from('%PDF-1.7') };
    allowed(await files.attach(fileOwnerOfFact(round.id, 'council'), pdf, 'anna'));
    expect((await part('P1.2')).state).toBe('changed');
    expect(await confirm([await part('P1.2')])).toBeNull();
    await services.factConfirmations.withdraw(round.id, 'P1.2');
    expect(await part('P1.2')).toMatchObject({ state: 'complete', confirmed: null });
  });

  it('does not stand where somebody changes the fact in the same moment', async () => {
    allowed(await set('council', { value: true }));
    const seen = await part('P1.2');
    const [confirmed, changed] = await Promise.all([confirm([seen]), set('council', { value: false }, 1)]);
    expect(isRefusal(changed)).toBe(false);
    expect([null, 'facts-changed']).toContain(confirmed?.refused ?? null);
    expect((await part('P1.2')).state).not.toBe('confirmed');
  });
});
