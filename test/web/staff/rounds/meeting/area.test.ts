import type { MeetingState } from '../../../../../src/web/view-models/meeting-state';
import type { Round } from '../../../../../src/assessment/round';
import { startTestApp, type TestApp } from '../../../../support/app';
import { newOpenRound } from '../../../../support/builders';
import { signedInClient, type StaffClient } from '../../../../support/staff';

let test: TestApp;
let staff: StaffClient;
let round: Round;
let path: string;
beforeEach(async () => {
  test = await startTestApp();
  staff = await signedInClient(test);
  round = await newOpenRound(test.services.assessment);
  path = `/staff/rounds/${round.id}/meeting/P1.1`;
});
afterEach(() => test.close());

const record = () => test.services.assessment.agreedScores.record(round.id, 'P1.1');
const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name.replace('.', '\\.')}" value="([^"]*)"`).exec(page)?.[1] ?? '';

describe('an area without a script', () => {
  it('is saved by the buttons of the score, with the words beside it, and goes on to the next one', async () => {
    const score = await staff.post(path, {
      score: '2.5',
      'score.seen': '',
      reasons: 'Forum działa',
      'reasons.seen': '',
    });
    expect(score.headers['location']).toBe(path);
    const page = await staff.get(path);
    expect(page.text).toMatch(/value="2.5" aria-pressed="true"/);
    expect(page.text).toContain('Forum działa</textarea>');
    const next = await staff.post(path, { barriers: 'Brak ludzi', 'barriers.seen': '', action: 'next' });
    expect(next.headers['location']).toBe(`/staff/rounds/${round.id}/meeting/P1.2`);
    expect(await record()).toMatchObject({ score: 2.5, reasons: 'Forum działa', barriers: 'Brak ludzi' });
    await staff.post(path, { score: 'unset', 'score.seen': '2.5' });
    expect((await record()).score).toBeUndefined();
  });

  it('shows both versions where two wrote at the same place, and saves what is chosen or joined', async () => {
    await staff.post(path, { score: '2.5', 'score.seen': '', reasons: 'Jest dobrze', 'reasons.seen': '' });
    const late = { reasons: 'Jest źle', 'reasons.seen': '', dissent: 'Sołtys', 'dissent.seen': '' };
    const conflict = await staff.post(path, late);
    expect(conflict.status).toBe(409);
    expect(conflict.text).toContain('Jest źle</textarea>');
    expect(hidden(conflict.text, 'reasons.theirs')).toBe('Jest dobrze');
    expect(await record()).toMatchObject({ reasons: 'Jest dobrze', dissent: 'Sołtys' });
    // Saving once more without a choice overwrites nothing.
    expect((await staff.post(path, late)).status).toBe(409);
    const both = await staff.post(path, { ...late, 'reasons.theirs': 'Jest dobrze', take: 'reasons:both' });
    expect(both.status).toBe(303);
    expect((await record()).reasons).toBe('Jest dobrze\nJest źle');
    await staff.post(path, { ...late, 'reasons.theirs': 'Jest dobrze\nJest źle', take: 'reasons:mine' });
    expect((await record()).reasons).toBe('Jest źle');
    const earlier = await staff.get(`${path}/earlier`);
    expect(earlier.text).toContain('Jest dobrze\nJest źle');
  });

  it('asks which of two scores stays', async () => {
    await staff.post(path, { score: '4', 'score.seen': '' });
    const late = await staff.post(path, { score: '2', 'score.seen': '' });
    expect(late.status).toBe(409);
    expect((await record()).score).toBe(4);
    const { text } = late;
    const choice = { 'score.theirs': hidden(text, 'score.theirs'), 'score.mine': hidden(text, 'score.mine') };
    await staff.post(path, { ...choice, take: 'score:mine' });
    expect((await record()).score).toBe(2);
  });

  it('keeps what is too long in the page and says what to do', async () => {
    const long = 'ż'.repeat(2001);
    const refused = await staff.post(path, {
      reasons: long,
      'reasons.seen': '',
      dissent: 'Sołtys',
      'dissent.seen': '',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(long);
    expect(refused.text).toContain('Sołtys</textarea>');
    expect(refused.text.replaceAll('\u00a0', ' ')).toContain('<a href="#field-reasons">Proszę skrócić tekst do 2000 znaków</a>'); // prettier-ignore
    expect((await staff.post(path, { score: '2.7', 'score.seen': '' })).status).toBe(422);
    expect((await staff.get(`/staff/rounds/${round.id}/meeting/P9.9`)).status).toBe(404);
  });
});

describe('an area that is saved while somebody types', () => {
  it('answers what is stored, who wrote it, and where two wrote at the same place', async () => {
    const first = (await staff.post(`${path}/save`, { reasons: 'Jest dobrze', 'reasons.seen': '' }))
      .body as MeetingState;
    expect(first).toMatchObject({ fields: { reasons: 'Jest dobrze', score: '' }, conflicts: [] });
    expect(first.writers.reasons).toContain('prowadzaca');
    const second = await staff.post(`${path}/save`, {
      reasons: 'Jest źle',
      'reasons.seen': '',
      score: '3',
      'score.seen': '',
    });
    expect(second.body).toMatchObject({ fields: { reasons: 'Jest dobrze', score: '3' }, conflicts: ['reasons'] });
    expect((second.body as MeetingState).strip['P1.1']).toBe('3,0');
    expect((await staff.get(`${path}/now`)).body).toMatchObject({ fields: { reasons: 'Jest dobrze', score: '3' } });
  });

  it('says at which field it cannot be kept', async () => {
    const refused = await staff.post(`${path}/save`, { dissent: 'ż'.repeat(2001), 'dissent.seen': '' });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ field: 'dissent' });
  });
});
