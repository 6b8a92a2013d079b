import { startTestApp, type TestApp } from '../../../support/app';
import { signedInClient, type StaffClient } from '../../../support/staff';

let test: TestApp;
let staff: StaffClient;
beforeEach(async () => {
  test = await startTestApp();
  staff = await signedInClient(test);
});
afterEach(() => test.close());

const unit = { name: 'Gmina Przykładowa', kind: 'rural-gmina', code: '3099011' };

describe('units and assessments', () => {
  it('begin with a desk that says what to do first', async () => {
    const empty = await staff.get('/staff');
    expect(empty.text).toContain('Zaczynamy od jednostki');
    const made = await staff.post('/staff/units/new', unit);
    const [saved] = await test.services.assessment.units.all();
    expect(made.headers['location']).toBe(`/staff/units/${saved!.id}/assessments/new`);
    expect((await staff.get('/staff')).text).toContain('Załóż ocenę');
    const assessment = await staff.post(made.headers['location']!, { title: 'Ocena 2025', instrument: 'small' });
    expect(assessment.headers['location']).toMatch(/^\/staff\/assessments\/[^/]+\/rounds\/new\/baseline$/);
    expect((await staff.get('/staff')).text).toContain('Przygotuj rundę początkową');
  });

  it('keep what was typed and say at each field what to do', async () => {
    const response = await staff.post('/staff/units/new', { name: 'Gmina <b>', code: 'ąę' });
    expect(response.status).toBe(422);
    expect(response.text).toContain('value="Gmina &lt;b&gt;"');
    expect(response.text).toContain('<a href="#q-kind">Proszę wybrać rodzaj jednostki</a>');
    const code = await staff.post('/staff/units/new', { ...unit, code: 'ąę' });
    expect(code.text.replaceAll('\u00a0', ' ')).toContain('<a href="#q-code">Proszę podać kod z najwyżej 20 liter');
  });

  it('have a code of their own each', async () => {
    await staff.post('/staff/units/new', unit);
    const twin = await staff.post('/staff/units/new', { ...unit, name: 'Inna' });
    expect(twin.status).toBe(422);
    expect(twin.text).toContain('Jednostka o kodzie 309901 już jest');
    expect(await test.services.assessment.units.all()).toHaveLength(1);
  });

  it('are chosen from the register, and one place is never two units', async () => {
    expect((await staff.get('/staff/units/new')).text).toContain('<option value="3064">Poznań</option>');
    await staff.post('/staff/units/new', { place: '300102', name: '', code: '' });
    expect(await test.services.assessment.units.all()).toMatchObject([
      { code: '300102', name: 'Gmina Budzyń', kind: 'urban-rural-gmina' },
    ]);
    const twin = await staff.post('/staff/units/new', { ...unit, code: '3001023' });
    expect(twin.text).toContain('Jednostka o kodzie 300102 już jest');
    await staff.post('/staff/units/new', { place: '3064', name: 'Miasto na próbę' });
    expect(await test.services.assessment.units.byCode('3064011')).toMatchObject({
      ...{ code: '3064', name: 'Miasto na próbę', kind: 'city-with-county-rights' },
    });
  });

  it('can be corrected', async () => {
    await staff.post('/staff/units/new', { ...unit, powiat: 'wymyślony' });
    const [saved] = await test.services.assessment.units.all();
    const path = `/staff/units/${saved!.id}/edit`;
    expect((await staff.get(path)).text).toContain('value="wymyślony"');
    const corrected = await staff.post(path, { ...unit, name: 'Gmina Poprawiona', powiat: '', revision: '1' });
    expect(corrected.headers['location']).toBe(`/staff/units/${saved!.id}?done=saved`);
    expect(await test.services.assessment.units.get(saved!.id)).toEqual({
      ...{ id: saved!.id, code: '309901', kind: 'rural-gmina', name: 'Gmina Poprawiona' },
      ...{ powiat: '', subregion: '', revision: 2 },
    });
  });

  it('are found by parts of words without accents, and sorted as asked, with plain addresses', async () => {
    for (const [name, code] of [
      ['Żabi Łęg', '2'],
      ['Łęgowo', '1'],
      ['Nowa Wieś', '3'],
    ] as const) {
      await staff.post('/staff/units/new', { ...unit, name, code });
    }
    const names = async (query: string): Promise<string[]> =>
      [...(await staff.get(`/staff/units?${query}`)).text.matchAll(/lijw-office__unit"><a[^>]*>([^<]*)</g)].map(
        ([, name]) => name!,
      );
    expect(await names('q=leg')).toEqual(['Łęgowo', 'Żabi Łęg']);
    expect(await names('q=LEG+zabi')).toEqual(['Żabi Łęg']);
    expect(await names('sort=code')).toEqual(['Łęgowo', 'Żabi Łęg', 'Nowa Wieś']);
    expect(await names('sort=__proto__&q=%00')).toHaveLength(3);
    expect((await staff.get('/staff?q=xyz&sort=title')).status).toBe(200);
  });

  it('answer 404 for what is not there, and for other methods', async () => {
    for (const path of [
      '/staff/units/nonesuch/edit',
      '/staff/units/nonesuch/assessments/new',
      '/staff/assessments/x',
    ]) {
      expect((await staff.get(path)).status).toBe(404);
    }
    expect((await staff.post('/staff/units')).status).toBe(404);
    expect((await staff.get('/staff/sign-out')).status).toBe(404);
  });

  it('changed by two people at once lose nothing: each part is chosen, and a third change is not overwritten unseen', async () => {
    await staff.post('/staff/units/new', unit);
    const [saved] = await test.services.assessment.units.all();
    const path = `/staff/units/${saved!.id}/edit`;
    const field = (page: string, name: string): string =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(page)![1]!.replaceAll('&quot;', '"');
    const page = (await staff.get(path)).text;
    const opened = { ...unit, powiat: '', subregion: '', revision: '1', seen: field(page, 'seen') };

    // Theirs first: the name and the powiat. Mine: another name; the powiat was left alone.
    await staff.post(path, { ...opened, name: 'Gmina Cudza', powiat: 'cudzy' });
    const late = await staff.post(path, { ...opened, name: 'Gmina Moja' });
    expect(late.status).toBe(409);
    for (const shown of ['<dd>Gmina Cudza</dd>', '<dd>Gmina Moja</dd>', '<dd>cudzy</dd>', 'value="Gmina Moja"']) {
      expect(late.text).toContain(shown);
    }
    expect(late.text).toContain('name="powiat" value="cudzy"');
    const again = {
      ...opened,
      powiat: 'cudzy',
      revision: field(late.text, 'revision'),
      seen: field(late.text, 'seen'),
    };

    // A third person is quicker than the next press.
    const third = { ...again, name: 'Gmina Trzecia', 'take.name': 'mine' };
    expect((await staff.post(path, third)).status).toBe(303);
    const later = await staff.post(path, { ...again, name: 'Gmina Moja', 'take.name': 'mine' });
    expect(later.status).toBe(409);
    expect(later.text).toContain('<dd>Gmina Trzecia</dd>');
    const chosen = { ...again, revision: '3', seen: field(later.text, 'seen'), name: 'Gmina Moja' };
    expect((await staff.post(path, { ...chosen, 'take.name': 'theirs', code: '3099022' })).status).toBe(303);
    expect(await test.services.assessment.units.get(saved!.id)).toMatchObject({
      ...{ name: 'Gmina Trzecia', powiat: 'cudzy', code: '309902' },
    });
  });

  it.each(['abc', '1e999', '-5', '0x1', '1 '.repeat(300), '99999999999999999999'])(
    'meet the page of a conflict where a form names no revision: %j',
    async (revision) => {
      await staff.post('/staff/units/new', unit);
      const [saved] = await test.services.assessment.units.all();
      const strange = await staff.post(`/staff/units/${saved!.id}/edit`, { ...unit, name: 'Inna', revision });
      expect(strange.status).toBe(409);
      expect(await test.services.assessment.units.get(saved!.id)).toEqual(saved);
    },
  );

  it.each([
    ['\u202eanbórP', 'U+202E'],
    ['Gmina\u0007', 'U+0007'],
    ['a\u2066b', 'U+2066'],
  ])('take no name with what nobody sees and reads otherwise: %j', async (name, character) => {
    const response = await staff.post('/staff/units/new', { ...unit, name });
    expect(response.status).toBe(422);
    expect(response.text.replaceAll('\u00a0', ' ')).toContain(`niedozwolony znak, którego nie widać (${character})`);
    expect(await test.services.assessment.units.all()).toEqual([]);
  });

  it('take a name of spaces and unseen characters for none', async () => {
    const response = await staff.post('/staff/units/new', { ...unit, name: ' \u200b\u00ad\u2060 ' });
    expect(response.text).toContain('<a href="#q-name">Proszę podać nazwę jednostki</a>');
  });
});
