import { isSpecial, type Answer, type Answers } from '../definitions/answers';
import type { Instrument } from '../definitions/instrument';
import { readByRules } from '../definitions/read-by-rules';
import { rememberedFor } from '../shared/remember';
import type { CollectionSpec, Stored } from '../storage/port';
import { documentOf, text } from '../storage/document-fields';
import { uuidFrom } from './draft-cipher';

/**
 * What one respondent wrote in own words. It lies apart from the same person's other answers, under an id that leads
 * to nothing, because words can tell who somebody is.
 */
export interface FreeText extends Stored {
  readonly group: string;
  /** Question code, or `<code>.other` for the words of an "other" choice. */
  readonly question: string;
  readonly text: string;
}

export const freeTextFields = { group: text, question: text, text: { type: 'string', minLength: 1 } };

/** While the round is open, in its part. */
export const freeTextsSpec: CollectionSpec<FreeText> = {
  name: 'free-texts',
  schema: documentOf(freeTextFields),
  inParts: true,
};

/**
 * Parts the answers that count into those that stay together and those in own words. Where a rule asks whether a text
 * was answered, an empty text stays behind: the rule then still holds when scores are computed.
 */
export function separateTexts(
  instrument: Instrument,
  effective: Answers,
  from: { readonly group: string; readonly textKey: string },
): { answers: Answers; texts: FreeText[] } {
  const { textual, readByRules } = kindsOf(instrument);
  const together: [string, Answer][] = [];
  const texts: FreeText[] = [];
  for (const [question, answer] of Object.entries(effective)) {
    if (isSpecial(answer) || !(textual.has(question) || question.endsWith('.other'))) {
      together.push([question, answer]);
      continue;
    }
    if (readByRules.has(question)) together.push([question, '']);
    const words = typeof answer === 'string' ? answer.trim() : '';
    const { group, textKey } = from;
    if (words !== '') texts.push({ id: uuidFrom(textKey, question), group, question, text: words });
  }
  return { answers: Object.fromEntries(together), texts };
}

/** Questions that are answered in own words, and those that some rule asks about. */
const kindsOf = rememberedFor((instrument: Instrument) => ({
  textual: new Set(
    instrument.questions.filter(({ type }) => type === 'short-text' || type === 'long-text').map(({ code }) => code),
  ),
  readByRules: readByRules(instrument).answers,
}));
