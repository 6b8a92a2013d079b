const directoryEnd = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;

export interface ZipPart {
  /** Path inside the archive. */
  readonly name: string;
  /** As they lie in the archive. */
  readonly bytes: Buffer;
  readonly deflated: boolean;
}

/** The parts of a ZIP archive by its directory (APPNOTE 4.3.12), not unpacked. Throws where it is damaged or cut off. */
export function zipParts(archive: Buffer): ZipPart[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== directoryEnd) throw new RangeError('no directory');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new RangeError('no entry');
    const [method, packedSize] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const header = archive.readUInt32LE(at + 42);
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    if (archive.readUInt32LE(header) !== localHeader) throw new RangeError('no part');
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    return { name, bytes: archive.subarray(start, start + packedSize), deflated: method === 8 };
  });
}
