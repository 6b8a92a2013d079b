import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** Files whose words our pages set: locales, instruments and programmes, views. */
function textsUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ['.json', '.hbs'].includes(extname(entry.name)))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

describe('the font of the pages', () => {
  it('holds every character of our own words', async () => {
    const { characters } = (await import('../../scripts/build/characters.mjs')) as { characters: string };
    const words = ['src/locales', 'survey-definitions', 'views'].flatMap(textsUnder).join('');
    const missing = [...new Set(words)].filter((one) => one >= ' ' && !characters.includes(one));
    expect(missing).toEqual([]);
  });
});
