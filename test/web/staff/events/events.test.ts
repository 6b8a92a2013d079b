import { parse } from 'csv-parse/sync';
import { startTestApp, testMoment, type TestApp } from '../../../support/app';
import { allowed } from '../../../support/builders';
import { programmesOf } from '../../../../src/programme/document/load';
import { secondProgramme } from '../../../support/second-programme';
import { signedInClient, type StaffClient } from '../../../support/staff';
import { newEvent, registrationForm } from '../../../events/event-builders';

let test: TestApp;
let staff: StaffClient;
let now: Date;
beforeEach(async () => {
  now = testMoment;
  test = await startTestApp(undefined, undefined, () => now);
  const programmes = programmesOf([...test.services.programmes.all(), secondProgramme()]);
  Object.assign(test.services, { programmes });
  staff = await signedInClient(test);
});
afterEach(() => test.close());

const day = (name: string, date: string) => {
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  return { [`${name}.day`]: dayOfMonth, [`${name}.month`]: month, [`${name}.year`]: year };
};

const typed = {
  activity: 'inny-region-2026:courses',
  titlePl: 'Szkolenie z Modelu',
  place: 'Dom Przykładów',
  address: 'ul. Zmyślona 1, Gniezno',
  subregion: 'polnoc',
  ...day('startDay', '2026-04-09'),
  startTime: '9.00',
  endTime: '15:00',
  agenda: '9:00 Powitanie\n9:15 – Model krok po kroku',
  seats: '2',
  ...day('opensDay', '2026-03-01'),
  opensTime: '8:00',
  ...day('closesDay', '2026-04-07'),
  closesTime: '16:00',
  perFormLimit: '3',
  form: 'none',
  controller: 'Stowarzyszenie Organizator, Poznań',
  ...day('deleteAfter', '2026-06-30'),
};

const plain = (html: string) => html.replaceAll('\u00a0', ' ');
const fields = (form: Record<string, string>) => ({ action: 'continue', rows: '1', ...form });
const caller = {
  ...{ formKey: 'abcdefghijklmnop1', organisation: 'Urząd Gminy w Zmyślonej', kind: 'office', seat: '300301' },
  ...{ email: 'urzad@example.org', 'p1.name': 'Zofia Dzwoniąca' },
};

