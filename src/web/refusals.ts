/** HTTP status of each expected "no"; what is not listed is 422: understood, and not possible as it was asked. */
const statuses: Readonly<Record<string, number>> = {
  'assessment-unknown': 404,
  'round-unknown': 404,
  'unit-unknown': 404,
  'draft-unknown': 404,
  'edition-unknown': 404,
  'draft-sent': 409,
  'changed-meanwhile': 409,
  'round-closed': 409,
  'round-not-open': 409,
  'wrong-status': 409,
  'minutes-approved': 409,
  'minutes-before-results': 409,
  'areas-not-agreed': 409,
  'meeting-missing': 409,
  'round-exists': 409,
  'round-missing': 409,
  'not-closed': 409,
  'not-computed': 409,
  'comments-not-asked': 404,
  'comment-unknown': 404,
  'comments-unread': 409,
  'comment-published': 409,
  'recommendation-unknown': 404,
  'recommendations-frozen': 409,
  'review-frozen': 409,
  'priorities-full': 409,
  'unit-code-taken': 409,
  'edition-withdrawn': 409,
  'ticket-used': 409,
  'ticket-void': 409,
  'too-many-attempts': 429,
  'sign-in-busy': 503,
};

export function statusOfRefusal(code: string): number {
  return statuses[code] ?? 422;
}
