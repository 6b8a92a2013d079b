import type { RawForm } from '../../forms/raw';

/** The form as the server would get it. */
export function rawFormOf(form: HTMLFormElement): RawForm {
  const fields: Record<string, string[]> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') (fields[name] ??= []).push(value);
  }
  return fields;
}
