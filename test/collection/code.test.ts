import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { codeFrom, newCode, readCode, shownCode } from '../../src/collection/code';

const codes = fc.uint8Array({ minLength: 11, maxLength: 11 }).map((bytes) => codeFrom(Buffer.from(bytes)));

it('a code comes back as it is shown, read aloud or typed carelessly', () => {
  fc.assert(
    fc.property(codes, (code) => {
      expect(readCode(shownCode(code))).toBe(code);
      expect(readCode(` ${shownCode(code).toLowerCase().replaceAll('-', ' – ')}. `)).toBe(code);
      expect(readCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
    }),
  );
});

it('one wrong character, or two neighbours in the wrong order, is never another code', () => {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  fc.assert(
    fc.property(codes, fc.nat(11), fc.nat(31), (code, place, value) => {
      const wrong = code.slice(0, place) + alphabet.charAt(value) + code.slice(place + 1);
      expect(readCode(wrong)).toBe(wrong === code ? code : null);
      const turned = code.slice(0, place) + code.charAt(place + 1) + code.charAt(place) + code.slice(place + 2);
      if (place < 11) expect(readCode(turned)).toBe(turned === code ? code : null);
    }),
  );
});

it('is drawn evenly from 2 to the 55 of them', () => {
  const drawn = Array.from({ length: 2_000 }, () => newCode(randomBytes));
  expect(new Set(drawn).size).toBe(2_000);
  const counts = new Map<string, number>();
  for (const code of drawn) for (const one of code.slice(0, 11)) counts.set(one, (counts.get(one) ?? 0) + 1);
  // 22,000 characters of 32: 687.5 each, with a standard deviation of 25.8.
  expect(counts.size).toBe(32);
  for (const count of counts.values()) expect(Math.abs(count - 687.5)).toBeLessThan(6 * 25.8);
});

it.each(['', '7K3M', 'zażółć gęślą', '7K3M-9Q2T-XB4U', '0'.repeat(13)])('%j is no code', (typed) => {
  expect(readCode(typed)).toBeNull();
});
