/**
 * The closed condition language (method §2): JSON Logic's shape with named sources. Three values: a rule is a value
 * or *unknown*; nothing is ever coerced.
 */
export type Scalar = number | string | boolean;
export type Literal = Scalar | readonly Scalar[];
export type Source =
  | { readonly answer: string }
  | { readonly fact: string }
  | { readonly calc: string }
  | { readonly group: true }
  | { readonly round: true };
export type Operation = { readonly [operator: string]: Rule | readonly Rule[] };
/** As written by an author: unchecked until `checkRule` has passed it. */
export type Rule = Literal | Source | Operation;
