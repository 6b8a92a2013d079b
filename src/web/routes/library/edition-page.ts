import type { Request } from 'express';
import { formatDate } from '../../../locales/formats';
import { translator, type Language } from '../../../locales/translate';
import { editionPath, reportPath, type OpenedEdition, type PublishedEdition } from '../../../publishing/services';
import { reportInput } from '../../../reports/report-input';
import { notApprovedLines } from '../../../reports/sections/published';
import { languageOf } from '../../language';
import { page, type Outcome } from '../../outcome';
import { reportPage } from '../../report-page';
import type { Services } from '../../services';
import { siteAddress } from '../../site-address';
import { reportTitle, titleOf } from './card-view';
import { downloadsOf } from './files';

/** The report of an edition as a page, made from its document alone. */
export async function editionPage(
  request: Request,
  services: Services,
  { about, edition }: OpenedEdition,
): Promise<Outcome> {
  const language = languageOf(request);
  const t = translator(language);
  const input = reportInput(edition);
  const path = editionPath(about);
  const others = await services.publishing.editions.ofReport(about.unit, about.report);
  const newer = others.filter(({ number, state }) => number > about.number && state === 'published').at(-1);
  const { ok: pdf } = await services.pdf.available();
  const { publication, installation } = edition;
  return page('library/edition', {
    title: titleOf(about, language),
    public: newer === undefined,
    unit: input.unit,
    report: reportPage(request, path, input, language),
    links: [
      { href: '#downloads', text: t('library:edition.downloads') },
      { href: '#cite', text: t('library:edition.cite') },
    ],
    heading: reportTitle(about.title, language),
    downloads: downloadsOf(path, language, pdf),
    unitPath: `/library/${about.unit}`,
    newer: newer === undefined ? null : { href: editionPath(newer), text: editionWords(newer, language) },
    edition: {
      words: editionWords(about, language),
      reason: publication.reason,
      decision: t('report:edition.decision', {
        by: publication.decidedBy,
        day: formatDate(publication.decidedOn, language),
      }),
      notApproved: notApprovedLines(input, language),
      hash: about.hash,
      licence: installation.licence,
    },
    cite: citation(about, { language, site: siteAddress(request, services.baseUrl), installation }),
    latest: `${siteAddress(request, services.baseUrl)}${reportPath(about)}`,
  });
}

/** „Wydanie 2 z 16 marca 2026”. */
export function editionWords({ number, publishedOn }: PublishedEdition, language: Language): string {
  return translator(language)('report:edition.words', { number, day: formatDate(publishedOn, language) });
}

/** How somebody else's text names the edition: who, what, which edition, who publishes, where. */
function citation(
  about: PublishedEdition,
  given: { readonly language: Language; readonly site: string } & Pick<OpenedEdition['edition'], 'installation'>,
): string {
  const { language, site, installation } = given;
  const t = translator(language);
  const publisher = installation.publisher === null ? '' : `${installation.publisher.name}. `;
  return t('library:edition.citation', {
    ...{ unit: about.title.unit, title: reportTitle(about.title, language), publisher },
    ...{ edition: editionWords(about, language), address: `${site}${editionPath(about)}` },
  });
}
