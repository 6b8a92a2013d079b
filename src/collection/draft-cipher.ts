import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { Failure } from '../shared/errors';
import type { RandomBytes } from '../shared/ids';

const secretBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** The round and 256 random bits in base64url. Only the respondent holds it; the server keeps nothing of the bits. */
export function newToken(roundId: string, randomBytes: RandomBytes): string {
  return `${roundId}.${randomBytes(secretBytes).toString('base64url')}`;
}

/** The round that a token is for; null where it is no token. */
export function roundOfToken(value: string): string | null {
  return /^([A-Za-z0-9-]{1,64})\.[A-Za-z0-9_-]{43}$/.exec(value)?.[1] ?? null;
}

/** Where the draft of this token lies. HKDF does not run backwards: the id opens nothing. */
export function draftIdOf(token: string): string {
  return derived(token, 'lijw draft id').toString('hex');
}

/** The key that locks the key of a draft for the holder of its token. */
export function keyOfToken(token: string): Buffer {
  return derived(token, 'lijw draft key');
}

/** AES-256-GCM: nonce, tag and text in base64url. `place` is authenticated too. */
export function encrypt(key: Buffer, place: string, plain: string, randomBytes: RandomBytes): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
}

/** The text again; a box that was changed, moved or made under another key is a failure. */
export function decrypt(key: Buffer, place: string, box: string): string {
  const bytes = Buffer.from(box, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    const text = decipher.update(bytes.subarray(nonceBytes + tagBytes));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Failure('draft-damaged', 'A stored draft cannot be read with its key.', { cause });
  }
}

/** A key, locked with another one: for the holder of either the draft's token or its code. */
export function lockKey(lock: Buffer, place: string, key: Buffer, randomBytes: RandomBytes): string {
  return encrypt(lock, `key ${place}`, key.toString('base64url'), randomBytes);
}

export function unlockKey(lock: Buffer, place: string, box: string): Buffer {
  return Buffer.from(decrypt(lock, `key ${place}`, box), 'base64url');
}

/** An id in the shape of a random UUID, always the same for one key and name; without the key it links to nothing. */
export function uuidFrom(key: string, name: string): string {
  const bytes = createHmac('sha256', Buffer.from(key, 'base64url')).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * HKDF-SHA256 (RFC 5869) without a salt, of one block: what `hkdfSync` gives, at a fifth of its price, since every
 * request of a respondent derives twice.
 */
function derived(token: string, purpose: string): Buffer {
  const secret = token.slice(token.lastIndexOf('.') + 1);
  const key = createHmac('sha256', '').update(Buffer.from(secret, 'base64url')).digest();
  return createHmac('sha256', key).update(`${purpose}\x01`).digest();
}
