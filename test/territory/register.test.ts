import { createTerritoryRegister } from '../../src/territory/register';
import { readTerc, type TercRow } from '../../src/territory/terc';
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
  row('0298', '', 'Miasto', 'miasto na prawach powiatu'),
  row('029801', '1', 'Miasto', 'gmina miejska'),
  row('029802', '9', 'Miasto-Dzielnica', 'delegatura'),
];

test('town and rural area of one gmina are one unit, parts of cities are none, codes keep their zeros', () => {
  const { powiats, gminas, problems } = readTerc(rows);
  expect(problems).toEqual([]);
  expect(powiats.map(({ code, isCity }) => [code, isCity])).toEqual([
    ['0298', true],
    ['0299', false],
  ]);
  expect(gminas.map(({ code, kind }) => [code, kind])).toEqual([
    ['029801', 'urban'],
    ['029901', 'urban'],
    ['029902', 'rural'],
    ['029903', 'urban-rural'],
  ]);
});

test('everything wrong with a file is told with its line', () => {
  const { problems } = readTerc([
    ...rows,
    row('0299', '', ''),
    row('029904', '7', 'Inna'),
    row('029701', '1', 'Sierota'),
  ]);
  expect(problems.map(({ code, line, column }) => [code, line, column])).toEqual([
    ['terc-row-malformed', 11, 'NAZWA'],
    ['terc-row-malformed', 12, 'RODZ'],
    ['terc-powiat-missing', undefined, undefined],
  ]);
});

test('the register that comes along serves until one is imported; importing again changes only what changed', async () => {
  const data = await embeddedTestStore();
  const register = createTerritoryRegister(data);
  const shipped = await register.all();
  expect(shipped.powiats).toHaveLength(35);
  expect(shipped.powiats.filter(({ isCity }) => isCity)).toHaveLength(4);
  expect(new Set(shipped.gminas.map(({ code }) => code)).size).toBe(shipped.gminas.length);
  const codes = new Set(shipped.powiats.map(({ code }) => code));
  expect(shipped.gminas.every(({ powiat, code }) => codes.has(powiat) && /^30\d{4}$/.test(code))).toBe(true);

  const territory = readTerc(rows);
  expect(await register.import(territory)).toEqual({ added: 6, changed: 0 });
  expect(await register.import(territory)).toEqual({ added: 0, changed: 0 });
  const renamed = { ...territory, gminas: territory.gminas.map((one) => ({ ...one, name: `Nowa ${one.name}` })) };
  expect(await register.import(renamed)).toEqual({ added: 0, changed: 4 });
  expect(await register.all()).toEqual({ powiats: territory.powiats, gminas: renamed.gminas });
  await data.dispose();
});
