import { middleOf, spreadOf, type PublishedScores } from '../../../src/reports/programme-report/spread';

describe('the middle of many units’ scores', () => {
  it('is told from five units on', () => {
    expect(middleOf([])).toEqual({ units: 0, figures: null });
    expect(middleOf([1, 2, 3, 4])).toEqual({ units: 4, figures: null });
    expect(middleOf([1, 2, 3, 4, 5]).figures).not.toBeNull();
  });

  // Worked with a pencil: place (n-1)·p in the sorted list, straight between neighbours.
  it.each([
    { scores: [3.12, 2.04, 4.48, 2.91, 3.57], figures: { low: 2.9, median: 3.1, high: 3.6 } },
    // Places 1.25, 2.5, 3.75: 2.10+0.25·0.30, (2.40+3.10)/2, 3.10+0.75·0.50.
    { scores: [1.5, 2.1, 2.4, 3.1, 3.6, 4.9], figures: { low: 2.2, median: 2.8, high: 3.5 } },
    // Ties of halves go up: 2.25 → 2.3, and 2.65 → 2.7 although 2.65·10 is 26.499999….
    { scores: [2.25, 2.25, 2.25, 2.65, 2.65], figures: { low: 2.3, median: 2.3, high: 2.7 } },
    { scores: [4, 4, 4, 4, 4, 4, 4], figures: { low: 4, median: 4, high: 4 } },
  ])('of $scores is $figures', ({ scores, figures }) => {
    expect(middleOf(scores)).toEqual({ units: scores.length, figures });
    expect(middleOf(scores.toReversed())).toEqual({ units: scores.length, figures });
  });
});

it('the spread counts each area and round by itself: a score that is hidden is in none of them', () => {
  const areas = [
    { code: 'A', name: { pl: 'Pierwszy' } },
    { code: 'B', name: { pl: 'Drugi' } },
  ];
  const unit = (at: number, round: PublishedScores['round']): PublishedScores => ({
    ...{ round, index: 2 + at / 4 },
    areas: { A: 1 + at / 2, B: at === 0 ? null : 3 },
  });
  const published = [0, 1, 2, 3, 4].map((at) => unit(at, 'baseline')).concat(unit(4, 'follow-up'));
  const [index, a, b] = spreadOf(published, areas);
  expect(index).toMatchObject({ code: 'index', name: null });
  // 2.00, 2.25, 2.50, 2.75, 3.00.
  expect(index?.rounds.baseline).toEqual({ units: 5, figures: { low: 2.3, median: 2.5, high: 2.8 } });
  expect(index?.rounds['follow-up']).toEqual({ units: 1, figures: null });
  // 1.0, 1.5, 2.0, 2.5, 3.0.
  expect(a?.rounds.baseline).toEqual({ units: 5, figures: { low: 1.5, median: 2, high: 2.5 } });
  expect(b?.rounds.baseline).toEqual({ units: 4, figures: null });
});
