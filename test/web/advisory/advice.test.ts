import request from 'supertest';
import { startTestApp, type TestApp } from '../../support/app';
import { signedInClient, type StaffClient } from '../../support/staff';

const programme = 'obywatelska-wielkopolska-2014-2015';
const newCycle = `/staff/advice/groups/new?programme=${programme}`;

describe('the pages of advice', () => {
  let test: TestApp;
  let staff: StaffClient;
  beforeAll(async () => {
    test = await startTestApp();
    staff = await signedInClient(test);
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
});
