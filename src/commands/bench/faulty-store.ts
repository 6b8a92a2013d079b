import { Failure } from '../../shared/errors';
import type { Store } from '../../storage/port';
import { askedThrough, type StoreRequest } from './asked-store';

/** Stands for a process that was killed: everything that it still asks for dies. */
export class Killed extends Error {}

/**
 * What happens to one request of a store: `killed` before it was made, `refused` by the store, or its reply `lost` after
 * it was made; null: nothing.
 */
export type Fault = 'killed' | 'refused' | 'lost' | null;

/** A real store whose requests fail as `next` says, each asked once. After `killed` nothing is done any more. */
export function faultyStore(store: Store, next: (write: boolean) => Fault): Store {
  let dead = false;

  async function ask<Result>({ write }: StoreRequest, request: () => Promise<Result>): Promise<Result> {
    if (dead) throw new Killed();
    const fault = next(write);
    dead = fault === 'killed';
    if (fault === 'killed') throw new Killed();
    if (fault === 'refused') throw new Failure('store-failed', 'The store refuses.');
    const reply = await request();
    if (fault === 'lost') throw new Failure('store-unreachable', 'The reply was lost.');
    return reply;
  }

  return askedThrough(store, ask);
}
