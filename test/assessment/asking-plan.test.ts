import { groupsAsked } from '../../src/assessment/asking-plan';
import { groupCounts } from '../../src/assessment/group-counts';
import type { RoundInput } from '../../src/assessment/rounds';
import { wordingFor, type Question } from '../../src/definitions/instrument';
import { isRefusal } from '../../src/shared/errors';
import {
  allowed,
  assessmentOver,
  closeAndCompute,
  filledDraft,
  newAssessment,
  roundInput,
  submitAnswers,
  type SurveyServices,
} from '../support/builders';
import { smallInstrument, text } from '../support/instruments';
import { embeddedTestStore, type TestStore } from '../support/stores';

let files: TestStore;
let services: SurveyServices;
const instrument = smallInstrument();
const merged = 'ngo+informal';

beforeEach(async () => {
  files = await embeddedTestStore();
  services = assessmentOver(files.store);
});
afterEach(() => files.dispose());

async function draftWith(overrides: Partial<RoundInput>) {
  const { assessment } = await newAssessment(services);
  return allowed(await services.rounds.create(roundInput(assessment.id, overrides)));
}

const codesOf = (round: Parameters<typeof groupsAsked>[1]) => groupsAsked(instrument, round).map(({ code }) => code);

test('a group known to have fewer than k people is asked as its merged group, which is all that is stored', async () => {
  const draft = await draftWith({ groupSizes: { ngo: 12, informal: 4 } });
  expect(codesOf(draft)).toEqual(['officials', 'councillors', merged, 'benefit-council']);
  const round = allowed(await services.rounds.open(draft.id));
  expect(round.mergedGroups).toEqual([merged]);

  const { token } = allowed(await services.drafts.start(round.id));
  expect(await services.drafts.chooseGroup(token, 'informal')).toMatchObject({ refused: 'group-unknown' });
  for (let person = 0; person < 13; person += 1) await submitAnswers(services, round.id, merged);
  expect(await services.submissions.counts(round.id)).toEqual({ [merged]: 13 });
  expect(groupCounts(instrument, { [merged]: 17 }, round).find(({ code }) => code === merged)).toMatchObject({
    ...{ size: 16, over: true },
  });

  await closeAndCompute(services, round.id);
  const { released } = allowed(await services.results.roundResults(round.id));
  expect(released.groups.find(({ code }) => code === merged)).toMatchObject({ respondents: 13, size: 16 });
  expect(released.notes).toContainEqual({ note: 'merged', group: merged, parts: ['ngo', 'informal'] });
});

test('correcting a size later asks nobody in another way', async () => {
  const draft = await draftWith({ groupSizes: { ngo: 12, informal: 4 } });
  const round = allowed(await services.rounds.open(draft.id));
  const edited = allowed(
    await services.rounds.edit(round.id, { groupSizes: { ngo: 12, informal: 9 } }, round.revision),
  );
  expect(codesOf(edited)).toContain(merged);
  await filledDraft(services, round.id, merged);
  for (let person = 0; person < 6; person += 1) await submitAnswers(services, round.id, merged);
  expect(await services.rounds.edit(round.id, { groupSizes: { ngo: 3, informal: 2 } }, edited.revision)).toMatchObject({
    ...{ refused: 'size-below-answers', details: { field: 'groupSizes', key: 'ngo', count: 6 } },
  });
});

test('without a partner that makes it large enough a group cannot be asked, and the round does not open', async () => {
  const alone = await draftWith({ groupSizes: { officials: 4 } });
  expect(await services.rounds.open(alone.id)).toEqual({ refused: 'group-too-small', details: { count: 5 } });
  const edited = allowed(await services.rounds.edit(alone.id, { notAsked: ['officials'] }, alone.revision));
  expect(isRefusal(await services.rounds.open(edited.id))).toBe(false);
});

test('a partner that is not asked has nobody: the sum of the parts stays known', async () => {
  const draft = await draftWith({ groupSizes: { ngo: 30 }, notAsked: ['informal'], mergedGroups: [merged] });
  const round = allowed(await services.rounds.open(draft.id));
  expect(groupsAsked(instrument, round).find(({ code }) => code === merged)).toMatchObject({
    parts: ['ngo'],
    size: 30,
  });
  for (let person = 0; person < 10; person += 1) await submitAnswers(services, round.id, merged);
  await closeAndCompute(services, round.id);
  const { released } = allowed(await services.results.roundResults(round.id));
  expect(released.groups.find(({ code }) => code === merged)).toMatchObject({ respondents: 10, size: 30, rate: 33 });
});

test('staff may join groups that are large enough; what the merge plan does not know is refused', async () => {
  const draft = await draftWith({ groupSizes: { ngo: 9, informal: 30 }, mergedGroups: [merged] });
  expect(codesOf(draft)).toContain(merged);
  expect(await services.rounds.edit(draft.id, { mergedGroups: ['officials+ngo'] }, draft.revision)).toMatchObject({
    refused: 'group-unknown',
  });
});

test('a merged group reads a variant that all its parts have, else the words for everybody', () => {
  const question: Question = {
    ...{ type: 'yes-no', code: 'q', text: text('Wszyscy') },
    variants: [
      { groups: ['ngo'], text: text('Organizacja') },
      { groups: ['officials', 'councillors'], text: text('Urząd') },
    ],
  };
  const words = ['ngo', merged, 'officials+councillors'].map((group) => wordingFor(question, group).text.pl);
  expect(words).toEqual(['Organizacja', 'Wszyscy', 'Urząd']);
});
