import { randomUUID } from 'node:crypto';
import { placed, standings, type QueueState } from '../../../src/events/queue';

/** One form of the rush and what its sender was told, every time it was sent. */
interface Sent {
  readonly formKey: string;
  readonly names: readonly string[];
  readonly tellings: {
    /** Moments of the client's clock, in milliseconds. */
    readonly sentAt: number;
    readonly answeredAt: number;
    /** The private link's path. */
    readonly path: string;
    /** What the page says of each person. */
    readonly standings: readonly string[];
  }[];
}

const inFlight = 200;

/**
 * 500 people register over HTTP, singly and in groups of three, many forms sent twice or three times at once, through
 * all the addresses in turn.
 */
export async function rush(sites: readonly string[], eventId: string): Promise<Sent[]> {
  const forms: Sent[] = Array.from({ length: 414 }, (_, index) => ({
    formKey: randomUUID(),
    names: index % 10 === 0 || index === 1 ? [1, 2, 3].map((n) => `Osoba ${index}-${n}`) : [`Osoba ${index}`],
    tellings: [],
  }));
  const sends = forms.flatMap((form, index) => Array.from({ length: index % 7 === 0 ? 3 : 1 }, () => form));
  let next = 0;
  async function sender(): Promise<void> {
    for (;;) {
      const turn = next;
      next += 1;
      const form = sends[turn];
      if (form === undefined) return;
      form.tellings.push(await send(sites[turn % sites.length]!, eventId, form));
    }
  }
  await Promise.all(Array.from({ length: inFlight }, sender));
  return forms;
}

async function send(site: string, eventId: string, { formKey, names }: Sent): Promise<Sent['tellings'][number]> {
  const body = new URLSearchParams({
    formKey,
    rows: String(names.length),
    organisation: 'Stowarzyszenie Pierwszych',
    kind: 'ngo',
    seat: '302101',
    email: `${formKey}@example.org`,
    action: 'continue',
    ...Object.fromEntries(names.map((name, index) => [`p${index + 1}.name`, name])),
  });
  const sentAt = performance.now();
  const response = await fetch(`${site}/events/${eventId}/register`, { method: 'POST', body, redirect: 'manual' });
  const answeredAt = performance.now();
  expect(response.status).toBe(303);
  const path = new URL(response.headers.get('location')!, site).pathname;
  const html = await (await fetch(site + path)).text();
  const told = [...html.matchAll(/class="lijw-registered__standing">([^<]*)</g)].map(([, words]) => words!);
  return { sentAt, answeredAt, path, standings: told };
}

/** What must hold after a rush for so many seats, whatever engine and however many processes. */
export function expectFair(forms: readonly Sent[], state: QueueState, seats: number): void {
  expect(forms.flatMap(({ names }) => names)).toHaveLength(500);
  expect(state.registrants).toHaveLength(500);
  expect(placed(state)).toHaveLength(seats);
  const now = standings(state);

  for (const form of forms) {
    const people = state.registrants.filter((one) => one.form.formKey === form.formKey);
    // Registered once, all together, in the order written down.
    expect(people.map(({ person }) => person.name)).toEqual(form.names);
    const expected = people.map(({ person }) => {
      const standing = now.get(person.id)!;
      return standing.is === 'waiting' ? `lista oczekujących, numer ${standing.position}` : 'ma miejsce';
    });
    // Every send of it was told the same, and that is how it stayed.
    for (const telling of form.tellings) expect(telling.standings).toEqual(expected);
    expect(new Set(form.tellings.map(({ path }) => path)).size).toBe(1);
  }

  // Whoever had an answer before somebody else asked stands before them.
  const numbers = new Map(state.registrants.map(({ form }) => [form.formKey, form.seq]));
  let compared = 0;
  for (const earlier of forms) {
    const answered = Math.min(...earlier.tellings.map(({ answeredAt }) => answeredAt));
    for (const later of forms) {
      const sent = Math.min(...later.tellings.map(({ sentAt }) => sentAt));
      if (answered >= sent) continue;
      compared += 1;
      if (numbers.get(earlier.formKey)! > numbers.get(later.formKey)!) {
        throw new Error(`${earlier.names.join()} was answered before ${later.names.join()} asked, and stands behind.`);
      }
    }
  }
  expect(compared).toBeGreaterThan(1000);
}
