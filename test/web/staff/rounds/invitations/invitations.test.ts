import request from 'supertest';
import type { Round } from '../../../../../src/assessment/round';
import { invitationsSpec } from '../../../../../src/collection/invitations/invitation';
import { startTestApp, testMoment, type TestApp } from '../../../../support/app';
import { newOpenRound } from '../../../../support/builders';
import { signedInClient, type StaffClient } from '../../../../support/staff';
import { messyList, windows1250 } from '../../../../collection/invitations/messy-list';

let test: TestApp;
let staff: StaffClient;
let round: Round;
let now: Date;

beforeEach(async () => {
  now = testMoment;
  test = await startTestApp(undefined, undefined, () => now);
  staff = await signedInClient(test);
  round = await newOpenRound(test.services.assessment, { ways: { ngo: 'invitations' }, groupSizes: { ngo: 30 } });
});
afterEach(() => test.close());

const words = (text: string): string => text.replaceAll('\u00a0', ' ');
const home = () => `/staff/rounds/${round.id}/invitations`;
const stored = () => test.services.collection.invitations.invitations.ofRound(round.id);
const deliver = () => test.services.collection.invitations.sending.deliverDue(test.services.mail.post!);
const hidden = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

function upload(name: string, file: Buffer, fields: Readonly<Record<string, string>> = {}) {
  const form = request(test.app).post(`${home()}/import`).set('Cookie', staff.cookie);
  for (const [field, value] of Object.entries(fields)) void form.field(field, value);
  return form.attach('file', file, name);
}

/** From a pasted list to stored invitations, as somebody would press. */
async function invite(list: string): Promise<void> {
  const preview = await staff.post(`${home()}/import`, { list, usual: 'ngo' });
  // As browsers send what stands in a field.
  const typed = list.replaceAll('\n', '\r\n');
  const fields = { list: typed, usual: 'ngo', asked: 'yes', seen: hidden(preview.text, 'seen'), action: 'save' };
  expect((await staff.post(`${home()}/add`, fields)).headers['location']).toContain('done=added');
}

