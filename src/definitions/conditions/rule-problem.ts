/** Codes in the order of method §2: of several problems, the first in this order is the one to report. */
export const ruleErrorCodes = [
  'too-deep',
  'too-large',
  'malformed',
  'unknown-operator',
  'wrong-arity',
  'unknown-name',
  'type-mismatch',
  'not-finite',
] as const;
/** All but `not-finite` come from the check; `not-finite` arises only while evaluating. */
export type RuleErrorCode = (typeof ruleErrorCodes)[number];

export interface RuleProblem {
  readonly code: RuleErrorCode;
  /** English sentence for the author: what is wrong and how to mend it. */
  readonly message: string;
  /** JSON pointer inside the rule; '' is the whole rule. */
  readonly pointer: string;
}

/** Problems in the order of codes, those of one code in the order they were found. */
export function sortProblems<Some extends { readonly code: RuleErrorCode }>(problems: readonly Some[]): Some[] {
  return problems.toSorted((one, other) => ruleErrorCodes.indexOf(one.code) - ruleErrorCodes.indexOf(other.code));
}

/** A key as it stands in a JSON pointer (RFC 6901). */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
