import { randomBytes, randomUUID } from 'node:crypto';

/** `size` unpredictable bytes; `randomBytes` of node:crypto outside tests. */
export type RandomBytes = (size: number) => Buffer;

/** Makes ids; passed in by compose.ts so that tests can make them predictable. */
export interface Ids {
  /** Random UUID v4: tells nothing of when or in what order it was made. */
  uuid(): string;
  /** A code that people can read aloud and type: lowercase letters and digits without 0, 1, l, o, i. */
  shortCode(length: number): string;
}

const readable = 'abcdefghjkmnpqrstuvwxyz23456789';

export const randomIds: Ids = {
  uuid: () => randomUUID(),
  shortCode: (length) => {
    let code = '';
    while (code.length < length) {
      for (const byte of randomBytes(length * 2)) {
        // Bytes past the last whole multiple would make early letters likelier.
        if (byte < 248 && code.length < length) code += readable.charAt(byte % readable.length);
      }
    }
    return code;
  },
};
