import type { EditionUnit } from '../reports/edition/edition';
import { fits } from '../shared/search-words';
import type { Card } from './card';
import type { PublishedEdition } from './edition';

/** The current edition of a report, as the library lists it. */
export type Shelved = PublishedEdition & { readonly card: Card };

/** What people look for; '' and null: anything. */
export interface LibraryQuery {
  /** Words of the unit's name, or its code; capitals and accents do not matter. */
  readonly unit: string;
  readonly powiat: string;
  readonly subregion: string;
  readonly kind: EditionUnit['kind'] | '';
  /** A year that is assessed. */
  readonly year: number | null;
}

/** What there is to choose from. */
export interface LibraryChoices {
  readonly powiats: readonly string[];
  readonly subregions: readonly string[];
  readonly kinds: readonly EditionUnit['kind'][];
  /** Newest first. */
  readonly years: readonly number[];
}

/** The newest published edition of every report, by unit in Polish order, then the latest years first. */
export function currentOf(editions: readonly PublishedEdition[]): readonly Shelved[] {
  const newest = new Map<string, Shelved>();
  for (const edition of editions) {
    const { card } = edition;
    if (edition.state !== 'published' || card === null) continue;
    if ((newest.get(edition.reportId)?.number ?? 0) < edition.number)
      newest.set(edition.reportId, { ...edition, card });
  }
  const collator = new Intl.Collator('pl');
  const last = ({ card }: Shelved): number => card.rounds.at(-1)?.year ?? 0;
  return [...newest.values()].sort(
    (a, b) =>
      collator.compare(a.card.unit.name, b.card.unit.name) ||
      collator.compare(a.unit, b.unit) ||
      last(b) - last(a) ||
      b.card.rounds.length - a.card.rounds.length ||
      collator.compare(a.report, b.report),
  );
}

export function found(shelved: readonly Shelved[], query: LibraryQuery): readonly Shelved[] {
  return shelved.filter(
    ({ card: { unit, rounds } }) =>
      fits(query.unit, [unit.name, unit.code]) &&
      (query.powiat === '' || unit.powiat === query.powiat) &&
      (query.subregion === '' || unit.subregion === query.subregion) &&
      (query.kind === '' || unit.kind === query.kind) &&
      (query.year === null || rounds.some(({ year }) => year === query.year)),
  );
}

export function choicesIn(shelved: readonly Shelved[]): LibraryChoices {
  const collator = new Intl.Collator('pl');
  const inOrder = (words: readonly string[]) => [...new Set(words)].filter((one) => one !== '').sort(collator.compare);
  const units = shelved.map(({ card }) => card.unit);
  const years = shelved.flatMap(({ card }) => card.rounds.flatMap(({ year }) => (year === null ? [] : [year])));
  return {
    powiats: inOrder(units.map(({ powiat }) => powiat)),
    subregions: inOrder(units.map(({ subregion }) => subregion)),
    kinds: [...new Set(units.map(({ kind }) => kind))].sort(),
    years: [...new Set(years)].sort((a, b) => b - a),
  };
}

/** One page of a list. */
export interface Page<One> {
  readonly items: readonly One[];
  /** From 1. */
  readonly number: number;
  /** At least 1. */
  readonly pages: number;
  readonly total: number;
}

/** null: there is no such page. */
export function pageOf<One>(list: readonly One[], number: number, size: number): Page<One> | null {
  const pages = Math.max(1, Math.ceil(list.length / size));
  if (number < 1 || number > pages) return null;
  return { items: list.slice((number - 1) * size, number * size), number, pages, total: list.length };
}
