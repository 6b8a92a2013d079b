/**
 * How keys of free maps (such as answers by question code) are stored: MongoDB and mongoose give a meaning to dots,
 * dollars and some names, so these are written as `%` and two hex digits, on both engines alike. `b1.other` is stored
 * as `b1%2Eother`; keys of ordinary names stay as they are. Callers see their own keys again when they read.
 */

const special = /[%.$\0]/g;

/** Names that the driver, mongoose or JavaScript itself would take for something else. */
const reserved = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...['prototype', '_bsontype', 'toBSON', 'toJSON', 'toObject'],
]);

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

export function encodeKey(key: string): string {
  if (key === '') return '%';
  if (reserved.has(key)) return hex(key.charAt(0)) + key.slice(1);
  return key.replace(special, hex);
}

export function decodeKey(stored: string): string {
  if (stored === '%') return '';
  return stored.replace(/%([0-9A-F]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/**
 * The dotted path to a place inside a document, for filters and changes. Needed wherever a key is data, which may hold
 * a dot: `pathTo('answers', 'b1.other')`. A path of plain names may be written by hand: `'answers.b1'`.
 */
export function pathTo(field: string, key: string, ...more: string[]): `${string}.${string}` {
  return `${encodeKey(field)}.${[key, ...more].map(encodeKey).join('.')}`;
}

/** The keys that a path goes through, as callers know them. */
export function keysOf(path: string): string[] {
  return path.split('.').map(decodeKey);
}
