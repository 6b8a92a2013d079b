import { frozenVersions } from '../../src/assessment/frozen-versions';
import { roundStatuses } from '../../src/assessment/round';
import { actionsOfStaff, roundMoves } from '../../src/assessment/round-status';
import type { Instrument } from '../../src/definitions/instrument';
import { isRefusal } from '../../src/shared/errors';
import {
  allowed,
  assessmentOver,
  instrumentsOf,
  newAssessment,
  newOpenRound,
  roundInput,
  unitInput,
  type SurveyServices,
} from '../support/builders';
import { smallForm, smallInstrument } from '../support/instruments';
import { embeddedTestStore, type TestStore } from '../support/stores';

let files: TestStore;
let services: SurveyServices;

beforeEach(async () => {
  files = await embeddedTestStore();
  services = assessmentOver(files.store);
});
afterEach(() => files.dispose());

describe('units', () => {
  it('are known by a code that no other unit has, leading zeros included', async () => {
    const unit = allowed(await services.units.create(unitInput({ code: '0201011' })));
    expect(await services.units.create(unitInput({ code: '0201011', name: 'Inna Gmina' }))).toEqual({
      refused: 'unit-code-taken',
      details: { code: '020101' },
    });
    expect(await services.units.byCode('0201011')).toEqual(unit);
    expect(await services.units.byCode('201011')).toBeNull();
  });

  it.each([
    [{ code: '' }, 'unit-code-malformed'],
    [{ code: 'gmina $1' }, 'unit-code-malformed'],
    [{ name: '  ' }, 'unit-name-missing'],
    [{ name: '\u200b\u00ad' }, 'unit-name-missing'],
    [{ name: 'ą'.repeat(121) }, 'unit-name-too-long'],
    [{ name: 'Gmina\nPróbna' }, 'hidden-characters'],
    [{ name: 'Gmina \u202eanbórP' }, 'hidden-characters'],
    [{ subregion: 's'.repeat(201) }, 'text-too-long'],
  ])('refuse %j', async (fault, code) => {
    expect(await services.units.create(unitInput(fault))).toMatchObject({ refused: code });
  });

  it('take a name of 120 characters and keep their place in Polish order', async () => {
    for (const [index, name] of ['Żabno', 'Łęki', 'Zalesie', 'ą'.repeat(120)].entries()) {
      allowed(await services.units.create(unitInput({ code: `u${index}`, name })));
    }
    expect((await services.units.all()).map(({ name }) => name.slice(0, 7))).toEqual([
      'ą'.repeat(7),
      'Łęki',
      'Zalesie',
      'Żabno',
    ]);
  });

  it('can be corrected, but not to a code that another has', async () => {
    const one = allowed(await services.units.create(unitInput({ code: 'a1', powiat: 'powiat testowy' })));
    allowed(await services.units.create(unitInput({ code: 'b2' })));
    expect(await services.units.edit(one.id, unitInput({ code: 'b2' }), 1)).toMatchObject({
      refused: 'unit-code-taken',
    });
    expect(await services.units.edit(one.id, unitInput({ code: 'c3', name: 'Nowa' }), 1)).toEqual({
      ...{ id: one.id, code: 'C3', name: 'Nowa', kind: 'rural-gmina', powiat: '', subregion: '', revision: 2 },
    });
    expect(await services.units.edit(one.id, unitInput({ code: 'd4' }), 1)).toEqual({ refused: 'changed-meanwhile' });
  });

  it('leave a code to one of two that reach for it at once, and keep nothing that nobody sees', async () => {
    const made = await Promise.all(
      ['a1', 'b2', 'c3'].map(async (code) => allowed(await services.units.create(unitInput({ code })))),
    );
    const tries = await Promise.all(made.map(({ id }) => services.units.edit(id, unitInput({ code: 'same' }), 1)));
    expect(tries.filter((one) => !isRefusal(one))).toHaveLength(1);
    expect(tries.filter((one) => isRefusal(one) && one.refused === 'unit-code-taken')).toHaveLength(2);
    const unseen = allowed(await services.units.create(unitInput({ code: 'u', name: 'Gmi\u00adna\u200b  Próbna ' })));
    expect(unseen.name).toBe('Gmina Próbna');
  });
});

