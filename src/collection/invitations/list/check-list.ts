import isEmail from 'validator/lib/isEmail';
import { likelyMeant } from '../../../definitions/check/likely';
import { refuse, type Refusal } from '../../../shared/errors';
import { searchable } from '../../../shared/plain-text';
import { listRows, type ListAddress, type ListRow } from './list-rows';

/** A group of the round as a list may name it. */
export interface ListGroup {
  readonly code: string;
  /** Codes and names in all languages, also of the groups that are merged in it. */
  readonly names: readonly string[];
  /** Whether its people are invited by e-mail in this round. */
  readonly invited: boolean;
}

/** Somebody whom a list names, with nothing wrong. */
export interface ListedPerson {
  readonly line: number;
  /** In small letters. */
  readonly address: string;
  /** '' where the list has none. */
  readonly name: string;
  /** Code of the group. */
  readonly group: string;
}

export type ListFaultCode =
  | 'address-missing'
  | 'address-without-at'
  | 'address-with-space'
  | 'address-with-two-at'
  | 'address-without-ending'
  | 'address-with-accents'
  | 'address-malformed'
  | 'group-missing'
  | 'group-unknown'
  | 'group-not-invited'
  | 'quote-not-closed';

/** One thing wrong in one line. */
export interface ListFault {
  readonly line: number;
  readonly code: ListFaultCode;
  /** What stands there. */
  readonly value: string;
  /** Code of the group that is meant, or was probably meant; null where there is none. */
  readonly group: string | null;
}

export interface CheckedList {
  readonly people: readonly ListedPerson[];
  /** By line. */
  readonly faults: readonly ListFault[];
  /** Whether the first line was taken for names of columns. */
  readonly header: boolean;
}

/** Letters by which two words of one stem are told from chance. */
const stemLength = 6;
/** Most people in one list. */
export const mostPeople = 2000;

/**
 * Reads a list and checks every line.
 *
 * @param usual code of the group of those for whom the list names none; null: that is a fault
 */
export function checkList(
  text: string,
  groups: readonly ListGroup[],
  usual: string | null,
): CheckedList | Refusal<'list-too-many'> {
  const byName = new Map(groups.flatMap((group) => group.names.map((name) => [groupWord(name), group] as const)));
  const groupOf = (cell: string): ListGroup | undefined => byName.get(groupWord(cell));
  const { rows, header, brokenFrom } = listRows(text, (cell) => groupOf(cell) !== undefined);
  if (rows.reduce((sum, { addresses }) => sum + addresses.length, 0) > mostPeople) {
    return refuse('list-too-many', { most: mostPeople });
  }
  const people: ListedPerson[] = [];
  const faults: ListFault[] = [];
  for (const row of rows) {
    const { line } = row;
    const group = checkedGroup(row);
    if (typeof group === 'object') faults.push({ line, ...group });
    if (row.addresses.length === 0)
      faults.push({ line, code: 'address-missing', value: row.cells.join(' '), group: null });
    for (const { address, name } of row.addresses) {
      const code = addressFault(address);
      if (code !== null) faults.push({ line, code, value: address, group: null });
      else if (typeof group === 'string') people.push({ line, address: address.toLowerCase(), name, group });
    }
  }
  if (brokenFrom !== null) faults.push({ line: brokenFrom, code: 'quote-not-closed', value: '"', group: null });
  return { people, faults: faults.sort((one, other) => one.line - other.line), header };

  function checkedGroup({ group: value }: ListRow): string | Omit<ListFault, 'line'> {
    const group = value === '' && usual !== null ? groups.find(({ code }) => code === usual) : groupOf(value);
    if (group !== undefined) {
      return group.invited ? group.code : { code: 'group-not-invited', value, group: group.code };
    }
    if (value === '') return { code: 'group-missing', value, group: null };
    const meant = likelyMeant(groupWord(value), byName.keys()) ?? sameStem(groupWord(value), [...byName.keys()]);
    return { code: 'group-unknown', value, group: meant === null ? null : (byName.get(meant)?.code ?? null) };
  }
}

/** A name with a word that begins as one of these does: `nieformalni` is like `grupy nieformalne`. */
function sameStem(words: string, names: readonly string[]): string | null {
  const stems = words.split(' ').flatMap((word) => (word.length < stemLength ? [] : word.slice(0, stemLength)));
  return names.find((name) => name.split(' ').some((word) => stems.some((stem) => word.startsWith(stem)))) ?? null;
}

/** Names of groups are compared without accents, capitals and punctuation. */
function groupWord(name: string): string {
  return searchable(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The first thing that a person can mend; null for an address that letters can go to. */
export function addressFault(address: ListAddress['address']): ListFaultCode | null {
  if (address === '') return 'address-missing';
  if (/\s/.test(address)) return 'address-with-space';
  const [, domain, ...more] = address.split('@');
  if (domain === undefined) return 'address-without-at';
  if (more.length > 0) return 'address-with-two-at';
  if (/[^\x21-\x7e]/.test(address)) return 'address-with-accents';
  if (!/\.[a-z]{2,}$/i.test(domain)) return 'address-without-ending';
  return isEmail(address, { allow_utf8_local_part: false }) ? null : 'address-malformed';
}
