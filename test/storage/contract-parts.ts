import type { TestStore } from '../support/stores';
import { parcel, parcels, slipsSpec } from './parcels';

/** What both engines promise of collections that are kept in parts. */
export function describeParts(current: () => TestStore): void {
  describe('parts', () => {
    const slips = (part: string) => current().store.collection(slipsSpec, part);
    const slip = (id: string) => ({ id, text: `text of ${id}`, kind: 'k' });

    it('are collections of their own, also for unique keys, and outlive a restart', async () => {
      await slips('one').insert(slip('a'));
      expect(await slips('two').insert(slip('a'))).toEqual({ inserted: true });
      expect(await slips('two').insert({ ...slip('b'), text: 'text of a' })).toEqual({
        inserted: false,
        duplicate: 'text',
      });
      await slips('two').update('a', (one) => ({ ...one, kind: 'other' }));
      await current().reopen();
      expect(await slips('one').find({})).toEqual([slip('a')]);
      expect(await slips('two').count({ kind: 'other' })).toBe(1);
      expect(await current().store.parts()).toEqual(['one', 'two']);
    });

    it('are empty until something is written', async () => {
      expect(await slips('none').get('a')).toBeNull();
      expect(await slips('none').find({})).toEqual([]);
      expect(await slips('none').count({})).toBe(0);
      expect(await slips('none').update('a', (one) => one)).toBeNull();
      expect(await slips('none').remove({})).toBe(0);
    });

    it('are counted together, each on its own', async () => {
      for (const [part, id, kind] of [
        ['one', 'a', 'k'],
        ['one', 'b', 'k'],
        ['one', 'c', 'other'],
        ['two', 'a', 'other'],
        ['gone', 'a', 'k'],
      ] as const) {
        await slips(part).insert({ ...slip(id), kind });
      }
      await current().store.dropPart('gone');
      const counted = await current().store.countByInParts(slipsSpec, ['two', 'one', 'gone'], {}, 'kind');
      expect([...(counted.get('one') ?? [])].sort()).toEqual([['k', 2], ['other', 1]]); // prettier-ignore
      expect([...(counted.get('two') ?? [])]).toEqual([['other', 1]]);
      expect([...(counted.get('gone') ?? [])]).toEqual([]);
      const some = await current().store.countByInParts(slipsSpec, ['one'], { id: { $in: ['a', 'c'] } }, 'kind');
      expect([...(some.get('one') ?? [])].sort()).toEqual([['k', 1], ['other', 1]]); // prettier-ignore
      const misused = expect.objectContaining({ code: 'storage-misuse' }) as Error;
      await expect(current().store.countByInParts(slipsSpec, ['a/b'], {}, 'kind')).rejects.toThrow(misused);
      await expect(current().store.countByInParts(slipsSpec, ['one'], {}, 'none' as 'kind')).rejects.toThrow(misused);
    });

    it('go whole, and nothing else with them', async () => {
      const kept = slips('going');
      await kept.insert(slip('a'));
      await slips('going-on').insert(slip('a'));
      await current().store.collection(parcels).insert(parcel('a'));
      await current().store.dropPart('going');
      await current().store.dropPart('never-there');
      expect(await current().store.parts()).toEqual(['going-on']);
      expect(await slips('going').find({})).toEqual([]);
      expect(await slips('going-on').count({})).toBe(1);
      expect(await current().store.collection(parcels).count({})).toBe(1);
      // Whoever still holds the collection of a part that is gone finds it empty, and may write it anew.
      expect(await kept.find({})).toEqual([]);
      expect(await kept.insert(slip('late'))).toEqual({ inserted: true });
      expect(await slips('going').find({})).toEqual([slip('late')]);
    });

    it('are named where the declaration says so, and nowhere else', () => {
      const refused = expect.objectContaining({ code: 'storage-misuse' }) as Error;
      expect(() => current().store.collection(slipsSpec)).toThrow(refused);
      expect(() => current().store.collection(parcels, 'one')).toThrow(refused);
      for (const part of ['', 'a/b', 'a.b', '"', 'ż', 'x'.repeat(65)]) expect(() => slips(part)).toThrow(refused);
    });
  });

  it('tells whether it can be asked', async () => {
    await current().store.check();
    await current().store.tidy();
    await current().store.check();
    await current().store.close();
    await expect(current().store.check()).rejects.toMatchObject({ code: 'store-closed' });
  });
}
