import { Failure } from '../../shared/errors';
import type { RecordChange, StoredRecord } from '../common/engine';

type Container = Record<string, unknown>;

/** The record after the change; the given one stays as it is. Objects on the way to a place are made as needed. */
export function changed(record: StoredRecord, change: RecordChange): StoredRecord {
  const result = structuredClone(record) as unknown as Container;
  for (const [path, value] of Object.entries(change.set)) {
    const [place, key] = placeOf(result, path);
    place[key] = structuredClone(value);
  }
  for (const [path, amount] of Object.entries(change.inc)) {
    const [place, key] = placeOf(result, path);
    const before = Object.hasOwn(place, key) ? place[key] : 0;
    if (typeof before !== 'number') throw misfit(path, 'is not a number');
    place[key] = before + amount;
  }
  for (const [path, value] of Object.entries(change.push)) {
    const [place, key] = placeOf(result, path);
    const before = Object.hasOwn(place, key) ? place[key] : [];
    if (!Array.isArray(before)) throw misfit(path, 'is not a list');
    place[key] = [...(before as unknown[]), structuredClone(value)];
  }
  for (const path of change.unset) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const place = keys.reduce<unknown>((inner, key) => (inner as Container | null | undefined)?.[key], result);
    if (Array.isArray(place)) {
      if (Number(last) < place.length) place[Number(last)] = null;
    } else if (typeof place === 'object' && place !== null) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a plain JSON object of our own
      delete (place as Container)[last];
    }
  }
  return result as unknown as StoredRecord;
}

function placeOf(record: Container, path: string): [Container, string] {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let place = record;
  for (const key of keys) {
    if (!Object.hasOwn(place, key)) assign(place, key, {}, path);
    const inner = place[key];
    if (typeof inner !== 'object' || inner === null) throw misfit(path, 'leads through a value that holds no others');
    place = inner as Container;
  }
  if (Array.isArray(place) && !/^\d+$/.test(last)) throw misfit(path, 'names a field of a list');
  return [place, last];
}

function assign(place: Container, key: string, value: unknown, path: string): void {
  if (Array.isArray(place) && !/^\d+$/.test(key)) throw misfit(path, 'names a field of a list');
  place[key] = value;
}

function misfit(path: string, what: string): Failure {
  return new Failure('change-does-not-fit', `The change cannot be made: "${path}" ${what}.`);
}
