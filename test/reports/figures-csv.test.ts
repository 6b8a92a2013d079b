import { parse } from 'csv-parse/sync';
import { comparisonFiguresCsv, roundFiguresCsv } from '../../src/reports/csv/figures-csv';
import { lijw, lijwPeople, reportInput } from '../support/report';
import { people, ratings, round, twelveAreas } from '../support/scoring';

const instrument = twelveAreas({
  groups: [
    { code: 'officials', name: { pl: '=Urzędnicy;"1"' }, side: 'administration' },
    { code: 'councillors', name: { pl: 'Radni' }, side: 'administration' },
    { code: 'ngo', name: { pl: 'Organizacje' }, side: 'ngo' },
  ],
});
const answers = (administration: number, ngo: number, councillors = 3) =>
  round({
    officials: people(6, ratings(administration)),
    councillors: people(councillors, ratings(5)),
    ngo: people(6, ratings(ngo)),
  }).respondents;
const input = reportInput(instrument, [{ respondents: answers(3, 2) }, { respondents: answers(2, 2, 4) }]);

type Line = Record<string, string>;
const read = (text: string, delimiter = ';'): Line[] => parse(text, { bom: true, columns: true, delimiter });

it('has one line per place and holder, for a Polish spreadsheet', () => {
  const text = comparisonFiguresCsv(input, 'pl');
  expect(text.startsWith('\ufeffpoziom;kod;')).toBe(true);
  expect(text).toContain('\r\n');
  const lines = read(text);
  // Index, 3 planes and 12 areas; survey, 2 sides and 3 groups.
  expect(lines).toHaveLength(16 * 6);
  expect(new Set(lines.map((line) => `${line['kod']} ${line['rodzaj oceniającego']} ${line['oceniający']}`)).size).toBe(
    96,
  );
});

it('writes figures with decimal commas and changes with their sign, and no formulas', () => {
  const lines = read(comparisonFiguresCsv(input, 'pl'));
  const index = lines.find((line) => line['kod'] === 'index' && line['rodzaj oceniającego'] === 'ankieta łącznie')!;
  expect(index['runda początkowa (porównanie)']).toBe('2,5');
  expect(index['zmiana, punkty']).toBe('-0,5');
  expect(index['zmiana, %']).toBe('-20');
  const formula = lines.find((line) => line['oceniający']?.includes('Urzędnicy'))!;
  expect(formula['oceniający']).toBe('\'=Urzędnicy;"1"');
});

it('hides what the scorecard hides, with the reason in words', () => {
  const hidden = read(roundFiguresCsv(input, 0, 'pl')).filter((line) => line['oceniający'] === 'Radni');
  expect(hidden).toHaveLength(16);
  for (const line of hidden) {
    expect([line['średnia'], line['n'], line['odchylenie standardowe']]).toEqual(['', '', '']);
    expect(line['dlaczego brak liczby']).toBe('ukryto, aby chronić anonimowość');
  }
});

it('separates by comma and writes decimal points in English', () => {
  const [line] = read(roundFiguresCsv(input, 0, 'en'), ',');
  expect(line).toMatchObject({ level: 'index', mean: '2.5' });
});

it('does not change with answers to hidden questions', () => {
  const respondents = lijwPeople(3, 3, { officials: 9, ngo: 14 });
  // Items about consultations are asked only of those who took part in one.
  const meddled = respondents.map((one) => ({
    ...one,
    answers: one.answers['s_consulted'] === true ? one.answers : { ...one.answers, ...hiddenItems(5) },
  }));
  const clean = respondents.map((one) => ({
    ...one,
    answers: one.answers['s_consulted'] === true ? one.answers : { ...one.answers, ...hiddenItems(1) },
  }));
  expect(meddled).not.toEqual(clean);
  const csv = (given: typeof respondents) => roundFiguresCsv(reportInput(lijw, [{ respondents: given }]), 0, 'pl');
  expect(csv(meddled)).toBe(csv(clean));
});

/** Ratings of every item whose visibility hangs on having been consulted. */
function hiddenItems(rating: number): Record<string, number> {
  const codes = lijw.questions
    .filter(({ type, visibleIf }) => type === 'rating' && JSON.stringify(visibleIf ?? '').includes('s_consulted'))
    .map(({ code }) => code);
  expect(codes.length).toBeGreaterThan(0);
  return Object.fromEntries(codes.map((code) => [code, rating]));
}
