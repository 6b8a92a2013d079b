import ICAL from 'ical.js';
import request from 'supertest';
import { startTestApp, testMoment, type TestApp } from '../../support/app';
import { allowed } from '../../support/builders';
import { newEvent, registrationForm } from '../../events/event-builders';

let test: TestApp;
let now: Date;
beforeEach(async () => {
  now = testMoment;
  test = await startTestApp(undefined, undefined, () => now);
});
afterEach(() => test.close());

const plain = (html: string) => html.replaceAll('\u00a0', ' ');
const post = (path: string, fields: Record<string, string>) => request(test.app).post(path).type('form').send(fields);
const get = (path: string) => request(test.app).get(path);
let forms = 0;

function typed(overrides: Record<string, string> = {}): Record<string, string> {
  forms += 1;
  return {
    ...{ formKey: `key-of-a-web-form-${forms}`, rows: '1', action: 'continue' },
    ...{ organisation: 'Stowarzyszenie Przykład', kind: 'ngo', seat: '302101', email: `biuro${forms}@example.org` },
    'p1.name': 'Anna Abacka',
    ...overrides,
  };
}

const registered = async (eventId: string) => (await test.services.events.queues.state(eventId)).registrants.length;

describe('the form', () => {
  it('of a full event leads to the waiting list, and says so before and after', async () => {
    const event = await newEvent(test.services.events, 1);
    await post(`/events/${event.id}/register`, typed());
    const page = plain((await get(`/events/${event.id}`)).text);
    expect(page).toContain('brak wolnych miejsc');
    expect(page).toContain('Zapisz się na listę oczekujących');
    const sent = await post(`/events/${event.id}/register`, typed({ 'p1.name': 'Jan Babacki' }));
    expect(plain((await get(sent.headers['location']!)).text)).toContain('lista oczekujących, numer 1');
    expect(plain((await get(`/events/${event.id}`)).text)).toContain('lista oczekujących: 1 osoba');
  });

  it.each([
    ['before the opening', '2026-02-28T12:00:00+01:00', 'Zgłoszenia jeszcze się nie zaczęły'],
    ['after the closing', '2026-04-08T12:00:00+02:00', 'Zgłoszenia się skończyły'],
  ])('%s is not shown; sent all the same, it comes back as it was typed', async (_when, moment, words) => {
    const event = await newEvent(test.services.events, 1);
    now = new Date(moment);
    const page = await get(`/events/${event.id}/register`);
    expect(page.status).toBe(409);
    expect(page.text).not.toContain('name="organisation"');
    const sent = await post(`/events/${event.id}/register`, typed());
    expect(sent.status).toBe(422);
    expect(plain(sent.text)).toContain(words);
    expect(sent.text).toContain('value="Anna Abacka"');
    expect(await registered(event.id)).toBe(0);
  });

  it.each([
    ['an override of direction', 'Anna \u202eakcabA', 'U+202E'],
    ['a control character', 'Anna\u0007Abacka', 'U+0007'],
    ['a line break', 'Anna\nAbacka', 'U+000A'],
  ])('refuses %s in the name of a person and of an organisation', async (_what, name, character) => {
    const event = await newEvent(test.services.events, 1);
    for (const field of ['p1.name', 'organisation']) {
      const sent = await post(`/events/${event.id}/register`, typed({ [field]: name }));
      expect(sent.status).toBe(422);
      expect(plain(sent.text)).toContain(`niedozwolony znak, którego nie widać (${character})`);
    }
    expect(await registered(event.id)).toBe(0);
  });

  it('takes a name for what a reader sees of it', async () => {
    const event = await newEvent(test.services.events, 2);
    const unseen = await post(`/events/${event.id}/register`, typed({ 'p1.name': '\u200b\u00ad\ufeff' }));
    expect(unseen.status).toBe(422);
    await post(`/events/${event.id}/register`, typed({ 'p1.name': 'Anna\u00ad Aba\u200bcka' }));
    expect((await test.services.events.queues.state(event.id)).registrants.map(({ person }) => person.name)).toEqual([
      'Anna Abacka',
    ]);
  });

  it('refuses kindly a seat outside the region, also one that the list does not offer', async () => {
    const event = await newEvent(test.services.events, 1);
    for (const seat of ['outside', '146501']) {
      const sent = await post(`/events/${event.id}/register`, typed({ seat }));
      expect(sent.status).toBe(422);
      expect(plain(sent.text)).toContain('Program jest dla organizacji i urzędów z gmin i miast na tej liście');
    }
    const unknown = await post(`/events/${event.id}/register`, typed({ seat: '302199' }));
    expect(unknown.text).toContain('<a href="#q-seat">');
    expect(await registered(event.id)).toBe(0);
  });

  it('offers every gmina and city as seat, Poznań among them', async () => {
    const event = await newEvent(test.services.events, 1);
    const page = (await get(`/events/${event.id}/register`)).text;
    const offered = new Set([...page.matchAll(/<option value="(\d+)"/g)].map(([, code]) => code));
    const places = await test.services.territory.all();
    const missing = places.filter(({ code, kind }) => kind !== 'powiat' && !offered.has(code));
    expect(missing).toEqual([]);
    expect((await post(`/events/${event.id}/register`, typed({ seat: '3064' }))).status).toBe(303);
  });

  it('takes names of 200 characters and refuses longer ones, keeping them', async () => {
    const event = await newEvent(test.services.events, 5);
    const longest = 'Ż'.repeat(200);
    const good = typed({ 'p1.name': longest, organisation: 'Ł'.repeat(200) });
    expect((await post(`/events/${event.id}/register`, good)).status).toBe(303);
    const longer = await post(`/events/${event.id}/register`, typed({ 'p1.name': `${longest}x` }));
    expect(longer.status).toBe(422);
    expect(plain(longer.text)).toContain('Proszę skrócić wpis do 200 znaków');
    expect(longer.text).toContain(`value="${longest}x"`);
  });

  it('keeps scripts as words, on every page and in letters', async () => {
    const event = await newEvent(test.services.events, 5);
    const script = '<script>alert("x")</script>';
    const sent = await post(`/events/${event.id}/register`, typed({ 'p1.name': script, organisation: script }));
    const own = sent.headers['location']!;
    const [letter] = await test.services.events.outbox.ofEvent(event.id);
    for (const path of [own, '/mailbox', `/mailbox/${encodeURIComponent(letter!.id)}`]) {
      const shown = await get(path);
      expect(shown.status).toBe(200);
      expect(shown.text).not.toContain('<script>alert');
    }
    expect((await get(own)).text).toContain('&lt;script&gt;');
  });

  it('lets no line break into a letter', async () => {
    const event = await newEvent(test.services.events, 5);
    const sent = await post(
      `/events/${event.id}/register`,
      typed({ organisation: 'Jedna\r\nBcc: Druga', 'p1.name': 'Anna\nAbacka' }),
    );
    expect(sent.status).toBe(422);
    expect(await test.services.events.outbox.ofEvent(event.id)).toEqual([]);
    for (const email of ['a@b', 'a b@example.org', 'a@example.org,b@example.org', 'Anna <a@example.org>']) {
      expect((await post(`/events/${event.id}/register`, typed({ email }))).status).toBe(422);
    }
  });

  it('sent twice registers once; with other content it leads to what was sent', async () => {
    const event = await newEvent(test.services.events, 5);
    const form = typed();
    const first = await post(`/events/${event.id}/register`, form);
    const again = await post(`/events/${event.id}/register`, form);
    expect(again.headers['location']).toBe(first.headers['location']);
    const other = await post(`/events/${event.id}/register`, { ...form, 'p1.name': 'Ktoś Inny' });
    expect(other.status).toBe(409);
    expect(other.text).toContain(first.headers['location']!.split('?')[0]);
    expect(await registered(event.id)).toBe(1);
  });

  it('adds, drops and takes away rows without losing what was typed', async () => {
    const event = await newEvent(test.services.events, 5, { perFormLimit: 3 });
    const path = `/events/${event.id}/register`;
    const three = { rows: '3', 'p1.name': 'Pierwsza', 'p2.name': 'Druga', 'p3.name': 'Trzecia' };
    const removed = await post(path, typed({ ...three, action: 'remove-1' }));
    expect(removed.text).toMatch(/name="p2\.name"[^>]*value="Trzecia"/);
    expect(removed.text).not.toContain('Druga');
    const full = await post(path, typed({ ...three, action: 'add' }));
    expect(full.text).not.toContain('p4.name');
    const tooMany = { ...three, rows: '99', 'p4.name': 'Czwarta' };
    expect((await post(path, typed(tooMany))).status).toBe(303);
    expect(await registered(event.id)).toBe(3);
    expect((await post(path, typed({ rows: '3', 'p1.name': '', 'p3.name': 'Tylko trzecia' }))).status).toBe(303);
    expect(await registered(event.id)).toBe(4);
  });

  it('changes its language without losing what was typed', async () => {
    const event = await newEvent(test.services.events, 5);
    const english = await post(`/events/${event.id}/register`, typed({ action: '', language: 'en' }));
    expect(english.text).toContain('Send the registration');
    expect(english.text).toContain('value="Anna Abacka"');
  });
});

