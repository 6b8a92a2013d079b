import { createCooperationProgrammes, type CooperationProgrammes } from '../../src/cooperation/programmes';
import type { ConsultationInput } from '../../src/cooperation/programme';
import { isRefusal } from '../../src/shared/errors';
import { randomIds } from '../../src/shared/ids';
import { allowed } from '../support/builders';
import type { TestStore } from '../support/stores';

const unit = { code: '3021011', name: 'Gmina Przykładowa' };
const consultation: ConsultationInput = {
  ...{ from: '2026-09-01', to: '2026-09-21', how: 'Spotkanie', withWhom: 'Rada pożytku' },
  ...{ received: 12, accepted: 7, link: 'https://bip.przyklad.pl/uwagi' },
};

/** What both engines promise of annual cooperation programmes. */
export function describeProgrammes(name: string, newStore: () => Promise<TestStore>): void {
  describe(name, () => {
    let data: TestStore;
    let programmes: CooperationProgrammes;
    beforeEach(async () => {
      data = await newStore();
      const clock = (): Date => new Date('2026-11-29T12:00:00+01:00');
      programmes = createCooperationProgrammes({ store: data.store, clock, ids: randomIds });
    });
    afterEach(() => data.dispose());

    it('are one a unit and year, whoever asks at the same time and by whichever code', async () => {
      const asked = ['3021011', '302101', '3021011'].map((code) => programmes.ensure({ ...unit, code }, 2027));
      const made = new Set((await Promise.all(asked)).map(({ id }) => id));
      expect(made.size).toBe(1);
      expect((await programmes.ensure(unit, 2028)).id).not.toBe([...made][0]);
      expect((await programmes.all()).map(({ year }) => year)).toEqual([2028, 2027]);
    });

    it('take the texts of two people at once, and no overwriting of one element', async () => {
      const { id } = await programmes.ensure(unit, 2027);
      const write = (element: 'aims' | 'forms', text: string, seen = 0, ready = false) =>
        programmes.write(id, element, { text, ready }, seen, 'anna');
      const both = await Promise.all([write('aims', 'Cel'), write('forms', 'Formy')]);
      expect(both.map((one) => isRefusal(one))).toEqual([false, false]);
      for (const seen of [0, 1]) {
        const same = await Promise.all([write('aims', 'Pierwsza', seen), write('aims', 'Druga', seen)]);
        expect(same.filter((one) => isRefusal(one))).toHaveLength(seen === 0 ? 2 : 1);
      }
      allowed(await write('forms', 'Formy', 1, true));
      const states = (await programmes.elements(id)).map(({ state }) => state);
      expect(states).toEqual(['drafted', 'missing', 'missing', 'ready', ...Array<string>(7).fill('missing')]);
      expect([...(await programmes.readyCounts())]).toEqual([[id, 1]]);
    });

    it('know each recommendation that was put in, with its words of the last time', async () => {
      const { id } = await programmes.ensure(unit, 2027);
      const input = { text: 'Cel', ready: false };
      allowed(await programmes.write(id, 'aims', input, 0, 'anna', [{ id: 'r1', what: 'Powołać zespół.' }]));
      const later = [{ id: 'r1', what: 'Powołać zespół do marca.' }, { id: 'r2', what: 'Publikować odpowiedzi.' }]; // prettier-ignore
      expect(allowed(await programmes.write(id, 'aims', input, 1, 'anna', later)).drawn).toEqual(later);
    });

    it('move along the table, and adoption needs a day that has come', async () => {
      const { id } = await programmes.ensure(unit, 2027);
      expect(await programmes.move(id, 'adopt', '2026-11-01')).toMatchObject({ refused: 'wrong-state' });
      for (const action of ['begin', 'finish-draft', 'finish-consultation']) allowed(await programmes.move(id, action));
      expect(await programmes.move(id, 'adopt', '2026-11-30')).toMatchObject({ refused: 'adopted-in-future' });
      expect(await programmes.move(id, 'adopt', 'jutro')).toMatchObject({ refused: 'day-malformed' });
      expect(allowed(await programmes.move(id, 'adopt', '2026-11-29'))).toMatchObject({ adoptedOn: '2026-11-29' });
      expect(allowed(await programmes.move(id, 'back-to-draft'))).toMatchObject({ state: 'drafting', adoptedOn: null });
    });

    it('keep consultations that can have been, and links that can be opened', async () => {
      const programme = await programmes.ensure(unit, 2027);
      const { id } = programme;
      for (const [fields, refused] of [
        [{ to: '2026-08-31' }, 'to-before-from'],
        [{ accepted: 13 }, 'more-accepted'],
        [{ how: ' ' }, 'how-missing'],
        [{ from: '2026-02-30' }, 'day-malformed'],
        [{ link: 'javascript:alert(1)' }, 'link-malformed'],
      ] as const) {
        expect(await programmes.addConsultation(id, { ...consultation, ...fields })).toMatchObject({ refused });
      }
      const held = allowed(await programmes.addConsultation(id, consultation));
      const early = { ...consultation, from: '2026-08-01' };
      allowed(await programmes.addConsultation(id, early));
      expect((await programmes.consultations(id)).map(({ from }) => from)).toEqual(['2026-08-01', '2026-09-01']);
      allowed(await programmes.editConsultation(held.id, { ...consultation, accepted: 8 }, 1));
      expect(await programmes.editConsultation(held.id, consultation, 1)).toEqual({ refused: 'changed-meanwhile' });
      await programmes.removeConsultation('another', held.id);
      expect(await programmes.consultations(id)).toHaveLength(2);
      const published = { link: 'https://bip.przyklad.pl', reportedOn: null, reportLink: '' };
      expect(await programmes.publish(id, { ...published, link: 'ftp://x.pl' }, 1)).toMatchObject({ refused: 'link-malformed' }); // prettier-ignore
      expect(await programmes.publish(id, { ...published, reportedOn: '2028-04-01' }, 1)).toMatchObject({ refused: 'day-in-future' }); // prettier-ignore
      allowed(await programmes.publish(id, published, 1));
      expect(await programmes.publish(id, published, 1)).toEqual({ refused: 'changed-meanwhile' });
    });
  });
}