describe('reading in addresses', () => {
  it('shows what a file says, every fault by its line, and stores nothing before it is confirmed', async () => {
    const messy = messyList(true);
    const page = words((await upload('lista.csv', windows1250(messy))).text);
    expect(page).toContain('200 nowych zaproszeń');
    expect(page).toContain(`${messy.faults.length} błędów na liście`);
    expect(page).toContain('odczytaliśmy jako Windows-1250');
    expect(page).toContain('Pierwszy wiersz uznaliśmy za nagłówek');
    for (const fault of messy.faults) expect(page).toContain(`<strong>Wiersz ${fault.split(' ')[0]!}.</strong>`);
    expect(page).toContain('Kowalska-Żółć');
    // The whole list comes back, to be mended there.
    const typed = /<textarea[^>]*>\n?([^<]*)<\/textarea>/.exec(page)?.[1] ?? '';
    expect(typed.split('\n').length).toBeGreaterThanOrEqual(messy.lines.length);
    expect(await stored()).toEqual([]);
  });

  it('stores the right lines of a list, and no name', async () => {
    await invite('"Kowalska, Ada" <ada@example.org>\nbea@example.org\nbez-malpy');
    expect((await stored()).map(({ address }) => address)).toEqual(['ada@example.org', 'bea@example.org']);
    const raw = await test.store.collection(invitationsSpec, round.id).find({});
    expect(JSON.stringify(raw)).not.toContain('Kowalska');
    expect(words((await staff.get(`${home()}?done=added&count=2`)).text)).toContain('Zapisano 2 zaproszenia');
  });

  it('asks whether one address is several people, believes different names, and does what is ticked', async () => {
    const list = 'Ada <biuro@example.org>\nBea <biuro@example.org>\nc@example.org\nC@example.org';
    const preview = await staff.post(`${home()}/import`, { list, usual: 'ngo' });
    expect(preview.text).toMatch(/value="biuro@example.org" checked/);
    expect(preview.text).toMatch(/value="c@example.org" aria/);
    const seen = hidden(preview.text, 'seen');
    await staff.post(`${home()}/add`, {
      list,
      usual: 'ngo',
      asked: 'yes',
      seen,
      several: 'c@example.org',
      action: 'save',
    });
    expect((await stored()).map(({ address }) => address)).toEqual([
      'biuro@example.org',
      'c@example.org',
      'c@example.org',
    ]);
  });

  it('shows the list again where somebody has stored another one since', async () => {
    const list = 'a@example.org';
    const preview = await staff.post(`${home()}/import`, { list, usual: 'ngo' });
    await invite('b@example.org');
    const again = await staff.post(`${home()}/add`, {
      ...{ list, usual: 'ngo', asked: 'yes', seen: hidden(preview.text, 'seen'), action: 'save' },
    });
    expect(again.status).toBe(409);
    expect(again.text).toContain('a@example.org');
    expect(await stored()).toHaveLength(1);
  });

  it.each([
    ['nothing', '', Buffer.alloc(0), 'Proszę wkleić listę albo wybrać plik'],
    ['an empty file and blanks', '  ', Buffer.from(' '), 'Lista jest pusta'],
    ['a program', '', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0xff]), 'Tego pliku nie umiemy odczytać'],
    ['a large file', '', Buffer.alloc(1_000_001, 'a@example.org\n'), 'Plik jest większy niż 1 MB'],
  ])('says what is wrong with %s', async (_what, list, file, message) => {
    const page = await upload('plik.csv', file, { list, usual: 'ngo' });
    expect(page.status).toBe(422);
    expect(words(page.text)).toContain(message);
    expect(await stored()).toEqual([]);
  });

  it('shows scripts and braces as words', async () => {
    const page = await staff.post(`${home()}/import`, { list: '<script>alert(1)</script>@x;{{link}}', usual: '' });
    expect(page.text).not.toContain('<script>alert');
    expect(page.text).toContain('&lt;script&gt;');
  });

  it('is for open rounds and people who are signed in', async () => {
    expect((await request(test.app).post(`${home()}/add`).type('form').send({})).status).toBe(401);
    await test.services.collection.sealing.close(round.id);
    expect((await staff.get(`${home()}/import`)).headers['location']).toBe(home());
    expect((await staff.post(`${home()}/import`, { list: 'a@example.org', usual: 'ngo' })).status).toBe(409);
    expect(words((await staff.get(home())).text)).toContain('Adresy usuwamy przy zamykaniu rundy');
  });
});

it('lists who is invited, asks before one address is removed, and says that its link goes on working', async () => {
  await invite('ada@example.org\nbea@example.org');
  const list = words((await staff.get(`${home()}/people`)).text);
  expect(list).toContain('ada@example.org');
  expect(list).toContain('nie pokazuje, kto odpowiedział');
  const [first] = await stored();
  const path = `${home()}/people/${first!.id}/remove`;
  expect(words((await staff.get(path)).text)).toContain('link z listu działa nadal');
  expect(await stored()).toHaveLength(2);
  expect((await staff.post(path)).headers['location']).toBe(`${home()}/people?done=removed`);
  expect((await staff.post(path)).headers['location']).toBe(`${home()}/people?done=removed`);
  expect((await staff.get(path)).headers['location']).toBe(`${home()}/people`);
  expect((await stored()).map(({ address }) => address)).toEqual(['bea@example.org']);
  const rows = test.store.collection(invitationsSpec, round.id);
  const [other] = await stored();
  await rows.update(other!.id, (one) => ({ ...one, state: 'sending' }));
  expect(words((await staff.post(`${home()}/people/${other!.id}/remove`)).text)).toContain('właśnie wychodzi');
  expect(await stored()).toHaveLength(1);
});

it('without a mail server says why there are no invitations, and offers none', async () => {
  Object.assign(test.services.mail, { post: null });
  const page = (await staff.get(home())).text;
  expect(page).toContain('SMTP_URL');
  expect(page).not.toContain(`${home()}/import`);
  expect((await staff.get(`${home()}/import`)).headers['location']).toBe(home());
});

