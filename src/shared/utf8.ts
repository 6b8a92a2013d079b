/** Bytes as text, or where they stop being UTF-8 and what they look like instead. */
export type Utf8Reading = { readonly text: string } | { readonly line: number; readonly looksLike: string };

const strict = new TextDecoder('utf-8', { fatal: true });

/** Decodes UTF-8; a byte order mark is passed over. Never throws for what the bytes are. */
export function decodeUtf8(bytes: Uint8Array): Utf8Reading {
  const utf16 = utf16Kind(bytes);
  if (utf16 !== null) return { line: 1, looksLike: utf16 };
  try {
    return { text: strict.decode(bytes) };
  } catch {
    const { line, start } = firstBadLine(bytes);
    return { line, looksLike: singleByteKind(bytes.subarray(start)) };
  }
}

/** UTF-16 by its byte order mark, or by the zero bytes that every second one of its Latin letters has. */
function utf16Kind(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'UTF-16 LE';
  if (first === 0xfe && second === 0xff) return 'UTF-16 BE';
  const start = bytes.subarray(0, 200);
  const zerosAt = (parity: number): number => start.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  if (zerosAt(1) > start.length / 4) return 'UTF-16 LE';
  return zerosAt(0) > start.length / 4 ? 'UTF-16 BE' : null;
}

const lineFeed = 10;
const carriageReturn = 13;

/**
 * The line, and the byte it begins with. Lines end with LF, CRLF or CR; no byte of a longer UTF-8 character is one of
 * these, so each line stands alone.
 */
function firstBadLine(bytes: Uint8Array): { readonly line: number; readonly start: number } {
  let line = 1;
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    const ends = byte === lineFeed || (byte === carriageReturn && bytes[at + 1] !== lineFeed);
    if (!ends) continue;
    if (!isUtf8(bytes.subarray(start, at))) return { line, start };
    line += 1;
    start = at + 1;
  }
  return { line, start };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes of ą, ś, ź and their capitals; all other Polish letters are the same byte in both encodings. */
const onlyWindows1250 = new Set([0xb9, 0x9c, 0x9f, 0xa5, 0x8c, 0x8f]);
const onlyLatin2 = new Set([0xb1, 0xb6, 0xbc, 0xa1, 0xa6, 0xac]);

/** The likelier of the two encodings in which old Polish programs save. */
function singleByteKind(bytes: Uint8Array): string {
  const countOf = (letters: ReadonlySet<number>): number => bytes.filter((byte) => letters.has(byte)).length;
  return countOf(onlyLatin2) > countOf(onlyWindows1250) ? 'ISO 8859-2 (Latin-2)' : 'Windows-1250';
}
