import request from 'supertest';
import { startTestApp, type TestApp } from '../../support/app';
import { signedInClient, type StaffClient } from '../../support/staff';

const programme = 'obywatelska-wielkopolska-2014-2015';
const newCycle = `/staff/advice/groups/new?programme=${programme}`;

describe('the pages of advice', () => {
  let test: TestApp;
  let staff: StaffClient;
  let cycleForDocuments: string;
  beforeAll(async () => {
    test = await startTestApp();
    staff = await signedInClient(test);
    cycleForDocuments = await begin('302110');
  });
  afterAll(() => test.close());

  /** Begins group advice for a unit and gives the address of its page. */
  async function begin(unit: string, plannedMeetings = '6'): Promise<string> {
    const response = await staff.post(newCycle, { unit, plannedMeetings, year: '2027' });
    expect(response.status).toBe(303);
    return response.headers['location'] ?? '';
  }

  const meeting = (overrides: Record<string, string> = {}): Record<string, string> => ({
    ...{ 'date.day': '10', 'date.month': '3', 'date.year': '2026', advisers: 'Doradczyni Przykładowa' },
    ...{ topic: '', office: '4', ngo: '5', other: '1', notes: 'Przebieg <script>', decisions: '' },
    ...overrides,
  });

  it('are for signed-in people only', async () => {
    for (const path of ['/staff/advice', newCycle, '/staff/advice/individual/new']) {
      expect((await request(test.app).get(path)).headers['location']).toMatch(/^\/staff\/sign-in/);
    }
    expect((await request(test.app).post(newCycle).type('form').send({})).status).toBe(401);
  });

  it('offer every gmina and powiat of the programme, assessed or not, and take no other', async () => {
    const page = (await staff.get(newCycle)).text;
    expect(page).toContain('value="302101"');
    expect(page).toContain('value="3064"');
    // The city with county rights is listed once.
    expect(page).not.toContain('value="306401"');
    const elsewhere = await staff.post(newCycle, { unit: '146501', plannedMeetings: 'dużo', year: '2027' });
    expect(elsewhere.status).toBe(422);
    expect(elsewhere.text).toContain('Proszę wybrać jednostkę samorządu');
    expect(elsewhere.text).toContain('value="dużo"');
  });

  it('warn outside five to seven meetings, and begin a unit once', async () => {
    const path = await begin('302102', '8');
    expect((await staff.get(path)).text.replaceAll('\u00a0', ' ')).toContain(
      'zaplanowano 8 spotkań, a zwykle jest ich od 5 do 7',
    );
    const again = await staff.post(newCycle, { unit: '302102', plannedMeetings: '6', year: '2027' });
    expect(again.status).toBe(422);
    expect(again.text).toContain('Ta jednostka ma już cykl doradztwa');
  });

  it('keep meetings, refuse an eleventh person, and lose nothing that was typed', async () => {
    const path = await begin('302103');
    const refused = await staff.post(`${path}/meetings/new`, meeting({ other: '2' }));
    expect(refused.status).toBe(422);
    expect(refused.text.replaceAll('\u00a0', ' ')).toContain(
      'Na spotkaniu może być najwyżej tyle osób: 10. Wpisano 11.',
    );
    expect(refused.text).toContain('Przebieg &lt;script&gt;');
    expect((await staff.post(`${path}/meetings/new`, meeting())).status).toBe(303);
    const page = (await staff.get(path)).text;
    expect(page.replaceAll('\u00a0', ' ')).toContain('Odbyte spotkania: 1 z 6 zaplanowanych');
    const edit = new RegExp(`${path}/meetings/[0-9a-f-]{36}`).exec(page)?.[0] ?? '';
    const { text } = await staff.get(edit);
    expect(text).toContain('Przebieg &lt;script&gt;');
    expect((await staff.post(edit, { ...meeting({ decisions: 'Ustalono' }), revision: '1' })).status).toBe(303);
    const late = await staff.post(edit, { ...meeting({ decisions: 'Moje' }), revision: '1' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('ktoś inny zapisał zmiany');
    for (const shown of ['<dd>Ustalono</dd>', '<dd>Moje</dd>']) expect(late.text).toContain(shown);
    const unseen = await staff.post(edit, { ...meeting({ decisions: 'Znowu' }), revision: '1' });
    expect(unseen.status).toBe(409);
    const chosen = { ...meeting({ decisions: 'Moje' }), revision: '2', 'take.decisions': 'theirs' };
    expect((await staff.post(edit, chosen)).status).toBe(303);
    expect((await staff.get(edit)).text).toContain('Ustalono</textarea>');
    expect((await staff.post(`${edit}/remove`)).status).toBe(303);
    expect((await staff.get(edit)).status).toBe(404);
  });

  it('take a document, show it again as it was, and refuse what is none', async () => {
    const path = await begin('302104');
    const upload = (name: string, content: Buffer, revision: string) =>
      request(test.app)
        .post(`${path}/document`)
        .set('Cookie', staff.cookie)
        .field('revision', revision)
        .field('link', 'https://bip.example/program')
        .field('elements', 'aims')
        .field('elements', 'forms')
        .attach('file', content, name);
    const wrong = await upload('program.pdf', Buffer.from('<html>'), '1');
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Proszę wybrać plik PDF, DOCX albo ODT');
    expect(wrong.text).toContain('value="https://bip.example/program"');
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from([0, 255, 13, 10, 0])]);
    expect((await upload('program współpracy.pdf', pdf, '1')).status).toBe(303);
    const got = await staff
      .get(`${path}/document`)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });
    expect(got.headers['content-type']).toBe('application/pdf');
    expect(got.headers['content-disposition']).toContain('attachment');
    expect(Buffer.compare(got.body as Buffer, pdf)).toBe(0);
    const page = (await staff.get(path)).text;
    expect(page).toContain('program współpracy.pdf');
    expect(page).toContain('(2/11)');
  });

  it('adopt a programme on a day that people write as they do, and say that it was late', async () => {
    const path = await begin('302105');
    await staff.post(`${path}/plan`, { plannedMeetings: '6', year: '2026', revision: '1' });
    for (const action of ['begin', 'finish-draft', 'finish-consultation']) {
      expect((await staff.post(`${path}/outcome`, { action })).status).toBe(303);
    }
    const wrong = await staff.post(`${path}/outcome`, { action: 'adopt', adoptedOn: 'wczoraj' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="wczoraj"');
    expect((await staff.post(`${path}/outcome`, { action: 'adopt', adoptedOn: '1.12.2025' })).status).toBe(303);
    const page = (await staff.get(path)).text.replaceAll('\u00a0', ' ');
    expect(page).toContain('program na 2026 uchwalono po terminie, którym jest 30 listopada 2025');
    expect(page).toContain('na liście brakuje 11 wymaganych elementów');
  });

  it('keep requests of single units, and everything typed when something is missing', async () => {
    const path = `/staff/advice/individual/new?programme=${programme}`;
    const fields = {
      ...{ unit: '300101', request: 'Jak konsultować program?', topic: '', adviser: '', state: 'given', hours: '1,5' },
      ...{ 'requestedOn.day': '1', 'requestedOn.month': '3', 'requestedOn.year': '2026' },
    };
    const refused = await staff.post(path, fields);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Proszę podać doradcę');
    expect(refused.text).toContain('Jak konsultować program?');
    expect(refused.text).toContain('value="1,5"');
    expect(refused.text).toMatch(/value="300101" selected/);
    expect((await staff.post(path, { ...fields, state: 'requested' })).status).toBe(303);
    const list = (await staff.get(`/staff/advice?programme=${programme}`)).text;
    expect(list).toContain('zgłoszona');
  });

  it.each([
    ['a body that is no form', 'multipart/form-data; boundary=b', 'no form at all'],
    ['a boundary that does not come', 'multipart/form-data; boundary=b', '--c\r\n\r\n--c--'],
    ['no boundary', 'multipart/form-data', '--b\r\n\r\n--b--'],
    ['another kind of form', 'application/x-www-form-urlencoded', 'revision=1'],
  ])('answer a document that cannot be taken apart (%s) with 400, in words', async (_name, type, body) => {
    const path = `${cycleForDocuments}/document`;
    const response = await request(test.app)
      .post(path)
      .set('Cookie', staff.cookie)
      .set('Content-Type', type)
      .send(body);
    expect(response.status).toBe(400);
    expect(response.text).toContain('Nie udało się odczytać formularza');
  });
});
