import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Source Sans 3, one whole file per weight: split files break Polish words apart in the PDF's text. */
const faces = [
  { file: 'Regular', weight: 400, style: 'normal' },
  { file: 'It', weight: 400, style: 'italic' },
  { file: 'Semibold', weight: 600, style: 'normal' },
  { file: 'Bold', weight: 700, style: 'normal' },
];

let css: string | null = null;

/** `@font-face` rules that carry the font itself: a print reaches neither files nor the network. */
export function fontFaces(): string {
  if (css !== null) return css;
  const folder = join(dirname(require.resolve('source-sans/package.json')), 'WOFF2', 'TTF');
  css = faces
    .map(({ file, weight, style }) => {
      const data = readFileSync(join(folder, `SourceSans3-${file}.ttf.woff2`)).toString('base64');
      return `@font-face{font-family:'Source Sans 3';font-weight:${weight};font-style:${style};src:url(data:font/woff2;base64,${data}) format('woff2')}`;
    })
    .join('\n');
  return css;
}
