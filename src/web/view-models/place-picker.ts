import { translator, type Language } from '../../locales/translate';
import { powiatOf, type Place } from '../../territory/place';

/** The one way to choose a place: a list by powiat, which the browser's script makes searchable (`parts/place-picker`). */
export interface PlacePicker {
  readonly id: string;
  /** Name of the form's field. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
  /** Words of the choice that chooses nothing. */
  readonly empty: string;
  readonly groups: readonly PlaceGroup[];
  /** A choice after all groups. */
  readonly last?: PlaceOption;
}

export interface PlaceGroup {
  readonly label: string;
  readonly options: readonly PlaceOption[];
}

interface PlaceOption {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

/**
 * Places by powiat in Polish order (a powiat itself first in its group), cities with county rights at the end.
 *
 * Places that are gone are offered only where one is chosen already.
 *
 * @param register names the powiats, which need not be among the places to choose from
 */
export function placeGroups(
  register: readonly Place[],
  places: readonly Place[],
  chosen: string,
  language: Language,
): PlaceGroup[] {
  const t = translator(language);
  const { compare } = new Intl.Collator('pl');
  const optionOf = (place: Place): PlaceOption => ({
    value: place.code,
    label: placeLabel(register, place, language),
    selected: place.code === chosen,
  });
  const offered = places.filter(({ code, gone }) => !gone || code === chosen);
  const cities = offered.filter(({ kind }) => kind === 'city-with-county-rights');
  const inPowiats = new Map<string, Place[]>();
  for (const place of offered) {
    if (place.kind === 'city-with-county-rights') continue;
    const powiat = powiatOf(place.code) ?? '';
    inPowiats.set(powiat, [...(inPowiats.get(powiat) ?? []), place]);
  }
  const groups = [...inPowiats].map(([powiat, here]) => {
    const own = here.filter(({ kind }) => kind === 'powiat').map(optionOf);
    const gminas = here.filter(({ kind }) => kind !== 'powiat').map(optionOf);
    return {
      label: powiatLabel(powiat),
      options: [...own, ...gminas.sort((one, other) => compare(one.label, other.label))],
    };
  });
  groups.sort((one, other) => compare(one.label, other.label));
  if (cities.length === 0) return groups;
  const options = cities
    .sort((one, other) => compare(one.name, other.name))
    .map(({ code, name }) => ({ value: code, label: name, selected: code === chosen }));
  return [...groups, { label: t('common:place.cities'), options }];

  function powiatLabel(code: string): string {
    return t('common:place.powiat', { name: register.find((one) => one.code === code)?.name ?? code });
  }
}

/** „Budzyń”, „Chodzież – gmina wiejska” where two gminas of a powiat share the name, „powiat chodzieski”. */
export function placeLabel(places: readonly Place[], { code, name, kind }: Place, language: Language): string {
  const t = translator(language);
  if (kind === 'powiat') return t('common:place.powiat', { name });
  if (kind === 'city-with-county-rights') return name;
  const isAlone = !places.some(
    (other) => other.name === name && other.code !== code && powiatOf(other.code) === powiatOf(code),
  );
  return isAlone ? name : t('common:place.named', { name, kind: t(`common:place.kinds.${kind}`) });
}

/** „Budzyń, powiat chodzieski”; the code where it is none of the register. */
export function placeWords(places: readonly Place[], code: string, language: Language): string {
  const place = places.find((one) => one.code === code);
  if (place === undefined) return code;
  const powiat = places.find((one) => one.code === powiatOf(code));
  const label = placeLabel(places, place, language);
  if (powiat === undefined || powiat.code === code) return label;
  return translator(language)('common:place.inPowiat', { name: label, powiat: powiat.name });
}

/** What a unit of self-government in this place is called, to begin with: „Gmina Budzyń”, „Powiat chodzieski”. */
export function unitNameOf({ name, kind }: Place, language: Language): string {
  return translator(language)(`common:place.full.${kind}`, { name });
}
