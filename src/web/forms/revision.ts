import { rawText, type RawForm } from './raw';

/**
 * The revision of a record that a form names, as its page showed it: 0 for what was not stored yet, and -1, which no
 * record has, for what is no revision. So a form that was tampered with meets the page of a conflict.
 */
export function revisionOf(form: RawForm, field = 'revision'): number {
  const typed = rawText(form, field);
  if (typed === '') return 0;
  return /^\d{1,15}$/.test(typed) ? Number(typed) : -1;
}
