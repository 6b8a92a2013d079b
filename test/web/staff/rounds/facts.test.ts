import request from 'supertest';
import type { Round } from '../../../../src/assessment/round';
import { fileOwnerOfFact } from '../../../../src/assessment/fact-confirmations';
import { startTestApp, type TestApp } from '../../../support/app';
import { allowed, closeAndCompute, newAssessment, newOpenRound, roundInput } from '../../../support/builders';
import { signedInClient, type StaffClient } from '../../../support/staff';

let test: TestApp;
let staff: StaffClient;
let round: Round;
beforeEach(async () => {
  test = await startTestApp();
  staff = await signedInClient(test);
  const { assessment } = await newAssessment(test.services.assessment);
  round = allowed(await test.services.assessment.rounds.create(roundInput(assessment.id)));
});
afterEach(() => test.close());

const words = (text: string): string => text.replaceAll('\u00a0', ' ');
const path = (rest = '', of = round): string => `/staff/rounds/${of.id}/facts${rest}`;
const saved = () => test.services.assessment.factSheet.ofRound(round.id);
const filesOf = (code: string) => test.services.files.ofOwner(fileOwnerOfFact(round.id, code));
const grants = (fields: Readonly<Record<string, string>>, revision = '0') => ({
  ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`grants.${name}`, value])),
  'grants.revision': revision,
});
/** The form as a browser sends it with files. */
function postFiles(
  fields: Readonly<Record<string, string>>,
  files: readonly (readonly [name: string, content: Buffer])[],
) {
  const sent = request(test.app).post(path('/P2.1')).set('Cookie', staff.cookie);
  for (const [name, value] of Object.entries(fields)) void sent.field(name, value);
  for (const [name, content] of files) void sent.attach('grants.files', content, { filename: name });
  return sent;
}
const pdf = Buffer.from('%PDF-1.7 treść');

describe('entering facts', () => {
  it('saves what is right under the name of who is signed in, and keeps what is wrong', async () => {
    const odd = grants({ grants: 'dużo', source: 'Rb-28S', link: 'bip.przyklad.pl' });
    const refused = await staff.post(path('/P2.1'), odd);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="dużo"');
    expect(refused.text).toContain('value="bip.przyklad.pl"');
    const unsafe = await staff.post(path('/P2.1'), { ...odd, 'grants.grants': '12', 'grants.link': 'javascript:1' });
    expect(words(unsafe.text)).toContain('Proszę podać cały adres strony, zaczynający się od https://');
    expect(await saved()).toEqual([]);
    const right = grants({ grants: '12 500,50', source: 'Rb-28S', link: 'https://bip.przyklad.pl/1' });
    expect((await staff.post(path('/P2.1'), right)).status).toBe(303);
    expect(await saved()).toMatchObject([
      { value: 12_500.5, link: 'https://bip.przyklad.pl/1', enteredBy: 'prowadzaca' },
    ]);
    expect(words((await staff.get(path('/review'))).text)).toContain('12 500,50 zł');
  });

  it('lets nothing be overwritten unseen, and saves what was chosen of both', async () => {
    const fields = grants({ noData: 'Nie zbieramy' });
    expect((await staff.post(path('/P2.1'), fields)).status).toBe(303);
    const [first] = await saved();
    expect(first).toMatchObject({ noData: 'Nie zbieramy', year: round.assessedYear });
    const late = await staff.post(path('/P2.1'), grants({ noData: 'Inny powód' }));
    expect(late.status).toBe(409);
    expect(late.text).toContain('Inny powód');
    expect(words(late.text)).toContain(`<dd>Nie zbieramy; ${round.assessedYear}</dd>`);
    expect(await saved()).toEqual([first]);
    const mine = grants({ noData: 'Inny powód' }, '1');
    expect((await staff.post(path('/P2.1'), { ...mine, 'take.grants': 'theirs' })).status).toBe(303);
    expect(await saved()).toEqual([first]);
    expect((await staff.post(path('/P2.1'), { ...mine, 'take.grants': 'mine' })).status).toBe(303);
    expect(await saved()).toMatchObject([{ noData: 'Inny powód', revision: 2 }]);
  });

  it('shows the round before beside, and asks about a value far from it', async () => {
    const open = await newOpenRound(test.services.assessment, { assessmentId: (await newAssessment(test.services.assessment, { code: 'far' })).assessment.id }); // prettier-ignore
    await staff.post(path('/P2.1', open), grants({ grants: '1000' }));
    await closeAndCompute({ ...test.services.assessment, ...test.services.collection }, open.id);
    const input = roundInput(open.assessmentId, { name: 'follow-up', assessedYear: 2026 });
    const next = allowed(await test.services.assessment.rounds.create(input));
    expect(words((await staff.get(path('/P2.1', next))).text)).toContain('W poprzedniej rundzie: 1000 zł (2025).');
    const asked = await staff.post(path('/P2.1', next), grants({ grants: '10000' }));
    expect(asked.status).toBe(422);
    expect(words(asked.text)).toContain('10 000 zł to co najmniej 10 razy więcej niż w poprzedniej rundzie (1000 zł)');
    expect(asked.text).toContain('name="grants.explanation"');
    const told = grants({ grants: '10000', explanation: 'Nowy fundusz' });
    expect((await staff.post(path('/P2.1', next), told)).status).toBe(303);
    const review = words((await staff.get(path('/review', next))).text);
    for (const said of ['Więcej o 9000 zł.', 'Nowy fundusz']) expect(review).toContain(said);
  });
});

