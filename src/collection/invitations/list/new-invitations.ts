import { searchable } from '../../../shared/plain-text';
import type { ListedPerson } from './check-list';

/** Somebody who has an invitation in the round. */
export interface Invited {
  readonly address: string;
  readonly group: string;
  /** From 1: which of those at this address. */
  readonly seat: number;
}

/** An address that several lines have, or that is invited already: one person, or several who share it? */
export interface SharedAddress {
  readonly address: string;
  readonly people: readonly ListedPerson[];
  /** Groups of those at this address who are invited already. */
  readonly invited: readonly string[];
  /** The list has different names beside it, so probably several. */
  readonly namesDiffer: boolean;
}

export interface NewInvitations {
  /** In the order of the list. */
  readonly invite: readonly Invited[];
  /** What a person has to decide. */
  readonly shared: readonly SharedAddress[];
  /** How many addresses of the list are invited already, as they stand in it. */
  readonly already: number;
}

/**
 * Who of a list gets an invitation. One address is one person, whose first line counts, unless somebody says that
 * several people share it. The same list given again invites nobody again.
 *
 * @param several whether several people share an address
 */
export function newInvitations(
  people: readonly ListedPerson[],
  invited: readonly Invited[],
  several: (shared: SharedAddress) => boolean,
): NewInvitations {
  const invite: Invited[] = [];
  const shared: SharedAddress[] = [];
  let already = 0;
  for (const address of new Set(people.map((person) => person.address))) {
    const lines = people.filter((person) => person.address === address);
    const here = invited.filter((one) => one.address === address);
    const left = withoutInvited(lines, here);
    const question: SharedAddress = {
      ...{ address, people: lines },
      invited: here.map(({ group }) => group),
      namesDiffer: new Set(lines.flatMap(({ name }) => (name === '' ? [] : [searchable(name)]))).size > 1,
    };
    const asOne = here.length === 0 ? left.slice(0, 1) : [];
    const isAsked = left.length > asOne.length;
    if (isAsked) shared.push(question);
    else if (left.length === 0) already += 1;
    const taken = isAsked && several(question) ? left : asOne;
    const lastSeat = Math.max(0, ...here.map(({ seat }) => seat));
    invite.push(...taken.map(({ group }, index) => ({ address, group, seat: lastSeat + index + 1 })));
  }
  return { invite, shared, already };
}

/** The lines for which nobody of the same group is invited at this address yet. */
function withoutInvited(lines: readonly ListedPerson[], invited: readonly Invited[]): readonly ListedPerson[] {
  const left = invited.map(({ group }) => group);
  return lines.filter(({ group }) => {
    const found = left.indexOf(group);
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
}
