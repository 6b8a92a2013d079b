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
  /** Plain text; `baseMark` stands where the public address goes. */
  readonly text: string;
  /** Whether the event's calendar file goes with it. */
  readonly calendar: boolean;
}

/** Stands in a text for the public address of the site, which is known only when the letter goes out or is shown. */
export const baseMark = '{base}';

export function withBase(text: string, baseUrl: string): string {
  return text.replaceAll(baseMark, baseUrl);
}
