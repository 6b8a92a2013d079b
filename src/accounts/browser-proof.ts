import { createHmac, timingSafeEqual } from 'node:crypto';
import { signInOf, type Account, type SignIn } from './account';

/** What a browser keeps to show that an account has signed in there with the password that it has now. */
export interface BrowserProofs {
  of(signIn: SignIn): string;
  fits(proof: string | null, account: Account | null): boolean;
}

/** @param secret known to all processes of the installation and kept outside the store */
export function createBrowserProofs(secret: string): BrowserProofs {
  const of = ({ accountId, passwordRevision }: SignIn): string =>
    createHmac('sha256', secret).update(`browser of ${accountId} ${passwordRevision}`).digest('base64url');
  return {
    of,
    fits: (proof, account) => proof !== null && account !== null && same(proof, of(signInOf(account))),
  };
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
