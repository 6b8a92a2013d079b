import { adviceCyclesSpec } from '../../src/advisory/group-advice';
import type { CycleInput, GroupAdvice, MeetingInput } from '../../src/advisory/group-advice';
import { olderDocumentsSpec } from '../../src/advisory/older-outcomes';
import { createAdvisory, type AdvisoryServices } from '../../src/advisory/services';
import { fileOwnerOfProgramme } from '../../src/cooperation/programme';
import { createCooperationProgrammes, type CooperationProgrammes } from '../../src/cooperation/programmes';
import { createAttachedFiles, type AttachedFiles } from '../../src/files/attached-files';
import { placeCode } from '../../src/territory/place';
import { randomIds } from '../../src/shared/ids';
import { allowed } from '../support/builders';
import { embeddedTestStore, type TestStore } from '../support/stores';

const cycleInput = (overrides: Partial<CycleInput> = {}): CycleInput => ({
  programme: 'p',
  activity: 'group-advice',
  unit: { code: '3021011', name: 'Gmina Przykładowa', subregion: null },
  plannedMeetings: 6,
  year: 2027,
  ...overrides,
});

const meetingInput = (overrides: Partial<MeetingInput> = {}): MeetingInput => ({
  date: '2026-03-10',
  topic: 'P1.1',
  advisers: 'Doradczyni Przykładowa',
  present: { office: 4, ngo: 5, other: 1 },
  notes: '',
  decisions: '',
  ...overrides,
});

