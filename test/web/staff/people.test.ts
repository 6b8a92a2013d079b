import request from 'supertest';
import { everything } from '../../../src/accounts/rights';
import { startTestApp, type TestApp } from '../../support/app';
import { allowed, newAssessment } from '../../support/builders';
import { administrator, signedInClient, type StaffClient } from '../../support/staff';

let test: TestApp;
let office: StaffClient;
beforeEach(async () => {
  test = await startTestApp();
  office = await signedInClient(test);
});
afterEach(() => test.close());

const zofia = { name: 'Zofia Łoś-Król', email: 'zofia@example.org', role: 'viewer' };
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

async function invite(fields: Readonly<Record<string, string | string[]>> = zofia): Promise<string> {
  const response = await office.post('/staff/people/invite', fields);
  expect(response.status).toBe(303);
  return /\/staff\/people\/([\w-]+)/.exec(response.headers['location']!)![1]!;
}

/** The newest letter, once the post has worked. */
async function letter() {
  await test.services.oneTimeLinks.deliverDue(test.services.mail.post!);
  const [newest] = await test.services.mail.mailbox!.latest(1);
  return newest!;
}
const linkIn = (text: string): string => /\/staff\/sign-in\/link\/[\w-]{43}/.exec(text)![0];
const password = 'rower tramwaj gołąb most';