describe('letters', () => {
  const texts = {
    ...{ revision: '0', invitationSubject: 'Zaproszenie', reminderSubject: 'Przypomnienie' },
    ...{ invitation: 'Oto {link}', reminder: 'Jeszcze raz {link}', invitationEnglish: '', reminderEnglish: '' },
  };
  const save = (changed: Partial<typeof texts>) => staff.post(`${home()}/texts`, { ...texts, ...changed });

  it.each([
    ['no link', { invitation: 'Bez linku' }, 'brakuje {link}'],
    ['an English text without one', { reminderEnglish: 'No link' }, 'brakuje {link}'],
    ['a placeholder that there is not', { invitation: '{link} {imię}' }, 'nie można użyć {imię}'],
    ['a link in the subject', { invitationSubject: 'Oto {link}' }, 'nie można użyć {link}'],
    ['no text', { reminder: '  ' }, 'Proszę wpisać treść'],
  ])('are refused with %s, and nothing typed is lost', async (_what, changed, message) => {
    const page = await save({ ...changed, invitationEnglish: 'Here it is: {link}' });
    expect(page.status).toBe(422);
    expect(words(page.text)).toContain(message);
    expect(page.text).toContain('Here it is: {link}');
  });

  it('are shown as they go out, and can be tried on oneself', async () => {
    expect((await save({ invitation: 'Nasz list: {link}', invitationEnglish: 'Our letter: {link}' })).status).toBe(303);
    const page = words((await staff.get(`${home()}/texts`)).text);
    expect(page).toContain('Nasz list:');
    expect(page).toContain('PRZYKLAD');
    const sent = await staff.post(`${home()}/test-letter`, { kind: 'invitation', to: 'ja@example.org' });
    expect(words(sent.text)).toContain('List próbny wysłano na adres ja@example.org');
    const [letter] = await test.services.mail.mailbox!.latest(1);
    expect(letter!.to).toBe('ja@example.org');
    expect(letter!.text).toContain('Our letter:');
    const wrong = await staff.post(`${home()}/test-letter`, { kind: 'invitation', to: 'ja' });
    expect([wrong.status, words(wrong.text).includes('brakuje znaku @')]).toEqual([422, true]);
  });

  it('meet the page of a conflict where somebody else saved meanwhile', async () => {
    await save({ invitation: 'Pierwszy {link}' });
    const page = await save({ invitation: 'Drugi {link}' });
    expect(page.status).toBe(409);
    expect(page.text).toContain('Pierwszy {link}');
    expect(page.text).toContain('Drugi {link}');
  });
});

