import type { AreaField } from '../../assessment/meeting/area-record';

/** What is set of one area now: what the browser asks for and gets each time that it saves. Words are in its language. */
export interface MeetingState {
  /** As the form has them: of the score `3.5`, `none` (out of scope), or '' where it is not set. */
  readonly fields: Readonly<Record<AreaField, string>>;
  /** Who wrote each field last, and when: „Anna Przykładowa, 10.42”. */
  readonly writers: Readonly<Partial<Record<AreaField, string>>>;
  /** Fields that somebody else changed at the same place: what was sent for these was not kept. */
  readonly conflicts: readonly AreaField[];
  /** The score of each area in the strip, by its code. */
  readonly strip: Readonly<Record<string, string>>;
  /** Why nothing can be written any more; null where it can. */
  readonly closed: string | null;
  /** „Zapisano o 10.42”. */
  readonly saved: string;
}

/** Why nothing of what was sent was kept: a field that cannot be kept as it is, or the whole. */
export interface MeetingRefusal {
  readonly refused: string;
  readonly field: AreaField | null;
}
