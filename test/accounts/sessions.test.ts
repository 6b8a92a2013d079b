import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createSessions, sessionMilliseconds, sessionsSpec } from '../../src/accounts/sessions';
import { embeddedTestStore } from '../support/stores';

let files: Awaited<ReturnType<typeof embeddedTestStore>>;
let now: number;
const clock = () => new Date(now);

beforeEach(async () => {
  now = Date.parse('2026-03-16T12:00:00+01:00');
  files = await embeddedTestStore();
});
afterEach(() => files.dispose());

const begun = { at: '2026-03-16T11:00:00.000Z', browser: 'Firefox, Windows', network: '192.0.2.…' };
const minute = 60_000;

it('lasts a working day from its last use, also after a restart, and can be ended', async () => {
  const sessions = createSessions(files.store, clock);
  await sessions.set('sid-1', { user: 'anna' }, null);
  await sessions.set('sid-1', { user: 'anna', language: 'en' }, { accountId: 'anna', begun });
  await sessions.set('sid-2', {}, null);
  const again = createSessions(await files.reopen(), clock);
  expect(await again.get('sid-1')).toEqual({ user: 'anna', language: 'en' });
  expect(await again.get('sid-3')).toBeNull();
  now += minute;
  await again.touch('sid-1');
  await again.touch('sid-3');
  now += sessionMilliseconds - minute;
  expect(await again.get('sid-2')).toBeNull();
  expect(await again.removeExpired()).toBe(1);
  expect(await again.get('sid-1')).toMatchObject({ user: 'anna' });
  await again.destroy('sid-1');
  expect(await again.get('sid-1')).toBeNull();
});

it('a copy of the store opens none of them', async () => {
  await createSessions(files.store, clock).set('sid-of-anna', {}, { accountId: 'anna', begun });
  const names = (await readdir(files.folder)).filter((name) => name.endsWith('.table'));
  const contents = await Promise.all(names.map((name) => readFile(join(files.folder, name), 'utf8')));
  expect(contents.join()).not.toContain('sid-of-anna');
});

it('people see their own, the latest used first, and end one or all: at once in every process', async () => {
  const [here, other] = [createSessions(files.store, clock), createSessions(files.store, clock)];
  await here.set('desk', {}, { accountId: 'anna', begun });
  now += minute;
  await here.set('phone', {}, { accountId: 'anna', begun: { ...begun, browser: 'Safari, iPhone' } });
  await here.set('of-piotr', {}, { accountId: 'piotr', begun });
  const list = await other.ofAccount('anna', 'desk');
  expect(list.map(({ begun, isThis, seenAt }) => [begun.browser, isThis, seenAt])).toEqual([
    ['Safari, iPhone', false, '2026-03-16T11:01:00.000Z'],
    ['Firefox, Windows', true, '2026-03-16T11:00:00.000Z'],
  ]);
  expect(await other.endOne('piotr', list[0]!.key)).toBe(false);
  expect(await other.endOne('anna', list[0]!.key)).toBe(true);
  expect(await here.get('phone')).toBeNull();
  await other.endAll('anna');
  expect(await here.get('desk')).toBeNull();
  expect(await here.get('of-piotr')).toEqual({});
});

it('one that an earlier version began goes on, and stands in nobody’s list', async () => {
  const stored = files.store.collection(sessionsSpec);
  const sessions = createSessions(files.store, clock);
  await sessions.set('old', { user: 'anna' }, null);
  const [{ id, data, expires } = { id: '', data: '', expires: 0 }] = await stored.find({});
  await stored.update(id, () => ({ id, data, expires }) as never);
  expect(await sessions.get('old')).toEqual({ user: 'anna' });
  expect(await sessions.ofAccount('anna', 'old')).toEqual([]);
});
