import { deflateSync } from 'node:zlib';

/** Objects a stream of objects holds: large enough to compress well, small enough to be opened quickly. */
const together = 200;

/**
 * The same PDF in about a third of the bytes. Chromium writes the tag tree, thousands of small objects, as plain text;
 * here they go into compressed object streams (ISO 32000-1, 7.5.7 and 7.5.8). Streams of drawing and fonts are
 * compressed already and stay as they are. A file that is not as Chromium writes it is given back untouched.
 */
export function packPdf(pdf: Buffer): Buffer {
  const found = objectsOf(pdf);
  if (found === null) return pdf;
  const { objects, trailer } = found;
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  let length = parts[0]?.length ?? 0;
  const add = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  // Row of the cross-reference by number of the object: kind, place, index.
  const rows = new Map<number, readonly [number, number, number]>([[0, [0, 0, 65535]]]);
  const small = objects.filter(({ body }) => !isStream(body));
  for (const { id, body } of objects.filter((one) => isStream(one.body))) {
    rows.set(id, [1, length, 0]);
    add(Buffer.concat([Buffer.from(`${id} 0 obj\n`), body, Buffer.from('\nendobj\n')]));
  }
  let next = Math.max(0, ...objects.map(({ id }) => id)) + 1;
  const addStream = (dictionary: string, content: Buffer) => {
    const data = deflateSync(content, { level: 6 });
    const head = `${next} 0 obj\n<<${dictionary} /Filter /FlateDecode /Length ${data.length}>>\nstream\n`;
    add(Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream\nendobj\n')]));
  };
  for (let at = 0; at < small.length; at += together) {
    const held = small.slice(at, at + together);
    let offset = 0;
    const index = held.map(({ id, body }, position) => {
      rows.set(id, [2, next, position]);
      const entry = `${id} ${offset}`;
      offset += body.length + 1;
      return entry;
    });
    const first = Buffer.from(`${index.join(' ')}\n`);
    const contents = held.flatMap(({ body }) => [body, Buffer.from('\n')]);
    rows.set(next, [1, length, 0]);
    addStream(`/Type /ObjStm /N ${held.length} /First ${first.length}`, Buffer.concat([first, ...contents]));
    next += 1;
  }
  const start = length;
  rows.set(next, [1, start, 0]);
  addStream(`/Type /XRef /Size ${next + 1} /W [1 4 2] ${trailer}`, crossReference(rows, next + 1));
  add(Buffer.from(`startxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}

function crossReference(rows: ReadonlyMap<number, readonly [number, number, number]>, size: number): Buffer {
  const table = Buffer.alloc(7 * size);
  for (let id = 0; id < size; id += 1) {
    const [kind, place, index] = rows.get(id) ?? [0, 0, 0];
    table.writeUInt8(kind, 7 * id);
    table.writeUInt32BE(place, 7 * id + 1);
    table.writeUInt16BE(index, 7 * id + 5);
  }
  return table;
}

interface PdfObject {
  readonly id: number;
  /** Between `obj` and `endobj`. */
  readonly body: Buffer;
}

/** All objects of a file with one plain cross-reference table; null where it is anything else. */
function objectsOf(pdf: Buffer): { readonly objects: readonly PdfObject[]; readonly trailer: string } | null {
  const end = pdf.subarray(-64).toString('latin1');
  const start = Number(/startxref\s+(\d+)\s+%%EOF/.exec(end)?.[1] ?? NaN);
  if (!Number.isInteger(start) || start >= pdf.length) return null;
  const table = pdf.subarray(start).toString('latin1');
  const [head, count] = /^xref\s+0 (\d+)\s*\n/.exec(table) ?? [];
  const trailer = /trailer\s*<<([\s\S]*?)>>\s*startxref/.exec(table)?.[1];
  if (head === undefined || trailer === undefined || /\/(Prev|Encrypt|XRefStm)\b/.test(trailer)) return null;
  const entries = Array.from({ length: Number(count) }, (_one, id) => {
    const [, offset, generation, use] =
      /^(\d{10}) (\d{5}) ([nf])/.exec(table.slice(head.length + 20 * id, head.length + 20 * id + 20)) ?? [];
    return { id, offset: Number(offset), generation: Number(generation), used: use === 'n' };
  }).filter(({ used }) => used);
  const order = entries.toSorted((a, b) => a.offset - b.offset);
  const objects: PdfObject[] = [];
  for (const [at, { id, offset, generation }] of order.entries()) {
    const text = pdf.subarray(offset, order[at + 1]?.offset ?? start);
    const opening = `${id} 0 obj`;
    const closing = text.lastIndexOf('endobj');
    if (!text.subarray(0, opening.length).equals(Buffer.from(opening)) || closing < 0 || generation !== 0) return null;
    objects.push({ id, body: trimmed(text.subarray(opening.length, closing)) });
  }
  return { objects, trailer: trailer.replace(/\/Size\s+\d+/, '').replaceAll('\n', ' ') };
}

function isStream(body: Buffer): boolean {
  return body.subarray(-9).toString('latin1') === 'endstream';
}

function trimmed(body: Buffer): Buffer {
  let [start, end] = [0, body.length];
  while (start < end && isSpace(body[start])) start += 1;
  while (end > start && isSpace(body[end - 1])) end -= 1;
  return body.subarray(start, end);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 9 || byte === 10 || byte === 13 || byte === 32;
}
