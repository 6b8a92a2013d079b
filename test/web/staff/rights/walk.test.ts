import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { everything, roles, type Role } from '../../../../src/accounts/rights';
import { createApp } from '../../../../src/web/app';
import { startTestApp, testSessionSecret, type TestApp } from '../../../support/app';
import { people, signedInAs } from '../../../support/staff';
import { ofEverybody, ofNoUnit, ofUnits } from './expected';
import { routesOf } from './walk-routes';
import { newWorld, type World } from './world';

/**
 * Every address of the application, by every role and by nobody, about one's own unit and another's. A form is sent in
 * a character set that no form comes in: who is let through meets the reader of forms (415), so nothing is changed, and
 * who is not let through is told so before anything that was sent is read.
 */
let test: TestApp;
let server: Server;
let address: string;
const unlimited = { own: 1e6, ownSaves: 1e6, address: 1e6, waitMs: 0, mostWaiting: 1e6 };
let own: World;
let other: World;
const cookies = new Map<Role | 'nobody', string>([['nobody', '']]);

beforeAll(async () => {
  test = await startTestApp();
  own = await newWorld(test, { code: '3099011', name: 'Gmina Własna' });
  other = await newWorld(test, { code: '3099022', name: 'Gmina Zakazana' });
  for (const [user, assignment] of Object.entries(people(own.unitId))) {
    cookies.set(assignment.role, (await signedInAs(test, user, assignment)).cookie);
  }
  // As in production, where views are compiled once.
  const app = createApp(test.services, {
    ...{ production: true, baseUrl: null, sessionSecret: testSessionSecret, trustProxy: false, formLimits: unlimited },
    logTo: { write: () => undefined },
  });
  server = createServer((request, response) => void app(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await test.close();
});

const unread = 415;

function ask(route: string, path: string, who: Role | 'nobody'): Promise<Response> {
  const [method = ''] = route.split(' ');
  // Thousands of pages, each of which would be packed for the way and unpacked again.
  const headers: Record<string, string> = { cookie: cookies.get(who)!, 'accept-encoding': 'identity' };
  if (method === 'GET') return fetch(address + path, { headers, redirect: 'manual' });
  headers['content-type'] = 'application/x-www-form-urlencoded; charset=utf-7';
  return fetch(address + path, { method, headers, body: 'x=1', redirect: 'manual' });
}

type Verdict = 'let through' | 'refused' | 'missing' | 'asked to sign in';

async function verdict(route: string, path: string, who: Role | 'nobody'): Promise<Verdict> {
  const response = await ask(route, path, who);
  const { status } = response;
  await response.arrayBuffer();
  const toSignIn = response.headers.get('location')?.startsWith('/staff/sign-in') ?? false;
  if (status === 401 || toSignIn) return 'asked to sign in';
  if (status === 403) return 'refused';
  if (route.startsWith('GET')) return status === 404 ? 'missing' : 'let through';
  // Only what the guard lets through comes as far as the reader of forms.
  return status === unread ? 'let through' : 'missing';
}

/** Whoever is let through finds nothing here in this world: no file attached, no form typed, nothing to look at. */
const findsNothing = new Set([
  // Only whoever wrote it.
  'GET /staff/units/:unit/notes/:note',
  'GET /staff/advice/groups/:cycle/document',
  'GET /staff/rounds/:round/paper/:batch/check/:number',
  'GET /staff/rounds/:round/review',
  'GET /staff/rounds/:round/review/:recommendation',
]);

const staffRoutes = { ...ofUnits, ...ofNoUnit };

it('has an expectation for every address that there is, and for no other', () => {
  const [written, there] = [new Set([...Object.keys(staffRoutes), ...ofEverybody]), new Set(routesOf(test.app))];
  // What is in `missing` needs a line in expected.ts.
  const missing = [...there].filter((route) => !written.has(route));
  const gone = [...written].filter((route) => !there.has(route));
  expect({ missing, gone }).toEqual({ missing: [], gone: [] });
});

it('asks whoever is not signed in to sign in', async () => {
  const wrong: unknown[] = [];
  for (const route of Object.keys(staffRoutes)) {
    const found = await verdict(route, own.fill(route), 'nobody');
    if (found !== 'asked to sign in') wrong.push([route, found]);
  }
  expect(wrong).toEqual([]);
});

/** What an address has to answer to a role, about something of this unit. */
function expectedOf(route: string, role: Role, which: 'own' | 'other'): Verdict {
  const letter = staffRoutes[route]![roles.indexOf(role)]!;
  if (!(route in ofUnits)) return letter === '-' ? 'refused' : 'let through';
  // Who sees no unit, or not this one, is told nothing of what it has.
  const sees = role === 'administrator' || role === 'viewer' || (role !== 'organiser' && which === 'own');
  if (!sees) return 'missing';
  return letter === 'a' || (letter === 'o' && which === 'own') ? 'let through' : 'refused';
}

it.each(roles)('lets the role %s through where its right is, and nowhere else', async (role) => {
  const wrong: unknown[] = [];
  for (const [which, world] of [['own', own] as const, ['other', other] as const]) {
    for (const route of Object.keys(which === 'own' ? staffRoutes : ofUnits)) {
      const [expected, found] = [expectedOf(route, role, which), await verdict(route, world.fill(route), role)];
      const isEmpty = expected === 'let through' && found === 'missing' && findsNothing.has(route);
      if (found !== expected && !isEmpty) wrong.push({ route, which, expected, found });
    }
  }
  expect(wrong).toEqual([]);
});

it('says the same of what is another’s as of what is not there', async () => {
  const answerTo = async (path: string) => {
    const response = await ask('GET', path, 'facilitator');
    return [response.status, (await response.text()).replaceAll(path, '')];
  };
  expect(await answerTo(other.fill('GET /staff/rounds/:round'))).toEqual(await answerTo('/staff/rounds/no-such-round'));
  const file = await ask('GET', other.fill('GET /staff/rounds/:round/results/report.xlsx'), 'coordinator');
  expect([file.status, file.headers.get('content-disposition')]).toEqual([404, null]);
});

/** Every page that a person comes to by links from the first one, with its links and forms. */
async function crawl(role: Role): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const waiting = ['/staff'];
  const from = new Map<string, string>();
  const wrong: unknown[] = [];
  const forms = new Set<string>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (pages.has(path)) continue;
    const response = await ask('GET', path, role);
    const html = (response.headers.get('content-type') ?? '').startsWith('text/html') ? await response.text() : '';
    if ([401, 403, 404].includes(response.status)) wrong.push([path, response.status, from.get(path)]);
    pages.set(path, html);
    const location = response.headers.get('location');
    const found = [...html.matchAll(/ href="(\/staff[^"]*)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=').replace(/#.*/, ''),
    );
    waiting.push(...(location?.startsWith('/staff') ? [location.replace(/#.*/, '')] : []));
    // Orders, choices and languages of one page are one page.
    const next = found.filter((href) => !/[?&](sort|q|show|way|lang|group|area)=/.test(href));
    for (const href of next) from.set(href, from.get(href) ?? path);
    waiting.push(...next);
    for (const [tag] of html.matchAll(/<form [^>]*>/g)) {
      const action = / action="(\/staff[^"?#]*)/.exec(tag)?.[1];
      if (action !== undefined && tag.includes('method="post"')) forms.add(action);
    }
  }
  for (const action of forms) {
    if (action.startsWith('/staff/sign-')) continue;
    const { status } = await ask('POST', action, role);
    if (status !== unread) wrong.push([action, status]);
  }
  expect(wrong).toEqual([]);
  return pages;
}

it.each(['facilitator', 'coordinator', 'organiser', 'viewer'] as const)(
  'shows the role %s no link and no button that it would be refused',
  async (role) => {
    const pages = await crawl(role);
    expect(pages.size).toBeGreaterThan(role === 'organiser' ? 5 : 10);
    if (role === 'organiser' || role === 'viewer') return;
    for (const [path, html] of pages) {
      // Archives are made of published reports, which everybody may read.
      if (path.startsWith('/staff/archives')) continue;
      expect([path, html.includes(other.name), html.includes(other.unitId)]).toEqual([path, false, false]);
    }
  },
);

describe('ids of another unit', () => {
  const post = async (path: string, fields: Record<string, string>, role: Role) => {
    const response = await fetch(address + path, {
      ...{ method: 'POST', redirect: 'manual', headers: { cookie: cookies.get(role)! } },
      body: new URLSearchParams(fields),
    });
    return { status: response.status, text: await response.text() };
  };

  it('are not found by a search', async () => {
    for (const path of [
      ...['/staff?q=Zakazana', `/staff/units?q=${other.unitCode}`, '/staff/units?sort=code', '/staff/units.csv'],
      ...['/staff/tasks?q=Zakazana', '/staff/tasks?sort=unit'],
    ]) {
      const html = await (await ask('GET', path, 'facilitator')).text();
      expect([path, html.includes('Gmina Zakazana'), html.includes(other.unitId)]).toEqual([path, false, false]);
    }
    expect(await (await ask('GET', '/staff/units?q=Zakazana', 'viewer')).text()).toContain('Gmina Zakazana');
  });

  it('are not taken from a form', async () => {
    const [programme] = test.services.programmes.all();
    const form = { unit: other.unitCode, plannedMeetings: '6', year: '2028' };
    for (const kind of ['groups', 'individual']) {
      const path = `/staff/advice/${kind}/new?programme=${programme!.id}`;
      const refused = await post(path, { ...form, request: 'Pytanie', state: 'requested' }, 'facilitator');
      expect(refused.status).toBe(422);
      expect(refused.text).not.toContain('Gmina Zakazana');
      expect(refused.text).toContain('Gmina Własna');
    }
  });

  it('and jobs about them stay as they are', async () => {
    const { jobs } = test.services;
    const [, assessment] = other.fill('GET /staff/assessments/:assessment').match(/([^/]+)$/)!;
    const subject = { kind: 'comparison', id: assessment };
    const input = { subject, kind: 'summary', language: 'pl' };
    await jobs.request({ id: 'preview/x/summary/pl', kind: 'report-preview', group: 'previews', rank: 0, input });
    await test.filesMade();
    const failed = await jobs.get('preview/x/summary/pl');
    const html = await (await ask('GET', '/staff/jobs', 'facilitator')).text();
    expect(html).not.toContain('Gmina Zakazana');
    await post('/staff/jobs/retry', { job: 'preview/x/summary/pl' }, 'facilitator');
    expect(await jobs.get('preview/x/summary/pl')).toEqual(failed);
    expect(await (await ask('GET', '/staff/jobs', 'administrator')).text()).toContain('Gmina Zakazana');
  });

  it('do not open what lies below a thing of one’s own', async () => {
    const meeting = other.fill('GET /staff/rounds/:round/meetings/:meeting').split('/').at(-1)!;
    const contact = other.fill('GET /staff/units/:unit/contacts/:contact').split('/').at(-1)!;
    const note = other.fill('GET /staff/units/:unit/notes/:note').split('/').at(-1)!;
    const unit = `/staff/units/${own.unitId}`;
    const recommendation = other.fill('GET /staff/rounds/:round/recommendations/:recommendation').split('/').at(-1)!;
    const talk = other.fill('GET /staff/advice/groups/:cycle/meetings/:meeting').split('/').at(-1)!;
    const round = own.fill('GET /staff/rounds/:round');
    const cycle = own.fill('GET /staff/advice/groups/:cycle');
    for (const path of [
      `${round}/meetings/${meeting}`,
      `${round}/recommendations/${recommendation}`,
      `${round}/recommendations/${recommendation}/state`,
      `${cycle}/meetings/${talk}`,
      `${unit}/contacts/${contact}`,
      `${unit}/notes/${note}`,
    ]) {
      expect([path, (await ask('GET', path, 'facilitator')).status]).toEqual([path, 404]);
      expect([path, (await post(path, {}, 'facilitator')).status]).toEqual([path, 404]);
    }
  });

  it('of a unit that was taken away open nothing from then on', async () => {
    const path = own.fill('GET /staff/rounds/:round');
    const none = { role: 'facilitator', units: [], side: null } as const;
    const { cookie } = await signedInAs(test, 'tymczasowa', { ...none, units: [own.unitId] });
    const look = async () => (await fetch(address + path, { headers: { cookie }, redirect: 'manual' })).status;
    expect(await look()).toBe(200);
    await test.services.accounts.ensurePassword('tymczasowa', 'dlugie haslo testowe', none);
    expect(await look()).toBe(404);
    await test.services.accounts.ensurePassword('tymczasowa', 'dlugie haslo testowe', everything);
    expect(await look()).toBe(200);
  });
});
