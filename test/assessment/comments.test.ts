import { commentReviewsSpec, type CommentInput } from '../../src/assessment/comments';
import { sealedFreeTextsSpec } from '../../src/assessment/sealed-answers';
import { roundDocument } from '../../src/reports/assessment-report';
import { buildReport } from '../../src/reports/model';
import { reportInput } from '../../src/reports/report-input';
import { isRefusal } from '../../src/shared/errors';
import {
  allowed,
  assessmentOver,
  closeAndCompute,
  instrumentsOf,
  newAssessment,
  newOpenRound,
  submitAnswers,
  type SurveyServices,
} from '../support/builders';
import { choice, smallInstrument, text } from '../support/instruments';
import { embeddedTestStore, mongoTestStore, type TestStore } from '../support/stores';

const mongoUri = process.env['MONGODB_URI'];
const engines: readonly (readonly [string, () => Promise<TestStore>])[] = [
  ['embedded', embeddedTestStore],
  ...(mongoUri === undefined ? [] : [['mongo', () => mongoTestStore(mongoUri)] as const]),
];

const publish: CommentInput = { decision: 'publish', hiddenWords: '', reason: null };
const hide: CommentInput = { decision: 'hide', hiddenWords: '', reason: 'person' };

describe.each(engines)('comments in the %s store', (_engine, open) => {
  let files: TestStore;
  let services: SurveyServices;
  let units = 0;
  beforeEach(async () => {
    files = await open();
    services = assessmentOver(files.store);
  });
  afterEach(() => files.dispose());

  /** Eight NGOs of whom `written` wrote something, and five officials who all did. */
  async function closedRound(written = 6): Promise<string> {
    units += 1;
    const { assessment } = await newAssessment(services, { code: `u${units}` });
    const round = await newOpenRound(services, { assessmentId: assessment.id });
    for (let at = 0; at < 8; at += 1) {
      const words = at < written ? { 'p1-comment': `Uwaga ${at} od Jana Nowaka` } : {};
      await submitAnswers(services, round.id, 'ngo', { a1: 3, ...words });
    }
    for (let at = 0; at < 5; at += 1) {
      await submitAnswers(services, round.id, 'officials', { a1: 3, 'p1-comment': `Tajne ${at}` });
    }
    await closeAndCompute(services, round.id);
    return round.id;
  }

  it('are read only of groups that are large enough, whatever the others wrote', async () => {
    const review = allowed(await services.comments.review(await closedRound()));
    expect(review).toMatchObject({
      state: 'review',
      fewest: 8,
      keptBack: ['officials'],
      actions: ['decide', 'publish'],
    });
    expect(review.comments.map(({ text }) => text).sort()).toEqual(
      Array.from({ length: 6 }, (_one, at) => `Uwaga ${at} od Jana Nowaka`),
    );
    expect(new Set(review.comments.map(({ group }) => group))).toEqual(new Set(['ngo']));
    expect(JSON.stringify(review)).not.toContain('Tajne');
  });

  it('are read only once the round has results, and only where somebody was asked', async () => {
    const round = await newOpenRound(services);
    expect(await services.comments.review(round.id)).toMatchObject({ refused: 'not-closed' });
    allowed(await services.sealing.close(round.id));
    expect(await services.comments.review(round.id)).toMatchObject({ refused: 'not-computed' });
    // The core form of the small instrument asks for no comments.
    const core = await newOpenRound(services, { assessmentId: round.assessmentId, name: 'follow-up', form: 'core' });
    await closeAndCompute(services, core.id);
    expect(await services.comments.review(core.id)).toMatchObject({ refused: 'comments-not-asked' });
    expect(await services.comments.published(core.id)).toBeNull();
  });

  it('are the words of "other" choices too, where the report counts their question', async () => {
    const plain = smallInstrument();
    const questions = plain.questions.map((question) =>
      question.code === 'barriers' && 'choices' in question
        ? { ...question, choices: [...question.choices, choice('else', { other: true, text: text('coś innego') })] }
        : question,
    );
    services = assessmentOver(files.store, { instruments: instrumentsOf({ ...plain, questions }) });
    const round = await newOpenRound(services);
    const answers = {
      a1: 3,
      barriers: ['else'],
      'barriers.other': 'Odległość',
      part: 'elsewhere',
      'part.other': 'Obok',
    };
    for (let at = 0; at < 8; at += 1) await submitAnswers(services, round.id, 'ngo', at === 0 ? answers : { a1: 3 });
    await closeAndCompute(services, round.id);
    const { comments } = allowed(await services.comments.review(round.id));
    // `part` has no place in the report, so nobody reads its words.
    expect(comments).toMatchObject([{ question: 'barriers.other', group: 'ngo', text: 'Odległość' }]);
    allowed(await services.comments.decide(round.id, 1, publish, 0));
    allowed(await services.comments.publish(round.id));
    const { sections } = buildReport(reportInput(allowed(await roundDocument(services, round.id, '2026-11-29'))), 'pl');
    expect(sections.find(({ id }) => id === 'comments')?.parts).toMatchObject([
      { title: 'Co przeszkadza? – coś innego', quotes: [{ texts: ['Odległość'] }] },
    ]);
  });

  it('have nothing to read where nobody wrote', async () => {
    const id = await closedRound(0);
    expect(await services.comments.review(id)).toMatchObject({ state: 'none', actions: [], comments: [] });
    expect(await services.comments.published(id)).toMatchObject({ state: 'none', keptBack: ['officials'] });
    expect(await services.comments.publish(id)).toMatchObject({ state: 'none' });
  });

  it('keep one random order, that of nobody’s sending or storing', async () => {
    const id = await closedRound();
    const [first, again] = await Promise.all([1, 2].map(() => services.comments.review(id)));
    expect(first).toEqual(again);
    const { comments } = allowed(first!);
    const stored = await files.store.collection(sealedFreeTextsSpec).find({ roundId: id });
    const ofStore = stored.filter(({ group }) => group === 'ngo').map(({ text }) => text);
    expect(comments.map(({ text }) => text).sort()).toEqual([...ofStore].sort());
    // One in 720 draws is the order of the store: not twice in two rounds.
    const other = await closedRound();
    const next = allowed(await services.comments.review(other)).comments.map(({ text }) => text);
    const isStored = (list: readonly string[], texts: readonly string[]) => list.join() === texts.join();
    const storedNext = (await files.store.collection(sealedFreeTextsSpec).find({ roundId: other }))
      .filter(({ group }) => group === 'ngo')
      .map(({ text }) => text);
    expect([
      isStored(
        comments.map(({ text }) => text),
        ofStore,
      ),
      isStored(next, storedNext),
    ]).not.toEqual([true, true]);
  });

  it('are published once all of them are decided, without what is hidden', async () => {
    const id = await closedRound();
    const decide = (number: number, input: CommentInput, seen = 0) => services.comments.decide(id, number, input, seen);
    for (const number of [1, 2, 3, 4]) allowed(await decide(number, publish));
    allowed(await decide(5, { decision: 'publish', hiddenWords: 'Jana\nNowak', reason: 'person' }));
    expect(await services.comments.publish(id)).toEqual({ refused: 'comments-unread', details: { count: 1 } });
    expect(await services.comments.published(id)).toMatchObject({ state: 'review', list: [], hidden: [] });
    allowed(await decide(6, hide));
    expect(allowed(await services.comments.publish(id)).actions).toEqual(['hide-more']);

    const { comments } = allowed(await services.comments.review(id));
    const published = (await services.comments.published(id))!;
    if (isRefusal(published)) throw new Error('refused');
    expect(published.list.map(({ text }) => text)).toEqual([
      ...comments.slice(0, 4).map(({ text }) => text),
      comments[4]!.text.replace('Jana Nowaka', '[…]'),
    ]);
    expect(published.hidden).toEqual([{ reason: 'person', count: 1 }]);
    expect(JSON.stringify(published)).not.toContain(comments[5]!.text);
    const document = allowed(await roundDocument(services, id, '2026-11-29'));
    expect(document.rounds[0].comments).toEqual(published);
    // Neither ids of the store nor numbers of the review are in what is published.
    const [review] = await files.store.collection(commentReviewsSpec).find({});
    for (const one of review!.comments) expect(JSON.stringify(document)).not.toContain(one.text);
  });

  it('can be hidden after publication, and never shown again', async () => {
    const id = await closedRound(1);
    const shy: CommentInput = { decision: 'publish', hiddenWords: 'Nowak', reason: 'person' };
    allowed(await services.comments.decide(id, 1, shy, 0));
    allowed(await services.comments.publish(id));
    expect(await services.comments.decide(id, 1, publish, 1)).toEqual({ refused: 'comment-published' });
    allowed(await services.comments.decide(id, 1, { ...shy, hiddenWords: 'Jana Nowak' }, 1));
    expect(await services.comments.published(id)).toMatchObject({ list: [{ text: 'Uwaga 0 od […]' }] });
    allowed(await services.comments.decide(id, 1, hide, 2));
    expect(await services.comments.published(id)).toMatchObject({
      ...{ state: 'published', list: [], hidden: [{ reason: 'person', count: 1 }] },
    });
    expect(await services.comments.decide(id, 1, publish, 3)).toEqual({ refused: 'comment-published' });
  });

  it('need words that are there, and a reason for whatever is hidden', async () => {
    const id = await closedRound(1);
    const refused = async (input: Partial<CommentInput>) =>
      services.comments.decide(id, 1, { ...publish, ...input }, 0);
    expect(await refused({ hiddenWords: 'Kowalski', reason: 'person' })).toEqual({
      refused: 'passage-not-found',
      details: { field: 'hiddenWords', passage: 'Kowalski' },
    });
    expect(await refused({ hiddenWords: 'Nowak' })).toMatchObject({ refused: 'hiding-reason-missing' });
    expect(await refused({ decision: 'hide' })).toMatchObject({ refused: 'hiding-reason-missing' });
    expect(await services.comments.decide(id, 2, publish, 0)).toEqual({ refused: 'comment-unknown' });
    expect(allowed(await services.comments.review(id)).comments[0]).toMatchObject({ decided: null, revision: 0 });
  });

  it('of two decisions about one comment the second is told; different comments are in nobody’s way', async () => {
    const id = await closedRound(2);
    const both = await Promise.all([publish, hide].map((input) => services.comments.decide(id, 1, input, 0)));
    expect(both.filter((one) => isRefusal(one))).toEqual([{ refused: 'changed-meanwhile' }]);
    allowed(await services.comments.decide(id, 2, publish, 0));
  });

  it('a decision and the publication never pass each other', async () => {
    const id = await closedRound(1);
    allowed(await services.comments.decide(id, 1, publish, 0));
    const shy: CommentInput = { decision: 'publish', hiddenWords: 'Nowak', reason: 'person' };
    const [decided] = await Promise.all([services.comments.decide(id, 1, shy, 1), services.comments.publish(id)]);
    allowed(decided);
    expect(await services.comments.published(id)).toMatchObject({ list: [{ text: 'Uwaga 0 od Jana […]' }] });
  });
});
