import type { Request } from 'express';
import type { Account } from '../../../../accounts/account';
import { unitStates, type Standing } from '../../../../assessment/standings';
import { unitKinds } from '../../../../assessment/units';
import { fits } from '../../../../shared/search-words';
import type { Staff } from '../signed-in';

/** What is asked of the list of units: an address says it all, so that it can be kept and sent. */
export interface AskedUnits {
  readonly q: string;
  readonly state: string;
  readonly powiat: string;
  readonly subregion: string;
  readonly kind: string;
  /** Id of an account, or `nobody`. */
  readonly facilitator: string;
  readonly sort: UnitSort;
}

export const unitSorts = ['next', 'name', 'state', 'response', 'code', 'kind'] as const;
export type UnitSort = (typeof unitSorts)[number];

const filters = ['state', 'powiat', 'subregion', 'kind', 'facilitator'] as const;
/** Stands for the units that no facilitator is assigned to. */
const nobody = 'nobody';
export type UnitFilter = (typeof filters)[number];

export function askedOf({ query }: Request): AskedUnits {
  const text = (name: string): string => {
    const value = query[name];
    return typeof value === 'string' ? value.trim().slice(0, 200) : '';
  };
  return {
    q: text('q'),
    ...{ state: text('state'), powiat: text('powiat'), subregion: text('subregion'), kind: text('kind') },
    facilitator: text('facilitator'),
    sort: unitSorts.find((one) => one === text('sort')) ?? 'next',
  };
}

export const isNarrowed = (asked: AskedUnits): boolean => asked.q !== '' || filters.some((name) => asked[name] !== '');

/** Somebody who leads assessments, with the units that they are assigned to. */
export type Facilitator = Pick<Account, 'id' | 'name' | 'user' | 'units'>;

/** Known to those who assign people to units; others have nobody to choose from. */
export async function facilitatorsFor({ mayAny, services }: Staff): Promise<readonly Facilitator[]> {
  if (!mayAny('people.edit')) return [];
  return (await services.people.all()).filter(({ role, state }) => role === 'facilitator' && state !== 'erased');
}

/** Those that are asked for. */
export function fitting(
  standings: readonly Standing[],
  asked: AskedUnits,
  facilitators: readonly Facilitator[],
  { t }: Staff,
): Standing[] {
  const led = asked.facilitator === '' ? null : ledBy(asked.facilitator, facilitators);
  return standings.filter((one) => {
    if (led !== null && !led(one.unit.id)) return false;
    const { unit, state } = one;
    if (asked.state === 'late' ? !one.next?.overdue : asked.state !== '' && asked.state !== state) return false;
    if (asked.powiat !== '' && unit.powiat !== asked.powiat) return false;
    if (asked.subregion !== '' && unit.subregion !== asked.subregion) return false;
    if (asked.kind !== '' && unit.kind !== asked.kind) return false;
    const texts = [unit.name, unit.code, unit.powiat, unit.subregion];
    return asked.q === '' || fits(asked.q, [...texts, t(`staff:unit.kinds.${unit.kind}`)]);
  });
}

function ledBy(asked: string, facilitators: readonly Facilitator[]): (unitId: string) => boolean {
  if (asked !== nobody) {
    const units = new Set(facilitators.find(({ id }) => id === asked)?.units);
    return (unitId) => units.has(unitId);
  }
  const all = new Set(facilitators.flatMap(({ units }) => units));
  return (unitId) => !all.has(unitId);
}

/**
 * In the order that is asked; the units come by name, which stays the order among equals. `next`: what is late first,
 * then by day; who has no day stands last.
 *
 * @param answered the share of people that have answered, by the unit's id; those with none stand last
 */
export function sorted(
  standings: readonly Standing[],
  sort: UnitSort,
  answered: ReadonlyMap<string, number>,
): readonly Standing[] {
  const key: Readonly<Record<Exclude<UnitSort, 'name'>, (one: Standing) => string | number>> = {
    next: ({ next }) => [next === null ? 2 : next.overdue ? 0 : 1, next?.due ?? '9999'].join(' '),
    state: ({ state }) => unitStates.indexOf(state),
    response: ({ unit }) => answered.get(unit.id) ?? 2,
    code: ({ unit }) => unit.code,
    kind: ({ unit }) => unitKinds.indexOf(unit.kind),
  };
  if (sort === 'name') return standings;
  const keyed = standings.map((one) => [key[sort](one), one] as const);
  return keyed.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, one]) => one);
}

/** What each filter offers: what there is among the units. */
export function filterChoices(
  standings: readonly Standing[],
  asked: AskedUnits,
  facilitators: readonly Facilitator[],
  { t, language }: Staff,
) {
  const { compare } = new Intl.Collator(language);
  const states = new Set<string>(standings.map(({ state }) => state));
  const kinds = new Set<string>(standings.map(({ unit }) => unit.kind));
  const present = (of: (one: Standing) => string): string[] =>
    [...new Set(standings.map(of))].filter((value) => value !== '').sort(compare);
  const values: Readonly<Record<UnitFilter, readonly (readonly [value: string, text: string])[]>> = {
    state: [
      ['late', t('office:list.late')],
      ...unitStates.filter((state) => states.has(state)).map((state) => [state, t(`office:states.${state}`)] as const),
    ],
    powiat: present(({ unit }) => unit.powiat).map((value) => [value, value]),
    subregion: present(({ unit }) => unit.subregion).map((value) => [value, value]),
    kind: unitKinds.filter((kind) => kinds.has(kind)).map((kind) => [kind, t(`staff:unit.kinds.${kind}`)]),
    facilitator:
      facilitators.length === 0
        ? []
        : [
            [nobody, t('office:list.nobody')],
            ...facilitators.map(({ id, name, user }) => [id, name === '' ? user : name] as const),
          ],
  };
  return filters
    .filter((name) => values[name].length > 1 || asked[name] !== '')
    .map((name) => ({
      name,
      label: t(`office:list.filters.${name}`),
      choices: values[name].map(([value, text]) => ({ value, text, selected: asked[name] === value })),
    }));
}
