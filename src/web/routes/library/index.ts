import type { Request, Router } from 'express';
import { formatDate } from '../../../locales/formats';
import { translator } from '../../../locales/translate';
import { editionPath, reportPath, type OpenedEdition, type PublishedEdition } from '../../../publishing/services';
import { handle, type Handler } from '../../handle';
import { languageOf } from '../../language';
import { handleLasting } from '../../lasting-pages';
import { notFound, page, redirect, type Outcome } from '../../outcome';
import { addressTable } from '../../router';
import { handleShared } from '../../shared-pages';
import type { Services } from '../../services';
import { titleOf } from './card-view';
import { editionPage } from './edition-page';
import { editionFiles } from './files';
import { libraryPage } from './list';
import { unitOf } from './query';
import { unitPage } from './unit-page';

/** What everybody may see of results: published editions, and of withdrawn ones that they were there. */
export function libraryRoutes(services: Services): Router {
  const router = addressTable();
  router.get('/library', handleShared(libraryPage(services)));
  router.get('/library/:unit', handleShared(unitPage(services)));
  router.get('/library/:unit/:report', handle(currentEdition(services)));
  router.get(
    '/library/:unit/:report/:number',
    handleLasting(
      editionContent(services),
      withEdition(services, (request, opened) => editionPage(request, services, opened)),
    ),
  );
  router.get(
    '/library/:unit/:report/:number/:file',
    handle(
      withEdition(services, (request, opened) => {
        const name = String(request.params['file']);
        const make = Object.hasOwn(editionFiles, name) ? editionFiles[name] : undefined;
        return make === undefined ? notFound() : make(request, services, opened);
      }),
    ),
  );
  return router;
}

/** The address that always leads to the newest edition. */
function currentEdition(services: Services): Handler {
  return async (request) => {
    const editions = await services.publishing.editions.ofReport(unitOf(request), String(request.params['report']));
    const current = editions.findLast(({ state }) => state === 'published');
    if (current !== undefined) return redirect(editionPath(current));
    const last = editions.at(-1);
    return last === undefined ? notFound() : withdrawnPage(request, last, null);
  };
}

/** The published edition, whose document never changes, and what its page says of newer ones and of PDF. */
function editionContent({ publishing, pdf }: Services) {
  return async (request: Request): Promise<string | null> => {
    const { report, number } = request.params;
    const published = (await publishing.editions.ofReport(unitOf(request), String(report))).filter(
      ({ state }) => state === 'published',
    );
    const edition = published.find((one) => String(one.number) === number);
    if (edition === undefined) return null;
    const { ok } = await pdf.available();
    return JSON.stringify([edition.id, edition.hash, published.at(-1)?.number, ok]);
  };
}

function withEdition(
  services: Services,
  handler: (request: Request, opened: OpenedEdition) => Outcome | Promise<Outcome>,
): Handler {
  const { editions } = services.publishing;
  return async (request) => {
    const { report, number } = request.params;
    if (!/^[1-9]\d{0,5}$/.test(String(number))) return notFound();
    const about = await editions.get(unitOf(request), String(report), Number(number));
    if (about === null) return notFound();
    const opened = await editions.open(about);
    if (opened !== null) return handler(request, opened);
    const others = await editions.ofReport(about.unit, about.report);
    const current = others.findLast(({ state }) => state === 'published') ?? null;
    return withdrawnPage(request, (await editions.byId(about.id)) ?? about, current);
  };
}

/** 410: it was there, and is not any more; what stays is that it was, since when it is gone, and why. */
function withdrawnPage(request: Request, edition: PublishedEdition, current: PublishedEdition | null): Outcome {
  const language = languageOf(request);
  const t = translator(language);
  return page(
    'library/withdrawn',
    {
      title: t('library:withdrawn.title'),
      report: titleOf(edition, language),
      text: t('library:withdrawn.text', {
        number: edition.number,
        published: formatDate(edition.publishedOn, language),
        day: formatDate(edition.withdrawnOn ?? edition.publishedOn, language),
      }),
      why: edition.withdrawnWhy,
      currentPath: current === null ? null : reportPath(current),
      unitPath: `/library/${edition.unit}`,
    },
    410,
  );
}
