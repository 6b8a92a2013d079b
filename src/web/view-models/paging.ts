import type { Request } from 'express';
import type { Translate } from '../../locales/translate';

/** Rows of a list of the staff on one page. */
export const rowsOnPage = 20;

/** Where one is in a list; for the partial `components/pages`. */
export interface Paging {
  readonly label: string;
  /** „21–40 z 300”. */
  readonly current: string;
  readonly previous: string | null;
  readonly next: string | null;
}

export interface Paged<Row> {
  readonly shown: readonly Row[];
  /** null where all rows fit on one page. */
  readonly paging: Paging | null;
}

/**
 * The rows of the page that `?page=` asks for (or another name, where a page has more than one list). A page that is not there, since rows have gone meanwhile, is the last one.
 * The addresses of its neighbours keep what else was asked.
 */
export function pagedBy<Row>(
  request: Request,
  rows: readonly Row[],
  t: Translate,
  size = rowsOnPage,
  name = 'page',
): Paged<Row> {
  const last = Math.max(1, Math.ceil(rows.length / size));
  const asked = request.query[name];
  const number = Math.min(last, typeof asked === 'string' && /^[1-9]\d{0,4}$/.test(asked) ? Number(asked) : 1);
  const from = (number - 1) * size;
  const shown = rows.slice(from, from + size);
  if (last === 1) return { shown, paging: null };
  const at = (page: number): string => addressWith(request, { [name]: page === 1 ? '' : String(page) });
  return {
    shown,
    paging: {
      label: t('common:pages.label'),
      current: t('common:pages.current', { from: from + 1, to: from + shown.length, all: rows.length }),
      previous: number > 1 ? at(number - 1) : null,
      next: number < last ? at(number + 1) : null,
    },
  };
}

/** The address that was asked for, with these parts of its query instead; '' takes one away. */
export function addressWith(request: Request, parts: Readonly<Record<string, string>>): string {
  const asked = Object.entries(request.query).filter((part): part is [string, string] => typeof part[1] === 'string');
  const query = new URLSearchParams(Object.entries({ ...Object.fromEntries(asked), ...parts }).filter(([, value]) => value !== '')); // prettier-ignore
  query.delete('done');
  const text = query.toString();
  return text === '' ? request.path : `${request.path}?${text}`;
}
