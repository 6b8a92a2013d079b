import type { CheckedInstrument, Registry } from '../definitions/registry';

/** An instrument with the hash of its content, as the registry holds it. */
export type KnownInstrument = CheckedInstrument;

/** All that this module asks of the registry. */
export type Instruments = Pick<Registry, 'get' | 'latest'>;
