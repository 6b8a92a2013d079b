import { zipParts } from '../shared/zip-parts';

/** What may be attached: each kind is known by the ending of its name and by its content, which have to agree. */
interface FileKind {
  /** Media type that it is given out with. */
  readonly type: string;
  readonly is: (content: Buffer) => boolean;
}

const begins =
  (...bytes: readonly number[]) =>
  (content: Buffer): boolean =>
    content.subarray(0, bytes.length).equals(Buffer.from(bytes));

/** An office document of this main part; one with macros is none, whatever its name says. */
const officeWith =
  (part: string) =>
  (content: Buffer): boolean => {
    const names = namesIn(content);
    return names.includes(part) && !names.some((name) => name.endsWith('vbaProject.bin'));
  };

/** An OpenDocument file says its type in its first part, not packed (OpenDocument 1.3 part 2, 3.3). */
const openDocumentOf =
  (type: string) =>
  (content: Buffer): boolean =>
    begins(0x50, 0x4b, 0x03, 0x04)(content) &&
    content.toString('latin1', 30, 38 + type.length) === `mimetype${type}` &&
    namesIn(content).includes('content.xml');

const openXml = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';
const isJpeg = begins(0xff, 0xd8, 0xff);

const kinds: Readonly<Record<string, FileKind>> = {
  pdf: { type: 'application/pdf', is: (content) => content.subarray(0, 1024).includes('%PDF-') },
  docx: { type: `${openXml}.wordprocessingml.document`, is: officeWith('word/document.xml') },
  xlsx: { type: `${openXml}.spreadsheetml.sheet`, is: officeWith('xl/workbook.xml') },
  odt: { type: `${openDocument}.text`, is: openDocumentOf(`${openDocument}.text`) },
  ods: { type: `${openDocument}.spreadsheet`, is: openDocumentOf(`${openDocument}.spreadsheet`) },
  csv: { type: 'text/csv', is: isPlainText },
  png: { type: 'image/png', is: begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  jpg: { type: 'image/jpeg', is: isJpeg },
  jpeg: { type: 'image/jpeg', is: isJpeg },
};

/** Endings of the files that are taken, without a dot. */
export const fileEndings: readonly string[] = Object.keys(kinds);

/** The media type of a file; null where it is not taken, or its content is not what its name says. */
export function mediaTypeOf(name: string, content: Buffer): string | null {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const kind = Object.hasOwn(kinds, ending) ? kinds[ending] : undefined;
  return kind?.is(content) === true ? kind.type : null;
}

function namesIn(content: Buffer): readonly string[] {
  try {
    return zipParts(content).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** In whatever code page: text has no control characters but those that part fields and lines, and no markup. */
function isPlainText(content: Buffer): boolean {
  const isText = content.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
  return (
    isText &&
    !/^\s*</.test(
      content
        .subarray(0, 512)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    )
  );
}
