import { buildReport } from '../../src/reports/model';
import { choicesOf, chosenSection, type Choice } from '../../src/reports/sections/chosen';
import { lijw, lijwPeople, reportInput } from '../support/report';

const people = { officials: 14, councillors: 12, ngo: 22, 'benefit-council': 3 };
const input = reportInput(lijw, [
  { respondents: lijwPeople(41, 2.6, people), agreed: { 'P1.3': 2.5 } },
  { respondents: lijwPeople(42, 3.2, people), agreed: { 'P1.3': 3.5 } },
]);
const all: Choice = { place: null, holder: null, round: null };
const chosen = (choice: Partial<Choice>) => chosenSection(input, 'pl', { ...all, ...choice });
const annex = (caption: RegExp) =>
  buildReport(input, 'pl')
    .sections.find(({ id }) => id === 'annex-figures')!
    .parts.map(({ table }) => table!)
    .find((table) => caption.test(table.caption))!;

it('shows one area with the figures of the annex, everybody a row of the picture', () => {
  const [first] = chosen({ place: 'P1.3' })!.parts;
  expect(first!.table).toEqual(annex(/^P1\.3/));
  expect(first!.chart!.config.data.labels).toContain('Radni');
  expect(first!.finding).toMatch(/^Współtworzenie, z\s\d/);
});

it('tells a side from a group of the same code', () => {
  const rows = (holder: string) =>
    chosen({ place: 'P1.3', holder })!.parts[0]!.table!.rows.map(({ heading }) => heading);
  expect(rows('side-ngo')).toEqual(['Organizacje']);
  expect(rows('group-ngo')).toEqual(['Organizacje pozarządowe']);
});

it('says of a hidden group only that it is hidden', () => {
  const { parts } = chosen({ place: 'P1.3', holder: 'group-benefit-council' })!;
  expect(parts[0]!.finding).toMatch(/: ukryto\.$/);
  expect(parts[0]!.table!.rows.flatMap(({ cells }) => cells.map(({ value }) => value)).filter(Number)).toEqual([]);
});

it('gives one round its own figures, without a change', () => {
  const { parts, title } = chosen({ holder: 'side-administration', round: 'baseline' })!;
  expect(title).toBe('Wybrane: Administracja, runda początkowa (2024)');
  expect(parts[0]!.chart!.config.data.datasets).toHaveLength(1);
  expect(parts[0]!.finding).not.toContain('punktu');
});

it('knows every choice that it offers, and no other', () => {
  const { places, holders, rounds } = choicesOf(input, 'pl');
  for (const { value } of places) expect(chosen({ place: value })).not.toBeNull();
  for (const { value } of holders) expect(chosen({ holder: value })).not.toBeNull();
  for (const { value } of rounds) expect(chosen({ round: value })).not.toBeNull();
  expect(chosen({ place: 'P9.9', holder: 'mayor', round: 'third' })).toBeNull();
  expect(new Set(holders.map(({ value }) => value)).size).toBe(holders.length);
});
