import type { Unit } from '../../../../assessment/units';
import type { Staff } from '../signed-in';

/** „gmina wiejska · powiat chodzieski · pilski”: what is known of a unit beside its name. */
export function unitWords({ kind, powiat, subregion }: Unit, { t }: Staff): string {
  const parts = [t(`staff:unit.kinds.${kind}`), powiat && t('common:place.powiat', { name: powiat }), subregion];
  return parts.filter((part) => part !== '').join(' · ');
}