describe('the private link', () => {
  it.each(['x', 'a'.repeat(32), '../../staff', '%00', 'a'.repeat(5000)])('forged as %s opens nothing', async (link) => {
    const shown = await get(`/registrations/${encodeURIComponent(link)}`);
    expect(shown.status).toBe(404);
  });

  it('used twice, after the beginning or for a stranger changes nothing more', async () => {
    const event = await newEvent(test.services.events, 5);
    const { registrations, queues } = test.services.events;
    const own = allowed(await registrations.register(event.id, registrationForm(['Anna', 'Jan'])));
    const other = allowed(await registrations.register(event.id, registrationForm(['Obca'])));
    const cancel = (link: string, id: string) => post(`/registrations/${link}/people/${id}/cancel`, {});
    const [anna, jan] = own.people.map(({ person }) => person.id);
    expect((await cancel(own.link, anna!)).status).toBe(303);
    expect((await cancel(own.link, anna!)).status).toBe(303);
    expect((await get(`/registrations/${own.link}/people/${anna!}/cancel`)).status).toBe(303);
    expect((await cancel(other.link, jan!)).status).toBe(422);
    now = new Date('2026-04-09T09:00:00+02:00');
    const late = await cancel(own.link, jan!);
    expect(late.status).toBe(422);
    expect(plain(late.text)).toContain('To wydarzenie już się zaczęło');
    expect((await queues.state(event.id)).seq).toBe(4);
  });
});

describe('the list of events', () => {
  it('filters by kind, subregion and time, and offers one calendar', async () => {
    const { events } = test.services;
    await newEvent(events, 5);
    await newEvent(events, 5, { kind: 'seminar', subregion: 'pilski', title: { pl: 'Seminarium' } });
    const titles = async (query: string) =>
      [...plain((await get(`/events${query}`)).text).matchAll(/<h3[^>]*><a[^>]*>([^<]*)/g)].map(([, title]) => title);
    expect(await titles('')).toHaveLength(2);
    expect(await titles('?kind=seminar')).toEqual(['Seminarium']);
    expect(await titles('?subregion=koninski')).toEqual(['Szkolenie o Modelu współpracy']);
    expect(await titles('?kind=seminar&subregion=koninski')).toEqual([]);
    expect(await titles('?when=past')).toEqual([]);
    const file = await get('/events/calendar.ics');
    expect(file.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(new ICAL.Component(ICAL.parse(file.text) as never).getAllSubcomponents('vevent')).toHaveLength(2);
    now = new Date('2026-04-10T12:00:00+02:00');
    expect(await titles('?when=past')).toHaveLength(2);
    expect(await titles('')).toEqual([]);
  });
});
