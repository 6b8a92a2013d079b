import { draftIdOf } from '../../src/collection/draft-cipher';
import { type SealedAnswers, sealedAnswersSpec, sealedFreeTextsSpec } from '../../src/assessment/sealed-answers';
import type { Round } from '../../src/assessment/round';
import {
  allowed,
  assessmentOver,
  beginSealing,
  filledDraft,
  instrumentsOf,
  newAssessment,
  newOpenRound,
  submitAnswers,
  type SurveyServices,
} from '../support/builders';
import { smallInstrument } from '../support/instruments';
import { openPart } from '../support/open-part';
import { rawRows } from '../support/raw-store';
import { embeddedTestStore } from '../support/stores';

let files: Awaited<ReturnType<typeof embeddedTestStore>>;
let services: SurveyServices;

beforeEach(async () => {
  files = await embeddedTestStore();
  services = assessmentOver(files.store);
});
afterEach(() => files.dispose());

const part = (round: Round) => openPart(files.store, round.id);
const stored = (round: Round) => part(round).submissions.find({});

describe('submitting', () => {
  it('keeps the answers that count and nothing else', async () => {
    const round = await newOpenRound(services);
    const token = await filledDraft(services, round.id, 'officials', {
      part: 'no',
      b2: 5,
      a1: 4,
      c2: 1,
      barriers: ['time'],
    });
    expect(await services.submissions.submit(token)).toEqual({ submitted: true, roundId: round.id });
    expect(await stored(round)).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        group: 'officials',
        // b2 is hidden from who took no part, c2 from officials.
        answers: { part: 'no', a1: 4, barriers: ['time'] },
        state: 'complete',
      },
    ]);
  });

  it.each([
    ['nothing at all', {}],
    ['words only', { 'p1-comment': 'słowa', barriers: ['time'] }],
    ['"hard to say" only', { a1: { special: 'hard-to-say' }, part: 'no' }],
    ['a rating that is hidden', { part: 'no', b2: 5 }],
  ] as const)('refuses %s: without a rating nobody has answered', async (_name, answers) => {
    const round = await newOpenRound(services);
    const token = await filledDraft(services, round.id, 'officials', answers);
    expect(await services.submissions.submit(token)).toEqual({ refused: 'nothing-rated' });
    expect(await services.submissions.counts(round.id)).toEqual({});
    expect(await services.drafts.read(token)).toMatchObject({ state: 'open' });
  });

  it('needs a group', async () => {
    const round = await newOpenRound(services);
    const { token } = allowed(await services.drafts.start(round.id));
    expect(await services.submissions.submit(token)).toEqual({ refused: 'group-missing' });
    expect(await services.drafts.read(token)).toMatchObject({ state: 'open' });
  });

  it('names required questions left out and answers that break a rule', async () => {
    const { assessment } = await newAssessment(services);
    const required = smallInstrument({ rounds: ['baseline', 'follow-up'] });
    const questions = required.questions.map((one) => (one.code === 'part' ? { ...one, requiredIf: true } : one));
    const strict = assessmentOver(files.store, { instruments: instrumentsOf({ ...required, questions }) });
    const round = await newOpenRound(strict, { assessmentId: assessment.id });
    const token = await filledDraft(strict, round.id, 'ngo', { a1: 1, c1: 1 });
    expect(await strict.submissions.submit(token)).toEqual({
      refused: 'answers-missing',
      details: { questions: 'part' },
    });
    allowed(await strict.drafts.save(token, { part: 'no', meetings: 13 }));
    expect(await strict.submissions.submit(token)).toEqual({
      refused: 'answers-invalid',
      details: { questions: 'meetings' },
    });
    allowed(await strict.drafts.save(token, { meetings: 12 }));
    allowed(await strict.submissions.submit(token));
  });

  it('again and again, also at the same time, gives one receipt and one answer', async () => {
    const round = await newOpenRound(services);
    const token = await filledDraft(services, round.id, 'ngo', { a1: 4, 'p1-comment': 'Raz' });
    const receipt = { submitted: true, roundId: round.id };
    expect(await Promise.all([1, 2, 3, 4].map(() => services.submissions.submit(token)))).toEqual(
      Array(4).fill(receipt),
    );
    expect(await services.submissions.submit(token)).toEqual(receipt);
    expect(await stored(round)).toHaveLength(1);
    expect(await part(round).texts.find({})).toHaveLength(1);
    expect(await services.drafts.read(token)).toEqual({ state: 'submitted', roundId: round.id });
    expect(await services.drafts.save(token, { a1: 1 })).toEqual({ refused: 'draft-sent' });
  });

  it('forgets the draft: what is left of it holds no content', async () => {
    const round = await newOpenRound(services);
    const token = await filledDraft(services, round.id, 'ngo', { a1: 4 });
    allowed(await services.submissions.submit(token));
    const [draft] = await part(round).drafts.find({});
    expect(draft).toEqual({
      id: draftIdOf(token),
      state: 'submitted',
      revision: expect.any(Number),
    });
  });

  it('is refused once the round is closed', async () => {
    const round = await newOpenRound(services);
    const late = await filledDraft(services, round.id, 'ngo', { a1: 4 });
    await beginSealing(services, round.id);
    expect(await services.submissions.submit(late)).toEqual({ refused: 'round-closed' });
    expect(await services.drafts.save(late, { a1: 5 })).toEqual({ refused: 'round-closed' });
    allowed(await services.sealing.close(round.id));
    expect(await services.submissions.submit(late)).toEqual({ refused: 'draft-unknown' });
    expect(await services.sealedRounds.answersOf(round.id)).toEqual([]);
  });

  it('leaves out what is out of the round’s scope', async () => {
    const round = await newOpenRound(services, { outOfScope: ['P1.1', 'P1.2'] });
    const { instrument } = await services.questionnaires.of(round);
    expect(instrument.forms.full.pages.map(({ sections }) => sections.flatMap(({ questions }) => questions))).toEqual([
      ['part'],
      ['c1', 'c2'],
      ['barriers', 'meetings'],
    ]);
    await submitAnswers(services, round.id, 'ngo', { a1: 4, c1: 5, 'p1-comment': 'Nic' });
    expect(await stored(round)).toMatchObject([{ answers: { c1: 5 } }]);
    expect((await stored(round))[0]?.answers).toEqual({ c1: 5 });
  });

  it('counts by group while open, while closing and when closed', async () => {
    const round = await newOpenRound(services);
    for (const group of ['ngo', 'ngo', 'officials']) await submitAnswers(services, round.id, group, { a1: 3 });
    const counts = { ngo: 2, officials: 1 };
    expect(await services.submissions.counts(round.id)).toEqual(counts);
    await beginSealing(services, round.id);
    expect(await services.submissions.counts(round.id)).toEqual(counts);
    allowed(await services.sealing.close(round.id));
    expect(await services.submissions.counts(round.id)).toEqual(counts);
  });
});