describe('assessments', () => {
  it('need a unit, a known instrument that assesses, and a title', async () => {
    const { unit } = await newAssessment(services);
    const input = { unitId: unit.id, instrumentId: 'small', title: 'Ocena' };
    const { assessments } = assessmentOver(files.store, { instruments: instrumentsOf(smallInstrument(), smallForm()) });
    expect(await assessments.create({ ...input, unitId: 'nobody' })).toMatchObject({ refused: 'unit-unknown' });
    expect(await assessments.create({ ...input, instrumentId: 'large' })).toMatchObject({
      refused: 'instrument-unknown',
    });
    expect(await assessments.create({ ...input, instrumentId: 'small-form' })).toMatchObject({
      refused: 'instrument-unknown',
    });
    expect(await assessments.create({ ...input, title: ' ' })).toMatchObject({ refused: 'title-missing' });
    expect(await assessments.ofUnit(unit.id)).toHaveLength(1);
  });
});

describe('preparing a round', () => {
  it('there is one baseline and one follow-up, however many try at once', async () => {
    const { assessment } = await newAssessment(services);
    const tries = await Promise.all([1, 2, 3, 4].map(() => services.rounds.create(roundInput(assessment.id))));
    expect(tries.filter((one) => !isRefusal(one))).toHaveLength(1);
    expect(tries.filter((one) => isRefusal(one) && one.refused === 'round-exists')).toHaveLength(3);
    allowed(await services.rounds.create(roundInput(assessment.id, { name: 'follow-up' })));
    expect((await services.rounds.ofAssessment(assessment.id)).map(({ name }) => name)).toEqual([
      'baseline',
      'follow-up',
    ]);
  });

  it('draws another link code where another round has that one', async () => {
    const { assessment } = await newAssessment(services);
    const codes = ['same1234', 'same1234', 'other567'];
    const { rounds } = assessmentOver(files.store, {
      ids: { uuid: () => crypto.randomUUID(), shortCode: () => codes.shift() ?? 'none' },
    });
    allowed(await rounds.create(roundInput(assessment.id)));
    const second = allowed(await rounds.create(roundInput(assessment.id, { name: 'follow-up' })));
    expect(second.linkCode).toBe('other567');
    expect(await rounds.byLinkCode('other567')).toEqual(second);
  });

  it.each([
    [{ assessedYear: 25 }, 'year-malformed'],
    [{ assessedYear: 2025.5 }, 'year-malformed'],
    [{ opensOn: '2026-02-30' }, 'day-malformed'],
    [{ opensOn: '2026-04-01' }, 'closes-before-opens'],
    [{ groupSizes: { ngo: 0 } }, 'group-size-malformed'],
    [{ groupSizes: { ngo: 2.5 } }, 'group-size-malformed'],
    [{ groupSizes: { ngo: 12, nobody: 3 } }, 'group-unknown'],
    [{ outOfScope: ['P1.1', 'P9.9'] }, 'area-unknown'],
  ])('refuses %j', async (fault, code) => {
    const { assessment } = await newAssessment(services);
    expect(await services.rounds.create(roundInput(assessment.id, fault))).toMatchObject({ refused: code });
  });

  it('can be edited in a draft, by one of two people who saw the same', async () => {
    const { assessment } = await newAssessment(services);
    const round = allowed(await services.rounds.create(roundInput(assessment.id)));
    const both = await Promise.all([
      services.rounds.edit(round.id, { groupSizes: { ngo: 9 } }, round.revision),
      services.rounds.edit(round.id, { groupSizes: { ngo: 12 } }, round.revision),
    ]);
    expect(both.filter((one) => isRefusal(one))).toEqual([{ refused: 'changed-meanwhile' }]);
    const saved = both.find((one) => !isRefusal(one));
    expect(await services.rounds.get(round.id)).toEqual(saved);
  });

  it('once open keeps what respondents are asked, and after closing only lets sizes be corrected', async () => {
    const round = await newOpenRound(services);
    expect(await services.rounds.edit(round.id, { form: 'core' }, round.revision)).toMatchObject({
      refused: 'not-editable',
    });
    const edited = allowed(await services.rounds.edit(round.id, { groupSizes: { ngo: 9 } }, round.revision));
    const closed = allowed(await services.sealing.close(round.id));
    expect(await services.rounds.edit(round.id, { closesOn: '2026-05-01' }, closed.revision)).toMatchObject({
      refused: 'not-editable',
    });
    expect(await services.rounds.edit(round.id, { groupSizes: { ngo: 10 } }, edited.revision)).toMatchObject({
      refused: 'changed-meanwhile',
    });
    expect(await services.rounds.edit(round.id, { groupSizes: { ngo: 10 } }, closed.revision)).toMatchObject({
      groupSizes: { ngo: 10 },
    });
  });
});

