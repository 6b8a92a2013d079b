import type { FrozenClause } from '../assessment/clauses';
import { translator, type Language } from '../locales/translate';

/** How an answer comes in: what the clause says of codes, addresses and typists differs by it. */
export type WayIn = 'link' | 'cards' | 'invitations' | 'paper';

/** The information for respondents, in words: what pages, paper and the report's annex print. */
export interface ClauseWords {
  /** „1.3”: the standard words and the unit's own. */
  readonly version: string;
  readonly parts: readonly ClausePart[];
}

export interface ClausePart {
  readonly name: 'who' | 'why' | 'stored' | 'notStored' | 'published' | 'promise' | 'more';
  readonly heading: string;
  readonly lines: readonly string[];
}

/** „1.3”: the number of the standard words, and of the unit's own. */
export function clauseVersion({ wording, revision }: Pick<FrozenClause, 'wording' | 'revision'>): string {
  return `${wording}.${revision}`;
}

/**
 * @param ways the ways in that it has to be true of; one for a respondent, all of a round's for its report
 * @param thresholds fewest people behind a figure, and behind comments
 */
export function clauseWords(
  clause: FrozenClause,
  ways: readonly WayIn[],
  thresholds: { readonly k: number; readonly comments: number },
  language: Language,
): ClauseWords {
  const { wording, controller, contact, dpo, more, moreEn } = clause;
  const t = translator(language);
  const say = (key: string, parameters?: Readonly<Record<string, unknown>>) =>
    t(`clause:${String(wording)}.${key}`, parameters);
  const has = (way: WayIn): boolean => ways.includes(way);
  const online = ways.some((way) => way !== 'paper');
  const own = language === 'en' && moreEn !== '' ? moreEn : more;
  const part = (name: ClausePart['name'], lines: readonly string[]): ClausePart => ({
    name,
    heading: say(`${name}.heading`),
    lines,
  });
  return {
    version: clauseVersion(clause),
    parts: [
      part('who', [
        say('who.controller', { controller }),
        ...(contact === '' ? [] : [say('who.contact', { contact })]),
        ...(dpo === '' ? [] : [say('who.dpo', { dpo })]),
      ]),
      part('why', [say('why.purpose'), say('why.free')]),
      part('stored', [
        say('stored.answers'),
        say('stored.comments'),
        ...(online ? [say('stored.draft')] : []),
        ...(has('cards') ? [say('stored.cards')] : []),
        ...(has('invitations') ? [say('stored.invitations'), say('stored.addresses')] : []),
        ...(has('paper') ? [say('stored.paper'), say('stored.batch')] : []),
        ...(has('link') ? [say('stored.link')] : []),
      ]),
      part('notStored', [
        say(has('invitations') ? 'notStored.nameOnly' : 'notStored.name'),
        ...(online ? [say('notStored.computer')] : []),
        say('notStored.order'),
      ]),
      part('published', [
        say('published.k', { count: thresholds.k }),
        say('published.comments', { count: thresholds.comments }),
      ]),
      part('promise', [say('promise.text'), say('promise.alike'), say('promise.others'), say('promise.server')]),
      ...(own === ''
        ? []
        : [
            part(
              'more',
              own.split('\n').filter((line) => line.trim() !== ''),
            ),
          ]),
    ],
  };
}
