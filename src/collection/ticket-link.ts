/**
 * Path of the personal link of a card or an invitation. Opening it changes nothing and leads on to an address without
 * the code.
 */
export function ticketPath(linkCode: string, code: string): string {
  return `/survey/${linkCode}/ticket/${code}`;
}
