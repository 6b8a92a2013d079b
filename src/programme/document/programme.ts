import type { Language, Text } from '../../definitions/instrument';
import { powiatOf } from '../../territory/place';

/**
 * One edition of a programme, as `survey-definitions/programme.schema.json` and the meaning checks guarantee it.
 * Everything that differs between editions and regions is here, nothing of it in code.
 */
export interface Programme {
  readonly kind: 'programme';
  /** Lowercase; events and advice refer to it. */
  readonly id: string;
  readonly languages: readonly Language[];
  readonly name: Text;
  readonly aim: Text;
  readonly audience: Text;
  /** Steps, in order. */
  readonly howToTakePart: readonly Text[];
  readonly partners: readonly { readonly name: Text; readonly url?: string }[];
  /** First and last day, `YYYY-MM-DD`. */
  readonly startsOn: string;
  readonly endsOn: string;
  /** Id of the instrument whose assessments count; its areas are the topics of advice. */
  readonly index: string;
  readonly subregions: readonly Subregion[];
  readonly activities: readonly Activity[];
}

export interface Subregion {
  readonly code: string;
  readonly name: Text;
  /** Four-digit TERC codes; no powiat is in two subregions. */
  readonly powiats: readonly string[];
}

export const activityKinds = [
  'conference',
  'training',
  'coordinator-training',
  'index-training',
  'assessment',
  'group-advice',
  'study-visit',
  'individual-advice',
  'closing-conference',
  'seminar',
] as const;
export type ActivityKind = (typeof activityKinds)[number];

export interface Activity {
  readonly code: string;
  readonly kind: ActivityKind;
  readonly name: Text;
  /** null: no number was promised. */
  readonly target: Target | null;
  readonly counts: Counts;
}

/** A whole number ≥ 1, for the whole programme or in each subregion. */
export type Target = { readonly total: number } | { readonly perSubregion: number };

/** What counts towards an activity: a closed vocabulary, each word one query in `src/programme/counting`. */
export type Counts =
  | { readonly what: 'events-held' }
  | { readonly what: 'units-with-closed-rounds'; readonly rounds: 1 | 2 }
  | {
      readonly what: 'units-with-group-advice';
      /** Fewest meetings held. */
      readonly meetings: number;
      /** How far the unit's cooperation programme must be. */
      readonly outcome: 'none' | 'drafted' | 'adopted';
    }
  | { readonly what: 'units-with-individual-advice' }
  | { readonly what: 'units-on-study-visits' };
export type CountsWhat = Counts['what'];

/** The target for the whole programme; null where there is none. One in each of 5 subregions is 5. */
export function targetOf(programme: Programme, { target }: Activity): number | null {
  if (target === null) return null;
  return 'total' in target ? target.total : target.perSubregion * programme.subregions.length;
}

/** The subregion of a place by its TERC code (a gmina's or a powiat's); null for a code of no place in the region. */
export function subregionOfPlace({ subregions }: Programme, terc: string): Subregion | null {
  const powiat = powiatOf(terc);
  return subregions.find(({ powiats }) => powiat !== null && powiats.includes(powiat)) ?? null;
}

/** A subregion by its code, or by its name in any language as somebody typed it. */
export function subregionCalled({ subregions }: Programme, words: string): Subregion | null {
  const typed = words.trim().toLocaleLowerCase('pl');
  const fits = ({ code, name }: Subregion): boolean =>
    [code, name.pl, name.en ?? name.pl].some((one) => one.toLocaleLowerCase('pl') === typed);
  return subregions.find(fits) ?? null;
}

/** Activities of these kinds, in the order of the document. */
export function activitiesOf({ activities }: Programme, ...kinds: readonly ActivityKind[]): readonly Activity[] {
  return activities.filter(({ kind }) => kinds.includes(kind));
}
