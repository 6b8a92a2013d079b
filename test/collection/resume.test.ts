import { createHash, randomBytes } from 'node:crypto';
import type { Round } from '../../src/assessment/round';
import { createInstallationKey } from '../../src/collection/installation-key';
import { createResumeCodes, shownResumeCode, usualResumeCost } from '../../src/collection/resume-codes';
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

async function draftWithCode(answers = { a1: 4 }) {
  const token = await filledDraft(services, round.id, 'ngo', answers);
  return { token, code: allowed(await services.drafts.takeCode(token)).code };
}

it('a draft goes on elsewhere with its code, however it is typed, and in both places it is one', async () => {
  const { token, code } = await draftWithCode();
  const typed = ` ${shownResumeCode(code).toLowerCase().replaceAll('-', ' ')} `;
  const there = allowed(await assessmentOver(await files.reopen()).drafts.resume(round.id, typed));
  expect(there).toEqual({ token });
  services = assessmentOver(files.store);
  allowed(await services.drafts.save(there.token, { a2: 2 }));
  expect(await services.drafts.read(token)).toMatchObject({ answers: { a1: 4, a2: 2 }, resumeCode: code });
});

it('the code stays the same, however often and at once it is asked for', async () => {
  const token = await filledDraft(services, round.id, 'ngo');
  const codes = await Promise.all([1, 2, 3].map(async () => allowed(await services.drafts.takeCode(token)).code));
  codes.push(allowed(await services.drafts.takeCode(token)).code);
  expect(new Set(codes).size).toBe(1);
  expect(allowed(await services.drafts.resume(round.id, codes[0]!))).toEqual({ token });
});

it('says the same of a code that is wrong, of one that was sent, of one discarded, and of another round’s', async () => {
  const [sent, discarded, other] = [await draftWithCode(), await draftWithCode(), await draftWithCode()];
  allowed(await services.submissions.submit(sent.token));
  expect(await services.drafts.discard(discarded.token)).toBe(true);
  const { assessment } = await newAssessment(services, { code: '3099022' });
  const elsewhere = await newOpenRound(services, { assessmentId: assessment.id });
  const slip = other.code.slice(0, -1) + (other.code.endsWith('7') ? '8' : '7');
  const unknown = { refused: 'code-unknown' };
  for (const code of [sent.code, discarded.code, slip])
    expect(await services.drafts.resume(round.id, code)).toEqual(unknown);
  expect(await services.drafts.resume(elsewhere.id, other.code)).toEqual(unknown);
  expect(await services.drafts.resume(round.id, 'nie kod')).toEqual({ refused: 'code-malformed' });
});

it('nobody with a copy of the store, and the installation key, has what opens a draft', async () => {
  const { token, code } = await draftWithCode({ a1: 5, 'p1-comment': 'Bardzo tajne' } as never);
  await files.store.tidy();
  const secret = token.split('.')[1]!;
  for (const word of [code, shownResumeCode(code), secret, token, 'Bardzo tajne', '"a1"']) {
    expect(await filesHold(files.folder, word)).toBe(false);
  }
  const [row] = (await rawRows(files.folder)).filter(({ table }) => table.startsWith('drafts/'));
  expect(Object.keys(JSON.parse(row!.text) as object).sort()).toEqual(
    ['box', 'id', 'keyByCode', 'keyByToken', 'resumeId', 'revision', 'state'].sort(),
  );
  // A guess at the code costs 64 MiB and a tenth of a second or more, for each of 2⁶⁰.
  expect(128 * usualResumeCost.N! * usualResumeCost.r!).toBeGreaterThanOrEqual(64 * 1024 * 1024);
});

it('once it is sent, the row says so under both ids and holds nothing else', async () => {
  const { token } = await draftWithCode();
  allowed(await services.submissions.submit(token));
  const [row] = await openPart(files.store, round.id).drafts.find({});
  expect(Object.keys(row!).sort()).toEqual(['id', 'resumeId', 'revision', 'state']);
});

describe('guessing', () => {
  /** Unpredictable to anybody else, and the same in every run. */
  function seededBytes(seed: string): (size: number) => Buffer {
    let drawn = 0;
    return (size) => {
      drawn += 1;
      return createHash('sha256').update(`${seed} ${drawn}`).digest().subarray(0, size);
    };
  }

  it('10,000 codes costs hardly one derivation: the check is ours', async () => {
    const key = createInstallationKey({ store: files.store, secret: 'ours, and nobody else has it' });
    const codes = createResumeCodes({ randomBytes, key, cost: usualResumeCost });
    const guesser = createResumeCodes({
      randomBytes: seededBytes('guesses'),
      // On a machine of their own.
      key: { secret: 'a guess at that, too', assertOurs: () => Promise.resolve(), settle: () => Promise.resolve() },
      cost: usualResumeCost,
    });
    const guesses = await Promise.all(Array.from({ length: 10_000 }, () => guesser.draw(round.id)));
    const passed = guesses.filter((guess) => codes.read(round.id, guess));
    expect(passed.length).toBeLessThan(4);
  });

  it('keeps nobody else waiting: each code has its turn, and one that is tried again and again has one', async () => {
    const { token, code } = await draftWithCode();
    const slow = assessmentOver(files.store, { resumeCost: { N: 8192, r: 8, p: 1 } });
    const mine = allowed(await slow.drafts.takeCode(await filledDraft(slow, round.id, 'ngo', { a1: 2 }))).code;
    let guesses = 0;
    const flood = Array.from({ length: 500 }, async () => {
      await slow.drafts.resume(round.id, code);
      guesses += 1;
    });
    allowed(await slow.drafts.resume(round.id, mine));
    expect(guesses).toBeLessThanOrEqual(500);
    await Promise.all(flood);
    expect(await services.drafts.read(token)).toMatchObject({ state: 'open' });
  });
});

it('a roomful takes codes at once, and all go on with them', async () => {
  const taken = await Promise.all(
    Array.from({ length: 60 }, async (_, person) => {
      const token = await filledDraft(services, round.id, 'ngo', { a1: 1 + (person % 5) });
      return { token, code: allowed(await services.drafts.takeCode(token)).code };
    }),
  );
  const back = await Promise.all(taken.map(({ code }) => services.drafts.resume(round.id, code)));
  expect(back).toEqual(taken.map(({ token }) => ({ token })));
});
