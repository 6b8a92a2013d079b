import { inLanguage, type Text } from '../definitions/instrument';
import { translator, type Language } from '../locales/translate';
import { typeset } from '../locales/typography';
import type { Logo } from '../shared/logo';
import { handoutHtml } from './html';
import { qrSvg } from './qr';

/** A poster that invites to the open link. */
export interface Poster {
  readonly language: Language;
  readonly unitName: string;
  /** null: for everybody whom the open link is for. */
  readonly groupName: Text | null;
  readonly minutes: number;
  /** Fewest people behind a figure of a group. */
  readonly k: number;
  /** Last planned day of answering, `YYYY-MM-DD`. */
  readonly closesOn: string;
  /** The open link, as it is typed (without `https://`) and as it is opened. */
  readonly address: { readonly shown: string; readonly link: string };
  /** None where the installation has none. */
  readonly logos: readonly Logo[];
}

export function posterHtml({ language, groupName, ...poster }: Poster): string {
  const t = translator(language);
  const group = groupName && typeset(inLanguage(groupName, language), language);
  const about = { unit: poster.unitName, group: group ?? '' };
  return handoutHtml({
    ...{ kind: 'poster', language },
    title: t(group === null ? 'handouts:poster.titleForAll' : 'handouts:poster.title', about),
    model: { ...poster, group, qr: qrSvg(poster.address.link, t('handouts:poster.qr')) },
  });
}
