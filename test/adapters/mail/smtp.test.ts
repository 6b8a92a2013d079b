import type { AddressInfo, Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { createSmtpTransport } from '../../../src/adapters/mail/smtp';
import type { MailTransport } from '../../../src/letters/transport';
import type { EventServices } from '../../../src/events/services';
import { allowed } from '../../support/builders';
import { embeddedTestStore, type TestStore } from '../../support/stores';
import { eventsMoment, eventsOver, newEvent, registrationForm } from '../../events/event-builders';

const base = 'https://lijw.example.org';

let data: TestStore;
let services: EventServices;
let now: Date;
let server: SMTPServer;
let transport: MailTransport;
let received: ParsedMail[];
/** What the server answers to the next recipients; 250 where empty. */
let answers: number[];
/** The connection breaks when the next letter is there, whole, before the server says that it took it. */
let breaks: boolean;

beforeEach(async () => {
  now = eventsMoment;
  received = [];
  answers = [];
  breaks = false;
  data = await embeddedTestStore();
  services = eventsOver(data.store, { clock: () => now });
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, done) {
      const responseCode = answers.shift() ?? 250;
      done(responseCode === 250 ? null : Object.assign(new Error('no'), { responseCode }));
    },
    onData(stream, _session, done) {
      simpleParser(stream).then(
        (mail) => {
          received.push(mail);
          if (!breaks) done();
          else for (const connection of server.connections) (connection as { _socket: Socket })._socket.destroy();
          breaks = false;
        },
        (error: unknown) => done(error as Error),
      );
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  transport = createSmtpTransport({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'LIJW <lijw@example.org>' });
});

afterEach(async () => {
  await transport.close();
  await new Promise<void>((resolve) => server.close(resolve));
  await data.dispose();
});

async function registered() {
  const event = await newEvent(services, 1);
  const form = registrationForm(['Zażółć Gęślą'], { contactEmail: 'biuro@example.org' });
  const { link } = allowed(await services.registrations.register(event.id, form));
  return { event, link };
}

const minutesLater = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};

test('a letter arrives with its words, the private link at the public address and the calendar', async () => {
  const { link } = await registered();
  expect(await services.outbox.deliverDue(transport, base)).toBe(1);
  expect(await services.outbox.deliverDue(transport, base)).toBe(0);
  const [mail] = received;
  expect(mail!.subject).toBe('Przyjęliśmy zgłoszenie: Szkolenie o Modelu współpracy');
  expect(mail!.from?.text).toContain('lijw@example.org');
  expect(mail!.text).toContain('Zażółć Gęślą: ma miejsce');
  expect(mail!.text).toContain(`${base}/registrations/${link}\n`);
  expect(mail!.attachments[0]!.content.toString()).toContain('BEGIN:VEVENT');
});

test('a server that is busy is tried again, later and later; each letter goes out once', async () => {
  const { event } = await registered();
  answers = [451, 451];
  expect(await services.outbox.deliverDue(transport, base)).toBe(0);
  expect(await services.outbox.deliverDue(transport, base)).toBe(0);
  minutesLater(1);
  expect(await services.outbox.deliverDue(transport, base)).toBe(0);
  minutesLater(4);
  expect(await services.outbox.deliverDue(transport, base)).toBe(0);
  minutesLater(1);
  expect(await services.outbox.deliverDue(transport, base)).toBe(1);
  expect(received).toHaveLength(1);
  expect((await services.outbox.ofEvent(event.id))[0]).toMatchObject({ state: 'sent', attempts: 3, error: null });
});

test('an address that does not exist is given up at once, and tried anew when the staff say so', async () => {
  const { event } = await registered();
  answers = [550];
  await services.outbox.deliverDue(transport, base);
  expect((await services.outbox.ofEvent(event.id))[0]!.state).toBe('failed');
  expect(await services.outbox.retry(event.id)).toBe(1);
  expect(await services.outbox.deliverDue(transport, base)).toBe(1);
});

test('two processes that look at once send each letter once', async () => {
  await registered();
  const other = eventsOver(data.store, { clock: () => now });
  const sent = await Promise.all([services, other].map(({ outbox }) => outbox.deliverDue(transport, base)));
  expect(sent.reduce((sum, one) => sum + one)).toBe(1);
  expect(received).toHaveLength(1);
});

test('a letter whose sender died is taken over; nothing is sent of an event that is over', async () => {
  const { event } = await registered();
  const dying: MailTransport = { ...transport, send: () => new Promise(() => undefined) };
  void services.outbox.deliverDue(dying, base);
  let state = 'waiting';
  while (state !== 'sending') state = (await services.outbox.ofEvent(event.id))[0]!.state;
  expect(await services.outbox.deliverDue(transport, base)).toBe(0);
  minutesLater(10);
  expect(await services.outbox.deliverDue(transport, base)).toBe(1);
  allowed(await services.events.setSeats(event.id, 5));
  allowed(await services.registrations.register(event.id, registrationForm(['Późna'])));
  now = new Date('2026-04-09T16:00:00+02:00');
  expect(await services.outbox.deliverDue(transport, base)).toBe(0);
  expect(received).toHaveLength(1);
});

test('an answer that is lost leaves it open whether the letter was taken; it goes out again under the same id', async () => {
  await registered();
  breaks = true;
  const faults: string[] = [];
  const watched: MailTransport = {
    ...transport,
    faultOf: (error) => {
      faults.push(transport.faultOf(error));
      return transport.faultOf(error);
    },
  };
  expect(await services.outbox.deliverDue(watched, base)).toBe(0);
  expect(faults).toEqual(['unsure']);
  minutesLater(1);
  expect(await services.outbox.deliverDue(watched, base)).toBe(1);
  expect(received[0]!.messageId).toBe(received[1]!.messageId);
});

test('a server that is away costs no letter a try, and nobody is tried after the first', async () => {
  const event = await newEvent(services, 3);
  for (const name of ['Ada', 'Bea', 'Cela']) {
    allowed(await services.registrations.register(event.id, registrationForm([name])));
  }
  const away = createSmtpTransport({ smtpUrl: 'smtp://127.0.0.1:1', from: 'lijw@example.org' });
  for (let day = 0; day < 3; day++) {
    expect(await services.outbox.deliverDue(away, base)).toBe(0);
    minutesLater(24 * 60);
  }
  await away.close();
  const letters = await services.outbox.ofEvent(event.id);
  expect(letters.map(({ attempts, state }) => [attempts, state])).toEqual(Array(3).fill([0, 'waiting']));
  expect(letters.filter(({ error }) => error !== null).length).toBeGreaterThan(0);
  expect(await services.outbox.deliverDue(transport, base)).toBe(3);
});

test.each([
  ['https', 'https://lijw.example.org/x', 'One-Click'],
  ['http', 'http://localhost/x', undefined],
])('a letter over %s says where a mail program may ask for no more', async (_what, unsubscribe, oneClick) => {
  const letter = { id: 'one', to: 'ada@example.org', subject: 'List', text: 'Treść', unsubscribe };
  await transport.send(letter);
  const raw = received[0]!.headerLines.map(({ line }) => line).join('\n');
  expect(raw).toContain(`List-Unsubscribe: <${unsubscribe}>`);
  if (oneClick === undefined) expect(raw).not.toContain('List-Unsubscribe-Post');
  else expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
});
