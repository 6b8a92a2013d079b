import type { Language } from '../../locales/translate';
import { contextOf, type Context, type RoundWords } from '../context';
import type { ReportInput } from '../input';
import { wordingOf } from '../wording';

/** „Sporządzono 23 listopada 2026”; of an edition „Wydanie 2 z 23 listopada 2026”. */
export function madeWords({ w, input: { madeOn, published } }: Context): string {
  const date = w.date(madeOn);
  return published === null
    ? w.say('made', { date })
    : w.say('edition.words', { number: published.publication.number, day: date });
}

/** What an edition says of itself, a line each; nothing of a preview. */
export function publishedLines({ w, input: { published } }: Context): readonly string[] {
  if (published === null) return [];
  const { publication, installation } = published;
  const { publisher, licence } = installation;
  const address = addressOf(published);
  return [
    w.say('edition.decision', { by: publication.decidedBy, day: w.date(publication.decidedOn) }),
    ...(publication.reason === null ? [] : [w.say('edition.reason', { reason: publication.reason })]),
    ...(address === null ? [] : [w.say('edition.address', { address })]),
    ...(publisher === null ? [] : [w.say('edition.contact', publisher)]),
    ...(licence === null ? [] : [w.say('edition.licence', { licence: licence.name })]),
  ];
}

/** Where the edition can be read; null where the installation has no public address. */
export function addressOf({ publication, installation }: NonNullable<Context['input']['published']>): string | null {
  return installation.address === null ? null : `${installation.address}${publication.path}`;
}

/**
 * Agreed scores may still change as long as the working group has not approved them; where it took an approval back, the
 * report says so.
 */
export function notApproved({ w }: Context, { name, round: { agreed } }: RoundWords): string[] {
  return [
    ...(agreed?.approvedOn === null ? [w.say('agreed.notApproved', { round: name })] : []),
    ...(agreed?.reopened ?? []).map(({ approvedOn, on, why }) =>
      w.say('agreed.reopened', { round: name, approved: w.date(approvedOn), day: w.date(on), why }),
    ),
  ];
}

/** For a page that says it before anything else. */
export function notApprovedLines(input: ReportInput, language: Language): readonly string[] {
  const context = contextOf(input, wordingOf(language));
  return context.rounds.flatMap((words) => notApproved(context, words));
}
