import { isIPv4 } from 'node:net';
import { addressPrefix } from './address-prefix';

/**
 * Where somebody signed in from, as roughly as it is kept: three of the four numbers of an IPv4 address (`192.0.2.…`),
 * the first 48 bits of an IPv6 address (`2001:db8:1:…`); '' where there is nothing to tell.
 */
export function networkWords(address: string): string {
  const prefix = addressPrefix(address);
  if (isIPv4(prefix)) return `${prefix.split('.').slice(0, 3).join('.')}.…`;
  const groups = prefix.replace(/::\/64$/, '').split(':');
  return groups.length === 4 ? `${groups.slice(0, 3).join(':')}:…` : '';
}
