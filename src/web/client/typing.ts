/**
 * Typing from paper with one hand on the number pad: a key that says all moves to the next line, Enter and the arrows move
 * too, and what is no key of the line is said at once. Without this the page is a plain form, checked when it is sent.
 */
import { skipUnasked } from './parts/unasked-lines';

const form = document.querySelector<HTMLFormElement>('#typing-form');
if (form) typeByKeys(form);

function typeByKeys(typed: HTMLFormElement): void {
  const fields = [...typed.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('[data-line]')];
  const { unknown = '', empty = '' } = typed.dataset;
  const { isUnasked, look } = skipUnasked(typed, fields);

  const say = (field: HTMLElement, message: string): void => {
    const place = document.getElementById(`${field.id}-status`);
    if (place) place.textContent = message;
    field.setAttribute('aria-invalid', String(message !== ''));
  };
  const faultOf = (field: HTMLInputElement | HTMLTextAreaElement): string => {
    const value = field.value.trim();
    const keys = field.dataset['keys']?.split(' ');
    // A line with a condition is left out only where the condition is not met.
    if (value === '') return field.dataset['words'] === undefined && !isUnasked(field) ? empty : '';
    return keys === undefined || [...keys, '0', '-'].includes(value) ? '' : unknown;
  };
  /** Words of a choice are asked for where it was taken: its key stands alone, or among others. */
  const isAsked = (field: HTMLElement): boolean => {
    const { words, wordsKey = '' } = field.dataset;
    if (isUnasked(field)) return false;
    if (words === undefined) return true;
    const line = fields.find(({ id }) => id === words)?.value.trim() ?? '';
    return line
      .split(/[\s,.+;]+/)
      .some((part) => part === wordsKey || (wordsKey.length === 1 && part.includes(wordsKey)));
  };
  const step = (from: HTMLElement, by: 1 | -1): void => {
    let at = fields.findIndex((one) => one === from) + by;
    for (let field = fields[at]; field && !isAsked(field); field = fields[at]) at += by;
    const next = fields[at];
    if (next) {
      next.focus();
      next.select();
    } else if (by === 1) typed.querySelector<HTMLButtonElement>('[type="submit"]')?.focus();
  };

  for (const field of fields) {
    field.addEventListener('input', () => {
      const value = field.value.trim();
      const keys = field.dataset['keys']?.split(' ');
      say(field, '');
      look();
      if (keys === undefined || value === '') return;
      const known = [...keys, '0', '-'];
      if (!known.some((key) => key.startsWith(value))) say(field, unknown);
      else if (known.includes(value) && !known.some((key) => key !== value && key.startsWith(value))) step(field, 1);
    });
    field.addEventListener('keydown', (event) => {
      if (!(event instanceof KeyboardEvent)) return;
      const back = event.key === 'ArrowUp';
      if (event.key !== 'Enter' && event.key !== 'ArrowDown' && !back) return;
      if (field instanceof HTMLTextAreaElement && event.key !== 'Enter') return;
      event.preventDefault();
      const fault = back ? '' : faultOf(field);
      say(field, fault);
      if (fault === '') step(field, back ? -1 : 1);
    });
  }
  if (document.querySelector('.govuk-error-summary') === null) fields[0]?.focus();
}
export {};
