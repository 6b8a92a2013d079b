/**
 * What is typed in a meeting and the server does not have yet, kept in this browser: through a lost connection, a closed
 * tab, a restart. Every page that is open keeps its own; whoever opens the area next takes it over.
 */

/** What was seen of a field and made of it; `sent`: versions whose answer never came, which the server may have. */
export interface KeptField {
  readonly seen: string;
  readonly mine: string;
  readonly sent: readonly string[];
}

export interface Kept {
  readonly area: string;
  /** Where it is saved. */
  readonly address: string;
  readonly fields: Readonly<Record<string, KeptField>>;
}

/** Keys of all meetings and people in this browser. */
const prefix = 'lijw-meeting ';

/** @param owner person and round, as the page says */
export function keyOf(owner: string, pageId: string): string {
  return `${prefix}${owner} ${pageId}`;
}

/** Whoever signs out on this page wants nothing kept any more, also not while the page goes away. */
const signedOut = 'signedOut';

/** Takes away what is kept, of everybody. */
export function forgetAll(): void {
  document.documentElement.dataset[signedOut] = 'yes';
  for (const key of allKeys()) keep(key, null);
}

/** null takes it away. A browser that keeps nothing loses nothing but this. */
export function keep(key: string, kept: Kept | null): void {
  try {
    if (kept === null || document.documentElement.dataset[signedOut] === 'yes') localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Storage is full or turned off: what is typed still stands in the page.
  }
}

export function keysOf(owner: string): readonly string[] {
  return allKeys().filter((key) => key.startsWith(`${prefix}${owner} `));
}

export function read(key: string): Kept | null {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as Kept);
  } catch {
    return null;
  }
}

/** Of everybody: what a sign-out takes away. */
export function allKeys(): readonly string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
