import { decodeUtf8 } from '../../src/shared/utf8';

describe('bytes as text', () => {
  it('reads UTF-8 with and without a byte order mark', () => {
    expect(decodeUtf8(Buffer.from('zażółć\n'))).toEqual({ text: 'zażółć\n' });
    expect(decodeUtf8(Buffer.from('\uFEFFzażółć'))).toEqual({ text: 'zażółć' });
    expect(decodeUtf8(Buffer.alloc(0))).toEqual({ text: '' });
  });

  it.each([
    ['Windows-1250', [0x73, 0xb9, 0x73, 0x69, 0x65, 0x64, 0x7a, 0x69]],
    ['ISO 8859-2 (Latin-2)', [0x73, 0xb1, 0x73, 0x69, 0x65, 0x64, 0x7a, 0x69]],
    ['Windows-1250', [0x6d, 0xf3, 0x67, 0xb3]],
  ])('names %s and the line', (looksLike, word) => {
    for (const [lineEnd, lines] of [
      ['\n', 3],
      ['\r\n', 3],
      ['\r', 3],
    ] as const) {
      const head = Buffer.from(`nagłówek${lineEnd}żaba${lineEnd}`);
      const bytes = Buffer.concat([head, Buffer.from(word), Buffer.from(`${lineEnd}koniec`)]);
      expect(decodeUtf8(bytes)).toEqual({ line: lines, looksLike });
    }
  });

  it.each([
    ['UTF-16 LE', Buffer.from('\uFEFFrespondent,group', 'utf16le')],
    ['UTF-16 LE', Buffer.from('respondent,group', 'utf16le')],
    ['UTF-16 BE', Buffer.from('\uFEFFrespondent,group', 'utf16le').swap16()],
  ])('names %s', (looksLike, bytes) => expect(decodeUtf8(bytes)).toEqual({ line: 1, looksLike }));
});
