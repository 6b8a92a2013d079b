import { areasOf } from '../definitions/instrument';
import type { Language } from '../locales/translate';
import type { ReleaseNote } from '../scoring';
import { contextOf, groupName, shortName, type Context } from './context';
import type { ReportDocument } from './edition/edition';
import { placesOf } from './figure-rows';
import { reportInput } from './report-input';
import { wordingOf } from './wording';

/** What a release did to protect people, in sentences for staff: of each round, and of their comparison. */
export interface NotesOfRelease {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** Says nothing that the released document does not. */
export function releaseNotes(document: ReportDocument, language: Language): readonly NotesOfRelease[] {
  const context = contextOf(reportInput(document), wordingOf(language));
  return [
    ...document.rounds.map(({ released }, at) => ({
      title: context.rounds[at]?.name ?? '',
      sentences: sentencesOf(context, released.notes, released.k),
    })),
    ...(document.pair === null
      ? []
      : [
          {
            title: context.w.say('notes.comparison'),
            sentences: sentencesOf(context, document.pair.notes, document.pair.k),
          },
        ]),
  ];
}

function sentencesOf(context: Context, notes: readonly ReleaseNote[], k: number): readonly string[] {
  const { w } = context;
  const ofGroups = notes.flatMap((note) => {
    if (!('group' in note)) return [];
    const group = groupName(context, note.group);
    const numbers = { k: w.count(k), double: w.count(2 * k) };
    const places = 'places' in note ? placesWords(context, note.places) : '';
    return [w.say(`notes.${note.note}`, { group, places, ...numbers })];
  });
  // All areas of a kind in one sentence: there may be twelve.
  const ofItems = (['items-withheld', 'items-classes'] as const).flatMap((kind) => {
    const areas = notes.flatMap((note) => (note.note === kind && 'area' in note ? [note.area] : []));
    if (areas.length === 0) return [];
    const names = w.list(areas.map((code) => shortName(context, { level: 'area', code })));
    return [w.say(`notes.${kind}`, { count: areas.length, areas: names })];
  });
  return [...ofGroups, ...ofItems];
}

/** More areas than these are counted, not named. */
const mostNamed = 4;

/** „indeks, Polityki publiczne, Diagnoza i Konsultacje”; many areas as „8 obszarów”. */
function placesWords(context: Context, codes: readonly string[]): string {
  const { w, input } = context;
  const places = placesOf(input.instrument).filter(({ code }) => codes.includes(code));
  if (places.length === placesOf(input.instrument).length) return w.say('notes.everywhere');
  const named = places.filter(({ level }) => level !== 'area').map((place) => shortName(context, place));
  const areas = places.filter(({ level }) => level === 'area');
  const all = areas.length > 1 && areas.length === areasOf(input.instrument).length;
  const ofAreas = all
    ? [w.say('notes.allAreas')]
    : areas.length > mostNamed
      ? [w.say('notes.manyAreas', { count: areas.length })]
      : areas.map((place) => shortName(context, place));
  return w.list([...named, ...ofAreas]);
}
