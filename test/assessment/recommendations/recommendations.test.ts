import { daysOverdue } from '../../../src/assessment/recommendations/recommendation';
import type { RecommendationInput } from '../../../src/assessment/recommendations/recommendation';
import type { Round } from '../../../src/assessment/round';
import { isRefusal } from '../../../src/shared/errors';
import { allowed, assessmentOver, newOpenRound, type SurveyServices } from '../../support/builders';
import { recommendationInput } from '../../support/recommendations';
import { eitherTestStore, type TestStore } from '../../support/stores';

let files: TestStore;
let services: SurveyServices;
let round: Round;

beforeEach(async () => {
  files = await eitherTestStore();
  services = assessmentOver(files.store);
  round = await newOpenRound(services);
});
afterEach(() => files.dispose());

const add = async (overrides: Partial<RecommendationInput> = {}) =>
  allowed(await services.recommendations.add(round.id, recommendationInput(overrides)));
const listed = async () =>
  (await services.recommendations.ofRound(round.id)).map(({ number, what }) => `${number} ${what}`);

describe('what the working group recommends', () => {
  it('stands in the order that staff give it', async () => {
    const [first, second, third] = [
      await add({ what: 'a' }),
      await add({ what: 'b' }),
      await add({ what: 'c', area: null }),
    ];
    expect(await listed()).toEqual(['1 a', '2 b', '3 c']);
    await services.recommendations.move(third.id, 'up');
    await services.recommendations.move(third.id, 'up');
    await services.recommendations.move(third.id, 'up');
    expect(await listed()).toEqual(['1 c', '2 a', '3 b']);
    await services.recommendations.move(first.id, 'down');
    expect(await listed()).toEqual(['1 c', '2 b', '3 a']);
    expect(await services.recommendations.remove(second.id, 1)).toBeNull();
    await services.recommendations.move(first.id, 'up');
    expect(await listed()).toEqual(['1 a', '2 c']);
    expect((await services.recommendations.ofArea(round.id, null)).map(({ number }) => number)).toEqual([2]);
  });

  it.each([
    [{ what: ' ' }, 'recommendation-missing'],
    [{ what: 'a'.repeat(1001) }, 'text-too-long'],
    [{ area: 'P9.9' }, 'area-unknown'],
    [{ due: '2026-13' }, 'due-malformed'],
    [{ due: '2026-02-30' }, 'due-malformed'],
    [{ due: 'czerwiec' }, 'due-malformed'],
  ] as const)('with %j is refused: %s', async (fault, refused) => {
    expect(await services.recommendations.add(round.id, recommendationInput(fault))).toMatchObject({ refused });
    expect(await listed()).toEqual([]);
  });

  it('may lack who and by when for a while', async () => {
    expect(await add({ who: '', due: null })).toMatchObject({ who: '', due: null, state: 'planned' });
  });

  it('is not overwritten by who did not see the last change, while a report of its state goes beside it', async () => {
    const { id } = await add();
    allowed(await services.recommendations.report(id, { state: 'under-way', remark: '' }, 'koordynator', 1));
    allowed(await services.recommendations.edit(id, recommendationInput({ what: 'Inaczej' }), 1));
    expect(await services.recommendations.edit(id, recommendationInput({ what: 'Jeszcze inaczej' }), 1)).toEqual({
      refused: 'changed-meanwhile',
    });
    expect(await services.recommendations.remove(id, 1)).toEqual({ refused: 'changed-meanwhile' });
    expect(await services.recommendations.get(id)).toMatchObject({
      ...{ what: 'Inaczej', state: 'under-way', reportedBy: 'koordynator', reportedOn: '2026-03-16' },
    });
  });
});

describe('the three places in the summary', () => {
  it('are never four, however many mark at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, (_, at) => add({ what: `nr ${at}` })));
    const results = await Promise.all(all.map(({ id }) => services.recommendations.mark(id)));
    expect(results.filter((one) => one === null)).toHaveLength(3);
    expect(results.filter(isRefusal)).toEqual(Array(5).fill({ refused: 'priorities-full', details: { most: 3 } }));
    const marked = (await services.recommendations.ofRound(round.id)).filter(({ priority }) => priority);
    expect(marked).toHaveLength(3);
    const [free] = marked;
    await services.recommendations.unmark(free!.id);
    const next = all.find(({ id }) => !marked.some((one) => one.id === id))!;
    expect(await services.recommendations.mark(next.id)).toBeNull();
  });

  it('hold one thing once, and are free again when it is removed', async () => {
    const { id } = await add();
    await Promise.all([1, 2, 3, 4].map(() => services.recommendations.mark(id)));
    const others = await Promise.all(['a', 'b'].map((what) => add({ what })));
    for (const other of others) expect(await services.recommendations.mark(other.id)).toBeNull();
    await services.recommendations.remove(id, 1);
    expect(await services.recommendations.mark((await add({ what: 'c' })).id)).toBeNull();
  });
});

describe('what is reported of one', () => {
  it('goes by its moves, and says why something was not done', async () => {
    const { id } = await add();
    const report = (state: string, remark: string, seen: number) =>
      services.recommendations.report(id, { state, remark } as never, 'ja', seen);
    expect(await report('partly', '', 1)).toMatchObject({ refused: 'why-missing', details: { field: 'remark' } });
    expect(await report('given-up', ' ', 1)).toMatchObject({ refused: 'why-missing' });
    expect(await report('forgotten', 'x', 1)).toMatchObject({ refused: 'state-not-possible' });
    allowed(await report('done', 'Zespół działa', 1));
    expect(await report('planned', 'x', 2)).toMatchObject({ refused: 'state-not-possible' });
    expect(await report('under-way', 'x', 1)).toEqual({ refused: 'changed-meanwhile' });
    allowed(await report('under-way', 'Zespół trzeba powołać ponownie', 2));
  });

  it('of two at once one counts', async () => {
    const { id } = await add();
    const both = await Promise.all(
      ['done', 'under-way'].map((state) =>
        services.recommendations.report(id, { state, remark: '' } as never, 'ja', 1),
      ),
    );
    expect(both.filter(isRefusal)).toEqual([{ refused: 'changed-meanwhile' }]);
  });
});

describe('late', () => {
  it.each([
    ['2026-06-30', '2026-06-30', 0],
    ['2026-06-30', '2026-07-01', 1],
    ['2026-06', '2026-06-30', 0],
    ['2026-06', '2026-07-02', 2],
    // Over the change to summer time.
    ['2026-03-28', '2026-03-30', 2],
    ['2024-02', '2024-03-01', 1],
    [null, '2026-07-01', 0],
  ])('due %s is on %s by %i days', (due, today, days) => {
    expect(daysOverdue({ state: 'planned', due }, today)).toBe(days);
  });

  it('are those whose last day is over and of which nothing final was reported', async () => {
    const late = await add({ due: '2026-02' });
    await add({ due: '2026-03' });
    await add({ due: '2026-03-16' });
    await add({ due: null });
    const done = await add({ due: '2025-12-31' });
    allowed(await services.recommendations.report(done.id, { state: 'done', remark: '' }, 'ja', 1));
    expect((await services.recommendations.overdue()).map(({ id }) => id)).toEqual([late.id]);
  });
});
