import { randomBytes } from 'node:crypto';
import { adviceCyclesSpec, adviceMeetingsSpec } from '../../src/advisory/group-advice';
import { individualAdviceSpec } from '../../src/advisory/individual-advice';
import { createAdvisory } from '../../src/advisory/services';
import { visitReportsSpec } from '../../src/advisory/study-visits';
import { assessmentsSpec } from '../../src/assessment/assessments';
import { roundsSpec, type Round } from '../../src/assessment/round';
import { unitsSpec } from '../../src/assessment/units';
import { cooperationProgrammesSpec } from '../../src/cooperation/programme';
import { createCooperationProgrammes } from '../../src/cooperation/programmes';
import { demoProgramme, seedProgrammeDemo } from '../../src/demo/programme';
import { eventsSpec } from '../../src/events/event';
import { createEventServices } from '../../src/events/services';
import { createAttachedFiles } from '../../src/files/attached-files';
import { createProgress, countedIn, type Progress } from '../../src/programme/progress';
import { randomIds } from '../../src/shared/ids';
import type { Store } from '../../src/storage/port';
import { assessmentOver } from '../support/builders';
import { secondProgramme } from '../support/second-programme';
import { embeddedTestStore, type TestStore } from '../support/stores';

const now = new Date('2026-03-16T12:00:00+01:00');

function progressOver(store: Store): Progress {
  const clock = (): Date => now;
  const deps = { store, clock, ids: randomIds };
  const cooperation = createCooperationProgrammes(deps);
  return createProgress({
    clock,
    events: createEventServices({ store, clock, ids: randomIds, randomBytes }),
    assessment: assessmentOver(store),
    advisory: createAdvisory({ ...deps, cooperation, files: createAttachedFiles(deps) }),
    cooperation,
  });
}

/** Units, assessments and rounds put into the store as they are, past every service. */
async function storeAssessed(
  store: Store,
  code: string,
  subregion: string | null,
  closed: readonly (string | null)[],
): Promise<void> {
  const [units, assessments, rounds] = [
    store.collection(unitsSpec),
    store.collection(assessmentsSpec),
    store.collection(roundsSpec),
  ];
  const unitId = randomIds.uuid();
  const assessmentId = randomIds.uuid();
  const unit = { id: unitId, code, name: `Gmina ${code}`, kind: 'rural-gmina' as const };
  await units.insert({ ...unit, powiat: '', subregion: subregion ?? '', revision: 1 });
  await assessments.insert({ id: assessmentId, unitId, instrumentId: 'lijw', title: 'Ocena' });
  for (const [index, closedOn] of closed.entries()) {
    const round: Round = {
      id: randomIds.uuid(),
      assessmentId,
      name: index === 0 ? 'baseline' : 'follow-up',
      form: 'full',
      assessedYear: 2025,
      opensOn: '2025-01-01',
      closesOn: '2025-12-31',
      groupSizes: {},
      outOfScope: [],
      linkCode: randomIds.shortCode(8),
      status: closedOn === null ? 'open' : 'closed',
      instrument: null,
      thresholds: null,
      sealingKey: null,
      openedOn: '2025-01-01',
      closedOn,
      revision: 1,
    };
    await rounds.insert(round);
  }
}

