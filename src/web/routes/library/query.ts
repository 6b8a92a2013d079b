import type { Request } from 'express';
import { unitKinds } from '../../../assessment/units';
import type { LibraryQuery } from '../../../publishing/services';

/** What is asked of the library, by page and interface alike: one name for each filter. */
export const libraryFilters = ['q', 'powiat', 'subregion', 'kind', 'year'] as const;

/** @param given values of a query string; what is no text, and what no filter can be, finds nothing and breaks nothing */
export function libraryQuery(given: Readonly<Record<string, unknown>>): LibraryQuery {
  const text = (name: (typeof libraryFilters)[number]): string => {
    const value = given[name];
    return typeof value === 'string' ? value.trim().slice(0, 200) : '';
  };
  const year = text('year');
  return {
    unit: text('q'),
    powiat: text('powiat'),
    subregion: text('subregion'),
    kind: unitKinds.find((kind) => kind === text('kind')) ?? '',
    year: /^\d{4}$/.test(year) ? Number(year) : null,
  };
}

/** The number of the page that is asked for; null for what is no number. */
export function pageNumber(value: unknown): number | null {
  if (value === undefined) return 1;
  return typeof value === 'string' && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : null;
}

/** The query as a part of an address, without what is not asked. */
export function queryOf(query: LibraryQuery, page?: number): string {
  const { unit, powiat, subregion, kind, year } = query;
  const all = { q: unit, powiat, subregion, kind, year: year === null ? '' : String(year) };
  const parts = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''));
  if (page !== undefined && page > 1) parts.set('page', String(page));
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
}

/** The unit of an address, however its code was typed. */
export function unitOf(request: Request): string {
  return String(request.params['unit']).toLowerCase();
}