describe('words of respondents', () => {
  it('lie apart from the same person’s answers, with nothing that joins them', async () => {
    const round = await newOpenRound(services);
    await submitAnswers(services, round.id, 'ngo', {
      part: 'elsewhere',
      'part.other': ' Na zebraniu wiejskim ',
      'p1-comment': 'Potrzebna świetlica',
      a1: 2,
    });
    const [submission] = await stored(round);
    expect(submission?.answers).toEqual({ part: 'elsewhere', a1: 2 });
    const texts = await part(round).texts.find({});
    expect(texts.map(({ question, text }) => [question, text]).sort()).toEqual([
      ['p1-comment', 'Potrzebna świetlica'],
      ['part.other', 'Na zebraniu wiejskim'],
    ]);
    for (const text of texts) {
      expect(Object.keys(text).sort()).toEqual(['group', 'id', 'question', 'text']);
      expect(text.id).not.toBe(submission?.id);
    }
  });

  it('leave a trace beside the answers only where a rule asks whether they are there', async () => {
    const whole = smallInstrument();
    const questions = whole.questions.map((one) =>
      one.code === 'c1' ? { ...one, visibleIf: { answered: [{ answer: 'p1-comment' }] } } : one,
    );
    const { assessment } = await newAssessment(services);
    const asking = assessmentOver(files.store, { instruments: instrumentsOf({ ...whole, questions }) });
    const round = await newOpenRound(asking, { assessmentId: assessment.id });
    await submitAnswers(asking, round.id, 'ngo', { 'p1-comment': 'Słowa', c1: 4 });
    expect((await stored(round))[0]?.answers).toEqual({ 'p1-comment': '', c1: 4 });
    // Scoring follows the rules again: the item still counts.
    const questionnaire = await asking.questionnaires.of(round);
    expect(questionnaire.flow({ group: 'ngo', answers: (await stored(round))[0]!.answers! }).answers).toMatchObject({
      c1: 4,
    });
  });
});

