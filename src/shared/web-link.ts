/** Longest address that is kept, in characters. */
export const longestLink = 500;

/** Whether a text is the whole address of a page that anybody may open: http or https, a host, no password. */
export function isWebLink(text: string): boolean {
  if (text.length > longestLink || /\s/.test(text) || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password } = new URL(text);
  return hostname.includes('.') && username === '' && password === '';
}
