import { createDelivery, isInHand, type Outcome, type Post, type Prepared } from '../letters/delivery';
import { systemSteadyClock } from '../shared/clock';
import { refuse, type Refusal } from '../shared/errors';
import type { Collection } from '../storage/port';
import { accountsSpec, wholeAccount, type Account, type AccountDependencies } from './account';
import { addressPrefix } from './address-prefix';
import type { BrowserProofs } from './browser-proof';
import { createDayNames } from './day-keys';
import { createAccountEmails, emailOf } from './emails';
import { createFailureLimit, minutesOf, reserveAll, type Counted } from './failure-limit';
import { linkLetter } from './link-letters';
import {
  hashOfSecret,
  linkMinutes,
  oneTimeLinksSpec,
  tokenOf,
  type AskingBrowser,
  type LinkPurpose,
  type OneTimeLink,
} from './one-time-link';

/** How often links may be asked for. Every asking counts, whether there is such an account or not. */
export const askingLimits = {
  /** For one e-mail address from one network address. */
  pair: { points: 5, seconds: 3600 },
  /** From one network address: a whole office may share it. */
  address: { points: 60, seconds: 3600 },
  /** For one e-mail address from everywhere: more letters nobody wants. Strangers may use it up, so … */
  email: { points: 20, seconds: 3600 },
  /** … browsers in which the account has signed in before have a limit of their own. */
  knownBrowser: { points: 10, seconds: 3600 },
};

/** A link that somebody has opened, and whose it is. */
export interface OpenedLink {
  readonly link: OneTimeLink;
  readonly account: Account;
  /** Whether this is the browser that may use it. */
  readonly isHere: boolean;
}

export interface OneTimeLinks {
  /**
   * Owes a letter with a link to whoever has this address. The same happens, and takes as long, where nobody has it.
   *
   * @param from network address that the request came from; `proof`: see `Accounts.signIn`
   */
  ask(
    purpose: 'reset' | 'sign-in',
    email: string,
    browser: AskingBrowser,
    from: { readonly address: string; readonly proof: string | null; readonly language: 'pl' | 'en' },
  ): Promise<'asked' | Refusal<'too-many-attempts'>>;
  /** Owes the letter of an invitation. */
  invite(account: Account, language: 'pl' | 'en'): Promise<void>;
  /** The token of a new link that an administrator hands over; it cannot be shown again. */
  handOver(account: Account, purpose: 'invitation' | 'reset'): Promise<string>;
  /** Looks at a link and changes nothing; null where it is unknown, used, over, or worth nothing any more. */
  open(token: string, browserSecret: string | null): Promise<OpenedLink | null>;
  /** Uses it up; false where somebody else has. */
  use(link: OneTimeLink): Promise<boolean>;
  /** The newest link of an account and purpose, with what became of its letter. */
  latest(accountId: string, purpose: LinkPurpose): Promise<OneTimeLink | null>;
  /** Sends the letters that are due; how many went out. */
  deliverDue(post: Post): Promise<number>;
  /** Removes links a week after their end, and those of addresses that nobody has. */
  removeOld(): Promise<number>;
  removeOf(accountId: string): Promise<void>;
}

const keptForDays = 7;

