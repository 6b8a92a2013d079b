/** The fonts of the pages: Source Sans 3 cut to what our pages set, one file a weight. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convert } from 'fontverter';
import * as harfbuzz from 'harfbuzzjs';
import subsetFont from 'subset-font';
import { characters } from './characters.mjs';

const weights = ['Regular', 'Semibold', 'It'];

/** Kerning, figures of one width in tables, and marks above letters; small capitals, fractions and the rest go. */
const keptFeatures = ['kern', 'tnum', 'lnum', 'locl', 'mark', 'ccmp'];

/** @returns {Promise<{ name: string, content: Buffer }[]>} one WOFF2 file a weight */
export async function pageFonts(root) {
  const folder = join(root, 'node_modules', 'source-sans', 'WOFF2', 'TTF');
  return Promise.all(
    weights.map(async (weight) => {
      const whole = readFileSync(join(folder, `SourceSans3-${weight}.ttf.woff2`));
      const cut = await subsetFont(whole, characters, {
        targetFormat: 'sfnt',
        keepFeatures: keptFeatures,
        noHinting: true,
      });
      refuseGaps(weight, cut);
      return { name: `fonts/SourceSans3-${weight}.woff2`, content: await convert(cut, 'woff2') };
    }),
  );
}

/** A font that lacks a character says nothing: the browser takes another font in the middle of a word. */
function refuseGaps(weight, font) {
  const held = new Set(new harfbuzz.Face(new harfbuzz.Blob(font), 0).collectUnicodes());
  const missing = [...characters].filter((character) => !held.has(character.codePointAt(0)));
  if (missing.length > 0) {
    throw new Error(
      `Source Sans 3 ${weight} has no ${missing.join(' ')}: take them out of scripts/build/characters.mjs.`,
    );
  }
}
