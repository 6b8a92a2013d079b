import { createHmac } from 'node:crypto';
import { documentOf } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';

/** A user name that nobody may have again; the id is its keyed hash, so that the store alone does not tell it. */
export const retiredUsersSpec: CollectionSpec<Stored> = { name: 'retired-users', schema: documentOf({}) };

/**
 * User names of people who were erased. What they entered is kept under their user name, so a namesake who came later
 * would pass for them.
 */
export interface RetiredUsers {
  retire(user: string): Promise<void>;
  has(user: string): Promise<boolean>;
}

/** @param key outlasts a restart and lies outside the store */
export function createRetiredUsers(store: Store, key: string): RetiredUsers {
  const retired = store.collection(retiredUsersSpec);
  const idOf = (user: string): string => createHmac('sha256', key).update(`user ${user}`).digest('base64url');
  return {
    async retire(user) {
      await retired.insert({ id: idOf(user) });
    },
    has: async (user) => (await retired.get(idOf(user))) !== null,
  };
}
