import type { Language } from '../../locales/translate';

/** What a letter is about; its words are under `mail:<kind>`. */
export const letterKinds = [
  'confirm',
  'registered',
  'registered-by-colleague',
  'moved-up',
  'cancelled',
  'cancelled-by-organiser',
  'event-cancelled',
  'event-changed',
] as const;
export type LetterKind = (typeof letterKinds)[number];

/** A letter that is owed to somebody. */
export interface Letter {
  /** `<entry or event>:<whom>:<kind>`: the same letter always has the same, so that it is written once. */
  readonly id: string;
  readonly eventId: string;
  readonly kind: LetterKind;
  readonly to: string;
  readonly language: Language;
  readonly subject: string;
  /** Plain text; `baseMark` of src/letters stands where the public address goes. */
  readonly text: string;
  /** Whether the event's calendar file goes with it. */
  readonly calendar: boolean;
}
