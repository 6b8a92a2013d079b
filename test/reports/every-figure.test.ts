import { parse } from 'csv-parse/sync';
import { chartsOf, outputs } from '../../src/commands/bench/numbers/shown';
import { languages } from '../../src/locales/translate';
import type { Marks } from '../../src/reports/charts/chart';
import { comparisonFiguresCsv, roundFiguresCsv } from '../../src/reports/csv/figures-csv';
import type { ReportDocument } from '../../src/reports/edition/edition';
import { figureRows } from '../../src/reports/figure-rows';
import { buildReport } from '../../src/reports/model';
import { reportHtml } from '../../src/reports/print/html';
import { reportInput } from '../../src/reports/report-input';
import type { Respondent } from '../../src/scoring';
import { lijw, lijwPeople, reportDocument } from '../support/report';

/** Every published figure says how many people are behind it, or why it is not there; nothing is drawn in its place. */

/** Shown, withheld (5 to 9) and hidden groups; one that nobody answered for; in the second, an area that nobody rated. */
const first = lijwPeople(91, 2.6, { officials: 14, councillors: 7, authorities: 3, ngo: 21, 'benefit-council': 3 });
const second = lijwPeople(92, 3.4, { officials: 13, councillors: 12, ngo: 19, informal: 4, 'benefit-council': 6 });
const unrated = lijw.questions.flatMap((one) => (one.type === 'rating' && one.area === 'P2.1' ? [one.code] : []));
const without = (people: readonly Respondent[]): Respondent[] =>
  people.map(({ answers, ...person }) => ({
    ...person,
    answers: Object.fromEntries(Object.entries(answers).filter(([code]) => !unrated.includes(code))),
  }));
const agreed = Object.fromEntries(
  lijw.planes!.flatMap(({ areas }) => areas.map(({ code }, at) => [code, at === 3 ? null : 1.5 + (at % 5) / 2])),
);
const units: readonly (readonly [string, ReportDocument])[] = [
  ['one round', reportDocument(lijw, [{ respondents: without(first) }])],
  ['two rounds', reportDocument(lijw, [{ respondents: first }, { respondents: without(second) }])],
  ['agreed scores', reportDocument(lijw, [{ respondents: first, agreed }, { respondents: second }])],
];
const k = 5;

describe.each(units)('of %s', (_name, document) => {
  const input = reportInput(document);

  it('each figure has its people or its reason', () => {
    const figures = figureRows(input).flatMap(({ place, holder, figures: own }) =>
      own.map((figure) => ({
        at: `${place.code} ${holder.kind} ${'code' in holder ? holder.code : ''}`,
        holder,
        figure,
      })),
    );
    const wrong = figures.filter(({ holder, figure: { mean, n, sd, interval, why, withheld } }) => {
      // Nobody is a number that may be told; how few is not.
      if (mean === null) return why === null || (n ?? 0) !== 0 || sd !== null || interval !== null;
      if (why !== null || mean < 1 || mean > 5) return true;
      if (holder.kind !== 'group') return false;
      return n === null || n < k || (n < 2 * k && (withheld !== 'spread' || sd !== null || interval !== null));
    });
    expect(wrong).toEqual([]);
    expect(figures.some(({ figure }) => figure.mean === null)).toBe(true);
  });

  it.each(languages)('each line of the files too (%s)', (language) => {
    const delimiter = language === 'pl' ? ';' : ',';
    const lines = document.rounds.flatMap((_, at): Record<string, string>[] =>
      parse(roundFiguresCsv(input, at, language), { bom: true, columns: true, delimiter }),
    );
    const [mean, why, kind, group] =
      language === 'pl'
        ? ['średnia', 'dlaczego brak liczby', 'rodzaj oceniającego', 'grupa']
        : ['mean', 'why there is no figure', 'kind of holder', 'group'];
    expect(lines.length).toBeGreaterThan(100);
    const wrong = lines.filter((line) => (line[mean] === '') === (line[why] === ''));
    expect(wrong).toEqual([]);
    const groups = lines.filter((line) => line[kind] === group && line[mean] !== '');
    expect(groups.length).toBeGreaterThan(20);
    for (const line of groups) expect(Number(line['n'])).toBeGreaterThanOrEqual(k);
    if (document.rounds.length === 2) expect(comparisonFiguresCsv(input, language)).not.toMatch(/NaN|undefined|null/);
  });

  it('no chart writes a number where nothing is known, and a row without a mark says why', () => {
    const charts = chartsOf(buildReport(input, 'pl'));
    let empty = 0;
    for (const { id, config } of charts) {
      const { marks } = (config.options['plugins'] ?? {}) as { readonly marks?: Marks };
      const all = config.data.datasets.map(({ data }) => data);
      for (const [at, data] of all.entries()) {
        const labelled = data.flatMap((value, row) => (value === null ? (marks?.labels?.[at]?.[row] ?? []) : []));
        expect([id, at, labelled.filter((label) => label !== '')]).toEqual([id, at, []]);
      }
      // A radar breaks its line; the words are in the table beside it.
      if (config.type === 'radar') continue;
      for (const row of config.data.labels.keys()) {
        if (all.some((data) => data[row] !== null)) continue;
        empty += 1;
        const words = marks?.absent?.flatMap((ofRow) => ofRow[row] ?? []) ?? [];
        expect([id, row, words.length > 0]).toEqual([id, row, true]);
      }
    }
    expect(charts.length).toBeGreaterThan(3);
    expect(empty).toBeGreaterThan(0);
  });

  it.each(languages)('no cell of a table is left blank (%s)', (language) => {
    for (const kind of ['full', 'summary'] as const) {
      // Rows of a plane's name go across; a total is of no side.
      const html = reportHtml(buildReport(input, language), kind).replace(/<tr class="row-total">[^]*?<\/tr>/g, '');
      expect(html.match(/<td(?! colspan)[^>]*>\s*<\/td>/g)).toBeNull();
      expect(html.replace(/<style>[^]*?<\/style>/g, '')).not.toMatch(/\b(NaN|undefined|null)\b/);
    }
  });
});

/** The council of public benefit, fewer than k and without a partner, answers otherwise: high where it was low. */
it.each(Object.keys(outputs))(
  'what a hidden group answered changes nothing of the %s: no order, gap or blank',
  async (output) => {
    const turned = first.map((person) =>
      person.group === 'benefit-council' ? { ...person, answers: lijwPeople(95, 4.6, { ngo: 1 })[0]!.answers } : person,
    );
    const [one, other] = [first, turned].map((respondents) =>
      reportDocument(lijw, [{ respondents }, { respondents: second }]),
    );
    for (const language of languages)
      expect(await outputs[output]!(one!, language)).toEqual(await outputs[output]!(other!, language));
  },
);