describe('an event', () => {
  it('is made, corrected, announced and cancelled; only then and there the public sees it', async () => {
    const made = await staff.post('/staff/events/new', typed);
    expect(made.status).toBe(303);
    const [event] = await test.services.events.events.all();
    expect(event).toMatchObject({
      ...{ kind: 'training', startsAt: '2026-04-09T09:00', endsAt: '2026-04-09T15:00', state: 'planned' },
      agenda: [
        { time: '09:00', text: 'Powitanie' },
        { time: '09:15', text: 'Model krok po kroku' },
      ],
    });
    const path = `/staff/events/${event!.id}`;
    expect((await staff.get(`/events/${event!.id}`)).status).toBe(404);
    const form = await staff.get(`${path}/edit`);
    expect(form.text).toContain('value="Szkolenie z Modelu"');
    const edited = await staff.post(`${path}/edit`, { ...typed, place: 'Inna sala', revision: '1' });
    expect(edited.status).toBe(303);
    const late = await staff.post(`${path}/edit`, { ...typed, place: 'Trzecia sala', revision: '1' });
    // Both entries are shown, and nothing is written over until one is chosen.
    expect(late.status).toBe(409);
    expect(late.text).toContain('value="Trzecia sala"');
    expect(late.text).toContain('Inna sala');
    expect((await test.services.events.events.get(event!.id))!.place).toBe('Inna sala');
    await staff.post(`${path}/publish`, {});
    expect((await staff.get(`/events/${event!.id}`)).text).toContain('Inna sala');
    expect(plain((await staff.get(`${path}/cancel`)).text)).toContain('0 zgłoszonych osób');
    await staff.post(`${path}/cancel`, {});
    expect((await staff.get(`/events/${event!.id}`)).text).toContain('zostało odwołane');
  });

  it('that cannot be is refused at its fields, and all that was typed stays', async () => {
    const empty = await staff.post('/staff/events/new', {});
    expect(empty.status).toBe(422);
    expect(empty.text.match(/govuk-error-summary__list[\s\S]*?<\/ul>/)![0].match(/<li>/g)).toHaveLength(1);
    const begun = await staff.post('/staff/events/new', { titlePl: 'Szkolenie' });
    expect(begun.text.match(/govuk-error-summary__list[\s\S]*?<\/ul>/)![0].match(/<li>/g)!.length).toBeLessThan(11);
    const wrong = { ...typed, endTime: '8:00', titlePl: '<script>alert(1)</script>' };
    const reversed = await staff.post('/staff/events/new', wrong);
    expect(reversed.text).toContain('<a href="#q-endTime">Koniec nie może być wcześniejszy niż początek</a>');
    expect(reversed.text).toContain('value="&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(reversed.text).not.toContain('<script>alert');
    const night = await staff.post('/staff/events/new', {
      ...typed,
      ...day('startDay', '2026-03-29'),
      startTime: '2:30',
    });
    expect(night.text).toContain('href="#q-startTime"');
    const noTime = await staff.post('/staff/events/new', { ...typed, startTime: '25:00', agenda: 'Powitanie' });
    expect(noTime.text).toContain('<a href="#q-startTime">Proszę podać godzinę, na przykład 9:00</a>');
    expect(noTime.text).toContain('href="#q-agenda"');
    expect(await test.services.events.events.all()).toEqual([]);
  });
});

describe('a new event', () => {
  it('offers activities of programmes that have not ended, and has usual values for what is left out', async () => {
    const page = await staff.get('/staff/events/new');
    expect(page.text).toContain('value="inny-region-2026:courses"');
    expect(page.text).not.toContain('obywatelska-wielkopolska-2014-2015:');
    const { activity, titlePl, place, address, startTime, endTime, seats, controller, ...rest } = typed;
    const few = Object.entries(rest).filter(([name]) => /^(startDay|deleteAfter)/.test(name));
    const least = { activity, titlePl, place, address, startTime, endTime, seats, controller };
    expect((await staff.post('/staff/events/new', { ...least, ...Object.fromEntries(few) })).status).toBe(303);
    const [event] = await test.services.events.events.all();
    expect(event).toMatchObject({
      ...{ registrationOpensAt: '2026-03-16T00:00', registrationClosesAt: '2026-04-09T09:00' },
      ...{ perFormLimit: 5, subregion: null, form: null },
    });
  });

  it('can begin as a copy of an earlier one, without its days', async () => {
    await staff.post('/staff/events/new', typed);
    const [event] = await test.services.events.events.all();
    expect((await staff.get(`/staff/events/${event!.id}`)).text).toContain(`/staff/events/new?like=${event!.id}`);
    const copy = (await staff.get(`/staff/events/new?like=${event!.id}`)).text;
    expect(copy).toContain('value="Szkolenie z Modelu"');
    expect(copy).toContain('value="Dom Przykładów"');
    expect(copy).not.toContain('value="2026"');
  });
});

describe('a change of what people were told', () => {
  it('is shown as a letter before it is saved, and sent only then', async () => {
    await staff.post('/staff/events/new', typed);
    const [event] = await test.services.events.events.all();
    const path = `/staff/events/${event!.id}`;
    await staff.post(`${path}/publish`, {});
    const form = registrationForm(['Anna Abacka'], { organisation: { name: 'X', kind: 'ngo', seat: '990101' } });
    allowed(await test.services.events.registrations.register(event!.id, form));
    const letters = async () =>
      (await test.services.events.outbox.ofEvent(event!.id)).filter(({ kind }) => kind === 'event-changed');
    const changed = { ...typed, startTime: '10:30', revision: '2' };
    const preview = await staff.post(`${path}/edit`, changed);
    expect(preview.status).toBe(200);
    expect(plain(preview.text)).toContain('Zapisz i wyślij wiadomość');
    expect(plain(preview.text)).toContain('10:30–15:00');
    expect(plain(preview.text)).toContain('termin: czwartek, 9 kwietnia 2026, 9:00–15:00');
    expect(await letters()).toEqual([]);
    const hidden = [...preview.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    const again = Object.fromEntries(hidden.map(([, name, value]) => [name!, value!]));
    expect((await staff.post(`${path}/edit`, again)).status).toBe(303);
    expect(await letters()).toHaveLength(1);
    const silent = { ...typed, startTime: '10:30', descriptionPl: 'Nowy opis', revision: '3' };
    expect((await staff.post(`${path}/edit`, silent)).status).toBe(303);
  });
});

describe('the list of events', () => {
  it('has the nearest first, those over apart and called so, and can be searched, filtered and sorted', async () => {
    const { events } = test.services;
    const on = (date: string, pl: string, place: string) => ({
      ...{ title: { pl }, place, startsAt: `${date}T09:00`, endsAt: `${date}T15:00` },
      ...{ registrationOpensAt: '2026-01-01T08:00', registrationClosesAt: `${date}T08:00` },
    });
    now = new Date('2026-02-01T12:00:00+01:00');
    await newEvent(events, 5, on('2026-05-05', 'Czwarte', 'Śrem'));
    await newEvent(events, 5, on('2026-04-04', 'Trzecie', 'Piła'));
    await newEvent(events, 5, on('2026-03-03', 'Drugie', 'Śrem'));
    await newEvent(events, 5, on('2026-02-02', 'Pierwsze', 'Śrem'));
    now = testMoment;
    const titles = async (query = '') =>
      [...(await staff.get(`/staff/events${query}`)).text.matchAll(/<h3[^>]*><a[^>]*>([^<]*)/g)].map(
        ([, title]) => title,
      );
    expect(await titles()).toEqual(['Trzecie', 'Czwarte', 'Drugie', 'Pierwsze']);
    expect(await titles('?search=śrem')).toEqual(['Czwarte', 'Drugie', 'Pierwsze']);
    expect(await titles('?search=ŚREM+drugie')).toEqual(['Drugie']);
    expect(await titles('?order=title')).toEqual(['Czwarte', 'Trzecie', 'Drugie', 'Pierwsze']);
    expect(await titles('?state=held')).toEqual(['Drugie', 'Pierwsze']);
    expect(await titles('?search=nic')).toEqual([]);
    const past = (await staff.get('/staff/events?state=held')).text;
    expect(past).toContain('zakończone');
    expect(past).not.toMatch(/lijw-overline">[^<]*ogłoszone/);
  });

  it('shows long lists by page, in one order over what comes and what is over, and searches all of them', async () => {
    const { events } = test.services;
    for (let number = 1; number <= 17; number += 1) {
      const day = `2026-04-${String(number + 9)}`;
      const title = { pl: number === 17 ? 'Łąki nad Śremem' : `Szkolenie ${number}` };
      await newEvent(events, 5, { title, startsAt: `${day}T09:00`, endsAt: `${day}T15:00` });
    }
    const titles = async (address: string) =>
      [...(await staff.get(address)).text.matchAll(/<h3[^>]*><a[^>]*>([^<]*)/g)].map(([, title]) => title);
    const pages = [await titles('/staff/events'), await titles('/staff/events?page=2')];
    expect(pages.map(({ length }) => length)).toEqual([15, 2]);
    expect(new Set(pages.flat()).size).toBe(17);
    expect(await titles('/staff/events?search=laki+sremem')).toHaveLength(1);
    expect((await staff.get('/staff/events?search=laki')).text).toContain('Pasuje 1 wydarzenie z 17');
    // Everybody's list too.
    expect([await titles('/events'), await titles('/events?page=2')].map(({ length }) => length)).toEqual([15, 2]);
    expect((await staff.get('/events')).text).toContain('rel="next"');
  });

  it('asks a person before anything is deleted by a clock that has jumped', async () => {
    const event = await newEvent(test.services.events, 1);
    const { link } = allowed(await test.services.events.registrations.register(event.id, registrationForm(['Ada'])));
    now = new Date('2031-01-01T12:00:00+01:00');
    staff = await signedInClient(test);
    await test.services.events.retention.deleteExpired();
    const page = plain((await staff.get('/staff/events')).text);
    expect(page).toContain('Usuwanie danych osobowych jest wstrzymane');
    expect(page).toContain('1 stycznia 2031');
    expect(await test.services.events.registrations.byLink(link)).not.toBeNull();
    await staff.post('/staff/events/clock', {});
    expect(await test.services.events.registrations.byLink(link)).toBeNull();
    expect((await staff.get('/staff/events')).text).not.toContain('wstrzymane');
  });
});

describe('the list', () => {
  it('says in order who has a place and why somebody waits; seats follow the rules', async () => {
    const event = await newEvent(test.services.events, 1);
    const path = `/staff/events/${event.id}`;
    allowed(
      await test.services.events.registrations.register(event.id, registrationForm(['Anna Abacka', 'Jan Babacki'])),
    );
    const call = await staff.post(`${path}/register`, fields(caller));
    expect(call.headers['location']).toBe(`${path}?done=registered`);
    const page = plain((await staff.get(path)).text);
    expect(page.indexOf('Anna Abacka')).toBeLessThan(page.indexOf('Zofia Dzwoniąca'));
    expect(page).toContain('wszystkie miejsca (1) mają osoby zgłoszone wcześniej; przed tą osobą na liście: 1');
    expect(page).toContain('telefonicznie');
    expect(page).toMatch(/<td[^>]*>2<\/td><th[^>]*>Jan Babacki/);

    await staff.post(`${path}/seats`, { seats: '3' });
    expect(plain((await staff.get(path)).text)).toContain('Miejsca: zajęte 3 z 3');
    const fewer = await staff.post(`${path}/seats`, { seats: '2' });
    expect(fewer.status).toBe(422);
    expect(plain(fewer.text)).toContain('Liczba osób, które mają już miejsce: 3');
    expect((await staff.post(`${path}/seats`, { seats: 'dużo' })).status).toBe(422);
  });

  it('lets the organiser take somebody off with a reason, once', async () => {
    const event = await newEvent(test.services.events, 1);
    const path = `/staff/events/${event.id}`;
    const { people } = allowed(
      await test.services.events.registrations.register(event.id, registrationForm(['Anna Abacka', 'Jan Babacki'])),
    );
    const off = `${path}/people/${people[0]!.person.id}/cancel`;
    const none = await staff.post(off, { reason: ' ' });
    expect(none.text).toContain('Proszę podać powód');
    expect(none.text).toContain(`<a class="govuk-link" href="${path}">`);
    expect((await staff.post(off, { reason: 'Pomyłka w zgłoszeniu' })).status).toBe(303);
    expect((await staff.post(off, { reason: 'Pomyłka w zgłoszeniu' })).status).toBe(303);
    const page = plain((await staff.get(path)).text);
    expect(page).toContain('organizator: Pomyłka w zgłoszeniu');
    expect((await test.services.events.queues.state(event.id)).seq).toBe(3);
  });

  it('goes to Excel without anything that Excel would run, and to paper with room to sign', async () => {
    const event = await newEvent(test.services.events, 1);
    const path = `/staff/events/${event.id}`;
    const formula = '=HYPERLINK("x","y")';
    const form = registrationForm([formula, '+48 600', 'Żaneta; "Łąka"'], {
      organisation: { name: '@SUM(1)', kind: 'other', seat: '300301' },
    });
    allowed(await test.services.events.registrations.register(event.id, form));
    const csv = await staff.get(`${path}/list.csv`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text.startsWith('\ufeff')).toBe(true);
    const rows = parse(csv.text, { bom: true, delimiter: ';' });
    expect(rows.map((row) => row[2])).toEqual(['Imię i nazwisko', `'${formula}`, "'+48 600", 'Żaneta; "Łąka"']);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    const paper = await staff.get(`${path}/print-list`);
    expect(paper.text).toContain('Podpis');
    expect(paper.text).not.toContain('Żaneta');
  });

  it('takes attendance from the day on, and gives way to counts on the promised day', async () => {
    const event = await newEvent(test.services.events, 2);
    const path = `/staff/events/${event.id}`;
    const { people } = allowed(
      await test.services.events.registrations.register(event.id, registrationForm(['Anna Abacka', 'Jan Babacki'])),
    );
    const present = people[0]!.person.id;
    expect((await staff.post(`${path}/attendance`, { present })).status).toBe(422);
    now = new Date('2026-04-09T15:30:00+02:00');
    staff = await signedInClient(test);
    expect((await staff.post(`${path}/attendance`, { present })).status).toBe(303);
    expect(plain((await staff.get(path)).text)).toContain('Obecni: 1.');
    now = new Date('2026-07-01T08:00:00+02:00');
    staff = await signedInClient(test);
    await test.services.events.retention.confirmClock();
    const after = plain((await staff.get(path)).text);
    expect(after).not.toContain('Abacka');
    expect(after).toContain('Miejsca: zajęte 2 z 2');
    expect(after).toContain('Obecni: 1.');
  });
});

it('nobody sees any of it without signing in', async () => {
  const event = await newEvent(test.services.events, 1);
  const { default: request } = await import('supertest');
  for (const path of ['', '/new', `/${event.id}`, `/${event.id}/list.csv`, `/${event.id}/print-list`]) {
    const answer = await request(test.app).get(`/staff/events${path}`);
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toContain('/staff/sign-in');
  }
});
