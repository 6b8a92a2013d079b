import { refuse, type Refusal } from '../shared/errors';
import type { Move } from '../shared/moves';
import type { Account, AccountState } from './account';

export type AccountAction = 'accept' | 'suspend' | 'restore' | 'erase';

/** Whose account it is, and who asks. */
export interface MovedAccount {
  readonly account: Account;
  /** Id of the administrator; null for the person of an invitation and for commands. */
  readonly by: string | null;
}

type AccountMove = Move<AccountState, AccountAction, MovedAccount, 'own-account'>;

/** Nobody shuts themselves out by mistake: a colleague does it. */
function byAnother({ account, by }: MovedAccount): Refusal<'own-account'> | null {
  return account.id === by ? refuse('own-account') : null;
}

/** The life of an account. That an administrator is left is seen to by `last-administrator.ts`. */
export const accountMoves: readonly AccountMove[] = [
  { who: 'system', from: 'invited', action: 'accept', to: 'active', conditions: [] },
  { who: 'staff', from: 'active', action: 'suspend', to: 'suspended', conditions: [byAnother] },
  { who: 'staff', from: 'suspended', action: 'restore', to: 'active', conditions: [] },
  { who: 'staff', from: 'invited', action: 'erase', to: 'erased', conditions: [byAnother] },
  { who: 'staff', from: 'active', action: 'erase', to: 'erased', conditions: [byAnother] },
  { who: 'staff', from: 'suspended', action: 'erase', to: 'erased', conditions: [byAnother] },
];