describe('progress of the demo', () => {
  let data: TestStore;
  let progress: Progress;
  beforeAll(async () => {
    data = await embeddedTestStore();
    await seedProgrammeDemo(data.store, now);
    await storeAssessed(data.store, '302101', null, ['2025-02-14', '2026-02-13']);
    await storeAssessed(data.store, '3064011', null, ['2025-02-14', '2026-02-13']);
    await storeAssessed(data.store, 'OWN-1', 'Kaliski', ['2025-03-01', '2026-03-01']);
    // None of these counts: one round open, one closed before the programme, a unit elsewhere, a unit nowhere.
    await storeAssessed(data.store, '300101', null, ['2025-02-14', null]);
    await storeAssessed(data.store, '300201', null, ['2024-12-31', '2026-02-13']);
    await storeAssessed(data.store, '146501', null, ['2025-02-14', '2026-02-13']);
    await storeAssessed(data.store, 'OWN-2', null, ['2025-02-14', '2026-02-13']);
    progress = progressOver(data.store);
  });
  afterAll(() => data.dispose());

  it('shows all ten activities with their targets and something done in nine of them', async () => {
    const all = await progress.of(demoProgramme);
    expect(all.map(({ target }) => target)).toEqual([5, 5, 1, 3, 10, 10, null, 50, 1, 5]);
    expect(all.filter(({ counted }) => counted.length === 0).map(({ activity }) => activity.code)).toEqual([
      'closing-conference',
    ]);
    expect(all.find(({ activity }) => activity.code === 'coordinator-training')?.state).toBe('reached');
  });

  it('gives the numbers that the stored documents give when they are counted another way', async () => {
    const { store } = data;
    const today = '2026-03-16T12:00';
    const events = await store.collection(eventsSpec).find({ programme: demoProgramme.id });
    const held = events.filter(({ endsAt, state }) => state === 'published' && endsAt <= today);
    const cycles = await store.collection(adviceCyclesSpec).find({});
    const meetings = await store.collection(adviceMeetingsSpec).find({});
    const programmes = await store.collection(cooperationProgrammesSpec).find({});
    const advice = await store.collection(individualAdviceSpec).find({ state: 'given' });
    const visits = await store.collection(visitReportsSpec).find({});
    const drafted = ['drafted', 'consulted', 'adopted'];
    const expected: Record<string, number> = {
      assessments: 3,
      'group-advice': cycles.filter(
        ({ id, unitKey, year }) =>
          meetings.filter(({ cycleId, date }) => cycleId === id && date <= today.slice(0, 10)).length >= 5 &&
          programmes.some((one) => one.unitKey === unitKey && one.year === year && drafted.includes(one.state)),
      ).length,
      'individual-advice': new Set(advice.map(({ unit }) => unit.name)).size,
      'study-visits': new Set(visits.flatMap(({ participants }) => participants.map(({ unit }) => unit.name))).size,
    };
    for (const { activity, counted } of await progress.of(demoProgramme)) {
      const byEvents = held.filter((event) => event.activity === activity.code).length;
      expect(`${activity.code} ${counted.length}`).toBe(`${activity.code} ${expected[activity.code] ?? byEvents}`);
    }
    // One unit came twice for advice: two records, one unit.
    expect(advice.length).toBe((expected['individual-advice'] ?? 0) + 1);
  });

  it('counts everything in exactly one place', async () => {
    for (const { counted } of await progress.of(demoProgramme)) {
      const places = [...demoProgramme.subregions.map(({ code }) => code), 'elsewhere'];
      const parts = places.flatMap((place) => countedIn(counted, place).map(({ key }) => key));
      expect(parts.sort()).toEqual(counted.map(({ key }) => key).sort());
    }
  });

  it('puts units by their code, or by the subregion that was entered, and names those it cannot place', async () => {
    const assessed = await progress.ofActivity(demoProgramme, 'assessments');
    const places = Object.fromEntries(assessed!.counted.map(({ key, subregion }) => [key, subregion]));
    expect(places).toEqual({ '302101': 'poznanski', '3064': 'poznanski', 'OWN-1': 'kaliski' });
    expect(await progress.unitsNowhere(demoProgramme)).toEqual(['Gmina 146501', 'Gmina OWN-2']);
  });

  it('does not count a second event of one subregion towards a target in each', async () => {
    const programme = { ...demoProgramme, subregions: demoProgramme.subregions.slice(2) };
    const conferences = await progress.ofActivity(programme, 'conferences');
    expect(conferences).toMatchObject({ target: 3, towardsTarget: 1, state: 'under-way' });
    expect(conferences!.counted).toHaveLength(3);
  });

  it('keeps programmes apart', async () => {
    const all = await progress.of(secondProgramme());
    expect(all.map(({ counted }) => counted.length)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(all.map(({ target }) => target)).toEqual([6, 7, 4, 3, 20, null]);
  });

  it('is seeded once', async () => {
    const before = await data.store.collection(eventsSpec).count({});
    await seedProgrammeDemo(data.store, now);
    expect(await data.store.collection(eventsSpec).count({})).toBe(before);
  });
});
