import type { MeetingRefusal, MeetingState } from '../../view-models/meeting-state';

/** What came of asking the server. */
export type Answer =
  | { readonly kind: 'state'; readonly state: MeetingState }
  | { readonly kind: 'refused'; readonly refusal: MeetingRefusal }
  /** Nobody is signed in any more. */
  | { readonly kind: 'signed-out' }
  /** Nothing came, or nothing that is known. */
  | { readonly kind: 'away' };

/** @param fields what to save; left out: only to look */
export async function ask(address: string, fields?: URLSearchParams, keepalive = false): Promise<Answer> {
  try {
    const response = await fetch(address, {
      headers: { Accept: 'application/json' },
      redirect: 'manual',
      cache: 'no-store',
      keepalive,
      ...(fields === undefined ? {} : { method: 'POST', body: fields }),
    });
    if (response.type === 'opaqueredirect' || response.status === 401) return { kind: 'signed-out' };
    const isJson = response.headers.get('Content-Type')?.includes('json') ?? false;
    if (!isJson) return { kind: 'away' };
    const body = (await response.json()) as MeetingState | MeetingRefusal;
    return 'refused' in body ? { kind: 'refused', refusal: body } : { kind: 'state', state: body };
  } catch {
    return { kind: 'away' };
  }
}
