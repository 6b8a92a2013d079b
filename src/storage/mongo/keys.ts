/**
 * How keys of free maps (such as answers by question code) are stored: MongoDB and mongoose give a meaning to dots,
 * dollars and some names, so these are written as `%` and two hex digits. `b1.other` is stored as `b1%2Eother`; keys of
 * ordinary names stay as they are.
 */
export function withStoredKeys(value: unknown): unknown {
  return mapKeys(value, encodeKey);
}

/** The value again, with its own keys. */
export function withOwnKeys(value: unknown): unknown {
  return mapKeys(value, decodeKey);
}

function mapKeys(value: unknown, map: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapKeys(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [map(key), mapKeys(field, map)]));
}

/** Names that the driver, mongoose or JavaScript itself would take for something else. */
const reserved = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...['prototype', '_bsontype', 'toBSON', 'toJSON', 'toObject'],
]);

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function encodeKey(key: string): string {
  if (key === '') return '%';
  if (reserved.has(key)) return hex(key.charAt(0)) + key.slice(1);
  return key.replace(/[%.$\0]/g, hex);
}

function decodeKey(stored: string): string {
  if (stored === '%') return '';
  return stored.replace(/%([0-9A-F]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
}
