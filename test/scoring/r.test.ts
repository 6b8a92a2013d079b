import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparisonDocument } from '../../src/commands/compare';
import type { RoundInput } from '../../src/scoring';
import { dataSet, dataSets, type DataSet } from './r/data-sets';

/**
 * What `score` and `compare` print against constants that R computed from the same answers, by a program written from
 * the method alone (`r/rebuild.R`, which says how to rebuild them).
 */
type Row = readonly (number | string | null)[];
type Rows = Readonly<Record<string, Readonly<Record<string, Row>>>>;
interface Expected {
  readonly change: Rows;
  readonly intervals: Rows;
  readonly gaps: Rows;
  readonly alphas: Readonly<Record<string, number | null>>;
}
const expectedOf = JSON.parse(readFileSync(join(__dirname, 'r', 'constants.json'), 'utf8')) as Record<string, Expected>;

const judged = ['se', 'df', 'p', 'adjustedP', 'low', 'high', 'detectable', 'verdict', 'delta', 'withheld'] as const;

/** As the command writes it: JSON, of any shape until looked at. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the printed document is what is tested
function documentOf({ instrument, form, k, rounds }: DataSet): any {
  const [baseline, followUp] = rounds.map(({ respondents, sizes, outOfScope }, round) => {
    const input: RoundInput = {
      form,
      round: round === 0 ? 'baseline' : 'follow-up',
      respondents: respondents.map((one, index) => ({ id: String(index), ...one })),
      facts: {},
      groupSizes: sizes,
      outOfScope,
      k,
    };
    return { opened: { instrument, hash: '', file: '' }, input };
  });
  return JSON.parse(JSON.stringify(comparisonDocument({ baseline: baseline!, followUp: followUp!, map: null })));
}

/** Something of a place ("areas.A1", "index") of a document. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
function at(document: any, place: string): any {
  return place.split('.').reduce((inner, key) => inner?.[key], document);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
function holderOf(scored: any, holder: string): any {
  if (holder === 'survey') return scored.survey;
  return holder === 'administration' || holder === 'ngo' ? scored.sides[holder] : scored.groups[holder];
}

/** Differences by more than 1e-9, absolute or relative, as lines that say where. */
function differences(where: string, names: readonly string[], expected: Row, found: Record<string, unknown>): string[] {
  return names.flatMap((name, index) => {
    const [mine, theirs] = [found[name] ?? null, expected[index] ?? null];
    const close =
      typeof mine === 'number' && typeof theirs === 'number'
        ? Math.abs(mine - theirs) <= 1e-9 * Math.max(1, Math.abs(theirs))
        : mine === theirs;
    return close ? [] : [`${where} ${name}: ${JSON.stringify(mine)}, in R ${JSON.stringify(theirs)}`];
  });
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
function judgement(delta: any): Record<string, unknown> {
  const [low, high] = delta?.interval ?? [null, null];
  return { ...delta, low, high };
}

const numbers = Array.from({ length: dataSets }, (_, number) => number);

describe('score and compare agree with R to 1e-9', () => {
  const documents = new Map(numbers.map((number) => [number, documentOf(dataSet(number))]));
  const all = (rows: (number: number, expected: Expected) => string[]) =>
    numbers.flatMap((number) => rows(number, expectedOf[number]!));

  test('changes: figures, standard errors, degrees of freedom, p, Holm, intervals, verdicts, delta', () => {
    let compared = 0;
    const wrong = all((number, { change }) =>
      Object.entries(change).flatMap(([place, holders]) =>
        Object.entries(holders).flatMap(([holder, row]) => {
          compared += 1;
          const found = judgement(holderOf(at(documents.get(number).change, place), holder));
          return differences(`set ${number} ${place} ${holder}`, ['baseline', 'followUp', ...judged], row, found);
        }),
      ),
    );
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(compared).toBeGreaterThan(5000);
  });

  test('intervals of one round: groups, sides and the joint figure', () => {
    const wrong = all((number, { intervals }) =>
      Object.entries(intervals).flatMap(([place, holders]) =>
        Object.entries(holders).flatMap(([holder, row]) => {
          const score = at(documents.get(number).followUp, place);
          const figure = holderOf(score, holder);
          const value = holder === 'survey' ? figure : figure?.mean;
          const [low, high] = (holder === 'survey' ? score.surveyInterval : figure?.interval) ?? [null, null];
          const found = { value, low, high };
          return differences(`set ${number} ${place} ${holder}`, ['value', 'low', 'high'], row, found);
        }),
      ),
    );
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  test('gaps between the sides and between groups', () => {
    const wrong = all((number, { gaps }) =>
      Object.entries(gaps).flatMap(([place, rows]) =>
        Object.entries(rows).flatMap(([pair, row]) => {
          const gap = at(documents.get(number).followUp.gaps, place);
          const [first, second] = pair.split(' ');
          const found =
            pair === 'sides'
              ? gap?.sides
              : gap?.pairs.find((one: Record<string, unknown>) => one['first'] === first && one['second'] === second);
          return differences(`set ${number} ${place} ${pair}`, ['points', ...judged], row, judgement(found));
        }),
      ),
    );
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  test('Cronbach’s alpha', () => {
    const wrong = all((number, { alphas }) =>
      Object.entries(alphas).flatMap(([area, alpha]) =>
        differences(`set ${number} ${area}`, ['alpha'], [alpha], documents.get(number).followUp.areas[area]),
      ),
    );
    expect(wrong.slice(0, 20)).toEqual([]);
  });
});
