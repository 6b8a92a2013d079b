import type { Request } from 'express';
import type { UnitInput } from '../../../../assessment/units';
import { subregionOfPlace } from '../../../../programme/document/programme';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { fits } from '../../../../shared/search-words';
import { dayOf } from '../../../../shared/clock';
import { placeCode, powiatOf, type Place } from '../../../../territory/place';
import { rawForm, rawList, rawText } from '../../../forms/raw';
import { redirect, type Outcome } from '../../../outcome';
import { placeLabel, unitNameOf } from '../../../view-models/place-picker';
import { staffPage, type Staff } from '../signed-in';

/** Places that are shown at once: a powiat has at most some twenty gminas. */
const mostShown = 60;
/** Stands for the cities with county rights in the choice of powiats. */
const cities = 'cities';

interface Asked {
  readonly powiat: string;
  readonly query: string;
}

/** Places of the register that are no unit yet, a powiat or a search at a time; each may become a unit. */
export async function unitsImportPage(request: Request, staff: Staff): Promise<Outcome> {
  const { powiat, q } = request.query;
  const asked = { powiat: typeof powiat === 'string' ? powiat : '', query: typeof q === 'string' ? q.trim() : '' };
  return show(staff, asked, [], null);
}

/** Makes a unit of each chosen place. One that somebody else has made meanwhile is there already, which is as good. */
export async function importUnits(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const raw = rawForm(request.body);
  const chosen = rawList(raw, 'place');
  const register = await staff.services.territory.all();
  const places = register.filter(({ code, gone }) => !gone && chosen.includes(code));
  const asked = { powiat: rawText(raw, 'powiat'), query: rawText(raw, 'q') };
  if (places.length === 0) return show(staff, asked, chosen, staff.t('territory:units.none'));
  let made = 0;
  for (const place of places) {
    const unit = await staff.services.assessment.units.create(unitOf(staff, register, place));
    if (!isRefusal(unit)) made += 1;
    else if (unit.refused !== 'unit-code-taken') return unit;
  }
  return redirect(`/staff/units?done=imported&count=${made}`);
}

/** What the register and the programme know of a unit. */
function unitOf({ language, services }: Staff, register: readonly Place[], place: Place): UnitInput {
  const programme = services.programmes.current(dayOf(services.clock()));
  const powiat = register.find(({ code }) => code === powiatOf(place.code));
  return {
    ...{ code: place.code, name: unitNameOf(place, language), kind: place.kind },
    powiat: powiat === undefined || powiat.code === place.code ? '' : powiat.name,
    subregion: (programme && subregionOfPlace(programme, place.code)?.name.pl) ?? '',
  };
}

async function show(staff: Staff, asked: Asked, chosen: readonly string[], error: string | null): Promise<Outcome> {
  const { language, services, t } = staff;
  const isAsked = asked.powiat !== '' || asked.query !== '';
  const [all, units] = await Promise.all([services.territory.all(), isAsked ? services.assessment.units.all() : []]);
  const register = all.filter(({ gone }) => !gone);
  const taken = new Set(units.map(({ code }) => placeCode(code)));
  const fitting = register.filter((place) => isAsked && isOf(asked.powiat, place) && isCalled(asked.query, place));
  const free = fitting.filter(({ code }) => !taken.has(code));
  const there = fitting.filter(({ code }) => taken.has(code)).map((place) => placeLabel(register, place, language));
  return staffPage(
    staff,
    'staff/territory/units',
    {
      title: t('territory:units.title'),
      address: '/staff/units/import',
      errors: error === null ? [] : [{ text: error, href: '#place' }],
      ...{ asked, isAsked, error },
      powiats: powiatChoices(staff, register, asked.powiat),
      places: free.slice(0, mostShown).map((place) => ({
        ...{ code: place.code, name: place.name },
        about: [t(`staff:unit.kinds.${place.kind}`), powiatWords(staff, register, place), place.code]
          .filter((one) => one !== '')
          .join(' · '),
        checked: chosen.includes(place.code),
      })),
      more: free.length > mostShown ? mostShown : 0,
      there: there.slice(0, mostShown).join(', '),
    },
    error === null ? 200 : 422,
  );
}

/** „powiat chodzieski” of a gmina; '' of a powiat or a city. */
function powiatWords({ t }: Staff, register: readonly Place[], { code, kind }: Place): string {
  const powiat = register.find((one) => one.code === powiatOf(code));
  const isPart = powiat !== undefined && powiat.code !== code && kind !== 'powiat';
  return isPart ? t('common:place.powiat', { name: powiat.name }) : '';
}

function isOf(powiat: string, { code, kind }: Place): boolean {
  if (powiat === '') return true;
  return powiat === cities ? kind === 'city-with-county-rights' : powiatOf(code) === powiat;
}

function isCalled(query: string, { code, name }: Place): boolean {
  return fits(query, [name, code]);
}

function powiatChoices({ t }: Staff, register: readonly Place[], chosen: string) {
  const { compare } = new Intl.Collator('pl');
  const powiats = register
    .filter(({ kind }) => kind === 'powiat')
    .sort((one, other) => compare(one.name, other.name))
    .map(({ code, name }) => ({ code, name }));
  return [
    { code: '', name: t('territory:units.allPowiats') },
    ...powiats,
    { code: cities, name: t('territory:units.cities') },
  ].map((one) => ({ ...one, selected: one.code === chosen }));
}
