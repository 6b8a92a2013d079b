/** A form as the browser sent it: every field a list of texts, in order. */
export type RawForm = Readonly<Record<string, readonly string[]>>;

/** What a body parser or a query gives, made uniform; anything that is no text is dropped. */
export function rawForm(body: unknown): RawForm {
  const fields = new Map<string, string[]>();
  if (typeof body === 'object' && body !== null) {
    for (const [name, value] of Object.entries(body)) {
      const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
      if (texts.length > 0) fields.set(name, texts);
    }
  }
  return Object.fromEntries(fields);
}

/** The first value of a field; '' where it was not sent. */
export function rawText(form: RawForm, name: string): string {
  return Object.hasOwn(form, name) ? (form[name]?.[0] ?? '') : '';
}

export function rawList(form: RawForm, name: string): readonly string[] {
  return Object.hasOwn(form, name) ? (form[name] ?? []) : [];
}
