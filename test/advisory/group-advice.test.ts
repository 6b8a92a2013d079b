import { adoptionDeadline } from '../../src/advisory/cooperation-programme';
import type { CycleInput, GroupAdvice, MeetingInput } from '../../src/advisory/group-advice';
import { createAdvisory, type AdvisoryServices } from '../../src/advisory/services';
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
  beforeEach(async () => {
    data = await embeddedTestStore();
    const clock = (): Date => new Date('2026-03-16T12:00:00+01:00');
    advisory = createAdvisory({ store: data.store, clock, ids: randomIds });
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

  it('moves its outcome along the table, and adoption needs a day that has come', async () => {
    const { id } = allowed(await groups.create(cycleInput()));
    expect(await groups.moveOutcome(id, 'adopt', '2026-03-01')).toMatchObject({ refused: 'wrong-state' });
    for (const action of ['begin', 'finish-draft', 'finish-consultation'] as const) {
      allowed(await groups.moveOutcome(id, action));
    }
    expect(await groups.moveOutcome(id, 'adopt', '2026-03-17')).toMatchObject({ refused: 'adopted-in-future' });
    expect(await groups.moveOutcome(id, 'adopt', 'jutro')).toMatchObject({ refused: 'day-malformed' });
    const adopted = allowed(await groups.moveOutcome(id, 'adopt', '2026-03-16'));
    expect(adopted.outcome).toMatchObject({ state: 'adopted', adoptedOn: '2026-03-16' });
    const back = allowed(await groups.moveOutcome(id, 'back-to-draft'));
    expect(back.outcome).toMatchObject({ state: 'drafting', adoptedOn: null });
    expect(adoptionDeadline(2016)).toBe('2015-11-30');
  });

  it('does not overwrite what somebody else has changed', async () => {
    const cycle = allowed(await groups.create(cycleInput()));
    const outcome = { link: 'https://bip.example/program', elements: ['forms', 'aims'] as const };
    const described = allowed(await groups.describeOutcome(cycle.id, outcome, cycle.revision));
    expect(described.outcome.elements).toEqual(['aims', 'forms']);
    expect(await groups.describeOutcome(cycle.id, outcome, cycle.revision)).toMatchObject({
      refused: 'changed-meanwhile',
    });
    const script = { link: 'javascript:alert(1)', elements: [] };
    expect(await groups.describeOutcome(cycle.id, script, described.revision)).toMatchObject({
      refused: 'link-malformed',
    });
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

  it('takes documents by what they are, not by what they are called', async () => {
    const { documents } = advisory;
    const pdf = Buffer.from('%PDF-1.7 program');
    const kept = allowed(await documents.add('C:\\pliki\\program współpracy.PDF', pdf));
    expect(kept).toMatchObject({ name: 'program współpracy.PDF', type: 'application/pdf' });
    expect(Buffer.from((await documents.get(kept.id))?.content ?? '', 'base64')).toEqual(pdf);
    expect(await documents.add('program.pdf', Buffer.from('<html>'))).toEqual({ refused: 'document-type' });
    expect(await documents.add('program.exe', pdf)).toEqual({ refused: 'document-type' });
    expect(await documents.add('constructor', pdf)).toEqual({ refused: 'document-type' });
    expect(await documents.add('program.pdf', Buffer.alloc(0))).toEqual({ refused: 'document-empty' });
    const large = Buffer.concat([pdf, Buffer.alloc(2_000_000)]);
    expect(await documents.add('program.pdf', large)).toMatchObject({ refused: 'document-too-large' });
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
