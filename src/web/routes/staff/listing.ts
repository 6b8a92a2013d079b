import type { Request } from 'express';

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
