import { inLanguage, type Text } from '../definitions/instrument';
import { translator, type Language } from '../locales/translate';
import { typeset } from '../locales/typography';
import { handoutHtml } from './html';
import { qrSvg } from './qr';

/** Cards on one sheet: two columns of five. */
export const cardsOnSheet = 10;

/** Sheets of cards to cut apart, each card with a code that answers once. */
export interface CardSheets {
  readonly language: Language;
  readonly unitName: string;
  readonly groupName: Text;
  /** Last planned day of answering, `YYYY-MM-DD`. */
  readonly closesOn: string;
  /** Where the code is typed in, without `https://`. */
  readonly address: string;
  readonly sheets: readonly {
    /** As staff find it again in the list of sheets. */
    readonly number: number;
    readonly cards: readonly { readonly code: string; readonly link: string }[];
  }[];
}

export function cardsHtml({ language, unitName, groupName, sheets, ...rest }: CardSheets): string {
  const t = translator(language);
  const group = typeset(inLanguage(groupName, language), language);
  const title = t('handouts:cards.title', { unit: unitName, group });
  return handoutHtml({
    ...{ kind: 'cards', language, title },
    model: {
      ...{ ...rest, unitName, group },
      sheets: sheets.map(({ number, cards }) => ({
        number,
        cards: cards.map(({ code, link }) => ({ code, qr: qrSvg(link, t('handouts:cards.qr')) })),
      })),
    },
  });
}
