import type { Instrument } from '../definitions/instrument';

/** An instrument with the hash of its content, as the registry holds it. */
export interface KnownInstrument {
  readonly instrument: Instrument;
  /** SHA-256 in hex of the canonical JSON. */
  readonly hash: string;
}

/** All that this module asks of the registry (definitions/registry.ts). */
export interface Instruments {
  get(id: string, version: string): KnownInstrument | null | undefined;
  /** The highest version. */
  latest(id: string): KnownInstrument | null | undefined;
}
