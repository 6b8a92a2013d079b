import { parse } from 'csv-parse/sync';
import { comparisonFiguresCsv } from '../../src/reports/csv/figures-csv';
import { buildReport, type ReportInput } from '../../src/reports/model';
import type { Delta } from '../../src/scoring';
import { reportInput } from '../support/report';
import { itemOf, people, ratings, round, twelveAreas } from '../support/scoring';

const instrument = twelveAreas();
const areas = instrument.planes!.flatMap((plane) => plane.areas.map(({ code }) => code));
const plain = (value: unknown) => JSON.stringify(value).replaceAll('\u00a0', ' ');

/** Twelve officials and twelve NGOs around a level, so that every group has a spread of its own. */
function around(level: number, others: Readonly<Record<string, number>> = {}) {
  const moved = (by: number) => Object.fromEntries(Object.entries(others).map(([code, one]) => [code, one + by]));
  const both = [...people(6, ratings(level, moved(0))), ...people(6, ratings(level + 1, moved(1)))];
  return round({ officials: both, ngo: both }).respondents;
}

/** A report in which these places of the joint figure have been judged so. */
function judged(changes: Readonly<Record<string, Partial<Delta>>>): ReportInput {
  const input = reportInput(instrument, [{ respondents: around(3) }, { respondents: around(3) }]);
  const change = structuredClone(input.change!) as unknown as {
    index: { survey: Delta };
    areas: Record<string, { survey: Delta }>;
  };
  for (const [place, given] of Object.entries(changes)) {
    const at = place === 'index' ? change.index : change.areas[place]!;
    at.survey = { ...at.survey, ...given };
  }
  return { ...input, change: change as unknown as ReportInput['change'] };
}

describe('the lead', () => {
  const lead = (input: ReportInput) => buildReport(input, 'pl').summary.lead.replaceAll('\u00a0', ' ');

  it('tells a fall that is certain, from the index down', () => {
    const words = lead(reportInput(instrument, [{ respondents: around(4) }, { respondents: around(1) }]));
    expect(words).toContain('Spadek indeksu jest pewny.');
    expect(words).toContain('Pewny jest spadek w każdym obszarze.');
  });

  it('tells what is practically the same, and does not call it a rise', () => {
    const words = lead(judged({ index: { verdict: 'same', interval: [-0.1, 0.1] } }));
    expect(words).toContain('Indeks praktycznie się nie zmienił.');
    expect(words).not.toContain('Wzrost');
  });

  it('says where it cannot be told, and of how many areas', () => {
    const unknown = { verdict: 'unknown', interval: [-0.4, 1.2] } as const;
    const words = lead(
      judged({ index: unknown, ...Object.fromEntries(areas.slice(0, 6).map((code) => [code, { verdict: 'rose' }])) }),
    );
    expect(words).toContain('Nie da się stwierdzić, czy indeks się zmienił.');
    expect(words).toContain('Obszary z pewnym wzrostem: 6 z 12.');
    expect(words).toContain('Dla 6 z 12 obszarów nie da się stwierdzić zmiany');
  });
});

it('marks what is on the edge in the row, and in the file', () => {
  const input = judged({ 'P1.1': { verdict: 'unknown', interval: [0.05, 1.2], points: 0.5, p: 0.04, adjustedP: 0.4 } });
  const edge = 'nie da się stwierdzić (na granicy; przy tylu porównaniach może to być przypadek)';
  expect(plain(buildReport(input, 'pl').summary.table)).toContain(edge);
  const [line] = lines(input).filter(
    (one) => one['kod'] === 'P1.1' && one['rodzaj oceniającego'] === 'ankieta łącznie',
  );
  expect(line!['co można powiedzieć o zmianie']).toBe(edge);
  expect([line!['przedział 95 % zmiany od'], line!['przedział 95 % zmiany do']]).toEqual(['0,05', '1,2']);
  expect([line!['p'], line!['p po korekcie']]).toEqual(['0,04', '0,4']);
});

describe('the file of a comparison', () => {
  const input = reportInput(instrument, [{ respondents: around(1) }, { respondents: around(3) }]);

  it('says of every change what the technical annex says', () => {
    const tests = buildReport(input, 'pl').sections.find(({ id }) => id === 'annex-tests')!;
    const said = tests.parts.flatMap(({ table }) => table!.rows.map(({ cells }) => cells.at(-1)!.text));
    const written = lines(input).map(
      (one) => one['co można powiedzieć o zmianie'] || one['dlaczego nie oceniamy zmiany'],
    );
    expect(said.map((words) => words.replaceAll('\u00a0', ' '))).toEqual(written.filter((words) => words !== ''));
  });

  it('gives the statistics of a group that is judged, and says why of one that is not', () => {
    const of = (given: ReportInput, name: string) =>
      lines(given).find((one) => one['kod'] === 'P1.1' && one['oceniający']!.toLowerCase() === name)!;
    const group = of(input, 'urzędnicy');
    for (const column of ['błąd standardowy zmiany', 'stopnie swobody', 'p', 'p po korekcie', 'delta Cliffa']) {
      expect(group[column]).toMatch(/^-?\d+(,\d+)?$/);
    }
    const six = (level: number) =>
      round({ officials: people(6, ratings(level)), ngo: people(6, ratings(2)) }).respondents;
    const few = of(reportInput(instrument, [{ respondents: six(2) }, { respondents: six(4) }]), 'urzędnicy');
    expect(few['dlaczego nie oceniamy zmiany']).not.toBe('');
    expect([few['p'], few['delta Cliffa'], few['co można powiedzieć o zmianie']]).toEqual(['', '', '']);
  });
});

function lines(input: ReportInput): Record<string, string>[] {
  return parse(comparisonFiguresCsv(input, 'pl'), { bom: true, columns: true, delimiter: ';' });
}

describe('whiskers in the chart of changes', () => {
  const planes = (input: ReportInput) =>
    buildReport(input, 'pl')
      .sections.filter(({ id }) => id.startsWith('plane-'))
      .map(({ parts: [first] }) => ({ drawn: whiskersOf(first!.chart), reading: first!.reading }));
  const whiskersOf = (chart: unknown) =>
    (chart as { config: { options: { plugins: { marks: { whiskers?: unknown[][] } } } } }).config.options.plugins.marks
      .whiskers;

  it('stand on every row of both rounds where the figures are those of the rounds', () => {
    for (const { drawn, reading } of planes(
      reportInput(instrument, [{ respondents: around(1) }, { respondents: around(3) }]),
    )) {
      expect(drawn).toHaveLength(2);
      for (const interval of drawn!.flat()) expect(interval).toEqual([expect.any(Number), expect.any(Number)]);
      expect(reading).toContain('Wąsy to przedział 95');
    }
  });

  it('stand nowhere where a compared figure is not its round’s own, since some rows would look more certain', () => {
    // In the follow-up councillors came too. They skip P1.1, so that there alone the compared figure is the round's.
    const came = around(3);
    const skips = Object.fromEntries(Object.entries(ratings(5)).filter(([code]) => code !== itemOf('P1.1')));
    const councillors = people(12, skips).map((answers, at) => ({ id: `c${at}`, group: 'councillors', answers }));
    const input = reportInput(instrument, [{ respondents: around(1) }, { respondents: [...came, ...councillors] }]);
    const [first] = planes(input);
    expect(first!.drawn).toBeUndefined();
    expect(first!.reading).toContain('Wąsów tu nie ma');
  });
});
