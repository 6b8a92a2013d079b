/** Stands in a text for the public address of the site, which is known only when the letter goes out or is shown. */
export const baseMark = '{base}';

export function withBase(text: string, baseUrl: string): string {
  return text.replaceAll(baseMark, baseUrl);
}
