import { isInRegion } from '../../../events/programmes';
import { translator, type Language } from '../../../locales/translate';
import type { Programme } from '../../../programme/document/programme';
import type { Place } from '../../../territory/place';
import { fieldId } from '../../forms/field-names';
import { placeGroups, type PlacePicker } from '../../view-models/place-picker';

/** Chosen by those whose seat is not in the list. */
export const outside = 'outside';

/** Places where the seat of an organisation can be: gminas and cities of the programme's region. */
export function seatsOf(places: readonly Place[], programme: Programme | undefined): readonly Place[] {
  return places.filter(({ code, kind }) => kind !== 'powiat' && isInRegion(programme, code));
}

export function seatPicker(
  places: readonly Place[],
  programme: Programme | undefined,
  chosen: string,
  language: Language,
  error: string | undefined,
): PlacePicker {
  const t = translator(language);
  const id = fieldId('seat');
  return {
    ...{ id, name: 'seat', label: t('events:register.seat'), hint: t('events:register.seatHint') },
    ...(error === undefined ? {} : { error }),
    empty: t('events:seat.choose'),
    groups: placeGroups(places, seatsOf(places, programme), chosen, language),
    last: { value: outside, label: t('events:seat.outside'), selected: chosen === outside },
  };
}
