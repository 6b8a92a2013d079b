import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { remembered } from '../../shared/remember';

/** The faces that charts are written in. */
export type Face = 'Regular' | 'Semibold' | 'It';

/** Widths of one face's letters, in thousandths of its size. */
interface Widths {
  readonly of: (codePoint: number) => number;
}

/**
 * How wide a text is in Source Sans 3, in pixels, from the tables of the font itself. Pairs of letters that move closer
 * are left out: less than a hundredth of a line.
 */
export function textWidth(text: string, face: Face, size: number): number {
  const widths = widthsOf(face);
  let sum = 0;
  for (const letter of text) sum += widths.of(letter.codePointAt(0) ?? 32);
  return (sum * size) / 1000;
}

const widthsOf = remembered(readWidths, (face) => face);

/** Reads the tables `cmap` (format 4: letter → glyph), `hmtx` (glyph → width) and what belongs to them. */
function readWidths(face: Face): Widths {
  const file = join(dirname(require.resolve('source-sans/package.json')), 'TTF', `SourceSans3-${face}.ttf`);
  const font = readFileSync(file);
  const tables = new Map<string, number>();
  for (let at = 12, left = font.readUInt16BE(4); left > 0; left -= 1, at += 16) {
    tables.set(font.toString('latin1', at, at + 4), font.readUInt32BE(at + 8));
  }
  const table = (name: string) => {
    const start = tables.get(name);
    if (start === undefined) throw new Error(`${file} has no table ${name}.`);
    return start;
  };
  const unitsPerEm = font.readUInt16BE(table('head') + 18);
  const metrics = font.readUInt16BE(table('hhea') + 34);
  const map = unicodeMap(font, table('cmap'));
  const segments = font.readUInt16BE(map + 6) / 2;
  const glyphOf = (code: number): number => {
    for (let one = 0; one < segments; one += 1) {
      const at = (part: number) => map + 14 + part * 2 * segments + (part > 0 ? 2 : 0) + 2 * one;
      if (code > font.readUInt16BE(at(0))) continue;
      const start = font.readUInt16BE(at(1));
      if (code < start) return 0;
      const [delta, offset] = [font.readUInt16BE(at(2)), font.readUInt16BE(at(3))];
      if (offset === 0) return (code + delta) % 65536;
      return (font.readUInt16BE(at(3) + offset + 2 * (code - start)) + delta) % 65536;
    }
    return 0;
  };
  return {
    of: remembered(
      (code: number) =>
        (1000 * font.readUInt16BE(table('hmtx') + 4 * Math.min(glyphOf(code), metrics - 1))) / unitsPerEm,
      String,
    ),
  };
}

/** Where the map for the letters of Unicode's first plane begins. */
function unicodeMap(font: Buffer, cmap: number): number {
  for (let one = 0; one < font.readUInt16BE(cmap + 2); one += 1) {
    const start = cmap + font.readUInt32BE(cmap + 4 + 8 * one + 4);
    if (font.readUInt16BE(start) === 4) return start;
  }
  throw new Error('The font has no map of format 4.');
}
