import { createHash } from 'node:crypto';

/** A JSON value as text with the keys of every object sorted: equal for equal content, however it was laid out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** The hash that a round pins: SHA-256 of the canonical JSON, in hex. */
export function hashOf(document: unknown): string {
  return createHash('sha256').update(canonicalJson(document), 'utf8').digest('hex');
}
