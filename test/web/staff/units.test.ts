import { startTestApp, type TestApp } from '../../support/app';
import { signedInClient, type StaffClient } from '../../support/staff';

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
    expect(twin.text).toContain('Jednostka o kodzie 3099011 już jest');
    expect(await test.services.assessment.units.all()).toHaveLength(1);
  });

  it('can be corrected', async () => {
    await staff.post('/staff/units/new', { ...unit, powiat: 'wymyślony' });
    const [saved] = await test.services.assessment.units.all();
    const path = `/staff/units/${saved!.id}/edit`;
    expect((await staff.get(path)).text).toContain('value="wymyślony"');
    const corrected = await staff.post(path, { ...unit, name: 'Gmina Poprawiona', powiat: '' });
    expect(corrected.headers['location']).toBe('/staff/units');
    expect(await test.services.assessment.units.get(saved!.id)).toEqual({
      ...{ id: saved!.id, code: '3099011', kind: 'rural-gmina', name: 'Gmina Poprawiona' },
    });
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
});
