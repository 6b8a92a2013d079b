/** Text is compressed once, as small as it goes, and served as it lies there. */
import { Buffer } from 'node:buffer';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** @returns {{ ending: string, content: Buffer }[]} the same content for browsers that take Brotli, and for the rest */
export function compressed(content) {
  const text = Buffer.from(content);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } };
  return [
    { ending: '.br', content: brotliCompressSync(text, quality) },
    { ending: '.gz', content: gzipSync(text, { level: 9 }) },
  ];
}
