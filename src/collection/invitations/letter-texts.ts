import Type from 'typebox';
import { translator, type Language } from '../../locales/translate';
import { isRefusal, refuse, type Refusal } from '../../shared/errors';
import { anyWords, inputReader, line, words, type InputOf } from '../../shared/input';
import { documentOf, revision } from '../../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../../storage/port';
import { updateSeen } from '../../storage/revisions';

/** Most characters of one text. */
export const longestLetter = 4000;

/**
 * What staff write in the letters of a round. The English texts may be left empty; where they are not, they follow the
 * Polish ones in the same letter, since nobody knows who reads what.
 */
export const letterTexts = Type.Object({
  invitationSubject: line(150),
  invitation: words(longestLetter),
  invitationEnglish: anyWords(longestLetter),
  reminderSubject: line(150),
  reminder: words(longestLetter),
  reminderEnglish: anyWords(longestLetter),
});
export type LetterTexts = InputOf<typeof letterTexts>;

/** Of a round; the id is the round's. */
export interface RoundLetterTexts extends Stored, LetterTexts {
  readonly revision: number;
}

export const letterTextsSpec: CollectionSpec<RoundLetterTexts> = {
  name: 'letter-texts',
  schema: documentOf({ ...letterTexts.properties, revision }),
};

/** What stands in a text for something that differs from letter to letter or from round to round. */
export const placeholders = {
  /** The personal link; without it a letter is of no use. */
  link: '{link}',
  unit: '{jednostka}',
  lastDay: '{termin}',
} as const;

export type LetterKind = 'invitation' | 'reminder';

const read = inputReader(letterTexts, {
  invitationSubject: { missing: 'letter-text-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
  invitation: { missing: 'letter-text-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
  invitationEnglish: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
  reminderSubject: { missing: 'letter-text-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
  reminder: { missing: 'letter-text-missing', tooLong: 'text-too-long', malformed: 'hidden-characters' },
  reminderEnglish: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
});

type TextsRefusal =
  Extract<ReturnType<typeof read>, Refusal> | Refusal<'letter-link-missing' | 'letter-placeholder-unknown'>;

/** The texts as they are kept, or what is wrong with the first that cannot be used. */
export function readLetterTexts(input: LetterTexts): LetterTexts | TextsRefusal {
  const texts = read(input);
  if (isRefusal(texts)) return texts;
  const known: readonly string[] = Object.values(placeholders);
  for (const [field, text] of Object.entries(texts)) {
    const strange = (text.match(/\{[^{}\n]*\}/g) ?? []).find((mark) => !known.includes(mark));
    if (strange !== undefined) return refuse('letter-placeholder-unknown', { field, mark: strange });
    const isSubject = field.endsWith('Subject');
    // A subject goes through many hands and is shown in lists: no link in it.
    if (isSubject && text.includes(placeholders.link)) {
      return refuse('letter-placeholder-unknown', { field, mark: placeholders.link });
    }
    if (!isSubject && text !== '' && !text.includes(placeholders.link)) return refuse('letter-link-missing', { field });
  }
  return texts;
}

export interface RoundTexts {
  /** What the round's letters say: what was saved, or the usual texts with revision 0. */
  of(roundId: string): Promise<RoundLetterTexts>;
  /** @param seen the revision that the caller saw; another one by now is the refusal `changed-meanwhile` */
  save(
    roundId: string,
    input: LetterTexts,
    seen: number,
  ): Promise<RoundLetterTexts | TextsRefusal | Refusal<'changed-meanwhile'>>;
}

export function createRoundTexts({ store }: { readonly store: Store }): RoundTexts {
  const texts = store.collection(letterTextsSpec);
  return {
    of: async (roundId) => (await texts.get(roundId)) ?? { id: roundId, ...usualTexts(), revision: 0 },
    async save(roundId, input, seen) {
      const fields = readLetterTexts(input);
      if (isRefusal(fields)) return fields;
      if (seen === 0) {
        const first: RoundLetterTexts = { id: roundId, ...fields, revision: 1 };
        return (await texts.insert(first)).inserted ? first : refuse('changed-meanwhile');
      }
      return (await updateSeen<RoundLetterTexts>(texts, roundId, seen, fields)) ?? refuse('changed-meanwhile');
    },
  };
}

/** Ready to be sent as they are, in both languages. */
export function usualTexts(): LetterTexts {
  const say = (language: Language, kind: LetterKind): string => translator(language)(`invitations:usual.${kind}`);
  return {
    invitationSubject: translator('pl')('invitations:usual.invitationSubject'),
    invitation: say('pl', 'invitation'),
    invitationEnglish: '',
    reminderSubject: translator('pl')('invitations:usual.reminderSubject'),
    reminder: say('pl', 'reminder'),
    reminderEnglish: '',
  };
}
