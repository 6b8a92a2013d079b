import type { Language } from '../locales/translate';
import { handoutHtml } from './html';

/** Minutes of a working group in words, for page and print alike; '' and null stand for what there is none of. */
export interface MinutesDocument {
  readonly title: string;
  readonly unit: string;
  readonly round: string;
  /** Who approved them on which day, or that nobody has yet. */
  readonly approval: string;
  readonly isApproved: boolean;
  /** Approvals that were taken back, with who, when and why. */
  readonly reopened: readonly string[];
  readonly meetings: readonly {
    readonly day: string;
    readonly present: readonly string[];
    readonly names: string;
    readonly keptBy: string;
    /** That names were erased, and when. */
    readonly erased: string | null;
  }[];
  /** „Indeks ocen uzgodnionych: 3,04”. */
  readonly index: string | null;
  readonly areas: readonly {
    readonly code: string;
    readonly name: string;
    readonly score: string;
    /** What the survey says, and the last round's score. */
    readonly beside: readonly string[];
    readonly texts: readonly { readonly label: string; readonly text: string }[];
    readonly recommendations: readonly string[];
  }[];
  /** About the cooperation as a whole. */
  readonly recommendations: readonly string[];
  /** The day on which this was printed, in words. */
  readonly made: string;
}

/** The minutes as one page of HTML for the printer, with lines to sign on. */
export function minutesHtml(minutes: MinutesDocument, language: Language): string {
  return handoutHtml({ kind: 'minutes', language, title: `${minutes.title}. ${minutes.unit}`, model: { minutes } });
}
