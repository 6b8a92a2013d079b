import type { Request } from 'express';
import { accountStates, type Account } from '../../../../accounts/account';
import { roles } from '../../../../accounts/rights';
import type { Unit } from '../../../../assessment/units';
import { fits } from '../../../../shared/search-words';
import type { Outcome } from '../../../outcome';
import { paged } from '../paging';
import { staffPage, type Staff } from '../signed-in';

const pageSize = 50;

/** What a redirect to a page of people may say was done. */
const done = ['invited', 'handed-over', 'edited', 'suspended', 'restored', 'erased', 'sent'];

export function doneOf(request: Request): string | null {
  return done.find((one) => one === request.query['done']) ?? null;
}

/** Everybody with an account: looked for by name, role, unit and state. */
export async function peoplePage(request: Request, staff: Staff): Promise<Outcome> {
  const { services, t } = staff;
  const [people, units] = await Promise.all([services.people.all(), services.assessment.units.all()]);
  const asked = (name: string): string => {
    const value = request.query[name];
    return typeof value === 'string' ? value.trim().slice(0, 200) : '';
  };
  const filter = { q: asked('q'), role: asked('role'), unit: asked('unit'), state: asked('state') };
  const unitNames = new Map(units.map(({ id, name }) => [id, name]));
  const found = people.filter(
    (one) =>
      // Who is gone is looked for on purpose.
      (filter.state === '' ? one.state !== 'erased' : one.state === filter.state) &&
      (filter.role === '' || one.role === filter.role) &&
      (filter.unit === '' || one.units.includes(filter.unit)) &&
      fits(filter.q, [one.name, one.user, one.email ?? '']),
  );
  const { rows, pages } = paged(request, t, found, pageSize);
  const options = (name: keyof typeof filter, all: string, choices: readonly (readonly [string, string])[]) => ({
    ...{ id: `filter-${name}`, name, label: t(`accounts:list.${name}`) },
    options: [['', all] as const, ...choices].map(([value, text]) => ({
      ...{ value, text, selected: value === filter[name] },
    })),
  });
  const isFiltered = Object.values(filter).some((value) => value !== '');
  return staffPage(staff, 'staff/people/list', {
    title: t('accounts:list.title'),
    done: doneOf(request),
    query: filter.q,
    filters: [
      options('role', t('accounts:list.anyRole'), roles.map((role) => [role, t(`staff:roles.${role}`)])), // prettier-ignore
      options('unit', t('accounts:list.anyUnit'), units.map(({ id, name }) => [id, name])), // prettier-ignore
      options('state', t('accounts:list.allStates'), accountStates.map((state) => [state, t(`accounts:states.${state}`)])), // prettier-ignore
    ],
    found: isFiltered ? t('accounts:list.found', { count: found.length }) : null,
    rows: rows.map((account) => ({
      ...personWords(account, staff),
      units: unitWords(account, unitNames, staff),
    })),
    pages,
  });
}

/** How a person stands in lists and above their page. */
export function personWords({ id, name, user, email, role, side, state }: Account, { t }: Staff) {
  return {
    ...{ id, user, email, state },
    name: state === 'erased' ? t('accounts:erased') : name || user,
    roleName: side === null ? t(`staff:roles.${role}`) : t('accounts:coordinatorOf', { side: t(`accounts:sides.${side}`) }), // prettier-ignore
    stateName: t(`accounts:states.${state}`),
  };
}

/** „Gmina Mała, Gmina Zmyślona i 4 inne”. */
function unitWords({ units }: Account, names: ReadonlyMap<Unit['id'], string>, { t }: Pick<Staff, 't'>): string {
  const known = units.flatMap((id) => names.get(id) ?? []).sort((one, other) => one.localeCompare(other, 'pl'));
  const first = known.slice(0, 3).join(', ');
  return known.length > 3 ? t('accounts:list.andMore', { first, count: known.length - 3 }) : first;
}
