import Type from 'typebox';
import type { Edition } from '../reports/edition/edition';
import { editionOf } from '../reports/edition/report-document';
import type { UnitDocument } from '../reports/assessment-report';
import { refuse, type Refusal } from '../shared/errors';
import { anyWords, day, inputReader, line, type InputOf } from '../shared/input';

/** What staff enter when they publish a report, by the unit's decision. */
export const publicationInput = Type.Object({
  /** The office or body of the unit that decided, no name of a person. */
  decidedBy: line(200),
  /** `YYYY-MM-DD`, not after the day of publishing. */
  decidedOn: day,
  /** Why there is another edition; '' for the first. */
  reason: anyWords(1000),
  /** The unit has decided, and whoever publishes has read that the texts name nobody. */
  confirmed: Type.Boolean(),
});
export type PublicationInput = InputOf<typeof publicationInput>;

export const readPublication = inputReader(publicationInput, {
  decidedBy: { missing: 'decided-by-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
  decidedOn: 'day-malformed',
  reason: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
  confirmed: 'publication-unconfirmed',
});

export type PublicationRefusal =
  | Extract<ReturnType<typeof readPublication>, Refusal>
  | Refusal<'decided-later' | 'edition-reason-missing' | 'publication-unconfirmed'>;

/** What no schema can say of a publication; null where nothing is in the way. */
export function publicationRefusal(
  input: PublicationInput,
  { number, today }: { readonly number: number; readonly today: string },
): PublicationRefusal | null {
  const { decidedOn, reason, confirmed } = input;
  if (decidedOn > today) return refuse('decided-later', { field: 'decidedOn' });
  if (number > 1 && reason === '') return refuse('edition-reason-missing', { field: 'reason' });
  return confirmed ? null : refuse('publication-unconfirmed', { field: 'confirmed' });
}

/** The edition that a document becomes by this publication. Pure. */
export function editionFrom(
  document: UnitDocument,
  input: PublicationInput,
  { number, path, installation }: Pick<Edition, 'installation'> & Pick<Edition['publication'], 'number' | 'path'>,
): Edition {
  const { decidedBy, decidedOn, reason } = input;
  return editionOf(document, {
    publication: { number, reason: number === 1 ? null : reason, decidedBy, decidedOn, path },
    installation,
  });
}