export function createOneTimeLinks(
  deps: AccountDependencies & {
    readonly secret: string;
    /** Makes the tokens; lies outside the store. */
    readonly linkKey: string;
    readonly proofs: BrowserProofs;
    readonly wake: () => void;
  },
): OneTimeLinks {
  const { store, clock, steady = systemSteadyClock } = deps;
  const links = store.collection(oneTimeLinksSpec);
  const accounts = store.collection(accountsSpec);
  const emails = createAccountEmails(store);
  const dayName = createDayNames(deps);
  const limits = {
    pair: createFailureLimit(store, steady, askingLimits.pair),
    address: createFailureLimit(store, steady, askingLimits.address),
    email: createFailureLimit(store, steady, askingLimits.email),
    knownBrowser: createFailureLimit(store, steady, askingLimits.knownBrowser),
  };

  async function limitsOf(email: string, address: string, proof: string | null): Promise<Counted[]> {
    const account = await emails.find(email);
    if (account !== null && deps.proofs.fits(proof, account)) {
      return [[limits.knownBrowser, await dayName(`link from known browser ${account.id}`)]];
    }
    const prefix = addressPrefix(address);
    return [
      [limits.pair, await dayName(`link pair ${email} ${prefix}`)],
      [limits.address, await dayName(`link address ${prefix}`)],
      [limits.email, await dayName(`link email ${email}`)],
    ];
  }

  async function make(fields: Pick<OneTimeLink, 'purpose' | 'to' | 'browser' | 'language'> & Partial<OneTimeLink>) {
    const now = clock();
    const id = deps.ids.uuid();
    const link: OneTimeLink = {
      ...{ id, state: 'waiting', accountId: null, passwordRevision: null, tokenHash: id },
      ...{ dueAt: now.toISOString(), attempts: 0, error: null, usedAt: null },
      askedAt: now.toISOString(),
      endsAt: new Date(now.getTime() + linkMinutes[fields.purpose] * 60_000).toISOString(),
      ...fields,
    };
    await links.insert(link);
    return link;
  }

  async function prepare(link: OneTimeLink): Promise<Prepared> {
    if (link.to === null || link.endsAt <= clock().toISOString()) return 'dropped';
    const account = link.accountId === null ? await emails.find(link.to) : await get(link.accountId);
    if (account === null || account.email !== link.to || !isFor(account, link.purpose)) return 'dropped';
    const token = tokenOf(link.id, deps.linkKey);
    const of = { accountId: account.id, passwordRevision: account.passwordRevision, tokenHash: hashOfSecret(token) };
    // A later try must not make a link good again that a new password has made worthless.
    const bound = await links.update(link.id, (one) => (one.accountId === null || one.tokenHash === one.id ? { ...one, ...of } : one)); // prettier-ignore
    if (bound === null || bound.passwordRevision !== account.passwordRevision) return 'dropped';
    return { mail: linkLetter(bound, account, token) };
  }

  /** What nobody is owed leaves no trace: it may be about an address that strangers typed. */
  async function settle(rows: Collection<OneTimeLink>, link: OneTimeLink, outcome: Outcome): Promise<void> {
    if (outcome.is === 'dropped') {
      await rows.remove({ id: link.id });
      return;
    }
    const set =
      outcome.is === 'refused'
        ? ({ state: 'failed', error: outcome.reason } as const)
        : ({ state: 'sent', error: null } as const);
    await rows.update(link.id, (one) => (isInHand(one, link) ? { ...one, ...set } : null));
  }

  async function get(accountId: string): Promise<Account | null> {
    const found = await accounts.get(accountId);
    return found && wholeAccount(found);
  }

  /** A newer link of the same browser takes the place of an older one; strangers who ask take nobody's away. */
  async function isNewest({ id, accountId, purpose, browser }: OneTimeLink): Promise<boolean> {
    const all = await links.find({ accountId, purpose }, { sort: [['askedAt', 'descending']] });
    const rivals = all.filter((one) => one.browser === null || one.browser.mark === browser?.mark);
    return rivals[0]?.id === id;
  }

  return {
    async ask(purpose, typed, browser, { address, proof, language }) {
      const email = emailOf(typed);
      const reserved = await reserveAll(await limitsOf(email, address, proof));
      if ('waitMs' in reserved) return refuse('too-many-attempts', { minutes: minutesOf(reserved) });
      await make({ purpose, to: email, browser, language });
      deps.wake();
      return 'asked';
    },

    async invite({ id: accountId, email, passwordRevision }, language) {
      await make({ purpose: 'invitation', to: email, accountId, passwordRevision, browser: null, language });
      deps.wake();
    },

    async handOver({ id: accountId, passwordRevision }, purpose) {
      const id = deps.ids.uuid();
      const token = tokenOf(id, deps.linkKey);
      const of = { id, accountId, passwordRevision, tokenHash: hashOfSecret(token), state: 'handed-over' } as const;
      await make({ purpose, to: null, browser: null, language: 'pl', ...of });
      return token;
    },

    async open(token, browserSecret) {
      const [link] = await links.find({ tokenHash: hashOfSecret(token) }, { limit: 1 });
      if (link?.accountId == null || link.usedAt !== null || link.endsAt <= clock().toISOString()) return null;
      const account = await get(link.accountId);
      if (account === null || !isFor(account, link.purpose)) return null;
      if (account.passwordRevision !== link.passwordRevision) return null;
      if (link.to !== null && link.to !== account.email) return null;
      if (!(await isNewest(link))) return null;
      const here = browserSecret === null ? null : hashOfSecret(browserSecret);
      return { link, account, isHere: link.browser === null || link.browser.mark === here };
    },

    async use({ id }) {
      const usedAt = clock().toISOString();
      return (await links.update(id, (one) => (one.usedAt === null ? { ...one, usedAt } : null))) !== null;
    },

    async latest(accountId, purpose) {
      const [newest] = await links.find({ accountId, purpose }, { sort: [['askedAt', 'descending']], limit: 1 });
      return newest ?? null;
    },

    // A letter that arrives twice carries the same link.
    deliverDue: (post) =>
      createDelivery<OneTimeLink>({ clock, prepare, settle, cutOff: 'send-again' }).deliverDue(links, post),

    removeOld: () =>
      links.remove({ endsAt: { $lt: new Date(clock().getTime() - keptForDays * 86_400_000).toISOString() } }),

    async removeOf(accountId) {
      await links.remove({ accountId });
    },
  };
}

/** Whether an account is in a state in which such a link is of use. */
function isFor({ state }: Account, purpose: LinkPurpose): boolean {
  return purpose === 'invitation' ? state === 'invited' : state === 'active';
}
