import { publishedScores } from '../../src/publishing/programme-report';
import type { Shelved } from '../../src/publishing/services';

let count = 0;
/** The current edition of a report with one area; figures are of the baseline and of the follow-up. */
function shelved(code: string, rounds: readonly ('baseline' | 'follow-up')[], scores: readonly number[], fields = {}) {
  count += 1;
  const figure = { before: scores.length > 1 ? scores[0]! : null, now: scores.at(-1)!, why: null };
  return {
    ...{
      id: `report-${count}:1`,
      reportId: `report-${count}`,
      number: 1,
      state: 'published',
      publishedOn: '2026-03-01',
    },
    card: {
      unit: { code, name: `Gmina ${code}` },
      rounds: rounds.map((name) => ({ name, year: 2025 })),
      survey: figure,
      areas: [{ code: 'P1.1', name: { pl: 'Diagnoza' }, ...figure }],
      scale: { min: 1, max: 5 },
    },
    ...fields,
  } as unknown as Shelved;
}

it('one set of scores of each unit and round is in the report: from what was published last', () => {
  const { published, otherUnits, areas } = publishedScores([
    shelved('301', ['baseline'], [2.1], { publishedOn: '2025-01-01' }),
    shelved('301', ['baseline', 'follow-up'], [2.2, 3.1], { publishedOn: '2026-02-01' }),
    shelved('302', ['baseline'], [2.8], { publishedOn: '2026-02-02' }),
  ]);
  expect(published.map(({ round, index }) => [round, index])).toEqual([
    ['baseline', 2.8],
    ['baseline', 2.2],
    ['follow-up', 3.1],
  ]);
  expect(published[1]).toEqual({ round: 'baseline', index: 2.2, areas: { 'P1.1': 2.2 } });
  expect([otherUnits, areas]).toEqual([0, [{ code: 'P1.1', name: { pl: 'Diagnoza' } }]]);
});

it('units whose reports have other areas or another scale are counted, and stand apart', () => {
  const other = shelved('303', ['baseline'], [7], { publishedOn: '2024-01-01' });
  const tens = { ...other, card: { ...other.card, scale: { min: 1, max: 10 } } };
  const own = shelved('301', ['baseline'], [2]);
  expect(publishedScores([tens, own])).toMatchObject({ otherUnits: 1, published: [{ index: 2 }] });
  expect(publishedScores([])).toMatchObject({ published: [], otherUnits: 0 });
});
