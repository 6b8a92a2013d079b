import type { Request } from 'express';
import { searchable } from '../../../shared/plain-text';

/** How a list is looked through: `?q=` and `?sort=`, so that it works without JavaScript and can be bookmarked. */
export interface Listing<Sort extends string> {
  readonly query: string;
  readonly sort: Sort;
}

/** @param sorts the orders of the list, the usual one first */
export function listingOf<Sort extends string>(request: Request, sorts: readonly [Sort, ...Sort[]]): Listing<Sort> {
  const { q, sort } = request.query;
  return {
    query: typeof q === 'string' ? q.trim().slice(0, 200) : '',
    sort: sorts.find((one) => one === sort) ?? sorts[0],
  };
}

/** Whether every word of the query is in one of the texts; capitals and accents do not matter. */
export function fits(query: string, texts: readonly string[]): boolean {
  const all = texts.map(searchable).join(' ');
  return searchable(query)
    .split(' ')
    .every((word) => all.includes(word));
}