describe('files of facts', () => {
  it('are kept beside an error, given out as downloads to this round only, and removed when asked', async () => {
    const refused = await postFiles(grants({ grants: 'dużo' }), [
      ['Uchwała.pdf', pdf],
      ['wirus.pdf', Buffer.from('<html><script>')],
    ]);
    expect(refused.status).toBe(422);
    expect(words(refused.text)).toContain('Pliku „wirus.pdf” nie można dołączyć');
    const [file, ...others] = await filesOf('grants');
    expect(others).toEqual([]);
    expect(file).toMatchObject({ name: 'Uchwała.pdf', addedBy: 'prowadzaca' });
    const got = await staff.get(path(`/grants/files/${file!.id}`));
    expect(got.headers).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' });
    expect(got.headers['content-disposition']).toMatch(
      /^attachment; filename=Uchwa_a.pdf; filename\*=UTF-8''Uchwa%C5%82a.pdf$/,
    );
    expect(got.body).toEqual(pdf);
    const { assessment } = await newAssessment(test.services.assessment, { code: 'other' });
    const other = allowed(await test.services.assessment.rounds.create(roundInput(assessment.id)));
    expect((await staff.get(path(`/grants/files/${file!.id}`, other))).status).toBe(404);
    expect((await staff.get(path(`/council/files/${file!.id}`))).status).toBe(404);
    expect((await request(test.app).get(path(`/grants/files/${file!.id}`))).status).toBe(303);
    await staff.post(path('/P2.1', other), grants({ removed: file!.id }));
    expect(await filesOf('grants')).toHaveLength(1);
    await staff.post(path('/P2.1'), grants({ removed: file!.id }));
    expect(await filesOf('grants')).toEqual([]);
  });

  it('that are too large are named, and what came with them is kept', async () => {
    const large = Buffer.concat([pdf, Buffer.alloc(5_000_000)]);
    const answer = await postFiles(grants({ grants: '12' }), [
      ['duży.pdf', large],
      ['mały.pdf', pdf],
    ]);
    expect(answer.status).toBe(422);
    expect(words(answer.text)).toContain('Plik „duży.pdf” jest za duży. Może mieć najwyżej 5 MB');
    expect((await filesOf('grants')).map(({ name }) => name)).toEqual(['mały.pdf']);
    expect(await saved()).toMatchObject([{ value: 12 }]);
  });
});

describe('confirming facts', () => {
  const marks = (page: string) =>
    Object.fromEntries([...page.matchAll(/name="(mark\.[^"]+)" value="([^"]+)"/g)].map(([, name = '', value = '']) => [name, value])); // prettier-ignore

  it('holds for what the page showed, and says what changed since', async () => {
    await staff.post(path('/P2.1'), grants({ grants: '12' }));
    const shown = marks((await staff.get(path('/review'))).text);
    expect((await staff.post(path('/confirm'), { ...shown, part: 'P1.2' })).status).toBe(409);
    expect((await staff.post(path('/confirm'), { ...shown, part: 'P2.1' })).status).toBe(303);
    expect(words((await staff.get(path())).text)).toContain('Potwierdzone obszary: 1 z 2.');
    await staff.post(path('/P2.1'), grants({ grants: '13' }, '1'));
    const changed = words((await staff.get(path())).text);
    for (const said of ['zmienione po potwierdzeniu', '<li>Kwota dotacji</li>', 'prowadzaca'])
      expect(changed).toContain(said);
    const late = await staff.post(path('/confirm'), { ...shown, part: 'P2.1' });
    expect(late.status).toBe(409);
    expect(words(late.text)).toContain('ktoś zmienił dane');
  });

  it('is done for the whole sheet once it is complete', async () => {
    await staff.post(path('/P2.1'), grants({ grants: '12' }));
    await staff.post(path('/P1.2'), { 'council.council': 'true', 'council.revision': '0' });
    const page = (await staff.get(path('/review'))).text;
    expect(page).toContain('value="all"');
    expect((await staff.post(path('/confirm'), { ...marks(page), part: 'all' })).status).toBe(303);
    expect(words((await staff.get(path())).text)).toContain('Cała karta jest potwierdzona.');
    expect((await staff.post(path('/withdraw'), { part: 'P2.1' })).status).toBe(303);
    expect(words((await staff.get(path())).text)).toContain('Potwierdzone obszary: 1 z 2.');
  });
});
