import { sides, type Side } from '../definitions/instrument';
import { fewestForSpread, type Protection } from './release-rules';

/** Whose answers are counted together: a side, or all people where a side alone has too few. */
export type CountsHolder = Side | 'everyone';

/**
 * One holder a question (anonymity.md 3): both sides where both qualify, else everyone, else nobody. A side beside
 * everyone would give away the other side by subtraction.
 *
 * @param attempt what a holder would publish; null where it does not qualify
 */
export function holdersOf<Counts>(
  attempt: (holder: CountsHolder) => Counts | null,
  { rules }: Protection,
): readonly Counts[] {
  const found = (holders: readonly CountsHolder[]) =>
    holders.map((holder) => attempt(holder)).filter((one) => one !== null);
  const both = found(sides);
  if (!rules.has('one-holder')) return [...both, ...found(['everyone'])];
  return both.length === sides.length ? both : found(['everyone']);
}

/** May this many people's answers be counted one by one? */
export function qualifies(people: number, { k, rules }: Protection): boolean {
  return people >= (rules.has('holder-from-2k') ? fewestForSpread(k) : 1);
}
