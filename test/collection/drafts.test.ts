import { hkdfSync, randomBytes } from 'node:crypto';
import { decrypt, draftIdOf, encrypt, keyOfToken, newToken, uuidFrom } from '../../src/collection/draft-cipher';
import type { Round } from '../../src/assessment/round';
import {
  allowed,
  assessmentOver,
  filledDraft,
  newAssessment,
  newOpenRound,
  type SurveyServices,
} from '../support/builders';
import { openPart } from '../support/open-part';
import { filesHold, rawRows } from '../support/raw-store';
import { embeddedTestStore } from '../support/stores';

let files: Awaited<ReturnType<typeof embeddedTestStore>>;
let services: SurveyServices;
let round: Round;

beforeEach(async () => {
  files = await embeddedTestStore();
  services = assessmentOver(files.store);
  round = await newOpenRound(services);
});
afterEach(() => files.dispose());

it('a draft gives back what was saved, also after a restart', async () => {
  const token = await filledDraft(services, round.id, 'ngo', { a1: 4, part: { special: 'hard-to-say' } });
  allowed(await services.drafts.markReminded(token, 'policies'));
  expect(await assessmentOver(await files.reopen()).drafts.read(token)).toEqual({
    state: 'open',
    roundId: round.id,
    group: 'ngo',
    answers: { a1: 4, part: { special: 'hard-to-say' } },
    remindedPages: ['policies'],
    resumeCode: null,
    ticket: null,
  });
});

it('an answer can be taken back; questions that are not named keep theirs', async () => {
  const token = await filledDraft(services, round.id, 'ngo', { a1: 4, a2: 2 });
  allowed(await services.drafts.save(token, { a1: null }));
  expect(await services.drafts.read(token)).toMatchObject({ answers: { a2: 2 } });
});

it('what was saved since a draft was read lasts, whoever saves with what they read', async () => {
  const token = await filledDraft(services, round.id, 'ngo', { a1: 4, a2: 2 });
  const [one, other] = [await services.drafts.read(token), await services.drafts.readIn(round, token)];
  expect(other).toEqual(one);
  allowed(await services.drafts.save(token, { a1: 1 }, one));
  expect(allowed(await services.drafts.save(token, { a2: 5 }, other))).toMatchObject({ answers: { a1: 1, a2: 5 } });
  // Of somebody else's draft nothing is taken over.
  const another = await filledDraft(services, round.id, 'officials', { b1: 3 });
  expect(allowed(await services.drafts.save(another, { a2: 4 }, one))).toMatchObject({
    group: 'officials',
    answers: { b1: 3, a2: 4 },
  });
  expect(await services.drafts.read(token)).toMatchObject({ group: 'ngo', answers: { a1: 1, a2: 5 } });
});

it('is known without being opened, and not in another round', async () => {
  const token = await filledDraft(services, round.id, 'ngo', { a1: 4 });
  expect(await services.drafts.isThere(token)).toBe(true);
  const { assessment } = await newAssessment(services, { code: '3099021' });
  const elsewhere = await newOpenRound(services, { assessmentId: assessment.id });
  expect(await services.drafts.readIn(elsewhere, token)).toBeNull();
  const [, secret = ''] = token.split('.');
  expect(await services.drafts.isThere(`${elsewhere.id}.${secret}`)).toBe(false);
  expect(await services.drafts.isThere(`no-such-round.${secret}`)).toBe(false);
});

it('answers to questions that are hidden now stay, for a change of mind', async () => {
  const token = await filledDraft(services, round.id, 'ngo', { part: 'yes', b2: 5 });
  allowed(await services.drafts.save(token, { part: 'no' }));
  const questionnaire = await services.questionnaires.of(round);
  const flowNow = async () => {
    const draft = await services.drafts.read(token);
    if (draft?.state !== 'open') throw new Error('The draft should be open.');
    return questionnaire.flow(draft).answers;
  };
  expect(await flowNow()).toEqual({ part: 'no' });
  allowed(await services.drafts.save(token, { part: 'yes' }));
  expect(await flowNow()).toEqual({ part: 'yes', b2: 5 });
});

it('saves of different pages at the same time all last', async () => {
  const token = await filledDraft(services, round.id, 'officials');
  const answers = { a1: 1, a2: 2, b1: 3, c1: 4, part: 'no', barriers: ['money'], 'part.other': 'słowa' };
  await Promise.all([
    ...Object.entries(answers).map(async ([code, answer]) =>
      allowed(await services.drafts.save(token, { [code]: answer })),
    ),
    services.drafts.markReminded(token, 'policies'),
    services.drafts.markReminded(token, 'tasks'),
    services.drafts.chooseGroup(token, 'ngo'),
  ]);
  const draft = await services.drafts.read(token);
  expect(draft).toMatchObject({ group: 'ngo', answers });
  expect(draft).toMatchObject({ remindedPages: expect.arrayContaining(['policies', 'tasks']) });
});

