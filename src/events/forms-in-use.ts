import type { Store } from '../storage/port';
import { eventsSpec } from './event';

/** Versions of registration forms that events ask: they may never change while there are answers to them. */
export async function formsInUse(store: Store): Promise<{ id: string; version: string; hash: string }[]> {
  const events = await store.collection(eventsSpec).find({ erasedOn: null });
  const forms = events.flatMap(({ form }) => (form === null ? [] : [form]));
  return [...new Map(forms.map((form) => [`${form.id}@${form.version}`, form])).values()];
}