describe('opening a round', () => {
  it('pins the instrument and freezes its thresholds and the day', async () => {
    const round = await newOpenRound(services);
    expect(round).toMatchObject({
      status: 'open',
      instrument: { id: 'small', version: '1.0.0' },
      thresholds: { k: 5, comments: 8 },
      openedOn: '2026-03-16',
      closedOn: null,
    });
    expect(await frozenVersions(files.store)).toEqual([round.instrument]);
  });

  it('is refused with nothing in scope', async () => {
    const { assessment } = await newAssessment(services);
    const outOfScope = ['P1.1', 'P1.2', 'P2.1'];
    const round = allowed(await services.rounds.create(roundInput(assessment.id, { outOfScope })));
    expect(await services.rounds.openingRefusal(round.id)).toMatchObject({ refused: 'nothing-in-scope' });
    expect(await services.rounds.open(round.id)).toMatchObject({ refused: 'nothing-in-scope' });
    expect(await services.rounds.get(round.id)).toEqual(round);
  });

  it('is refused with a group or an area that a newer version of the instrument has no more', async () => {
    const { assessment } = await newAssessment(services);
    const { groups = [], planes = [] } = smallInstrument();
    const [first, ...rest] = groups;
    const round = allowed(
      await services.rounds.create(
        roundInput(assessment.id, { groupSizes: { [first!.code]: 9 }, outOfScope: ['P2.1'] }),
      ),
    );
    const knowing = (known: Partial<Instrument>) =>
      assessmentOver(files.store, { instruments: instrumentsOf(smallInstrument(known)) }).rounds.open(round.id);
    expect(await knowing({ groups: rest })).toMatchObject({ refused: 'group-unknown' });
    expect(await knowing({ planes: planes.slice(0, 1) })).toMatchObject({ refused: 'area-unknown' });
  });

  it('asks only the groups with people, and is refused where it would ask nobody', async () => {
    const { assessment } = await newAssessment(services);
    const groups = smallInstrument().groups!.map(({ code }) => code);
    const [first, ...rest] = groups;
    const round = allowed(await services.rounds.create(roundInput(assessment.id, { notAsked: groups })));
    expect(await services.rounds.open(round.id)).toEqual({ refused: 'nobody-asked' });
    const strange = await services.rounds.edit(round.id, { notAsked: ['nobody'] }, 1);
    expect(strange).toMatchObject({ refused: 'group-unknown' });
    allowed(await services.rounds.edit(round.id, { notAsked: rest }, 1));
    const opened = allowed(await services.rounds.open(round.id));
    const { token } = allowed(await services.drafts.start(opened.id));
    expect(await services.drafts.chooseGroup(token, rest[0]!)).toMatchObject({ refused: 'group-unknown' });
    allowed(await services.drafts.chooseGroup(token, first!));
    const late = await services.rounds.edit(opened.id, { notAsked: [] }, opened.revision);
    expect(late).toMatchObject({ refused: 'not-editable' });
  });

  it('once open takes no size of a group that it does not ask', async () => {
    const round = await newOpenRound(services);
    const edited = await services.rounds.edit(round.id, { groupSizes: { nobody: 3 } }, round.revision);
    expect(edited).toEqual({ refused: 'group-unknown', details: { group: 'nobody' } });
  });

  it('is refused without the form, the instrument, or the round among its rounds', async () => {
    const { assessment } = await newAssessment(services);
    const round = allowed(await services.rounds.create(roundInput(assessment.id, { form: 'core' })));
    const { forms } = smallInstrument();
    const knowing = (...known: readonly Instrument[]) =>
      assessmentOver(files.store, { instruments: instrumentsOf(...known) }).rounds.open(round.id);
    expect(await knowing()).toMatchObject({ refused: 'instrument-unknown' });
    expect(await knowing(smallInstrument({ forms: { full: forms.full } }))).toMatchObject({ refused: 'form-unknown' });
    expect(await knowing(smallInstrument({ rounds: ['follow-up'] }))).toMatchObject({ refused: 'round-name-unknown' });
  });

  it('of a follow-up waits until the baseline is closed, and asks the version the baseline asked', async () => {
    const baseline = await newOpenRound(services);
    const { assessmentId } = baseline;
    const newer = assessmentOver(files.store, {
      instruments: instrumentsOf(smallInstrument(), smallInstrument({ version: '1.1.0' })),
    });
    const followUp = allowed(await newer.rounds.create(roundInput(assessmentId, { name: 'follow-up' })));
    expect(await newer.rounds.open(followUp.id)).toMatchObject({ refused: 'baseline-not-closed' });
    allowed(await newer.sealing.close(baseline.id));
    expect(allowed(await newer.rounds.open(followUp.id)).instrument).toEqual(baseline.instrument);
    const other = await newAssessment(newer, { code: 'other' });
    const fresh = await newOpenRound(newer, { assessmentId: other.assessment.id });
    expect(fresh.instrument?.version).toBe('1.1.0');
    expect(await frozenVersions(files.store)).toHaveLength(2);
  });

  it('never goes on with an instrument that was edited under the same version', async () => {
    const round = await newOpenRound(services);
    const edited = assessmentOver(files.store, {
      instruments: instrumentsOf(smallInstrument({ title: { pl: 'Zmieniony' } })),
    });
    expect(() => edited.rounds.instrumentOf(round)).toThrow(/is not the one that round/);
  });
});

