import { documentOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { accountsSpec, wholeAccount, type Account } from './account';

/** Whose an e-mail address is. The id is the address as `emailOf` makes it, so that no two accounts can have one. */
interface EmailClaim extends Stored {
  readonly accountId: string;
}

export const emailClaimsSpec: CollectionSpec<EmailClaim> = {
  name: 'account-emails',
  schema: documentOf({ accountId: text }),
  indexes: [['accountId']],
};

/** An address as it is stored and compared. */
export function emailOf(typed: string): string {
  return typed.normalize('NFC').trim().toLowerCase();
}

/**
 * E-mail addresses of accounts. An address is claimed before its account says it, and let go after, so that a change
 * that stops between can be made again, and counts only while the account says it.
 */
export interface AccountEmails {
  /** The id of the account that may have the address: the given one, or the one that claimed it before. */
  claim(email: string, accountId: string): Promise<string>;
  release(email: string, accountId: string): Promise<void>;
  /** The account whose address it is. */
  find(email: string): Promise<Account | null>;
}

export function createAccountEmails(store: Store): AccountEmails {
  const claims = store.collection(emailClaimsSpec);
  const accounts = store.collection(accountsSpec);
  return {
    async claim(email, accountId) {
      for (;;) {
        if ((await claims.insert({ id: email, accountId })).inserted) return accountId;
        const known = await claims.get(email);
        if (known !== null) return known.accountId;
      }
    },
    async release(email, accountId) {
      await claims.remove({ id: email, accountId });
    },
    async find(email) {
      const claim = await claims.get(email);
      // An address that nobody has costs the same two reads.
      const account = await accounts.get(claim?.accountId ?? 'nobody');
      return account?.email === email ? wholeAccount(account) : null;
    },
  };
}
