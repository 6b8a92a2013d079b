import type { Request } from 'express';
import { placeKinds, voivodeshipOf, type Place } from '../../../../territory/place';
import type { Outcome } from '../../../outcome';
import { staffPage, type Staff } from '../signed-in';

/** How many places of each kind the register has, by voivodeship. */
export async function registerPage(request: Request, staff: Staff): Promise<Outcome> {
  const { services, t } = staff;
  const all = await services.territory.all();
  const offered = all.filter(({ gone }) => !gone);
  const voivodeships = [...new Set(offered.map(voivodeshipOf))];
  const count = (of: readonly Place[], kind: Place['kind']): number => of.filter((place) => place.kind === kind).length;
  return staffPage(staff, 'staff/territory/register', {
    title: t('territory:register.title'),
    imported: request.query['done'] === 'imported',
    voivodeships: voivodeships.map((code) => {
      const here = offered.filter((place) => voivodeshipOf(place) === code);
      return {
        title: t('territory:register.voivodeship', { code }),
        counts: placeKinds.map((kind) => ({ kind: t(`territory:register.kinds.${kind}`), count: count(here, kind) })),
        all: here.length,
      };
    }),
    gone: all.length - offered.length,
  });
}
