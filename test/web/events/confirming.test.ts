import request from 'supertest';
import { eventsOver, newEvent } from '../../events/event-builders';
import { startTestApp, testMoment, type TestApp } from '../../support/app';

let test: TestApp;
let now: Date;
beforeEach(async () => {
  now = testMoment;
  test = await startTestApp(undefined, undefined, () => now);
  Object.assign(test.services, { events: eventsOver(test.store, { clock: () => now, confirmWithinHours: 24 }) });
});
afterEach(() => test.close());

const plain = (html: string) => html.replaceAll('\u00a0', ' ');
const get = async (path: string) => plain((await request(test.app).get(path)).text);
const form = {
  ...{ formKey: 'key-of-a-web-form-1', rows: '1', action: 'continue', organisation: 'Stowarzyszenie Przykład' },
  ...{ kind: 'ngo', seat: '302101', email: 'biuro@example.org', 'p1.name': 'Anna Abacka' },
};

async function sentForm(): Promise<{ readonly own: string; readonly confirm: string }> {
  const event = await newEvent(test.services.events, 1);
  expect(await get(`/events/${event.id}/register`)).toContain('potwierdzić w ciągu 24 godzin');
  const sent = await request(test.app).post(`/events/${event.id}/register`).type('form').send(form);
  const [letter] = await test.services.events.outbox.ofEvent(event.id);
  return { own: sent.headers['location']!, confirm: /\/confirm\/\S+/.exec(letter!.text)![0] };
}

it('the page says until when; opening the link only asks, pressing the button confirms, twice too', async () => {
  const { own, confirm } = await sentForm();
  const waits = await get(own);
  expect(waits).toContain('Proszę go otworzyć do: 17 marca 2026, godz. 12:00');
  expect(waits).toContain('czeka na potwierdzenie: ma miejsce');
  expect(waits).not.toContain('Przyjęliśmy zgłoszenie');
  expect(await get(confirm)).toContain('Potwierdzam zgłoszenie');
  expect(await get(own)).toContain('czeka na potwierdzenie');
  const pressed = await request(test.app).post(confirm);
  expect([pressed.status, pressed.headers['location']]).toEqual([303, own.replace('?sent=1', '?done=confirmed')]);
  expect((await request(test.app).post(confirm)).status).toBe(303);
  expect(await get(own)).not.toContain('czeka na potwierdzenie');
  expect((await request(test.app).get(confirm)).status).toBe(303);
});

it('after the time both links say what happened, and the button does nothing', async () => {
  const { own, confirm } = await sentForm();
  now = new Date(testMoment.getTime() + 25 * 3_600_000);
  const pressed = await request(test.app).post(confirm);
  expect(plain(pressed.text)).toContain('Zgłoszenia nie potwierdzono w terminie');
  expect(await get(own)).toContain('Zgłoszenia nie potwierdzono w terminie');
  expect(await get(confirm)).toContain('Zgłoszenia nie potwierdzono w terminie');
});

it('a link that is none of ours says so', async () => {
  expect((await request(test.app).get(`/confirm/${'x'.repeat(32)}`)).status).toBe(404);
  expect(plain((await request(test.app).post(`/confirm/${'x'.repeat(32)}`)).text)).toContain('nie prowadzi');
});

it.each(['a..b@example.org', 'a@-example-.org', 'a@example', '.a@example.org', 'a@example..org', 'a b@example.org'])(
  'refuses the address %s',
  async (email) => {
    const event = await newEvent(test.services.events, 1);
    const sent = await request(test.app)
      .post(`/events/${event.id}/register`)
      .type('form')
      .send({ ...form, email });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('href="#q-email"');
  },
);
