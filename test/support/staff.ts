import request, { type Test } from 'supertest';
import { everything } from '../../src/accounts/rights';
import type { TestApp } from './app';

/** Who may do everything. */
export const administrator = { user: 'prowadzaca', password: 'dlugie haslo testowe' };

/** A signed-in administrator's browser, without a browser: keeps the session cookie and follows nothing. */
export interface StaffClient {
  get(path: string): Test;
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Test;
  readonly cookie: string;
}

export async function signedInClient(test: TestApp): Promise<StaffClient> {
  await test.services.accounts.ensurePassword(administrator.user, administrator.password, everything);
  const response = await request(test.app).post('/staff/sign-in').type('form').send(administrator);
  const cookies = response.headers['set-cookie'] as unknown as readonly string[] | undefined;
  const cookie = cookies?.find((one) => one.startsWith('staff='))?.split(';')[0] ?? '';
  return {
    cookie,
    get: (path) => request(test.app).get(path).set('Cookie', cookie),
    post: (path, fields = {}) => request(test.app).post(path).set('Cookie', cookie).type('form').send(fields),
  };
}
