import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logosOf } from '../src/logos';
import { posterHtml } from '../src/handouts/poster';

const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>';

describe("the partners' logos", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lijw-logos-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are none where no folder is set', async () => {
    expect(await logosOf({ logosDir: null })).toEqual([]);
  });

  it('stand in the order of their files, named without the number, and reach what is printed', async () => {
    writeFileSync(join(folder, '2 Rada Zmyślona.svg'), picture);
    writeFileSync(join(folder, '1. Fundacja Przykładowa.svg'), picture);
    writeFileSync(join(folder, '.DS_Store'), 'left by a file manager');
    const logos = await logosOf({ logosDir: folder });
    expect(logos.map(({ name }) => name)).toEqual(['Fundacja Przykładowa', 'Rada Zmyślona']);
    const html = posterHtml({
      ...{ language: 'pl', unitName: 'Gmina Zmyślona', groupName: null, minutes: 10, k: 5, closesOn: '2026-03-31' },
      address: { shown: 'lijw.example.org/survey/abcd2345', link: 'https://lijw.example.org/survey/abcd2345' },
      logos,
    });
    for (const { name, image } of logos)
      expect(html).toContain(`src="${image.replaceAll('=', '&#x3D;')}" alt="${name}"`);
  });

  it.each([
    ['a file that is no picture', 'notes.txt', 'words', 'is no .svg'],
    ['a file that is too large', 'big.png', 'x'.repeat(200_001), 'more than 200 kB'],
  ])('of %s are refused with its name', async (_what, file, content, why) => {
    writeFileSync(join(folder, file), content);
    await expect(logosOf({ logosDir: folder })).rejects.toMatchObject({
      code: 'logos-unreadable',
      message: expect.stringContaining(why) as string,
    });
    await expect(logosOf({ logosDir: folder })).rejects.toThrow(file);
  });

  it('say so where the folder cannot be read', async () => {
    await expect(logosOf({ logosDir: join(folder, 'none') })).rejects.toThrow('cannot be read');
  });
});
