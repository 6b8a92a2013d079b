import type { Round } from '../../../src/assessment/round';
import type { Store } from '../../../src/storage/port';
import { isRefusal } from '../../../src/shared/errors';
import {
  agree,
  allowed,
  assessmentOver,
  closeAndCompute,
  newOpenRound,
  submitAnswers,
  type SurveyServices,
} from '../../support/builders';
import { eitherTestStore, type TestStore } from '../../support/stores';

let files: TestStore;
let services: SurveyServices;
let round: Round;

const present = [{ role: 'Radni', organisation: 'Rada Gminy', side: 'administration', count: 3 }] as const;
const meeting = { date: '2026-03-10', present, names: 'Osoba Zmyślona', keptBy: 'Inna Zmyślona' };
const approval = { approvedOn: '2026-03-12', approvedBy: 'zespół roboczy' };

beforeEach(async () => {
  files = await eitherTestStore();
  services = assessmentOver(files.store);
  round = await newOpenRound(services);
  for (let person = 0; person < 5; person += 1) await submitAnswers(services, round.id, 'ngo');
});
afterEach(() => files.dispose());

async function readyToApprove(): Promise<string> {
  await closeAndCompute(services, round.id);
  for (const area of ['P1.1', 'P1.2', 'P2.1']) await agree(services, round.id, area, 3, { reasons: `Powód ${area}` });
  allowed(await services.meetings.add(round.id, meeting));
  return (await services.minutes.of(round.id))!.mark;
}

const write = (mine: string, on: SurveyServices = services) =>
  on.agreedScores.write(round.id, 'P1.1', { texts: { dissent: { seen: '', mine } } }, 'jan');
const approve = (mark: string, on: SurveyServices = services) => on.minutes.approve(round.id, approval, mark, 'anna');

describe('minutes', () => {
  it('may be approved once there are results, all scores, and a meeting that is not later', async () => {
    const barred = async () => (await services.minutes.of(round.id))!.barred;
    expect(await barred()).toEqual({ refused: 'minutes-before-results' });
    await closeAndCompute(services, round.id);
    await agree(services, round.id, 'P1.1', 3);
    expect(await barred()).toEqual({ refused: 'areas-not-agreed', details: { count: 2 } });
    for (const area of ['P1.2', 'P2.1']) await agree(services, round.id, area, 3);
    expect(await barred()).toEqual({ refused: 'meeting-missing' });
    allowed(await services.meetings.add(round.id, { ...meeting, date: '2026-03-13' }));
    expect(await barred()).toBeNull();
    const { mark } = (await services.minutes.of(round.id))!;
    const tries = { approvedOn: ['2026-03-12', '2026-03-17', '2026-02-30'], approvedBy: ['zespół', ' '] };
    expect(await approve(mark)).toMatchObject({ refused: 'approved-before-meeting' });
    expect(await services.minutes.approve(round.id, { ...approval, approvedOn: tries.approvedOn[1]! }, mark, 'anna')).toMatchObject({ refused: 'approved-later' }); // prettier-ignore
    expect(await services.minutes.approve(round.id, { ...approval, approvedOn: tries.approvedOn[2]! }, mark, 'anna')).toMatchObject({ refused: 'day-malformed' }); // prettier-ignore
    expect(await services.minutes.approve(round.id, { ...approval, approvedBy: ' ' }, mark, 'anna')).toMatchObject({ refused: 'approved-by-missing' }); // prettier-ignore
  });

  it('freeze scores, words and presence, until they are taken up again, which leaves a mark', async () => {
    const approved = allowed(await approve(await readyToApprove()));
    expect(approved).toMatchObject({ number: 1, ...approval, entered: { by: 'anna' } });
    const [held] = await services.meetings.ofRound(round.id);
    expect(await write('Sołtys')).toEqual({ refused: 'minutes-approved' });
    expect(await services.meetings.add(round.id, meeting)).toEqual({ refused: 'minutes-approved' });
    expect(await services.meetings.edit(held!.id, meeting, 1)).toEqual({ refused: 'minutes-approved' });
    expect(await services.meetings.remove(held!.id)).toEqual({ refused: 'minutes-approved' });
    expect(await services.minutes.reopen(round.id, { why: ' ' }, 'anna')).toMatchObject({
      refused: 'reopening-reason-missing',
    });
    allowed(await services.minutes.reopen(round.id, { why: 'Błąd w ocenie' }, 'jan'));
    allowed(await write('Sołtys'));
    const again = (await services.minutes.of(round.id))!;
    expect(again).toMatchObject({
      state: 'open',
      reopened: [{ approvedOn: '2026-03-12', reopened: { by: 'jan', why: 'Błąd w ocenie' } }],
    });
    allowed(await approve(again.mark));
    expect(await services.minutes.of(round.id)).toMatchObject({ state: 'approved', approval: { number: 2 } });
    expect((await services.agreedScores.record(round.id, 'P1.1')).dissent).toBe('Sołtys');
  });

  it('are not approved where anything was written that the person had not read', async () => {
    const mark = await readyToApprove();
    allowed(await write('Sołtys'));
    expect(await approve(mark)).toEqual({ refused: 'changed-meanwhile' });
    const newest = (await services.minutes.of(round.id))!.mark;
    const both = await Promise.all([approve(newest), approve(newest)]);
    expect(both.filter((one) => isRefusal(one))).toHaveLength(1);
    expect(await services.minutes.of(round.id)).toMatchObject({ state: 'approved' });
  });

  it('either hold what is written at the same moment, or its writer is told, wherever the two meet', async () => {
    const mark = await readyToApprove();
    // The approval waits before each of its steps in turn, while somebody else writes.
    for (let step = 1; ; step += 1) {
      const meets = step;
      let steps = 0;
      const writings: Awaited<ReturnType<typeof write>>[] = [];
      const between = async (): Promise<void> => {
        steps += 1;
        if (steps === meets) writings.push(await write(`Zdanie ${meets}`));
      };
      const newest = meets === 1 ? mark : (await services.minutes.of(round.id))!.mark;
      const approved = await approve(newest, assessmentOver(pausing(files.store, between)));
      const [written] = writings;
      if (written === undefined) break;
      const held = isRefusal(approved) ? null : approved.areas.find(({ area }) => area === 'P1.1')!;
      const told = isRefusal(written);
      expect({ meets, lost: held !== null && !told && held.dissent !== `Zdanie ${meets}` }).toEqual({
        meets,
        lost: false,
      });
      if (!isRefusal(approved)) allowed(await services.minutes.reopen(round.id, { why: 'Próba' }, 'anna'));
      await services.agreedScores.write(round.id, 'P1.1', { texts: { dissent: { seen: (await services.agreedScores.record(round.id, 'P1.1')).dissent, mine: '' } } }, 'jan'); // prettier-ignore
    }
  });
});

