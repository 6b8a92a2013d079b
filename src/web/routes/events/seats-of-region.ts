import type { Programme } from '../../../programme/document/programme';
import { isInRegion } from '../../../events/programmes';
import { translator, type Language } from '../../../locales/translate';
import type { Territory } from '../../../territory/terc';

/** Chosen by those whose seat is not in the list. */
export const outside = 'outside';

export interface SeatGroup {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly selected: boolean }[];
}

/** The gminas of the programme's region as a select shows them: by powiat in Polish order, cities at the end. */
export function seatGroups(
  { powiats, gminas }: Territory,
  programme: Programme | undefined,
  chosen: string,
  language: Language,
): SeatGroup[] {
  const t = translator(language);
  const { compare } = new Intl.Collator('pl');
  return powiats
    .filter(({ code }) => isInRegion(programme, code))
    .sort((one, other) => Number(one.isCity) - Number(other.isCity) || compare(one.name, other.name))
    .map((powiat) => {
      const here = gminas.filter((gmina) => gmina.powiat === powiat.code);
      const options = here
        .map(({ code, name, kind }) => {
          // Town and villages around it may have one name and be two gminas.
          const alone = here.filter((other) => other.name === name).length === 1;
          const label = alone ? name : t('events:seat.named', { name, kind: t(`events:seat.${kind}`) });
          return { value: code, label, selected: code === chosen };
        })
        .sort((one, other) => compare(one.label, other.label));
      return { label: t(powiat.isCity ? 'events:seat.city' : 'events:seat.powiat', { name: powiat.name }), options };
    })
    .filter(({ options }) => options.length > 0);
}

/** A gmina's name with its powiat; the code where it is not in the register. */
export function seatWords({ powiats, gminas }: Territory, code: string, language: Language): string {
  const gmina = gminas.find((one) => one.code === code);
  const powiat = powiats.find((one) => one.code === code.slice(0, 4));
  if (!gmina || !powiat) return code;
  if (powiat.isCity) return gmina.name;
  return translator(language)('events:seat.inPowiat', { name: gmina.name, powiat: powiat.name });
}
