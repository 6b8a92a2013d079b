import * as fc from 'fast-check';
import type { Collection, CollectionSpec, Filter } from '../../src/storage/port';
import { updateSeen } from '../../src/storage/revisions';
import type { TestStore } from '../support/stores';
import { describeParts } from './contract-parts';
import { notesSpec, parcel, parcels, type Parcel } from './parcels';

/** What both engines promise of the port. Each test has an empty store of its own. */
export function describeStore(name: string, open: () => Promise<TestStore>): void {
  describe(name, () => {
    let test: TestStore;
    let all: Collection<Parcel>;

    beforeEach(async () => {
      test = await open();
      all = test.store.collection(parcels);
    });

    afterEach(() => test.dispose());

    async function idsOf(filter: Filter<Parcel>): Promise<string[]> {
      return (await all.find(filter, { sort: [['id', 'ascending']] })).map(({ id }) => id);
    }

    describe('insert and get', () => {
      it('gives back what was put in, and nothing else', async () => {
        const document = parcel('a', { shelf: null, sender: { town: 'Łódź', house: 7 }, stops: [{ town: 'Żory' }] });
        expect(await all.insert(document)).toEqual({ inserted: true });
        expect(await all.get('a')).toEqual(document);
        expect(await all.find({})).toEqual([document]);
        expect(await all.get('b')).toBeNull();
      });

      it('names the key that a second document would break', async () => {
        await all.insert(parcel('a', { weight: 7, place: 'p' }));
        expect(await all.insert(parcel('a'))).toEqual({ inserted: false, duplicate: 'id' });
        expect(await all.insert(parcel('b', { label: 'label a' }))).toEqual({ inserted: false, duplicate: 'label' });
        expect(await all.insert(parcel('b', { weight: 7, place: 'p' }))).toEqual({
          inserted: false,
          duplicate: 'weight-place',
        });
        expect(await all.insert(parcel('b', { weight: 7, place: 'q' }))).toEqual({ inserted: true });
        expect(await all.insert(parcel('c', { weight: 8, place: 'p' }))).toEqual({ inserted: true });
        expect(await idsOf({})).toEqual(['a', 'b', 'c']);
      });

      it('refuses the declaration of a key of a field that need not be there', () => {
        const spec = { ...parcels, name: 'loose', unique: { loose: ['shelf' as const] } };
        expect(() => test.store.collection(spec)).toThrow('is not required');
      });

      it('lets one of 200 win the same id, and one of 200 the same key', async () => {
        const byId = await Promise.all(
          Array.from({ length: 200 }, (_, n) => all.insert(parcel('same', { label: `L${n}` }))),
        );
        expect(byId.filter(({ inserted }) => inserted)).toHaveLength(1);
        const byKey = await Promise.all(
          Array.from({ length: 200 }, (_, n) => all.insert(parcel(`other-${n}`, { label: 'same' }))),
        );
        expect(byKey.filter(({ inserted }) => inserted)).toHaveLength(1);
        expect(byKey.filter((result) => !result.inserted && result.duplicate === 'label')).toHaveLength(199);
        expect(await all.count({})).toBe(2);
      });

      it('keeps a copy: neither what was put in nor what was taken out leads back to it', async () => {
        const tags = ['x'];
        await all.insert(parcel('a', { tags }));
        tags.push('y');
        ((await all.get('a'))!.tags as string[]).push('z');
        ((await all.find({}))[0]!.tags as string[]).push('z');
        expect((await all.get('a'))!.tags).toEqual(['x']);
      });
    });

    describe('find and count', () => {
      beforeEach(async () => {
        await all.insert(parcel('a', { weight: 1, shelf: 'north', tags: ['red', 'small'], sender: { town: 'Żory' } }));
        await all.insert(parcel('b', { weight: 2, shelf: null, tags: ['blue'], sender: { town: 'Łódź', house: 3 } }));
        await all.insert(parcel('c', { weight: 3, sealed: true, stops: [{ town: 'Iława', day: '2024-05-01' }] }));
        await all.insert(
          parcel('d', { weight: 10, sealed: true, shelf: 'south', stops: [{ town: 'Żory' }, { town: 'Iława' }] }),
        );
      });

      const cases: [string, Filter<Parcel>, string[]][] = [
        ['a value', { weight: 2 }, ['b']],
        ['the id', { id: 'c' }, ['c']],
        ['several fields', { sealed: true, weight: 3 }, ['c']],
        ['false', { sealed: false }, ['a', 'b']],
        ['null, which an absent field matches', { shelf: null }, ['b', 'c']],
        ['$in', { weight: { $in: [1, 10, 99] } }, ['a', 'd']],
        ['$in of nothing', { weight: { $in: [] } }, []],
        ['$in of ids', { id: { $in: ['a', 'd', 'x'] } }, ['a', 'd']],
        ['$lt', { weight: { $lt: 3 } }, ['a', 'b']],
        ['$lte', { weight: { $lte: 3 } }, ['a', 'b', 'c']],
        ['$gt', { weight: { $gt: 3 } }, ['d']],
        ['$gte', { weight: { $gte: 3 } }, ['c', 'd']],
        ['both ends', { weight: { $gte: 2, $lt: 10 } }, ['b', 'c']],
        ['$gt, which an absent field never fits', { price: { $gt: -1 } }, []],
        ['the order of texts', { shelf: { $gt: 'north' } }, ['d']],
        ['everything', {}, ['a', 'b', 'c', 'd']],
      ];
      it.each(cases)('finds by %s', async (_what, filter, expected) => {
        expect(await idsOf(filter)).toEqual(expected);
        expect(await all.count(filter)).toBe(expected.length);
      });

      it('counts by the value of a field, of those that fit', async () => {
        await all.insert(parcel('e', { weight: 20, shelf: 'south', place: 'place a' }));
        expect(await all.countBy({}, 'shelf')).toEqual(
          new Map([
            ['north', 1],
            ['south', 2],
          ]),
        );
        expect(await all.countBy({ weight: { $lt: 15 } }, 'shelf')).toEqual(
          new Map([
            ['north', 1],
            ['south', 1],
          ]),
        );
        expect(await all.countBy({ id: { $in: ['b', 'e', 'x'] } }, 'id')).toEqual(
          new Map([
            ['b', 1],
            ['e', 1],
          ]),
        );
        expect(await all.countBy({ id: { $in: [] } }, 'place')).toEqual(new Map());
        await expect(all.countBy({}, 'colour' as 'place')).rejects.toMatchObject({ code: 'storage-misuse' });
      });

      it('sorts and limits; equals, and all without an order, are in the order of their ids', async () => {
        const sorted = async (options: Parameters<typeof all.find>[1]): Promise<string> =>
          (await all.find({}, options)).map(({ id }) => id).join('');
        await all.insert(parcel('0', { weight: 4 }));
        expect(await sorted({})).toBe('0abcd');
        await all.remove({ id: '0' });
        expect(await sorted({ sort: [['weight', 'descending']] })).toBe('dcba');
        const bySeal = [['sealed', 'descending'] as const];
        expect(await sorted({ sort: [...bySeal, ['weight', 'ascending']] })).toBe('cdab');
        expect(await sorted({ sort: [['sealed', 'ascending']] })).toBe('abcd');
        expect(await sorted({ sort: bySeal })).toBe('dcba');
        expect(await sorted({ sort: [['weight', 'ascending']], limit: 2 })).toBe('ab');
        expect(await sorted({ limit: 0 })).toBe('');
        expect((await sorted({ sort: [['shelf', 'ascending']] })).slice(2)).toBe('ad');
      });

      it('refuses a condition that is undefined, rather than taking it for any', async () => {
        const filter = { weight: undefined } as unknown as Filter<Parcel>;
        await expect(all.remove(filter)).rejects.toMatchObject({ code: 'storage-misuse' });
        expect(await all.count({})).toBe(4);
      });

      it.each([
        [{ weight: { $gt: null } }],
        [{ weight: { $where: '1' } }],
        [{ weight: { $ne: 1 } }],
        [{ 'sender.town': 'x' }],
        [{ weight: {} }],
        [{ tags: ['red'] }],
        [{ colour: 'red' }],
        [{ $or: [{ weight: 1 }] }],
      ])('refuses %j', async (filter) => {
        const request = all.find(filter as unknown as Filter<Parcel>);
        await expect(request).rejects.toMatchObject({ code: 'storage-misuse' });
      });
    });

    describe('update of a document that the caller has seen', () => {
      beforeEach(() => all.insert(parcel('a', { weight: 5 })));

      it('works on what get, insert or update gave', async () => {
        const inserted = parcel('s', { weight: 1 });
        await all.insert(inserted);
        const heavier = (one: Parcel) => ({ ...one, weight: one.weight + 1 });
        const second = await all.update('s', heavier, inserted);
        expect(second).toMatchObject({ weight: 2 });
        const third = await all.update('s', heavier, second!);
        const fourth = await all.update('s', heavier, (await all.get('s'))!);
        expect([third, fourth]).toMatchObject([{ weight: 3 }, { weight: 4 }]);
        expect(await all.get('s')).toEqual(fourth);
      });

      it('asks again with what it has become meanwhile, or finds it gone', async () => {
        const seen = (await all.get('a'))!;
        await all.update('a', (one) => ({ ...one, label: 'changed' }));
        const asked: string[] = [];
        const edit = (one: Parcel) => (asked.push(one.label), { ...one, weight: 77 });
        expect(await all.update('a', edit, seen)).toMatchObject({ label: 'changed', weight: 77 });
        expect(asked).toEqual([seen.label, 'changed']);
        await all.remove({ id: 'a' });
        expect(await all.update('a', edit, seen)).toBeNull();
        const stored = parcel('a', { label: 'first' });
        await all.insert(stored);
        await all.remove({ id: 'a' });
        await all.insert({ ...stored, label: 'anew' });
        expect(await all.update('a', edit, stored)).toMatchObject({ label: 'anew', weight: 77 });
      });

      it('takes nothing of the caller for the document', async () => {
        const seen = (await all.get('a'))!;
        const kept = await all.update('a', (one) => ({ ...one, weight: 88 }), { ...seen, label: 'of the caller' });
        expect(kept).toEqual({ ...seen, weight: 88 });
      });

      it('is made once by many who have seen the same', async () => {
        const seen = (await all.get('a'))!;
        const once = (one: Parcel) => (one.weight === seen.weight ? { ...one, weight: one.weight + 100 } : null);
        const all20 = await Promise.all(Array.from({ length: 20 }, () => all.update('a', once, seen)));
        expect(all20.filter((one) => one !== null)).toHaveLength(1);
      });
    });

    describe('update', () => {
      it('puts what the edit makes in the place of the document, and returns it as it then is', async () => {
        await all.insert(parcel('a', { shelf: 'S', price: 4, sender: { town: 'Żory' } }));
        const updated = await all.update('a', ({ shelf, price = 0, ...one }) => ({
          ...one,
          ...{ label: `${shelf} ${price}`, sender: { ...one.sender, house: 5 }, tags: [...one.tags, 'x'] },
        }));
        expect(updated).toEqual(parcel('a', { label: 'S 4', tags: ['x'], sender: { town: 'Żory', house: 5 } }));
        expect(Object.keys(updated!)).not.toContain('price');
        expect(await all.get('a')).toEqual(updated);
      });

      it('leaves a document alone that is not there or that the edit does not want', async () => {
        await all.insert(parcel('a', { weight: 5 }));
        expect(await all.update('b', (one) => ({ ...one, weight: 1 }))).toBeNull();
        expect(await all.update('a', (one) => (one.weight < 5 ? { ...one, weight: 1 } : null))).toBeNull();
        expect(await all.get('a')).toMatchObject({ weight: 5 });
        expect(await all.update('a', (one) => one)).toMatchObject({ weight: 5 });
      });

      it('lets exactly as many of 200 racing changes through as the edit allows', async () => {
        await all.insert(parcel('a', { weight: 0 }));
        const tries = Array.from({ length: 200 }, () =>
          all.update('a', (one) => (one.weight < 50 ? { ...one, weight: one.weight + 1 } : null)),
        );
        const winners = (await Promise.all(tries)).filter((result) => result !== null);
        expect(winners.map(({ weight }) => weight).sort((one, other) => one - other)).toEqual(
          Array.from({ length: 50 }, (_, n) => n + 1),
        );
        expect(await all.get('a')).toMatchObject({ weight: 50 });
      });

      it('lets one of many changes of one revision through', async () => {
        const notes = test.store.collection(notesSpec);
        await notes.insert({ id: 'n', title: 'first', revision: 1 });
        const tries = Array.from({ length: 20 }, (_, n) => updateSeen(notes, 'n', 1, { title: `by ${n}` }));
        const [winner, ...others] = (await Promise.all(tries)).filter((result) => result !== null);
        expect(others).toEqual([]);
        expect(winner).toMatchObject({ revision: 2 });
        expect(await notes.get('n')).toEqual(winner);
        expect(await updateSeen(notes, 'other', 1, { title: 'x' })).toBeNull();
      });

      it('fails on a change that would break a unique key, and changes nothing', async () => {
        await all.insert(parcel('a'));
        await all.insert(parcel('b'));
        const change = all.update('b', (one) => ({ ...one, label: 'label a', weight: 9 }));
        await expect(change).rejects.toMatchObject({
          code: 'duplicate-key',
          message: expect.stringContaining('"label"'),
        });
        expect(await all.get('b')).toEqual(parcel('b'));
        expect(await all.update('a', (one) => ({ ...one, weight: 9 }))).toMatchObject({ weight: 9 });
      });

      it('frees the values of a key that are changed or removed', async () => {
        await all.insert(parcel('a'));
        await all.update('a', (one) => ({ ...one, label: 'x' }));
        expect(await all.insert(parcel('b', { label: 'label a' }))).toEqual({ inserted: true });
        await all.remove({ id: 'a' });
        expect(await all.insert(parcel('c', { label: 'x' }))).toEqual({ inserted: true });
      });

      it('refuses to change the id, and changes nothing', async () => {
        await all.insert(parcel('a'));
        const request = all.update('a', (one) => ({ ...one, id: 'b' }));
        await expect(request).rejects.toMatchObject({ code: 'storage-misuse' });
        expect(await all.find({})).toEqual([parcel('a')]);
      });

      it('passes on what the edit throws, and changes nothing', async () => {
        await all.insert(parcel('a'));
        const request = all.update('a', () => {
          throw new Error('no');
        });
        await expect(request).rejects.toThrow('no');
        expect(await all.get('a')).toEqual(parcel('a'));
      });
    });

    describe('remove', () => {
      it('removes all that fit and says how many', async () => {
        await Promise.all(['a', 'b', 'c'].map((id, weight) => all.insert(parcel(id, { weight }))));
        expect(await all.remove({ weight: { $gte: 1 } })).toBe(2);
        expect(await all.remove({ weight: { $gte: 1 } })).toBe(0);
        expect(await idsOf({})).toEqual(['a']);
        expect(await all.insert(parcel('b'))).toEqual({ inserted: true });
      });

      it('counts every document once when 50 remove the same', async () => {
        await Promise.all(['a', 'b', 'c'].map((id) => all.insert(parcel(id))));
        const counts = await Promise.all(Array.from({ length: 50 }, () => all.remove({ id: { $in: ['a', 'c'] } })));
        expect(counts.reduce((sum, count) => sum + count)).toBe(2);
      });
    });

    describe('the schema', () => {
      it.each([
        ['a wrong type', { weight: '1' }],
        ['a value out of range', { weight: -1 }],
        ['a missing field', { label: undefined }],
        ['an unknown field', { colour: 'red' }],
        ['an unknown field further down', { sender: { street: 'x' } }],
        ['a date, which JSON does not have', { answers: { at: new Date(0) } }],
        ['a number that is none', { answers: { x: Number.NaN } }],
      ])('refuses a document with %s', async (_what, more) => {
        const document = { ...parcel('a'), ...more } as unknown as Parcel;
        await expect(all.insert(document)).rejects.toMatchObject({ code: 'document-invalid' });
        expect(await all.count({})).toBe(0);
      });

      it.each([
        ['sets a wrong type', { weight: 1.5 }],
        ['sets a value out of range', { weight: -1 }],
        ['sets a wrong type further down', { sender: { house: 'x' } }],
        ['sets a wrong value by a reference', { stops: [{ town: 'Żory', day: 'yesterday' }] }],
        ['sets an unknown field', { colour: 'red' }],
        ['takes away what is required', { label: undefined }],
      ])('refuses a change that %s', async (_what, fields) => {
        const before = parcel('a', { stops: [{ town: 'Żory' }] });
        await all.insert(before);
        const change = all.update('a', (one) => ({ ...one, ...fields }) as unknown as Parcel);
        await expect(change).rejects.toMatchObject({ code: 'document-invalid' });
        expect(await all.get('a')).toEqual(before);
      });

      it('names the place but not the value, which may be secret', async () => {
        const document = { ...parcel('a'), sender: { house: 'SECRET' } } as unknown as Parcel;
        const failure = await all.insert(document).catch((error: unknown) => error as Error);
        expect(failure).toMatchObject({ message: expect.stringContaining('/sender/house') });
        expect((failure as Error).message).not.toContain('SECRET');
      });
    });

    describe('keys that are data', () => {
      const odd = [
        'b1.other',
        '$set',
        '$',
        '.',
        '',
        'a$b',
        '50%',
        '%2E',
        '0',
        'żółw',
        'constructor',
        'prototype',
        '__proto__',
        'toString',
        'id',
        '_bsontype',
        'toBSON',
        'two words',
        'a\0b',
        'length',
        'valueOf',
        'hasOwnProperty',
        'toObject',
        'toJSON',
        '$__',
        '_doc',
        '_id',
        '__v',
        'then',
        'buffer',
        'errors',
        'save',
      ];

      it('keeps them as they are, at every depth', async () => {
        const answers = Object.fromEntries(odd.map((key) => [key, { [key]: [{ [key]: key }] }]));
        await all.insert(parcel('a', { answers }));
        const read = (await all.get('a'))!.answers;
        expect(Object.keys(read).sort()).toEqual([...odd].sort());
        expect(read).toEqual(answers);
        await all.update('a', (one) => ({ ...one, answers: { again: answers } }));
        expect((await all.get('a'))!.answers).toEqual({ again: answers });
      });
    });

    it('keeps whatever JSON can say', async () => {
      const anything = fc
        .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }))
        .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>); // without -0
      await fc.assert(
        fc.asyncProperty(anything, async (answers) => {
          await all.remove({});
          await all.insert(parcel('a', { answers: { inserted: answers } }));
          await all.update('a', (one) => ({ ...one, answers: { ...one.answers, set: answers } }));
          expect((await all.get('a'))!.answers).toEqual({ inserted: answers, set: answers });
        }),
        { numRuns: 60 },
      );
    });

    it('keeps texts, numbers and empty things exactly', async () => {
      const answers = {
        texts: ['', ' ', 'Zażółć gęślą jaźń', '👩‍🌾', '\u2028\r\n\t\0', '{"a":1}', '$where', 'e\u0301'],
        numbers: [0, 1, -1, 1.5, 1e21, 2 ** 53 - 1, -(2 ** 31) - 1, 0.1 + 0.2, Number.MIN_VALUE],
        others: [true, false, null, {}, [], [[]], { deep: { empty: {} } }],
        long: 'ż'.repeat(100_000),
      };
      await all.insert(parcel('żółw/ü 1', { answers }));
      await all.update('żółw/ü 1', (one) => ({ ...one, sender: {} }));
      expect(await all.get('żółw/ü 1')).toEqual(parcel('żółw/ü 1', { answers, sender: {} }));
      await all.insert(parcel('half', { answers: { 'x\ud800': 'y\udc00', minus: -0 } }));
      expect((await all.get('half'))!.answers).toEqual({ 'x\ufffd': 'y\ufffd', minus: 0 });
    });

    describe('after a restart', () => {
      it('has everything as it was', async () => {
        await Promise.all(Array.from({ length: 30 }, (_, n) => all.insert(parcel(`p${n}`, { weight: n }))));
        await all.update('p3', (one) => ({ ...one, label: 'changed', tags: ['x'] }));
        await all.remove({ weight: { $lt: 3 } });
        const before = await all.find({}, { sort: [['id', 'ascending']] });
        all = (await test.reopen()).collection(parcels);
        expect(await all.find({}, { sort: [['id', 'ascending']] })).toEqual(before);
        expect(before).toHaveLength(27);
        expect(await all.insert(parcel('new', { label: 'changed' }))).toMatchObject({ duplicate: 'label' });
        expect(await all.update('p3', (one) => ({ ...one, weight: one.weight + 1 }))).toMatchObject({
          weight: 4,
          label: 'changed',
        });
      });

      it('keeps collections apart', async () => {
        const crates: CollectionSpec<Parcel> = { ...parcels, name: 'crates' };
        await all.insert(parcel('a'));
        await test.store.collection(crates).insert(parcel('a', { weight: 2 }));
        const store = await test.reopen();
        expect(await store.collection(crates).get('a')).toMatchObject({ weight: 2 });
        expect(await store.collection(parcels).get('a')).toMatchObject({ weight: 1 });
      });

      it('takes up new unique keys and lets go of old ones', async () => {
        await all.insert(parcel('a', { place: 'p' }));
        const changed = { ...parcels, unique: { place: ['place' as const] } };
        all = (await test.reopen()).collection(changed);
        expect(await all.insert(parcel('b', { label: 'label a' }))).toEqual({ inserted: true });
        expect(await all.insert(parcel('c', { place: 'p' }))).toEqual({ inserted: false, duplicate: 'place' });
      });
    });

    describeParts(() => test);

    it('gives one collection for one declaration, and refuses two declarations of one name', () => {
      expect(test.store.collection(parcels)).toBe(all);
      expect(() => test.store.collection({ ...parcels })).toThrow('declared twice');
    });

    it('finishes what is under way before it closes, and does nothing afterwards', async () => {
      await all.count({});
      const inserts = Array.from({ length: 50 }, (_, n) => all.insert(parcel(`p${n}`)).catch(() => null));
      const closed = test.store.close();
      await expect(all.insert(parcel('late'))).rejects.toMatchObject({ code: 'store-closed' });
      await closed;
      const done = (await Promise.all(inserts)).filter((result) => result?.inserted);
      expect(await (await test.reopen()).collection(parcels).count({})).toBe(done.length);
    });
  });
}
