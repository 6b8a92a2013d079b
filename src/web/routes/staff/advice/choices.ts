import type { Request } from 'express';
import { unitKey, type AdvisedUnit } from '../../../../advisory/unit';
import { inLanguage } from '../../../../definitions/instrument';
import { subregionOfPlace, type Programme } from '../../../../programme/document/programme';
import { dayOf } from '../../../../shared/clock';
import { rawText, type RawForm } from '../../../forms/raw';
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
): Promise<Select> {
  const { id, label, chosen, error } = field;
  const groups = (await unitGroups(staff, programme, own)).map((group) => ({
    label: group.label,
    options: group.units.map(({ code, name }) => ({
      value: code,
      label: `${name} (${code})`,
      selected: code === chosen,
    })),
  }));
  return { id, label, groups, ...(error === undefined ? {} : { error }) };
}

/** The unit that a form names by its code; null for none of those offered. */
export async function chosenUnit(
  staff: Staff,
  programme: Programme,
  code: string,
  own: AdvisedUnit | null = null,
): Promise<AdvisedUnit | null> {
  const groups = await unitGroups(staff, programme, own);
  return groups.flatMap(({ units }) => units).find((one) => one.code === code) ?? null;
}

async function unitGroups(
  { services, t, language }: Staff,
  programme: Programme,
  own: AdvisedUnit | null,
): Promise<readonly { readonly label: string; readonly units: readonly AdvisedUnit[] }[]> {
  const [assessed, { powiats, gminas }] = await Promise.all([
    services.assessment.units.all(),
    services.territory.all(),
  ]);
  const ofAssessments = assessed.map(({ code, name, subregion = null }) => ({ code, name, subregion }));
  const taken = new Set(ofAssessments.map(({ code }) => unitKey(code)));
  const first = own !== null && !taken.has(unitKey(own.code)) ? [own, ...ofAssessments] : ofAssessments;
  const places = [
    ...powiats.map(({ code, name, isCity }) => ({
      code,
      name: t(isCity ? 'advisory:unit.city' : 'advisory:unit.powiat', { name }),
    })),
    // A city with county rights is listed once, as a powiat.
    ...gminas
      .filter(({ code }) => unitKey(code).length === 6)
      .map(({ code, name, kind }) => ({ code, name: t(`advisory:unit.gmina.${kind}`, { name }) })),
  ].filter(({ code }) => !taken.has(unitKey(code)));
  const collator = new Intl.Collator('pl');
  return [
    ...(first.length === 0 ? [] : [{ label: t('advisory:unit.assessed'), units: first }]),
    ...programme.subregions.map((subregion) => ({
      label: t('advisory:unit.subregion', { name: inLanguage(subregion.name, language) }),
      units: places
        .filter(({ code }) => subregionOfPlace(programme, code)?.code === subregion.code)
        .sort((one, other) => collator.compare(one.name, other.name))
        .map(({ code, name }) => ({ code, name, subregion: null })),
    })),
  ];
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
