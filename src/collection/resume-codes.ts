import { createHmac, hkdfSync, scrypt, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import type { RandomBytes } from '../shared/ids';
import { createTurns } from '../shared/turns';
import { readValues, valuesOf, written } from './code';
import type { InstallationKey } from './installation-key';

/**
 * The code by which a respondent goes on with a draft elsewhere: fifteen characters of base 32, twelve by chance (60
 * bits) and three that check them.
 *
 * The check is a hash under the installation key. It finds slips of typing, and whoever guesses has to hit it first,
 * once in 32,768 times, before a guess costs us anything: 10,000 guesses cost less than one of the derivations below.
 * Who steals the store and the key is no nearer to a code than who steals the store.
 */
export type ResumeCode = string & { readonly isResumeCode: true };

const drawn = 12;
const checks = 3;
export const resumeCodeLength = drawn + checks;

/** scrypt with 64 MiB (128 · N · r): 0.2 s for each guess of somebody with a copy of the store. */
export const usualResumeCost: ScryptOptions = { N: 65_536, r: 8, p: 1 };
/** Memory for so many derivations at a time; a roomful of people is through in seconds. */
const atOnce = 2;
const mostWaiting = 300;

/** What a code opens: where the draft lies, and its key. */
export interface ResumeKeys {
  readonly id: string;
  readonly key: Buffer;
}

export interface ResumeCodes {
  /** A failure where other processes work under another installation key. */
  draw(roundId: string): Promise<ResumeCode>;
  /** What somebody has typed; `malformed` where it has not fifteen letters and digits, null where it cannot be a code. */
  read(roundId: string, typed: string): ResumeCode | 'malformed' | null;
  /**
   * Derives what the code opens. Codes take turns, each in a lane of its own, and the same code is derived once for all
   * who ask at the time, so that whoever tries one code again and again keeps nobody with another waiting.
   */
  keysOf(roundId: string, code: ResumeCode): Promise<ResumeKeys | 'turned-away'>;
}

const derive = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);

export function createResumeCodes(deps: {
  randomBytes: RandomBytes;
  key: InstallationKey;
  cost: ScryptOptions;
}): ResumeCodes {
  const { randomBytes, key, cost } = deps;
  const { secret } = key;
  const turns = createTurns(mostWaiting, atOnce);
  const underWay = new Map<string, Promise<ResumeKeys | 'turned-away'>>();
  const maxmem = 160 * (cost.N ?? 0) * (cost.r ?? 0);

  function checkOf(roundId: string, values: readonly number[]): number[] {
    return valuesOf(
      createHmac('sha256', secret)
        .update(`resume ${roundId} ${written(values)}`)
        .digest(),
      checks,
    );
  }

  /** The round's id is random and known to nobody else's table of guesses: it is the salt. */
  async function deriveKeys(roundId: string, code: ResumeCode): Promise<ResumeKeys> {
    const bits = await derive(code.slice(0, drawn), `lijw resume ${roundId}`, 32, { ...cost, maxmem });
    const part = (purpose: string) => Buffer.from(hkdfSync('sha256', bits, '', purpose, 32));
    return { id: part('lijw resume id').toString('base64url'), key: part('lijw resume key') };
  }

  return {
    async draw(roundId) {
      await key.assertOurs();
      const values = valuesOf(randomBytes(drawn), drawn);
      return written([...values, ...checkOf(roundId, values)]) as ResumeCode;
    },

    read(roundId, typed) {
      const values = readValues(typed, resumeCodeLength);
      if (values === null) return 'malformed';
      const check = checkOf(roundId, values.slice(0, drawn));
      return written(check) === written(values.slice(drawn)) ? (written(values) as ResumeCode) : null;
    },

    keysOf(roundId, code) {
      const lane = `${roundId} ${code}`;
      const begun = underWay.get(lane);
      if (begun) return begun;
      const keys = turns.run(lane, () => deriveKeys(roundId, code)).finally(() => underWay.delete(lane));
      underWay.set(lane, keys);
      return keys;
    },
  };
}

/** As it is shown: three groups of five, `7K3M9-Q2TXB-4DM2P`. */
export function shownResumeCode(code: ResumeCode): string {
  return code.replace(/(.{5})(?=.)/g, '$1-');
}
