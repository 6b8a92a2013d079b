import { scrypt, timingSafeEqual } from 'node:crypto';
import { Failure } from '../shared/errors';

/** `size` unpredictable bytes. */
type RandomBytes = (size: number) => Buffer;

/** Cost of scrypt: 128·N·r bytes of memory. */
export interface PasswordCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP's first choice for scrypt: 128 MiB and some tenths of a second a try; `turns.ts` keeps crowds from it. */
export const usualCost: PasswordCost = { N: 2 ** 17, r: 8, p: 1 };
const keyBytes = 32;

/** `scrypt$N$r$p$salt$key`, salt and key in base64url: carries its cost, so that it can be raised later. */
export async function hashPassword(
  password: string,
  randomBytes: RandomBytes,
  cost: PasswordCost = usualCost,
): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Compares in constant time; a text that is no hash of ours is a failure. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [kind, N, r, p, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) {
    throw new Failure('password-hash-damaged', 'A stored password hash cannot be read.');
  }
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** A hash no password fits, at the same cost: what unknown users are compared with. */
export function unmatchable(cost: PasswordCost = usualCost): string {
  return ['scrypt', cost.N, cost.r, cost.p, 'A'.repeat(22), 'A'.repeat(43)].join('$');
}

function derive(password: string, salt: Buffer, { N, r, p }: PasswordCost): Promise<Buffer> {
  return new Promise<Buffer>((resolve, reject) => {
    // Composed form: the same letter typed on two keyboards may come as one code point or as two.
    scrypt(password.normalize('NFC'), salt, keyBytes, { N, r, p, maxmem: 160 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