it.each([
  [{ nothing: 1 }],
  [{ a1: 6 }],
  [{ a1: '4' }],
  [{ part: 'maybe' }],
  [{ 'a1.other': 'no other here' }],
  [{ 'part.other': 'x'.repeat(201) }],
  [{ __proto__x: 1 }],
])('refuses what the form could not have sent: %j', async (answers) => {
  const token = await filledDraft(services, round.id, 'ngo', { a2: 3 });
  expect(await services.drafts.save(token, answers)).toMatchObject({ refused: 'answer-malformed' });
  expect(await services.drafts.read(token)).toMatchObject({ answers: { a2: 3 } });
});

it('knows only its groups, its tokens and open rounds', async () => {
  const token = await filledDraft(services, round.id, 'ngo');
  expect(await services.drafts.chooseGroup(token, 'mayors')).toMatchObject({ refused: 'group-unknown' });
  expect(await services.drafts.start('no-round')).toEqual({ refused: 'round-unknown' });
  for (const strange of [
    newToken(round.id, randomBytes),
    newToken('no-round', randomBytes),
    token.replace('.', ''),
    '',
    '../../etc',
    'x'.repeat(5000),
    draftIdOf(token),
  ]) {
    expect(await services.drafts.read(strange)).toBeNull();
    expect(await services.drafts.save(strange, {})).toEqual({ refused: 'draft-unknown' });
  }
  allowed(await services.sealing.close(round.id));
  expect(await services.drafts.start(round.id)).toMatchObject({ refused: 'round-not-open' });
  expect(await services.drafts.read(token)).toBeNull();
});

it('what is stored of a draft tells neither words, answers, group, moment nor token', async () => {
  const token = await filledDraft(services, round.id, 'councillors', { a1: 4, 'p1-comment': 'Nasza świetlica' });
  const stored = await openPart(files.store, round.id).drafts.find({});
  expect(stored.map((one) => Object.keys(one).sort())).toEqual([['box', 'id', 'keyByToken', 'revision', 'state']]);
  const rows = await rawRows(files.folder);
  const text = rows.map((row) => row.id + row.text).join('\n');
  expect(text).toContain(draftIdOf(token));
  const [, secretPart = ''] = token.split('.');
  for (const secret of [secretPart, 'councillors', 'p1-comment', 'świetlica']) {
    expect(text).not.toContain(secret);
    expect(await filesHold(files.folder, secret)).toBe(false);
  }
  expect(text).not.toMatch(/T\d{2}:\d{2}/);
});

describe('the cipher', () => {
  const token = newToken('round', randomBytes);
  const key = keyOfToken(token);

  it('derives from the token as HKDF does', () => {
    const secret = Buffer.from(token.split('.')[1] ?? '', 'base64url');
    const derived = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
    expect(draftIdOf(token)).toBe(derived('lijw draft id').toString('hex'));
    expect(key).toEqual(derived('lijw draft key'));
  });

  it('opens only with the token and in the place it was made for, and notices any change', () => {
    const box = encrypt(key, 'here', 'zażółć gęślą jaźń', randomBytes);
    expect(decrypt(key, 'here', box)).toBe('zażółć gęślą jaźń');
    expect(() => decrypt(keyOfToken(newToken('round', randomBytes)), 'here', box)).toThrow('cannot be read');
    expect(() => decrypt(key, 'there', box)).toThrow('cannot be read');
    const bytes = Buffer.from(box, 'base64url');
    for (const place of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((changed.readUInt8(place) + 1) % 256, place);
      expect(() => decrypt(key, 'here', changed.toString('base64url'))).toThrow('cannot be read');
    }
    expect(() => decrypt(key, 'here', box.slice(0, 20))).toThrow('cannot be read');
  });

  it('never makes the same box twice', () => {
    expect(encrypt(key, 'here', 'same', randomBytes)).not.toBe(encrypt(key, 'here', 'same', randomBytes));
  });

  it('derives ids that look like any random UUID', () => {
    const key = randomBytes(32).toString('base64url');
    expect(uuidFrom(key, 'a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidFrom(key, 'a')).toBe(uuidFrom(key, 'a'));
    expect(uuidFrom(key, 'a')).not.toBe(uuidFrom(key, 'b'));
  });
});
