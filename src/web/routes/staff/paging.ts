import type { Request } from 'express';
import type { Translate } from '../../../locales/translate';

/** One page of a long list, and the links to its neighbours for the partial `staff/pages`. */
export interface Paged<Row> {
  readonly rows: readonly Row[];
  /** null where all rows are on this page. */
  readonly pages: {
    readonly current: string;
    readonly previous: string | null;
    readonly next: string | null;
  } | null;
}

/** The page that `?page=` asks for; one past the end is the last, so that no link to a list that got shorter is dead. */
export function paged<Row>(request: Request, t: Translate, all: readonly Row[], size: number): Paged<Row> {
  const last = Math.max(Math.ceil(all.length / size), 1);
  const number = Math.min(pageNumber(request.query['page']), last);
  const rows = all.slice((number - 1) * size, number * size);
  if (last === 1) return { rows, pages: null };
  const at = (page: number): string => {
    const query = new URLSearchParams(request.query as Record<string, string>);
    query.set('page', String(page));
    return `${request.path}?${query.toString()}`;
  };
  return {
    rows,
    pages: {
      current: t('staff:pages.current', { number, pages: last }),
      previous: number > 1 ? at(number - 1) : null,
      next: number < last ? at(number + 1) : null,
    },
  };
}

function pageNumber(asked: unknown): number {
  return typeof asked === 'string' && /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 1;
}
