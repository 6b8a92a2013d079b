import type { Request, Router } from 'express';
import { formatDate } from '../../../locales/formats';
import { translator, type Language } from '../../../locales/translate';
import { codebook, openDataZip, tableNames, type OpenData } from '../../../publishing/open-data';
import { handle, type Handler } from '../../handle';
import { languageOf } from '../../language';
import { file, notFound, page, validated, type Outcome } from '../../outcome';
import { addressTable } from '../../router';
import type { Services } from '../../services';
import { siteAddress } from '../../site-address';

/** All published figures as open data: one page that says what they are, and the files. */
export function openDataRoutes(services: Services): Router {
  const router = addressTable();
  router.get('/open-data', handle(openDataPage(services)));
  router.get('/open-data/:file', handle(openDataFile(services)));
  return router;
}

function openDataPage(services: Services): Handler {
  return async (request) => {
    const language = languageOf(request);
    const t = translator(language);
    const data = await services.publishing.openData.current();
    const link = (name: string, key = name.replace('.', '-')) => ({
      href: `/open-data/${name}`,
      text: t(`library:data.files.${key}`),
    });
    return page('open-data/page', {
      title: t('library:data.title'),
      public: true,
      empty: data.reports === 0,
      state:
        data.newest === null
          ? null
          : t('library:data.state', { count: data.reports, day: formatDate(data.newest, language) }),
      files: [link('lijw-open-data.zip'), ...tableNames.map((table) => link(`${table}.csv`)), link('codebook.csv')],
      method: methodNote(language).split('\n\n'),
      licence: data.installation.licence,
      api: `${siteAddress(request, services.baseUrl)}/api/v1/openapi.json`,
    });
  };
}

function openDataFile(services: Services): Handler {
  return async (request: Request): Promise<Outcome> => {
    const name = String(request.params['file']);
    const data = await services.publishing.openData.current();
    const csv = (body: string): Outcome =>
      validated(file(name, 'text/csv; charset=utf-8', body), `${data.version}-${name}`);
    const table = tableNames.find((one) => `${one}.csv` === name);
    if (table !== undefined) return csv(data.tables[table]);
    if (name === 'codebook.csv') return csv(codebook());
    if (name !== 'lijw-open-data.zip') return notFound();
    const zip = await openDataZip(data, {
      method: inBoth(methodNote),
      licence: inBoth((language) => licenceText(data, language)),
    });
    return validated(file(name, 'application/zip', zip), `${data.version}-zip`);
  };
}

function methodNote(language: Language): string {
  const t = translator(language);
  return (['what', 'scale', 'joint', 'hidden', 'compared', 'once', 'ranking'] as const)
    .map((key) => t(`library:data.method.${key}`))
    .join('\n\n');
}

function licenceText({ installation: { licence, publisher } }: OpenData, language: Language): string {
  const t = translator(language);
  return [
    licence === null
      ? t('library:data.noLicence')
      : t('library:data.licence', { name: licence.name, url: licence.url ?? '' }),
    ...(publisher === null ? [] : [t('library:data.publisher', { name: publisher.name, email: publisher.email })]),
  ].join('\n');
}

/** Files are the same for everybody, whatever language they read. */
function inBoth(words: (language: Language) => string): string {
  return `${words('pl')}\n\n---\n\n${words('en')}\n`;
}
