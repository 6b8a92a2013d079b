import type { Request } from 'express';
import type { AdvisedUnit } from '../../../../advisory/unit';
import { inLanguage } from '../../../../definitions/instrument';
import { subregionOfPlace, type Programme } from '../../../../programme/document/programme';
import { dayOf } from '../../../../shared/clock';
import { placeCode } from '../../../../territory/place';
import { rawText, type RawForm } from '../../../forms/raw';
import { placeGroups, unitNameOf, type PlacePicker } from '../../../view-models/place-picker';
import type { EditPart } from '../edit';
import type { Staff } from '../signed-in';

/** A list to choose from, as the partial `advice/select` shows it. */
export interface Select {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
  readonly groups: readonly {
    readonly label: string;
    readonly options: readonly { readonly value: string; readonly label: string; readonly selected: boolean }[];
  }[];
}

/** The programme that the address or the form names, otherwise the one that runs now. */
export function programmeOf(request: Request, { services }: Staff): Programme | null {
  const named = request.query['programme'];
  if (typeof named === 'string') return services.programmes.get(named) ?? null;
  return services.programmes.current(dayOf(services.clock()));
}

/** Units that may get advice: those of assessments, then every gmina and powiat of the programme's subregions. */
export async function unitSelect(
  staff: Staff,
  programme: Programme,
  field: { readonly id: string; readonly label: string; readonly chosen: string; readonly error?: string },
  /** The record's own unit, which may be none of these. */
  own: AdvisedUnit | null = null,
): Promise<PlacePicker> {
  const { t, language } = staff;
  const { chosen, ...rest } = field;
  const { first, places, register } = await offered(staff, programme, own);
  const ofAssessments = {
    label: t('advisory:unit.assessed'),
    options: first.map(({ code, name }) => ({ value: code, label: name, selected: code === chosen })),
  };
  return {
    ...rest,
    name: field.id,
    empty: t('advisory:unit.choose'),
    groups: [...(first.length === 0 ? [] : [ofAssessments]), ...placeGroups(register, places, chosen, language)],
  };
}

/** The unit that a form names by its code; null for none of those offered. */
export async function chosenUnit(
  staff: Staff,
  programme: Programme,
  code: string,
  own: AdvisedUnit | null = null,
): Promise<AdvisedUnit | null> {
  const { first, places } = await offered(staff, programme, own);
  const known = first.find((one) => one.code === code);
  if (known) return known;
  const place = places.find((one) => one.code === code);
  return place ? { code, name: unitNameOf(place, staff.language), subregion: null } : null;
}

/** Whoever advises their own units only is offered no other; reports of visits are written by who may do it for all. */
async function offered({ services, may }: Staff, programme: Programme, own: AdvisedUnit | null) {
  const within = (unitId: string | null): boolean => may('advice.edit', unitId) || may('visits.edit', unitId);
  const [every, register] = await Promise.all([services.assessment.units.all(), services.territory.all()]);
  const assessed = every.filter(({ id }) => within(id));
  const ofAssessments = assessed.map(({ code, name, subregion }): AdvisedUnit => ({
    ...{ code, name },
    subregion: subregion || null,
  }));
  const taken = new Set(ofAssessments.map(({ code }) => placeCode(code)));
  const first = own !== null && !taken.has(placeCode(own.code)) ? [own, ...ofAssessments] : ofAssessments;
  const places = within(null)
    ? register.filter(({ code }) => !taken.has(code) && subregionOfPlace(programme, code) !== null)
    : [];
  return { first, places, register };
}

/** Areas of the programme's index by plane; the first choice is the cooperation as a whole. */
export function topicSelect({ services, t, language }: Staff, programme: Programme, chosen: string): Select {
  const planes = services.instruments.latest(programme.index)?.instrument.planes ?? [];
  return {
    id: 'topic',
    label: t('advisory:topic.label'),
    groups: [
      {
        label: t('advisory:topic.general'),
        options: [{ value: '', label: t('advisory:topic.whole'), selected: chosen === '' }],
      },
      ...planes.map((plane) => ({
        label: inLanguage(plane.name, language),
        options: plane.areas.map(({ code, name }) => ({
          value: code,
          label: inLanguage(name, language),
          selected: code === chosen,
        })),
      })),
    ],
  };
}

/** The area's code that a form names; '' for the whole, and for what is no area. */
export function chosenTopic({ services }: Staff, programme: Programme, form: RawForm): string {
  const code = rawText(form, 'topic');
  const planes = services.instruments.latest(programme.index)?.instrument.planes ?? [];
  return planes.some(({ areas }) => areas.some((area) => area.code === code)) ? code : '';
}

/** What a record was about, in words. */
export function topicWords({ services, t, language }: Staff, programme: Programme, code: string): string {
  const planes = services.instruments.latest(programme.index)?.instrument.planes ?? [];
  const area = planes.flatMap(({ areas }) => areas).find((one) => one.code === code);
  return area ? inLanguage(area.name, language) : t('advisory:topic.whole');
}

/** The topic as a part of an edit. */
export function topicPart(staff: Staff, programme: Programme): EditPart {
  return {
    code: 'topic',
    label: staff.t('advisory:topic.label'),
    has: (name) => name === 'topic',
    words: (raw) => topicWords(staff, programme, rawText(raw, 'topic')),
  };
}

/** The name that a picker shows for a code; the code itself where it offers none. */
export function nameIn({ groups }: PlacePicker, code: string): string {
  return groups.flatMap(({ options }) => options).find(({ value }) => value === code)?.label ?? code;
}