describe('the life of a round', () => {
  it('goes one way, but for closing that is taken back, and every action has one place in it', () => {
    const back = roundMoves.filter(({ from, to }) => roundStatuses.indexOf(to) !== roundStatuses.indexOf(from) + 1);
    expect(back.map(({ action, from, to }) => [action, from, to])).toEqual([['reopen', 'closing', 'open']]);
    expect(new Set(roundMoves.map(({ action }) => action)).size).toBe(roundMoves.length);
    expect(roundStatuses.map(actionsOfStaff)).toEqual([['open'], ['begin-closing'], ['reopen', 'seal-now'], [], []]);
  });

  it('each move is made once, however often the button is pressed', async () => {
    const { assessment } = await newAssessment(services);
    const round = allowed(await services.rounds.create(roundInput(assessment.id)));
    expect(await services.sealing.close(round.id)).toMatchObject({ refused: 'wrong-status' });
    const opened = await Promise.all([1, 2, 3].map(() => services.rounds.open(round.id)));
    expect(opened.filter((one) => !isRefusal(one))).toHaveLength(1);
    const closed = await Promise.all([1, 2, 3].map(() => services.sealing.close(round.id)));
    expect(closed.filter((one) => !isRefusal(one)).length).toBeGreaterThan(0);
    expect(await services.rounds.get(round.id)).toMatchObject({
      status: 'closed',
      closedOn: '2026-03-16',
      revision: 5,
    });
    expect(await services.rounds.open(round.id)).toMatchObject({ refused: 'wrong-status' });
  });
});
