import { deflateRawSync } from 'node:zlib';
import { mediaTypeOf } from '../../src/files/file-kinds';
import { cleanFileName } from '../../src/files/file-name';

/** A ZIP archive of these parts, the first of them not packed. */
function zip(parts: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [index, [name, text]] of Object.entries(parts).entries()) {
    const method = index === 0 ? 0 : 8;
    const bytes = method === 0 ? Buffer.from(text) : deflateRawSync(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(Buffer.byteLength(text), 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const entry = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), bytes]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), common, tail, Buffer.from(name)]));
    local.push(entry);
    at += entry.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...local, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}

const odt = 'application/vnd.oasis.opendocument.text';
const docx = zip({ '[Content_Types].xml': '<a/>', 'word/document.xml': '<w/>' });
const xlsx = zip({ '[Content_Types].xml': '<a/>', 'xl/workbook.xml': '<w/>' });
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
const jpg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

test.each([
  ['uchwala.PDF', Buffer.from('%PDF-1.4 '), 'application/pdf'],
  ['a.docx', docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['a.xlsx', xlsx, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['a.odt', zip({ mimetype: odt, 'content.xml': '<o/>' }), odt],
  ['a.csv', Buffer.from('\uFEFFrok;kwota\r\n2025;12,5\r\n'), 'text/csv'],
  ['a.csv', Buffer.from([0x77, 0xf3, 0x6a, 0x74, 0x3b, 0x31]), 'text/csv'],
  ['a.png', png, 'image/png'],
  ['a.jpeg', jpg, 'image/jpeg'],
])('%s is taken', (name, content, type) => {
  expect(mediaTypeOf(name, content)).toBe(type);
});

test.each([
  ['a page that calls itself a PDF', 'a.pdf', Buffer.from('<html><script>alert(1)</script>')],
  ['a page that calls itself a table', 'a.csv', Buffer.from('\uFEFF \n<html>')],
  ['a program that calls itself a table', 'a.csv', Buffer.from([0x4d, 0x5a, 0x90, 0x00])],
  ['a spreadsheet that calls itself a text', 'a.docx', xlsx],
  ['a text with macros', 'a.docx', zip({ a: '', 'word/document.xml': '<w/>', 'word/vbaProject.bin': 'x' })],
  ['a text of another kind', 'a.ods', zip({ mimetype: odt, 'content.xml': '<o/>' })],
  ['an archive cut in two', 'a.docx', docx.subarray(0, docx.length / 2)],
  ['a picture that is a page', 'a.svg', Buffer.from('<svg onload="alert(1)"/>')],
  ['a second ending', 'a.pdf.html', Buffer.from('%PDF-1.4')],
  ['no ending', 'pdf', Buffer.from('%PDF-1.4')],
])('%s is refused', (_why, name, content) => {
  expect(mediaTypeOf(name, content)).toBeNull();
});

test.each([
  ['C:\\Dokumenty\\Uchwała.pdf', 'Uchwała.pdf'],
  ['../../etc/passwd.pdf', 'passwd.pdf'],
  ['.ukryty.pdf', 'ukryty.pdf'],
  ['a\u202Efdp.exe\r\n.pdf', 'afdp.exe .pdf'],
  ['rok: "2025"?.pdf', 'rok_ _2025__.pdf'],
  [`${'ż'.repeat(300)}.pdf`, `${'ż'.repeat(116)}.pdf`],
])('the name %j is kept as %j', (given, kept) => {
  expect(cleanFileName(given)).toBe(kept);
});