describe('inviting a person', () => {
  it('sends a letter whose link lets them set a password and come in, with the rights of their role', async () => {
    const { unit } = await newAssessment(test.services.assessment);
    const fields = { ...zofia, role: 'coordinator', units: unit.id, side: 'ngo' };
    const id = await invite(fields);
    expect((await office.get(`/staff/people/${id}`)).text).toContain('zaproszenie');
    const { to, text } = await letter();
    expect(to).toBe(zofia.email);
    expect(plain(text)).toContain('Dzień dobry, Zofia Łoś-Król');
    const browser = request.agent(test.app);
    expect(plain((await browser.get(linkIn(text))).text)).toContain('Nazwa użytkownika: zofia.los.krol');
    const set = await browser.post(linkIn(text)).type('form').send({ password, again: password });
    expect(set.headers['location']).toBe('/staff/account?done=password-good');
    expect((await browser.get('/staff')).text).toContain('Zofia Łoś-Król');
    expect((await browser.get('/staff/people')).status).toBe(403);
    expect((await office.get(`/staff/people/${id}`)).text).toContain('czynne');
  });

  it('says at the field what is wrong, and keeps what was typed', async () => {
    const send = (fields: object) => office.post('/staff/people/invite', { ...zofia, ...fields });
    expect((await send({ name: '' })).text).toContain('Proszę podać imię i nazwisko');
    const wrong = await send({ email: 'zofia' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('href="#q-email"');
    expect(wrong.text).toContain('value="Zofia Łoś-Król"');
    expect(plain((await send({ role: 'coordinator' })).text)).toContain('Koordynator ma dokładnie jedną jednostkę');
    await invite();
    expect(plain((await send({})).text)).toContain('Ten adres e-mail ma już inne konto');
  });

  it('goes on by a link that is handed over, where no letters go out', async () => {
    (test.services.mail as { post: unknown }).post = null;
    const id = await invite({ ...zofia, email: '' });
    const shown = await office.post(`/staff/people/${id}/hand-over`);
    expect(shown.status).toBe(200);
    const link = linkIn(shown.text);
    expect((await office.get(`/staff/people/${id}`)).text).not.toContain(link);
    const browser = request.agent(test.app);
    expect((await browser.post(link).type('form').send({ password, again: password })).status).toBe(303);
    expect((await browser.get('/staff')).status).toBe(200);
  });
});

describe('the list of people', () => {
  it('is looked through without accents, by role, unit and state, page by page', async () => {
    await invite();
    for (let one = 0; one < 60; one += 1) {
      allowed(await test.services.people.invite({ name: `Osoba ${one}`, email: '', role: 'organiser', units: [], side: null })); // prettier-ignore
    }
    const names = async (query: string): Promise<string[]> => {
      const { text } = await office.get(`/staff/people?${query}`);
      return [...text.matchAll(/lijw-people__who"><a[^>]+>([^<]+)/g)].map(([, name]) => name!);
    };
    expect(await names('q=zofia+los')).toEqual(['Zofia Łoś-Król']);
    expect(await names('role=administrator')).toEqual([administrator.user]);
    expect(await names('state=invited&role=viewer')).toEqual(['Zofia Łoś-Król']);
    expect(await names('q=nikogo')).toEqual([]);
    const [first, second] = [await names(''), await names('page=2')];
    expect([first.length, second.length]).toEqual([50, 12]);
    expect(new Set([...first, ...second]).size).toBe(62);
    expect(await names('page=99')).toEqual(second);
    expect((await office.get('/staff/people?role=organiser&page=1')).text).toContain(
      'role&#x3D;organiser&amp;page&#x3D;2',
    );
  });
});

describe('a person', () => {
  it('is suspended, taken back and erased; what they did keeps a number without a name', async () => {
    const { id } = allowed(await test.services.accounts.setPassword('piotr', 'gwóźdź parasol mgła', everything));
    const piotr = request.agent(test.app);
    const enter = () => piotr.post('/staff/sign-in').type('form').send({ user: 'piotr', password: 'gwóźdź parasol mgła' }); // prettier-ignore
    expect((await enter()).status).toBe(303);
    await office.post(`/staff/people/${id}/move`, { action: 'suspend' });
    expect((await piotr.get('/staff')).status).toBe(303);
    expect((await enter()).status).toBe(422);
    await office.post(`/staff/people/${id}/move`, { action: 'restore' });
    expect((await enter()).status).toBe(303);
    expect(plain((await office.get(`/staff/people/${id}/erase`)).text)).toContain('Tego nie da się cofnąć');
    expect((await office.post(`/staff/people/${id}/erase`)).headers['location']).toBe('/staff/people?done=erased');
    expect((await piotr.get('/staff')).status).toBe(303);
    expect((await office.get('/staff/people')).text).not.toContain('piotr');
    expect((await office.get(`/staff/people/${id}`)).text).toContain('usunięte konto');
    expect((await office.get(`/staff/people/${id}/edit`)).status).toBe(404);
    const log = (await office.get('/staff/audit')).text;
    expect(log).toContain(`usunięte konto (${id.slice(0, 8)})`);
    expect(log).not.toContain('piotr');
  });

  it('is named where it wrote something, by the user name where there is no other, and as gone once it is erased', async () => {
    const { accounts, assessment, people } = test.services;
    const { unit } = await newAssessment(assessment);
    const { id } = allowed(await accounts.setPassword('piotr', 'gwóźdź parasol mgła', everything));
    const zofiaId = await invite();
    const { user } = (await people.get(zofiaId))!;
    for (const author of ['piotr', user, '']) await assessment.notes.add(unit.id, author, { text: 'Zadzwonić.' });
    const path = `/staff/units/${unit.id}`;
    const authors = async (page: string) =>
      [...plain((await office.get(page)).text).matchAll(/lijw-note__about">([^,]*),/g)].map(([, author]) => author);
    expect((await authors(`${path}/notes`)).sort()).toEqual(['Zofia Łoś-Król', 'piotr', 'usunięte konto']);
    for (const gone of [id, zofiaId]) await office.post(`/staff/people/${gone}/erase`);
    for (const page of [path, `${path}/notes`]) {
      expect(await authors(page)).toEqual(['usunięte konto', 'usunięte konto', 'usunięte konto']);
      expect((await office.get(page)).text).not.toMatch(/Zofia|piotr/);
    }
  });

  it('is never oneself where that shuts out, and never the last administrator', async () => {
    const own = (await test.services.people.all())[0]!.id;
    const page = (await office.get(`/staff/people/${own}`)).text;
    expect(page).not.toContain('value="suspend"');
    expect(plain(page)).toContain('Własnego konta nie można zawiesić');
    expect((await office.post(`/staff/people/${own}/move`, { action: 'suspend' })).status).toBe(422);
    expect((await office.post(`/staff/people/${own}/erase`)).status).toBe(422);
    const form = await office.get(`/staff/people/${own}/edit`);
    const revision = /name="revision" value="(\d+)"/.exec(form.text)![1]!;
    const changed = await office.post(`/staff/people/${own}/edit`, { ...zofia, revision });
    expect(changed.status).toBe(422);
    expect(plain(changed.text)).toContain('To jedyna osoba z rolą administratora');
    expect((await office.get('/staff/people')).status).toBe(200);
  });

  it('is invited once more, which ends the first link', async () => {
    const id = await invite();
    const first = linkIn((await letter()).text);
    await office.post(`/staff/people/${id}/invite-again`);
    await test.services.oneTimeLinks.deliverDue(test.services.mail.post!);
    const links = (await test.services.mail.mailbox!.latest(9)).map(({ text }) => linkIn(text));
    const answers = await Promise.all(links.map(async (link) => (await request(test.app).get(link)).status));
    expect(links).toContain(first);
    expect(answers.sort()).toEqual([200, 404]);
  });
});
