import { inflateRawSync } from 'node:zlib';

const directoryEnd = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;

/**
 * Whether all parts of a ZIP archive together have at most so many bytes once unpacked: a few kilobytes can be made to
 * fill the memory. Sizes that the archive gives of itself are not believed; false also where it is damaged.
 */
export function unpacksWithin(archive: Buffer, most: number): boolean {
  try {
    let left = most;
    for (const packed of partsOf(archive)) {
      left -= packed.deflated ? inflateRawSync(packed.bytes, { maxOutputLength: left }).length : packed.bytes.length;
      if (left <= 0) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Throws where the archive is cut off. */
function partsOf(archive: Buffer): { readonly bytes: Buffer; readonly deflated: boolean }[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== directoryEnd) throw new RangeError('no directory');
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new RangeError('no entry');
    const [method, packedSize] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const header = archive.readUInt32LE(at + 42);
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    if (archive.readUInt32LE(header) !== localHeader) throw new RangeError('no part');
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    return { bytes: archive.subarray(start, start + packedSize), deflated: method === 8 };
  });
}
