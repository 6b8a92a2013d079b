import fc from 'fast-check';
import {
  active,
  checkArrival,
  checkCancellation,
  checkSeats,
  emptyQueue,
  follow,
  freePlaces,
  movedUp,
  placed,
  standings,
  waiting,
  type QueueEntry,
  type QueueState,
} from '../../src/events/queue';

type Step =
  | { readonly do: 'register'; readonly people: number }
  | { readonly do: 'cancel'; readonly nth: number }
  | { readonly do: 'seats'; readonly seats: number };

const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('register' as const), people: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ do: fc.constant('cancel' as const), nth: fc.nat(40) }),
    fc.record({ do: fc.constant('seats' as const), seats: fc.nat(20) }),
  ),
  { maxLength: 60 },
);

function numbered(seq: number): { id: string; eventId: string; seq: number; at: string } {
  return { id: `event:${String(seq)}`, eventId: 'event', seq, at: '2026-11-23T10:00:00Z' };
}

function arrival(seq: number, names: readonly string[]): QueueEntry & { kind: 'registered' } {
  return {
    ...numbered(seq),
    kind: 'registered',
    formKey: `form-${String(seq)}`,
    fingerprint: names.join(),
    link: 'secret',
    ...{ confirmBy: null, confirmSecret: null },
    channel: 'web',
    organisation: { name: 'Stowarzyszenie Przykład', kind: 'ngo', seat: '302101' },
    contactEmail: 'biuro@example.org',
    language: 'pl',
    people: names.map((name) => ({ id: name, name })),
  };
}

/** The entry that a step would append, or null where the rules refuse it. */
function entryFor(state: QueueState, step: Step): QueueEntry | null {
  const next = numbered(state.seq + 1);
  if (step.do === 'register') {
    return arrival(
      next.seq,
      Array.from({ length: step.people }, (_, index) => `${String(next.seq)}.${String(index)}`),
    );
  }
  if (step.do === 'seats') {
    return checkSeats(state, step.seats) === null ? { ...next, kind: 'seats', seats: step.seats } : null;
  }
  const person = state.registrants[step.nth]?.person.id ?? 'nobody';
  return checkCancellation(state, person) === null
    ? { ...next, kind: 'cancelled', personId: person, by: 'registrant' }
    : null;
}

test('placed are always the first `seats` of those not cancelled, and nobody loses a place once told', () => {
  fc.assert(
    fc.property(steps, (walk) => {
      let state = follow(emptyQueue, { ...numbered(1), kind: 'seats', seats: 3 });
      const arrived: string[] = [];
      const cancelled = new Set<string>();
      for (const step of walk) {
        const entry = entryFor(state, step);
        if (entry === null) continue;
        const before = state;
        state = follow(state, entry);
        if (entry.kind === 'registered') arrived.push(...entry.people.map((person) => person.id));
        if (entry.kind === 'cancelled') cancelled.add(entry.personId);

        const expected = arrived.filter((id) => !cancelled.has(id));
        expect(placed(state).map((one) => one.person.id)).toEqual(expected.slice(0, state.seats));
        expect(waiting(state).map((one) => one.person.id)).toEqual(expected.slice(state.seats));
        expect(freePlaces(state)).toBe(Math.max(0, state.seats - expected.length));

        const now = standings(state);
        for (const { person } of placed(before)) {
          expect(now.get(person.id)).toEqual(cancelled.has(person.id) ? { is: 'cancelled' } : { is: 'placed' });
        }
        for (const [id, standing] of standings(before)) {
          const later = now.get(id);
          if (standing.is === 'waiting' && later?.is === 'waiting') {
            expect(later.position).toBeLessThanOrEqual(standing.position);
          }
        }
        const roseFromWaiting = waiting(before)
          .map((one) => one.person.id)
          .filter((id) => now.get(id)?.is === 'placed');
        expect(movedUp(before, state).map((one) => one.person.id)).toEqual(roseFromWaiting);
      }
    }),
  );
});

test('a group larger than the places left is placed person by person', () => {
  let state = follow(emptyQueue, { ...numbered(1), kind: 'seats', seats: 2 });
  state = follow(state, arrival(2, ['Ada']));
  state = follow(state, arrival(3, ['Bea', 'Cela', 'Dora']));
  expect([...standings(state).values()]).toEqual([
    { is: 'placed' },
    { is: 'placed' },
    { is: 'waiting', position: 1 },
    { is: 'waiting', position: 2 },
  ]);
});

describe('what an arriving form meets', () => {
  const state = follow(follow(emptyQueue, { ...numbered(1), kind: 'seats', seats: 5 }), arrival(2, ['Żaneta Łąka']));
  const form = (formKey: string, names: readonly string[], fingerprint = names.join()) => ({
    formKey,
    fingerprint,
    contactEmail: 'biuro@example.org',
    people: names.map((name) => ({ id: `new-${name}`, name })),
  });

  test('the same form again is recognised', () => {
    expect(checkArrival(state, form('form-2', ['Żaneta Łąka']))).toMatchObject({ is: 'repeated', entry: { seq: 2 } });
  });
  test('the same form with other content is refused', () => {
    expect(checkArrival(state, form('form-2', ['Ktoś Inny']))).toMatchObject({
      refused: 'form-changed-after-sending',
    });
  });
  test('the same person in another form is refused, however the name is spaced or cased', () => {
    expect(checkArrival(state, form('form-9', ['  żaneta   ŁĄKA ']))).toMatchObject({
      refused: 'person-registered-already',
    });
  });
  test('one person twice in a form is refused', () => {
    expect(checkArrival(state, form('form-9', ['Jan Nowy', 'Jan Nowy']))).toMatchObject({
      refused: 'person-registered-already',
    });
  });
  test('a cancelled person may register again', () => {
    const left = follow(state, { ...numbered(3), kind: 'cancelled', personId: 'Żaneta Łąka', by: 'registrant' });
    expect(active(left)).toEqual([]);
    expect(checkArrival(left, form('form-9', ['Żaneta Łąka']))).toEqual({ is: 'new' });
  });
  test('cancelling twice or a stranger is refused', () => {
    const left = follow(state, { ...numbered(3), kind: 'cancelled', personId: 'Żaneta Łąka', by: 'organiser' });
    expect(checkCancellation(left, 'Żaneta Łąka')).toEqual({ refused: 'cancelled-already' });
    expect(checkCancellation(left, 'nobody')).toEqual({ refused: 'not-registered' });
  });
});
