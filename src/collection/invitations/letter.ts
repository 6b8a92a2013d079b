import type { Round } from '../../assessment/round';
import { baseMark } from '../../letters/base-mark';
import { typesetLetter } from '../../letters/typeset-letter';
import { formatDate } from '../../locales/formats';
import { translator, type Language } from '../../locales/translate';
import { placeholders, type LetterKind, type LetterTexts } from './letter-texts';

/** What a letter is made of beside the words of the staff. */
export interface LetterFacts {
  readonly unitName: string;
  readonly round: Pick<Round, 'closesOn'>;
  /** Path of the personal link. */
  readonly linkPath: string;
  /** Path of the page that asks whether no more letters shall come. */
  readonly stopPath: string;
  /** Whether other people are invited at the same address. */
  readonly shared: boolean;
}

export interface WrittenLetter {
  readonly subject: string;
  /** `baseMark` stands in it for the public address. */
  readonly text: string;
}

/** The words of the staff, filled in, and below them what every letter has to say, which nobody can leave out. */
export function writtenLetter(texts: LetterTexts, kind: LetterKind, facts: LetterFacts): WrittenLetter {
  const english = texts[`${kind}English`];
  const parts = [
    inLanguage(texts[kind], 'pl', facts),
    ...(english === '' ? [] : ['– – –', inLanguage(english, 'en', facts)]),
  ];
  return {
    subject: filled(texts[`${kind}Subject`], 'pl', facts),
    text: `${parts.join('\n\n')}\n`,
  };
}

function inLanguage(words: string, language: Language, facts: LetterFacts): string {
  const t = translator(language);
  const below = [
    t('invitations:letter.one'),
    ...(facts.shared ? [t('invitations:letter.shared')] : []),
    t('invitations:letter.promise', { unit: facts.unitName }),
    `${t('invitations:letter.stop')}\n${baseMark}${facts.stopPath}`,
  ];
  return [filled(words, language, facts), ...below.map((line) => typesetLetter(line, language))].join('\n\n');
}

function filled(words: string, language: Language, { unitName, round, linkPath }: LetterFacts): string {
  return typesetLetter(words, language)
    .replaceAll(placeholders.unit, unitName)
    .replaceAll(placeholders.lastDay, formatDate(round.closesOn, language))
    .replaceAll(placeholders.link, `${baseMark}${linkPath}`);
}
