import { inflateRawSync } from 'node:zlib';
import { zipParts } from '../../../shared/zip-parts';

/**
 * Whether all parts of a ZIP archive together have at most so many bytes once unpacked: a few kilobytes can be made to
 * fill the memory. Sizes that the archive gives of itself are not believed; false also where it is damaged.
 */
export function unpacksWithin(archive: Buffer, most: number): boolean {
  try {
    let left = most;
    for (const packed of zipParts(archive)) {
      left -= packed.deflated ? inflateRawSync(packed.bytes, { maxOutputLength: left }).length : packed.bytes.length;
      if (left <= 0) return false;
    }
    return true;
  } catch {
    return false;
  }
}
