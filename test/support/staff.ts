import request, { type Test } from 'supertest';
import { everything, type Assignment, type Role } from '../../src/accounts/rights';
import type { TestApp } from './app';

const password = 'dlugie haslo testowe';

/** Who may do everything. */
export const administrator = { user: 'prowadzaca', password };

/** People of every role, by name; `units` are those of facilitator and coordinator. */
export function people(...units: readonly string[]): Readonly<Record<string, Assignment>> {
  const of = (role: Role): Assignment => ({ role, units: [], side: null });
  return {
    alicja: of('administrator'),
    feliks: { ...of('facilitator'), units },
    kazimiera: { role: 'coordinator', units: units.slice(0, 1), side: 'ngo' },
    olgierd: of('organiser'),
    wanda: of('viewer'),
  };
}

/** A signed-in person's browser, without a browser: keeps the session cookie and follows nothing. */
export interface StaffClient {
  get(path: string): Test;
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Test;
  readonly cookie: string;
}

export function signedInClient(test: TestApp): Promise<StaffClient> {
  return signedInAs(test, administrator.user, everything);
}

/** Somebody with these rights, signed in; the account is made, or gets them. */
export async function signedInAs(test: TestApp, user: string, assignment: Assignment): Promise<StaffClient> {
  await test.services.accounts.ensurePassword(user, password, assignment);
  const response = await request(test.app).post('/staff/sign-in').type('form').send({ user, password });
  const cookies = response.headers['set-cookie'] as unknown as readonly string[] | undefined;
  const cookie = cookies?.find((one) => one.startsWith('staff='))?.split(';')[0] ?? '';
  return {
    cookie,
    get: (path) => request(test.app).get(path).set('Cookie', cookie),
    post: (path, fields = {}) => request(test.app).post(path).set('Cookie', cookie).type('form').send(fields),
  };
}
