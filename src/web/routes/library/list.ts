import type { Request } from 'express';
import { translator } from '../../../locales/translate';
import { choicesIn, currentOf, found, pageOf, type LibraryQuery } from '../../../publishing/services';
import type { Handler } from '../../handle';
import { languageOf } from '../../language';
import { page, type Outcome } from '../../outcome';
import type { Services } from '../../services';
import { cardView } from './card-view';
import { libraryQuery, pageNumber, queryOf } from './query';

/** Reports on one page of the library. */
const pageSize = 12;

/** All published reports, looked through by a plain GET form. */
export function libraryPage(services: Services): Handler {
  return async (request: Request): Promise<Outcome> => {
    const language = languageOf(request);
    const t = translator(language);
    const query = libraryQuery(request.query);
    const shelved = currentOf(await services.publishing.editions.published());
    const number = pageNumber(request.query['page']);
    const shown = number === null ? null : pageOf(found(shelved, query), number, pageSize);
    if (shown === null) {
      const link = { href: `/library${queryOf(query)}`, text: t('library:list.firstPage') };
      const text = t('library:list.noPageText');
      return page('errors/message', { title: t('library:list.noPage'), text, link }, 404);
    }
    const { ok: pdf } = await services.pdf.available();
    const asked = queryOf(query) !== '';
    return page('library/list', {
      title: t('library:list.title'),
      // Lists of what was searched are not for search engines.
      public: !asked,
      query,
      filters: filtersOf(query, choicesIn(shelved), t),
      cards: shown.items.map((one) => cardView(one, language, pdf)),
      found: t(asked ? 'library:list.found' : 'library:list.all', { count: shown.total }),
      empty: shelved.length === 0,
      asked,
      pages: shown.pages > 1 ? pagesOf(query, shown, t) : null,
    });
  };
}

function filtersOf(
  query: LibraryQuery,
  { powiats, subregions, kinds, years }: ReturnType<typeof choicesIn>,
  t: ReturnType<typeof translator>,
) {
  const filter = (code: string, chosen: string, values: readonly string[], words: (value: string) => string) => ({
    code,
    label: t(`library:filters.${code}`),
    any: t(`library:filters.any.${code}`),
    options: values.map((value) => ({ value, label: words(value), selected: value === chosen })),
  });
  const same = (value: string): string => value;
  return [
    filter('kind', query.kind, kinds, (kind) => t(`library:kinds.${kind}`)),
    filter('powiat', query.powiat, powiats, same),
    filter('subregion', query.subregion, subregions, same),
    filter('year', query.year === null ? '' : String(query.year), years.map(String), same),
  ].filter(({ options }) => options.length > 0);
}

function pagesOf(
  query: LibraryQuery,
  { number, pages }: { readonly number: number; readonly pages: number },
  t: ReturnType<typeof translator>,
) {
  const at = (page: number) => `/library${queryOf(query, page)}`;
  return {
    label: t('library:list.pages'),
    current: t('library:list.pageOf', { number, pages }),
    previous: number > 1 ? at(number - 1) : null,
    next: number < pages ? at(number + 1) : null,
  };
}