/** The store with something done before each change of approvals. */
function pausing(store: Store, between: () => Promise<void>): Store {
  return {
    ...store,
    collection(spec, part) {
      const inner = store.collection(spec, part);
      if (spec.name !== 'minutes-approvals') return inner;
      return {
        ...inner,
        insert: async (document) => (await between(), inner.insert(document)),
        find: async (filter, options) => (await between(), inner.find(filter, options)),
        update: async (id, edit) => (await between(), inner.update(id, edit)),
        remove: async (filter) => (await between(), inner.remove(filter)),
      };
    },
  };
}

describe('names of those present', () => {
  it('stand in the minutes alone and are erased 90 days after the meeting, also of approved ones', async () => {
    allowed(await approve(await readyToApprove()));
    const on = (day: string) => assessmentOver(files.store, { clock: () => new Date(`${day}T12:00:00+01:00`) });
    expect(await on('2026-06-08').meetings.eraseNames()).toBe(0);
    const wrong = assessmentOver(files.store, {
      clock: () => new Date('2026-06-09T12:00:00+01:00'),
      clockIsRight: () => Promise.resolve(false),
    });
    expect(await wrong.meetings.eraseNames()).toBe(0);
    expect((await services.minutes.of(round.id))!.meetings[0]).toMatchObject({ names: 'Osoba Zmyślona' });
    expect(await on('2026-06-09').meetings.eraseNames()).toBe(1);
    expect(await on('2026-06-10').meetings.eraseNames()).toBe(0);
    const minutes = (await services.minutes.of(round.id))!;
    expect(minutes.meetings).toMatchObject([{ names: '', keptBy: '', namesErasedOn: '2026-06-09', present }]);
    expect(JSON.stringify(minutes)).not.toContain('Zmyślona');
  });
});