describe('sending', () => {
  it('asks with the letter first, then tells how far it is', async () => {
    await invite('a@example.org\nb@example.org');
    const ask = words((await staff.get(`${home()}/send`)).text);
    expect(ask).toContain('Wysłać 2 zaproszenia?');
    expect(ask).toContain('PRZYKLAD');
    await staff.post(`${home()}/send`);
    expect(words((await staff.get(home())).text)).toContain('Wysyłamy. Pozostały 2 listy');
    await staff.post(`${home()}/mailings/1/pause`);
    expect(await deliver()).toBe(0);
    expect(words((await staff.get(home())).text)).toContain('Wysyłka jest wstrzymana');
    await staff.post(`${home()}/mailings/1/go-on`);
    expect(await deliver()).toBe(2);
    expect(words((await staff.get(home())).text)).toContain('Wszystkie zaproszenia zostały wysłane');
    expect((await test.services.mail.mailbox!.latest(9)).map(({ to }) => to).sort()).toEqual([
      'a@example.org',
      'b@example.org',
    ]);
    expect((await staff.get('/mailbox')).text).toContain('a@example.org');
  });

  it('offers to correct an address that did not arrive, and keeps what was typed wrongly', async () => {
    await invite('zly@example.org');
    await staff.post(`${home()}/send`);
    const { transport } = test.services.mail.post!;
    const refusing = {
      ...test.services.mail.post!,
      transport: {
        ...transport,
        send: () => Promise.reject(new Error('550 Nie ma takiej skrzynki')),
        faultOf: () => 'refused' as const,
      },
    };
    await test.services.collection.invitations.sending.deliverDue(refusing);
    const page = words((await staff.get(home())).text);
    expect(page).toContain('550 Nie ma takiej skrzynki');
    const path = `${home()}/people/${(await stored())[0]!.id}/again`;
    const wrong = await staff.post(path, { address: 'dobry@@example.org' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="dobry@@example.org"');
    expect((await staff.post(path, { address: 'dobry@example.org' })).status).toBe(303);
    expect(await deliver()).toBe(1);
    expect((await staff.get(home())).text).not.toContain('550 Nie ma');
  });

  it('plans a reminder and takes it back', async () => {
    await invite('a@example.org');
    await staff.post(`${home()}/send`);
    const day = { 'day.day': '20', 'day.month': '3', 'day.year': '2026' };
    const soon = await staff.post(`${home()}/reminders`, { ...day, 'day.day': '17', time: '9:00' });
    expect(soon.status).toBe(422);
    expect(words(soon.text)).toContain('co najmniej 3 dni, a inny list jest 16 marca 2026');
    expect(soon.text).toContain('value="17"');
    for (const time of ['', '25:00', 'rano']) {
      expect((await staff.post(`${home()}/reminders`, { ...day, time })).status).toBe(422);
    }
    expect((await staff.post(`${home()}/reminders`, { ...day, time: '9:00' })).status).toBe(303);
    expect(words((await staff.get(home())).text)).toContain('zaplanowane: 20 marca 2026, godz. 9:00');
    await staff.post(`${home()}/reminders/2/drop`);
    expect(words((await staff.get(home())).text)).toContain('Nie zaplanowano żadnego przypomnienia');
  });
});

describe('no more letters', () => {
  async function stopPath(): Promise<string> {
    await invite('a@example.org');
    await staff.post(`${home()}/send`);
    await deliver();
    const [letter] = await test.services.mail.mailbox!.latest(1);
    return /\{base\}(\/survey\/\S+\/no-letters\/\S+)/.exec(letter!.text)![1]!;
  }

  it('is asked by opening the link, done by the button, and stands in no log', async () => {
    const path = await stopPath();
    expect(words((await request(test.app).get(path)).text)).toContain('Czy nie wysyłać więcej listów?');
    expect((await stored())[0]!.state).toBe('settled');
    const before = test.log.length;
    expect(words((await request(test.app).post(path)).text)).toContain('Nie wyślemy więcej listów');
    expect((await stored())[0]!.state).toBe('no-letters');
    expect(test.log.slice(before)).toEqual([]);
    expect(words((await staff.get(home())).text)).toContain('1 osoba poprosiła');
  });

  it('takes what a mail program sends by itself', async () => {
    const path = await stopPath();
    const sent = await request(test.app).post(path).type('form').send({ 'List-Unsubscribe': 'One-Click' });
    expect(sent.status).toBe(200);
    expect((await stored())[0]!.state).toBe('no-letters');
  });

  it('is kindly refused where the link is none, or the round is closed', async () => {
    const path = await stopPath();
    for (const wrong of [path.slice(0, -2), `/survey/nowhere/no-letters/${path.split('/').at(-1)!}`]) {
      expect((await request(test.app).get(wrong)).status).toBe(404);
      expect((await request(test.app).post(wrong)).status).toBe(404);
    }
    await test.services.collection.sealing.close(round.id);
    expect(words((await request(test.app).get(path)).text)).toContain('Ankieta została zamknięta');
  });
});

it('shows nobody by address once letters are out, whether they have answered or not', async () => {
  await invite('a@example.org\nb@example.org\nc@example.org');
  await staff.post(`${home()}/send`);
  await deliver();
  for (const path of [home(), `/staff/rounds/${round.id}`, '/staff', `${home()}/texts`]) {
    const page = await staff.get(path);
    for (const address of ['a@', 'b@', 'c@']) expect(page.text).not.toContain(`${address}example.org`);
  }
  expect(JSON.stringify(test.log)).not.toContain('example.org');
});