describe('advice', () => {
  let data: TestStore;
  let advisory: AdvisoryServices;
  let groups: GroupAdvice;
  let cooperation: CooperationProgrammes;
  let files: AttachedFiles;
  beforeEach(async () => {
    data = await embeddedTestStore();
    const clock = (): Date => new Date('2026-03-16T12:00:00+01:00');
    const deps = { store: data.store, clock, ids: randomIds };
    cooperation = createCooperationProgrammes(deps);
    files = createAttachedFiles(deps);
    advisory = createAdvisory({ ...deps, cooperation, files });
    groups = advisory.groupAdvice;
  });
  afterEach(() => data.dispose());

  it('is given to a unit in one cycle, whichever of its codes is used', async () => {
    allowed(await groups.create(cycleInput()));
    const again = cycleInput({ unit: { code: '302101', name: 'Gmina Przykładowa', subregion: null } });
    expect(await groups.create(again)).toMatchObject({ refused: 'cycle-exists' });
    allowed(await groups.create({ ...again, programme: 'other' }));
    expect(['3021011', '302101', '306401', '3064011', '3064', '3021', 'demo-1'].map(placeCode)).toEqual([
      ...['302101', '302101', '3064', '3064', '3064', '3021', 'DEMO-1'],
    ]);
  });

  it('has at most ten people at a meeting, and none before it', async () => {
    const { id } = allowed(await groups.create(cycleInput()));
    const eleven = meetingInput({ present: { office: 5, ngo: 5, other: 1 } });
    expect(await groups.addMeeting(id, eleven)).toEqual({
      refused: 'too-many-people',
      details: { field: 'present', most: 10, count: 11 },
    });
    const early = meetingInput({ date: '2026-03-17' });
    expect(await groups.addMeeting(id, early)).toMatchObject({ refused: 'people-before-meeting' });
    const held = allowed(await groups.addMeeting(id, meetingInput()));
    const planned = allowed(await groups.addMeeting(id, { ...early, present: { office: 0, ngo: 0, other: 0 } }));
    expect([held, planned].map((one) => groups.wasHeld(one))).toEqual([true, false]);
    expect(await groups.addMeeting(id, meetingInput({ date: '2026-02-30' }))).toMatchObject({
      refused: 'day-malformed',
    });
  });

  it('leads to the programme of the unit and year, and says nothing of it itself', async () => {
    const cycle = allowed(await groups.create(cycleInput()));
    const programme = await cooperation.of(cycle.unitKey, 2027);
    expect(programme).toMatchObject({ state: 'not-begun', unit: { code: '3021011' } });
    const plan = { plannedMeetings: 7, year: 2028 };
    expect(allowed(await groups.plan(cycle.id, plan, cycle.revision))).toMatchObject({ ...plan, revision: 2 });
    expect(await groups.plan(cycle.id, plan, cycle.revision)).toEqual({ refused: 'changed-meanwhile' });
    expect(await cooperation.of(cycle.unitKey, 2028)).not.toBeNull();
  });

  it('takes over what earlier versions kept of programmes, once, with the document', async () => {
    const { year, ...cycle } = allowed(await groups.create(cycleInput({ year: 2020 })));
    const kept = { name: 'program.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.4').toString('base64') };
    await data.store.collection(olderDocumentsSpec).insert({ id: 'document', ...kept });
    const outcome = {
      ...{ year: 2026, state: 'adopted' as const, adoptedOn: '2025-11-20', link: 'https://bip.przyklad.pl/p' },
      ...{ file: 'document', elements: ['aims', 'forms'] as const },
    };
    await data.store.collection(adviceCyclesSpec).update(cycle.id, () => ({ ...cycle, outcome }));
    expect(await groups.get(cycle.id)).toMatchObject({ year: 2026 });
    await groups.start();
    await groups.start();
    const programme = (await cooperation.of(cycle.unitKey, 2026))!;
    expect(programme).toMatchObject({ state: 'adopted', adoptedOn: '2025-11-20', link: 'https://bip.przyklad.pl/p' });
    const ready = (await cooperation.elements(programme.id)).filter(({ state }) => state === 'ready');
    expect(ready.map(({ element }) => element)).toEqual(['aims', 'forms']);
    expect(await files.ofOwner(fileOwnerOfProgramme(programme.id))).toMatchObject([{ name: 'program.pdf' }]);
    expect((await groups.all('p')).map((one) => [one.year, 'outcome' in one])).toEqual([[2026, false]]);
    expect(year).toBe(2020);
  });

  it('to a single unit is given only with adviser, day and hours', async () => {
    const input = {
      ...{ programme: 'p', activity: 'individual-advice', topic: '', outcome: '', followUp: '' },
      unit: { code: '302101', name: 'Gmina Przykładowa', subregion: null },
      ...{ request: 'Jak konsultować?', requestedOn: '2026-03-01', adviser: '', hours: 0, givenOn: null },
      state: 'requested' as const,
    };
    const { individualAdvice } = advisory;
    const asked = allowed(await individualAdvice.create(input));
    const given = { ...input, state: 'given' as const, adviser: 'Doradca', givenOn: '2026-03-10', hours: 1.5 };
    const refusals = [
      { ...given, adviser: ' ' },
      { ...given, givenOn: null },
      { ...given, givenOn: '2026-03-17' },
      { ...given, givenOn: '2026-02-01' },
      { ...given, hours: 0 },
      { ...given, hours: 0.1 },
      { ...given, request: ' ' },
      { ...given, outcome: 'x'.repeat(4001) },
    ];
    const codes = await Promise.all(refusals.map((one) => individualAdvice.edit(asked.id, one, 1)));
    expect(codes.map((one) => ('refused' in one ? one.refused : 'saved'))).toEqual([
      ...['adviser-missing', 'given-on-missing', 'given-in-future', 'given-before-requested', 'hours-missing'],
      ...['hours-malformed', 'request-missing', 'advice-text-too-long'],
    ]);
    expect(allowed(await individualAdvice.edit(asked.id, given, 1))).toMatchObject({ state: 'given', hours: 1.5 });
    expect(await individualAdvice.edit(asked.id, given, 1)).toMatchObject({ refused: 'changed-meanwhile' });
  });

  it('reports a visit with every unit once', async () => {
    const { visitReports } = advisory;
    const unit = { code: '302101', name: 'Gmina Przykładowa', subregion: null };
    const report = {
      ...{ id: 'event', programme: 'p', activity: 'study-visits', hosts: 'Centrum', report: '' },
      participants: [{ unit, count: 4 }],
    };
    allowed(await visitReports.save(report, 0));
    expect(await visitReports.save(report, 0)).toMatchObject({ refused: 'changed-meanwhile' });
    const twice = {
      ...report,
      participants: [
        { unit, count: 1 },
        { unit: { ...unit, code: '3021011' }, count: 2 },
      ],
    };
    expect(await visitReports.save(twice, 1)).toMatchObject({ refused: 'unit-twice' });
    const none = { ...report, participants: [{ unit, count: 0 }] };
    expect(await visitReports.save(none, 1)).toMatchObject({ refused: 'participants-malformed' });
  });
});
