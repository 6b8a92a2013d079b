import { placeCode } from '../../src/territory/place';
import { createTerritoryRegister } from '../../src/territory/register';
import { readTerc, type TercRow } from '../../src/territory/terc';
import shipped from '../../src/territory/wielkopolska.json';
import { embeddedTestStore } from '../support/stores';

const row = (code: string, kind: string, name: string, more = ''): TercRow => ({
  ...{ WOJ: code.slice(0, 2), POW: code.slice(2, 4), GMI: code.slice(4, 6) },
  ...{ RODZ: kind, NAZWA: name, NAZWA_DOD: more },
});

const rows = [
  row('02', '', 'DOLNOŚLĄSKIE', 'województwo'),
  row('0299', '', 'przykładowy', 'powiat'),
  row('029901', '1', 'Zmyślona', 'gmina miejska'),
  row('029902', '2', 'Zmyślona', 'gmina wiejska'),
  row('029903', '4', 'Wymyślona', 'miasto'),
  row('029903', '5', 'Wymyślona', 'obszar wiejski'),
  row('0261', '', 'Miasto', 'miasto na prawach powiatu'),
  row('026101', '1', 'Miasto', 'gmina miejska'),
  row('026102', '9', 'Miasto-Dzielnica', 'delegatura'),
];

test('one place has one code, whatever form of it is typed', () => {
  const typed = ['3001011', ' 300101 ', '306401', '3064011', '3064', '3021', 'demo-1'];
  expect(typed.map(placeCode)).toEqual(['300101', '300101', '3064', '3064', '3064', '3021', 'DEMO-1']);
});

test('town and rural area are one gmina, a city is one place, parts of cities are none, codes keep their zeros', () => {
  const { places, problems } = readTerc(rows);
  expect(problems).toEqual([]);
  expect(places).toEqual([
    { code: '0261', name: 'Miasto', kind: 'city-with-county-rights' },
    { code: '0299', name: 'przykładowy', kind: 'powiat' },
    { code: '029901', name: 'Zmyślona', kind: 'urban-gmina' },
    { code: '029902', name: 'Zmyślona', kind: 'rural-gmina' },
    { code: '029903', name: 'Wymyślona', kind: 'urban-rural-gmina' },
  ]);
});

test('every unit of the official register is a place, with and without a gmina row of its own', async () => {
  const data = await embeddedTestStore();
  const places = await createTerritoryRegister(data).all();
  const count = (...kinds: string[]): number => places.filter(({ kind }) => kinds.includes(kind)).length;
  const counts = [
    count('powiat'),
    count('city-with-county-rights'),
    count('urban-gmina', 'rural-gmina', 'urban-rural-gmina'),
  ];
  expect(counts).toEqual([31, 4, 222]);
  const units = shipped.rows.filter(([, powiat, , kind]) => powiat !== '' && !['8', '9'].includes(kind ?? ''));
  const codes = new Set(places.map(({ code }) => code));
  expect(units.filter((cells) => !codes.has(placeCode(cells.slice(0, 3).join(''))))).toEqual([]);
  expect(codes.size).toBe(places.length);
  expect(await createTerritoryRegister(data).byCode('3064011')).toMatchObject({ name: 'Poznań' });
  await data.dispose();
});

test('everything wrong with a file is told with its line; a row without content is nothing wrong', () => {
  const { problems } = readTerc([
    ...rows,
    row('', '', ''),
    row('0299', '', ''),
    row('029904', '7', 'Inna'),
    row('029701', '1', 'Sierota'),
    row('029702', '1', 'Druga'),
  ]);
  expect(problems.map(({ code, line, column }) => [code, line, column])).toEqual([
    ['terc-row-malformed', 12, 'NAZWA'],
    ['terc-row-malformed', 13, 'RODZ'],
    ['terc-powiat-missing', 14, undefined],
  ]);
});

test('zeros that a spreadsheet has taken away are one problem, not one of each row', () => {
  const bare = (digits: string): string => digits.replace(/^0/, '');
  const cut = rows.map((one) => ({ ...one, WOJ: bare(one.WOJ), POW: bare(one.POW), GMI: bare(one.GMI) }));
  const { places, problems } = readTerc(cut);
  expect(places).toEqual([]);
  expect(problems.map(({ code, line }) => [code, line])).toEqual([['terc-zeros-lost', 2]]);
});
