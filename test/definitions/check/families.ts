import { checkInstrument } from '../../../src/definitions/check/check-instrument';
import { altered, smallInstrument } from '../../support/instruments';

/* eslint-disable @typescript-eslint/no-explicit-any -- broken documents have any shape */

/** One fault: what is changed in a sound document, and all that must be found then. */
export type Case = readonly [
  name: string,
  change: (copy: any) => void,
  expected: readonly (readonly [code: string, pointer: string])[],
];

/** Code and pointer of everything that is wrong with a document. */
export function found(document: unknown): readonly (readonly [string, string])[] {
  return checkInstrument(document).map(({ code, pointer }) => [code, pointer ?? 'none']);
}

/** Every message says how to mend the fault. */
const advice =
  /\b(add|remove|correct|use|give|make|move|must be|keep|leave|did you mean|mark|take|name|choose|bring|compare|write|put|join|change)\b/i;

export function expectAdvice(document: unknown): void {
  for (const { message } of checkInstrument(document)) expect(message).toMatch(advice);
}

/** One test a case: the change and nothing else is found, and the author is told what to do. */
export function family(name: string, cases: readonly Case[], whole: () => unknown = smallInstrument): void {
  describe(name, () => {
    it.each(cases)('%s', (_, change, expected) => {
      const document = altered(whole(), change);
      expect(found(document)).toEqual(expected);
      expectAdvice(document);
    });
  });
}

/** Positions in the bank of `smallInstrument`. */
export const at = { part: 0, a1: 1, a2: 2, b1: 3, b2: 4, comment: 5, c1: 6, c2: 7, barriers: 8, meetings: 9 };

/** Pointer to a question of `smallInstrument`. */
export const q = (code: keyof typeof at): string => `/questions/${at[code]}`;
