import { auditEntriesSpec } from '../../src/accounts/audit-entry';
import { auditedDays, createAuditLog, type AuditLog } from '../../src/accounts/audit-log';
import { randomIds } from '../../src/shared/ids';
import { eitherTestStore, type TestStore } from '../support/stores';

let data: TestStore;
let now: number;
let log: AuditLog;
const clock = () => new Date(now);
const minute = 60_000;
const day = 24 * 60 * minute;

beforeEach(async () => {
  now = Date.parse('2026-03-16T12:00:00+01:00');
  data = await eitherTestStore();
  log = createAuditLog({ store: data.store, clock, ids: randomIds });
});
afterEach(() => data.dispose());

const entry = { accountId: 'anna', action: 'rounds.open', outcome: 'done' } as const;

it('is read newest first, page by page, also where two things happened at one moment', async () => {
  for (const unitId of ['u1', 'u2', 'u3', 'u4', 'u5']) {
    await log.record({ ...entry, unitId });
    if (unitId !== 'u2') now += minute;
  }
  const first = await log.find({}, 2);
  const second = await log.find({}, 2, first.at(-1)!.id);
  const third = await log.find({}, 2, second.at(-1)!.id);
  const units = [...first, ...second, ...third].map(({ unitId }) => unitId);
  expect(units.slice(0, 2)).toEqual(['u5', 'u4']);
  expect([...units].sort()).toEqual(['u1', 'u2', 'u3', 'u4', 'u5']);
});

it('is looked through by person, action, unit and days as they are in Warsaw', async () => {
  now = Date.parse('2026-03-16T00:30:00+01:00');
  await log.record({ ...entry, unitId: 'u1' });
  now = Date.parse('2026-03-16T23:30:00+01:00');
  await log.record({ ...entry, accountId: 'piotr', action: 'rounds.close' });
  await log.record({ ...entry, action: 'answers.type' });
  now = Date.parse('2026-03-17T00:30:00+01:00');
  await log.record(entry);
  const count = async (query: Parameters<AuditLog['find']>[0]) => (await log.find(query, 9)).length;
  expect(await count({ accountId: 'piotr' })).toBe(1);
  expect(await count({ action: 'rounds.open' })).toBe(2);
  expect(await count({ unitId: 'u1' })).toBe(1);
  expect(await count({ from: '2026-03-16', to: '2026-03-16' })).toBe(3);
  expect(await count({ from: '2026-03-17' })).toBe(1);
  expect(await count({ to: '2026-03-15' })).toBe(0);
});

it('says of typed answers only on which day somebody typed any for a round', async () => {
  const typed = { ...entry, action: 'answers.type', subject: { kind: 'round', id: 'r1' } } as const;
  for (let form = 0; form < 30; form += 1) {
    await log.record(typed);
    now += minute;
  }
  await log.record({ ...typed, subject: { kind: 'round', id: 'r2' } });
  const found = await log.find({}, 99);
  expect(found.map(({ at }) => at)).toEqual(['2026-03-16', '2026-03-16']);
  expect(JSON.stringify(found)).not.toMatch(/T\d\d:/);
});

it('has one entry in ten minutes for what a page saves by itself', async () => {
  for (let save = 0; save < 25; save += 1) {
    await log.record({ ...entry, action: 'meeting.edit', byItself: true });
    now += minute;
  }
  expect((await log.find({}, 99)).map(({ at }) => at)).toEqual([
    '2026-03-16T11:20:00.000Z',
    '2026-03-16T11:10:00.000Z',
    '2026-03-16T11:00:00.000Z',
  ]);
});

it('can be added to and read, and lets go after five years only', async () => {
  expect(Object.keys(log).sort()).toEqual(['countRefusedSignIn', 'find', 'forgetOld', 'record', 'refusedSignIns']);
  const long = 'x'.repeat(5000);
  await log.record({ ...entry, changes: [{ label: 'Uwagi', before: long, after: null }] });
  const [kept] = await data.store.collection(auditEntriesSpec).find({});
  expect(kept!.changes[0]!.before).toHaveLength(1000);
  now += auditedDays * day;
  expect(await log.forgetOld()).toBe(0);
  now += 2 * day;
  expect(await log.forgetOld()).toBe(1);
});

it('counts refused sign-ins by day, and knows nothing else of them', async () => {
  await Promise.all(Array.from({ length: 20 }, () => log.countRefusedSignIn()));
  now += day;
  await log.countRefusedSignIn();
  expect(await log.refusedSignIns('2026-03-10', '2026-03-17')).toEqual([
    { day: '2026-03-17', count: 1 },
    { day: '2026-03-16', count: 20 },
  ]);
  expect(await log.find({}, 9)).toEqual([]);
});
