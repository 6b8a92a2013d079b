import type { Collection, CollectionSpec, Store, Stored } from '../../src/storage/port';
import type { TestStore } from '../support/stores';

/** What both engines promise of documents that an older or newer version of the program has written. */
export function describeMigrations(current: () => TestStore): void {
  describe('migrations', () => {
    interface Note extends Stored {
      readonly title: string;
      readonly words?: number;
    }
    const old: CollectionSpec<Stored & { readonly name: string }> = {
      name: 'notes',
      schema: { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } },
    };
    const present: CollectionSpec<Note> = {
      name: 'notes',
      schema: {
        type: 'object',
        required: ['id', 'title'],
        additionalProperties: false,
        properties: { id: { type: 'string' }, title: { type: 'string' }, words: { type: 'integer' } },
      },
      unique: { title: ['title'] },
      migrations: [
        ({ name: title, ...rest }) => ({ ...rest, title }),
        (note) => ({ ...note, words: String(note.title).split(' ').length }),
      ],
    };

    async function restartWith<Doc extends Stored>(spec: CollectionSpec<Doc>): Promise<Collection<Doc>> {
      const store: Store = await current().reopen();
      return store.collection(spec);
    }

    it('brings older documents to the present version before anything looks at them', async () => {
      const before = current().store.collection(old);
      await Promise.all(Array.from({ length: 250 }, (_, n) => before.insert({ id: `n${n}`, name: `note ${n}` })));
      const notes = await restartWith(present);
      expect(await notes.find({ title: 'note 7' })).toEqual([{ id: 'n7', title: 'note 7', words: 2 }]);
      expect(await notes.count({ words: 2 })).toBe(250);
      expect(await notes.update('n8', { inc: { words: 1 } }, { words: 2 })).toMatchObject({ words: 3 });
      expect(await notes.insert({ id: 'x', title: 'note 9' })).toMatchObject({ duplicate: 'title' });
      const again = await restartWith({ ...present, migrations: present.migrations!.map(() => () => ({})) });
      expect(await again.get('n8')).toEqual({ id: 'n8', title: 'note 8', words: 3 });
    });

    it('starts from the version that a document has', async () => {
      const middle = { ...present, migrations: present.migrations!.slice(0, 1) };
      await current().store.collection(middle).insert({ id: 'n', title: 'a b c' });
      expect(await (await restartWith(present)).get('n')).toEqual({ id: 'n', title: 'a b c', words: 3 });
    });

    it('refuses documents of a version that it does not know', async () => {
      await current().store.collection(present).insert({ id: 'n', title: 'from the future' });
      const notes = await restartWith({ ...present, migrations: present.migrations!.slice(0, 1) });
      const refusal = { code: 'document-too-new', message: expect.stringContaining('"notes"') };
      await expect(notes.get('n')).rejects.toMatchObject(refusal);
      await expect(notes.find({})).rejects.toMatchObject(refusal);
      await expect(notes.update('n', { set: { title: 'past' } })).rejects.toMatchObject(refusal);
      await expect(notes.insert({ id: 'm', title: 'another' })).rejects.toMatchObject(refusal);
      expect(await (await restartWith(present)).find({})).toEqual([{ id: 'n', title: 'from the future' }]);
    });

    it('fails on a migration whose result does not fit the schema, and leaves the document as it was', async () => {
      await current().store.collection(old).insert({ id: 'n', name: 'kept' });
      const notes = await restartWith({ ...present, migrations: [(note) => note] });
      await expect(notes.get('n')).rejects.toMatchObject({ code: 'document-invalid' });
      expect(await (await restartWith(old)).get('n')).toEqual({ id: 'n', name: 'kept' });
    });
  });
}
