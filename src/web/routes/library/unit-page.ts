import type { Request } from 'express';
import { translator } from '../../../locales/translate';
import { currentOf, editionPath } from '../../../publishing/services';
import type { Handler } from '../../handle';
import { languageOf } from '../../language';
import { notFound, page } from '../../outcome';
import type { Services } from '../../services';
import { aboutUnit, cardView, reportTitle } from './card-view';
import { unitOf } from './query';

/** Everything that was published of one unit: its reports as they are now, and every edition that there was. */
export function unitPage(services: Services): Handler {
  return async (request: Request) => {
    const language = languageOf(request);
    const t = translator(language);
    const editions = await services.publishing.editions.ofUnit(unitOf(request));
    const last = editions.at(-1);
    if (last === undefined) return notFound();
    const current = currentOf(editions);
    const { ok: pdf } = await services.pdf.available();
    const [first] = current;
    return page('library/unit', {
      title: first?.card.unit.name ?? last.title.unit,
      public: current.length > 0,
      about: first === undefined ? null : aboutUnit(first.card.unit, language),
      code: first?.card.unit.code ?? null,
      cards: current.map((one) => cardView(one, language, pdf)),
      history: editions
        .toSorted((a, b) =>
          a.publishedOn < b.publishedOn ? 1 : a.publishedOn > b.publishedOn ? -1 : b.number - a.number,
        )
        .map((edition) => ({
          day: edition.publishedOn,
          path: editionPath(edition),
          text: t('library:unit.edition', { title: reportTitle(edition.title, language), number: edition.number }),
          reason: edition.reason,
          withdrawn: edition.state === 'published' ? null : edition.withdrawnOn,
        })),
    });
  };
}
