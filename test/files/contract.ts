import { attachedFilesSpec, createAttachedFiles, mostFiles, type AttachedFiles } from '../../src/files/attached-files';
import { filePiecesSpec } from '../../src/files/pieces';
import { isRefusal } from '../../src/shared/errors';
import { randomIds } from '../../src/shared/ids';
import { allowed } from '../support/builders';
import type { TestStore } from '../support/stores';

const pdf = (words: string): Buffer => Buffer.from(`%PDF-1.7\n${words}`);

async function bytesOf(files: AttachedFiles, owner: string, id: string): Promise<string> {
  const file = await files.get(owner, id);
  const pieces: Buffer[] = [];
  for await (const piece of files.read(file!)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** What both engines promise of attached files. */
export function describeAttachedFiles(name: string, newStore: () => Promise<TestStore>): void {
  describe(name, () => {
    let data: TestStore;
    let now: Date;
    let files: AttachedFiles;
    beforeEach(async () => {
      data = await newStore();
      now = new Date('2026-03-16T12:00:00Z');
      files = createAttachedFiles({ store: data.store, clock: () => now, ids: randomIds });
    });
    afterEach(() => data.dispose());

    it('keeps a file larger than a piece byte by byte, for another process too', async () => {
      const words = 'Uchwała w sprawie współpracy '.repeat(20_000);
      const { id } = allowed(await files.attach('one', { name: 'Uchwała nr 5.pdf', content: pdf(words) }, 'anna'));
      const other = createAttachedFiles({ store: await data.reopen(), clock: () => now, ids: randomIds });
      expect(await bytesOf(other, 'one', id)).toBe(`%PDF-1.7\n${words}`);
      expect(await other.ofOwner('one')).toMatchObject([
        { name: 'Uchwała nr 5.pdf', type: 'application/pdf', addedBy: 'anna', addedAt: '2026-03-16T12:00:00.000Z' },
      ]);
    });

    it('gives a file to its owner only, and leaves nothing of a removed one', async () => {
      const { id } = allowed(await files.attach('one', { name: 'a.pdf', content: pdf('a') }, 'anna'));
      expect(await files.get('two', id)).toBeNull();
      await files.remove('two', id);
      expect(await files.ofOwner('one')).toHaveLength(1);
      await files.remove('one', id);
      expect(await files.get('one', id)).toBeNull();
      expect(await data.store.collection(filePiecesSpec).count({})).toBe(0);
    });

    it('keeps the same file once, and stops two who pass the limit at a time', async () => {
      const first = allowed(await files.attach('one', { name: 'a.pdf', content: pdf('a') }, 'anna'));
      expect(await files.attach('one', { name: 'a.pdf', content: pdf('a') }, 'adam')).toEqual(first);
      for (let number = 2; number < mostFiles; number += 1) {
        allowed(await files.attach('one', { name: `${number}.pdf`, content: pdf(`${number}`) }, 'anna'));
      }
      const last = await Promise.all(
        ['x', 'y', 'z'].map((one) => files.attach('one', { name: `${one}.pdf`, content: pdf(one) }, one)),
      );
      expect(last.filter((one) => isRefusal(one)).map((one) => isRefusal(one) && one.refused)).toEqual([
        'file-too-many',
        'file-too-many',
      ]);
      expect(await files.ofOwner('one')).toHaveLength(mostFiles);
    });

    it('shows nobody a file that was cut off, and tidies it away a day later', async () => {
      const { id } = allowed(await files.attach('one', { name: 'a.pdf', content: pdf('a') }, 'anna'));
      await data.store.collection(attachedFilesSpec).update(id, (file) => ({ ...file, whole: false }));
      expect(await files.ofOwner('one')).toEqual([]);
      await files.tidy();
      expect(await data.store.collection(filePiecesSpec).count({})).toBe(1);
      now = new Date('2026-03-17T12:00:01Z');
      await files.tidy();
      expect(await data.store.collection(filePiecesSpec).count({})).toBe(0);
    });
  });
}
