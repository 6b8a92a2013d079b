import { visibleText } from '../shared/plain-text';

/**
 * Names go into letters and onto pages, and mail programs make links of whatever looks like an address; so a stranger
 * must not be able to send one through us. Compatibility forms (full-width letters, other full stops) count as what
 * programs read them as.
 */
const addresses: readonly RegExp[] = [
  /:\/\//u,
  /\b(?:https?|ftp|mailto|tel|sms|callto|skype|xmpp|javascript|data):/iu,
  /\bwww\./iu,
  /[^\s@]@[^\s@]/u,
  // A domain: two labels or more, the last all small or all capital letters. „im.Jana” and „sp. z o.o.” are none.
  /(?<![\p{L}\p{N}.-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+(?:\p{Ll}{2,}|\p{Lu}{2,}|xn--[a-z0-9-]+)(?![\p{L}\p{N}])/u,
  /(?<![\p{L}\p{N}])[\p{L}\p{N}-]+\.(?:com|net|org|info|biz|pl|eu|io|ru|ua|de|uk|co|me|xyz|top|site|online|app|dev|link)(?![\p{L}\p{N}])/iu,
  /(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)/u,
  // A telephone number: nine digits or more with whatever people put between them.
  /\d(?:[\s().\-/–]{0,3}\d){8,}/u,
];

/** Whether there is something in a name that a mail program makes a link of: a web or e-mail address, a telephone. */
export function addressIn(name: string): boolean {
  const text = visibleText(name.normalize('NFKC')).replace(/[。．｡]/gu, '.');
  return addresses.some((pattern) => pattern.test(text));
}
