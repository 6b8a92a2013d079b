import type { Presence } from '../../../../../assessment/meeting/meetings';
import type { Staff } from '../../signed-in';

/** „Radni, Rada Gminy, strona samorządowa: 3 osoby”. */
export function presentWords({ t }: Pick<Staff, 't'>, { role, organisation = '', side, count }: Presence): string {
  const about = [role, organisation, side === undefined ? '' : t(`meeting:presence.sides.${side}`)];
  return t('meeting:presence.line', { who: about.filter((one) => one !== '').join(', '), count });
}
