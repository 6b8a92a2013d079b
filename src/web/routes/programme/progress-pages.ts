import type { Request } from 'express';
import { inLanguage } from '../../../definitions/instrument';
import { formatDate } from '../../../locales/formats';
import { translator, type Language } from '../../../locales/translate';
import type { Programme } from '../../../programme/document/programme';
import { countedIn, type ActivityProgress, type Counted, type CountedRecord } from '../../../programme/progress';
import { dayOf } from '../../../shared/clock';
import type { PageModel } from '../../outcome';
import type { Services } from '../../services';
import { pagedBy } from '../../view-models/paging';
import { progressChart } from '../../../reports/charts/progress';
import { recommendationsFinding } from '../../../reports/programme-report/model';

/** Who looks: the public sees no names of units and cannot open their records. */
export type Viewer = 'public' | 'staff';

/** What somebody may know of one thing that counts. */
export interface Seen {
  readonly name: boolean;
  /** Those of its records that they can open. */
  readonly records: readonly CountedRecord[];
}

/** Events are for everybody, units are for the staff. */
export function seenByPublic({ what, records }: Counted): Seen {
  return what === 'event' ? { name: true, records } : { name: false, records: [] };
}

/** A number of the table; it opens exactly the records that it counts. */
interface Figure {
  readonly count: number;
  readonly href: string;
  readonly label: string;
}

/** Where a programme's progress is. */
export function progressPath(programme: Programme, viewer: Viewer): string {
  return viewer === 'staff' ? `/staff/progress/${programme.id}` : `/programmes/${programme.id}/progress`;
}

/** Where its report for the office that pays is. */
export function programmeReportPath({ id }: Programme): string {
  return `/staff/programme-reports/${id}`;
}

export async function progressModel(
  services: Services,
  programme: Programme,
  language: Language,
  viewer: Viewer,
): Promise<PageModel> {
  const t = translator(language);
  const path = progressPath(programme, viewer);
  const all = await services.progress.of(programme);
  const places = [...programme.subregions.map(({ code }) => code), 'elsewhere'];
  // A column for what lies in no subregion is there only if something does.
  const shown = places.filter(
    (place) => place !== 'elsewhere' || all.some(({ counted }) => countedIn(counted, place).length > 0),
  );
  const numbered = all.filter(({ target }) => target !== null);
  // Of few units the public could tell whose they are.
  const counted = viewer === 'staff' ? await services.progress.recommendations(programme) : null;
  const nowhere = viewer === 'staff' ? await services.progress.unitsNowhere(programme) : [];
  return {
    title: t('programme:progress.title'),
    programme,
    isStaff: viewer === 'staff',
    reportPath: programmeReportPath(programme),
    asOf: formatDate(dayOf(services.clock()), language),
    finding: t('programme:progress.finding', {
      reached: numbered.filter(({ state }) => state === 'reached').length,
      count: numbered.length,
    }),
    chart: progressChart(numbered, language),
    columns: shown.map((place) => placeName(programme, place, language)),
    rows: all.map((one) => ({
      name: one.activity.name,
      target: one.target ?? t('programme:progress.noTarget'),
      inEach: one.targetInEach === null ? null : t('programme:progress.targetEach', { each: one.targetInEach }),
      state: one.state,
      done: figure(path, programme, one, null, language),
      places: shown.map((place) => figure(path, programme, one, place, language)),
    })),
    recommendations: counted === null ? null : recommendationsFinding(counted, language),
    nowhere: nowhere.join(', '),
    others: services.programmes
      .all()
      .filter(({ id }) => id !== programme.id)
      .map((other) => ({ name: other.name, href: progressPath(other, viewer) })),
  };
}

/** The records behind one number of the table; null for an activity or a place that the programme has not. */
export async function recordsModel(
  services: Services,
  programme: Programme,
  request: Request,
  language: Language,
  viewer: Viewer,
  seen: (thing: Counted) => Seen | Promise<Seen>,
): Promise<PageModel | null> {
  const t = translator(language);
  const asked = request.query['in'];
  const place = typeof asked === 'string' && asked !== '' ? asked : null;
  if (place !== null && place !== 'elsewhere' && !programme.subregions.some(({ code }) => code === place)) return null;
  const one = await services.progress.ofActivity(programme, String(request.params['activity']));
  if (one === null) return null;
  const counted = countedIn(one.counted, place);
  const { shown, paging } = pagedBy(
    request,
    counted.map((thing, index) => ({ thing, number: index + 1 })),
    t,
  );
  const rows = await Promise.all(
    shown.map(async ({ thing, number }) => {
      const { name, records } = await seen(thing);
      return {
        name: name ? inLanguage(thing.name, language) : t('programme:records.unit', { number }),
        subregion: thing.subregion === null ? '' : placeName(programme, thing.subregion, language),
        day: thing.day,
        people: await services.progress.peopleOf(thing),
        records: records.map((record) => link(record, viewer)),
      };
    }),
  );
  const { counts } = one.activity;
  const outcome = 'outcome' in counts ? { outcome: t(`programme:counts.outcome.${counts.outcome}`) } : {};
  return {
    title: inLanguage(one.activity.name, language),
    programme,
    isStaff: viewer === 'staff',
    back: progressPath(programme, viewer),
    place: place === null ? t('programme:records.place.all') : longPlaceName(programme, place, language),
    whatCounts: t(`programme:counts.${counts.what}`, {
      ...counts,
      ...outcome,
      count: 'meetings' in counts ? counts.meetings : 0,
    }),
    count: counted.length,
    anyPeople: rows.some(({ people }) => people !== null),
    rows,
    paging,
  };
}

function figure(
  path: string,
  programme: Programme,
  { activity, counted }: ActivityProgress,
  place: string | null,
  language: Language,
): Figure {
  const t = translator(language);
  const what = [
    inLanguage(activity.name, language),
    place === null ? t('programme:records.place.all') : longPlaceName(programme, place, language),
  ].join(', ');
  return {
    count: countedIn(counted, place).length,
    href: `${path}/${activity.code}${place === null ? '' : `?in=${place}`}`,
    label: t('programme:progress.open', { what }),
  };
}

function placeName({ subregions }: Programme, place: string, language: Language): string {
  const subregion = subregions.find(({ code }) => code === place);
  return subregion ? inLanguage(subregion.name, language) : translator(language)('programme:progress.elsewhere');
}

function longPlaceName(programme: Programme, place: string, language: Language): string {
  const t = translator(language);
  return place === 'elsewhere'
    ? t('programme:records.place.elsewhere')
    : t('programme:records.place.subregion', { name: placeName(programme, place, language) });
}

const staffPages: Readonly<Record<CountedRecord['kind'], string>> = {
  event: '/staff/events/',
  assessment: '/staff/assessments/',
  'advice-cycle': '/staff/advice/groups/',
  'individual-advice': '/staff/advice/individual/',
  'visit-report': '/staff/advice/visits/',
};

function link({ kind, id }: CountedRecord, viewer: Viewer): { readonly kind: string; readonly href: string } {
  return { kind, href: `${viewer === 'staff' ? staffPages[kind] : '/events/'}${id}` };
}
