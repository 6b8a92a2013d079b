import type { Installation } from '../reports/edition/edition';
import { createAddresses } from './addresses';
import { createOpenData, type OpenDataService } from './open-data';
import { createEditions, type Editions, type EditionsDependencies } from './editions';

export type PublishingDependencies = Omit<EditionsDependencies, 'addresses'>;

/** Everything that pages may ask of this room. Call `editions.resumeWithdrawing()` at start and now and then. */
export interface PublishingServices {
  /** Who publishes here, and on what terms, as editions and open data say it. */
  readonly installation: Installation;
  readonly editions: Editions;
  readonly openData: OpenDataService;
}

export function createPublishing(deps: PublishingDependencies): PublishingServices {
  const { installation } = deps;
  const editions = createEditions({ ...deps, addresses: createAddresses(deps) });
  return { installation, editions, openData: createOpenData({ editions, installation }) };
}

export type { Subject } from './addresses';
export type { Card, CardFigure } from './card';
export { editionPath, reportPath, type PublishedEdition } from './edition';
export { actionsOfStaff } from './edition-status';
export { longestWithdrawalReason, type OpenedEdition } from './editions';
export { choicesIn, currentOf, found, pageOf, type LibraryQuery, type Page, type Shelved } from './library';
export { publicationInput, type PublicationInput } from './publication';