describe('sealing', () => {
  const respondents = Array.from({ length: 60 }, (_, index) => index);
  const answersOf = (index: number) => ({ a1: 1 + (index % 5), a2: 1 + (index % 4), c1: 3 });

  it('keeps every answer and word once, in an order that tells nothing, and removes where they came from', async () => {
    const round = await newOpenRound(services);
    const arrived: string[] = [];
    for (const index of respondents) {
      await submitAnswers(services, round.id, 'ngo', { ...answersOf(index), 'p1-comment': `Uwaga ${index}` });
      const [newest] = (await stored(round)).filter(({ id }) => !arrived.includes(id));
      arrived.push(newest!.id);
    }
    const before = (await stored(round)).map(({ id, group, answers = {} }) => ({
      id,
      roundId: round.id,
      group,
      answers,
    }));
    await filledDraft(services, round.id, 'ngo', { a1: 5 });
    allowed(await services.sealing.close(round.id));

    const sealed = await services.sealedRounds.answersOf(round.id);
    const contents = (all: readonly SealedAnswers[]) =>
      all.map((one) => JSON.stringify([one.group, one.answers])).sort();
    expect(contents(sealed)).toEqual(contents(before));
    // Under ids that nobody has seen before, and that follow no order of the old ones.
    expect(sealed.filter(({ id }) => arrived.includes(id))).toEqual([]);
    expect(Object.keys(sealed[0]!).sort()).toEqual(['answers', 'group', 'id', 'roundId']);
    const texts = await files.store.collection(sealedFreeTextsSpec).find({});
    expect(texts.map(({ text }) => text).sort()).toEqual(respondents.map((index) => `Uwaga ${index}`).sort());
    for (const one of await stored(round)) expect(one).toEqual({ id: one.id, group: 'ngo', state: 'sealed' });
    expect(await part(round).texts.find({})).toEqual([]);
    expect(await part(round).drafts.find({})).toEqual([]);
  });

  it('leaves nothing in the files that dates, addresses or joins anything', async () => {
    const round = await newOpenRound(services);
    const tokens: string[] = [];
    for (const index of [1, 2, 3, 4, 5, 6]) {
      const token = await filledDraft(services, round.id, 'ngo', {
        ...answersOf(index),
        'p1-comment': `Uwaga ${index}`,
      });
      tokens.push(token);
      allowed(await services.submissions.submit(token));
    }
    const aboutRespondents = /^(drafts|submissions|free-texts|sealed)/;
    const harmless = async () => {
      for (const { table, id, text } of await rawRows(files.folder)) {
        // Milliseconds or seconds since 1970, clock times, addresses.
        if (aboutRespondents.test(table)) {
          expect(text).not.toMatch(/\b1[789]\d{8}(\d{3})?\b/);
          expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/);
        }
        expect(text).not.toMatch(/T\d{2}:\d{2}/);
        expect(text).not.toMatch(/\b\d{1,3}(\.\d{1,3}){3}\b/);
        for (const token of tokens) expect(id + text).not.toContain(token);
        if (text.includes('Uwaga')) expect(text).not.toMatch(/"(answers|a1|c1)"/);
      }
    };
    await harmless();
    allowed(await services.sealing.close(round.id));
    await files.reopen();
    await harmless();
    const left = (await rawRows(files.folder)).filter(({ table }) => /^(drafts|submissions|free-texts)/.test(table));
    for (const { text } of left) expect(Object.keys(JSON.parse(text) as object)).toEqual(['id', 'group', 'state']);
  });

  it('a store that has sealed a round can do so for the next', async () => {
    const round = await newOpenRound(services);
    await submitAnswers(services, round.id, 'ngo', { a1: 1 });
    allowed(await services.sealing.close(round.id));
    const next = await newOpenRound(services, { assessmentId: round.assessmentId, name: 'follow-up' });
    await submitAnswers(services, next.id, 'ngo', { a1: 2 });
    await services.sealing.resumeClosing();
    expect(await services.submissions.counts(next.id)).toEqual({ ngo: 1 });
    allowed(await services.sealing.close(next.id));
    expect(await files.store.collection(sealedAnswersSpec).count({})).toBe(2);
  });
});
