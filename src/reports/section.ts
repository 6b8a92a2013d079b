import type { Chart } from './charts/chart';
import type { Table } from './table';

/** One heading of a report's contents with all below it. */
export interface Section {
  /** Anchor, unique in the report. */
  readonly id: string;
  readonly title: string;
  /** Plain paragraphs under the heading. */
  readonly lead: readonly string[];
  readonly parts: readonly Part[];
  /** Where it stands; left out: on a page and in print. */
  readonly only?: Medium;
}

/** What one of both has alone: a page has room for every figure, paper for what is read. */
export type Medium = 'page' | 'print';

/** What stands in one of both; sections all of whose parts stand in the other are left out. */
export function sectionsFor(sections: readonly Section[], medium: Medium): readonly Section[] {
  const here = ({ only = medium }: { readonly only?: Medium }) => only === medium;
  return sections
    .filter((section) => here(section) && (section.parts.length === 0 || section.parts.some(here)))
    .map((section) => ({ ...section, parts: section.parts.filter(here) }));
}

/** First the finding in a sentence, then the picture, then the table, then how to read it. */
export interface Part {
  readonly title: string | null;
  readonly finding: string | null;
  readonly paragraphs: readonly string[];
  readonly chart: Chart | null;
  readonly table: Table | null;
  readonly reading: string | null;
  readonly reasons: readonly AgreedReasons[];
  /** Words of respondents. */
  readonly quotes: readonly Quotes[];
  readonly recommendations: readonly RecommendationLines[];
  /** Name and meaning. */
  readonly terms: readonly { readonly term: string; readonly meaning: string }[];
  /** Where it stands; left out: on a page and in print. */
  readonly only?: Medium;
}

/** One area's agreed scores with the working group's words. */
export interface AgreedReasons {
  readonly area: string;
  /** „+1,50 punktu, +75 %”; null where no change is told. */
  readonly change: string | null;
  /** Too long to keep on one page. */
  readonly long: boolean;
  readonly rounds: readonly {
    readonly round: string;
    readonly score: string;
    readonly reasons: string;
    readonly dissent: string;
    readonly strengths: string;
    readonly barriers: string;
  }[];
}

/** One recommendation, whole. */
export interface RecommendationLines {
  /** In the group's order, from 1. */
  readonly number: number;
  readonly what: string;
  /** Said of those that stand in the summary; null of the others. */
  readonly mark: string | null;
  /** Area, who, by when, what has become of it: name and meaning. */
  readonly lines: readonly {
    readonly term: string;
    readonly meaning: string;
    readonly strong?: true;
    /** Takes the whole width of a print. */
    readonly wide: boolean;
  }[];
  /** Too long to keep on one page. */
  readonly long: boolean;
}

/** What people of one group wrote, in an order that says nothing. */
export interface Quotes {
  readonly group: string;
  readonly texts: readonly string[];
}

export function part(given: Partial<Part>): Part {
  return {
    ...{
      title: null,
      finding: null,
      paragraphs: [],
      chart: null,
      table: null,
      reading: null,
      reasons: [],
      quotes: [],
      recommendations: [],
      terms: [],
    },
    ...given,
  };
}
