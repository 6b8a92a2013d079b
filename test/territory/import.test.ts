import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '../../src/shared/errors';
import { changesNothing } from '../../src/territory/changes';
import type { Place } from '../../src/territory/place';
import { createTerritoryRegister, type TerritoryRegister } from '../../src/territory/register';
import { readTercFile } from '../../src/territory/terc-file';
import { eitherTestStore, type TestStore } from '../support/stores';

const official = readFileSync(join(__dirname, 'terc-wielkopolska.csv'));
const lines = official.toString().replace('\ufeff', '').split('\r\n');
const fileOf = (rows: readonly string[]): Buffer => Buffer.from(rows.join('\r\n'));
const placesOf = (bytes: Uint8Array): readonly Place[] => readTercFile(bytes).places;

let data: TestStore;
let register: TerritoryRegister;
beforeEach(async () => {
  data = await eitherTestStore();
  register = createTerritoryRegister(data);
});
afterEach(() => data.dispose());

async function importOf(places: readonly Place[]) {
  const { mark } = await register.look(places);
  const changes = await register.import(places, mark);
  if (isRefusal(changes)) throw new Error(changes.refused);
  return changes;
}

test('the official file has 31 counties, 4 cities with county rights and every gmina once, of the right kind', () => {
  const { places, problems } = readTercFile(official);
  expect(problems).toEqual([]);
  const codes = (kind: string): string[] => places.filter((place) => place.kind === kind).map(({ code }) => code);
  expect(codes('powiat')).toHaveLength(31);
  expect(codes('city-with-county-rights')).toEqual(['3061', '3062', '3063', '3064']);
  // Read from the file by other means: a gmina is what RODZ says, town and rural area (4 and 5) are one.
  const gminas = new Map<string, string>();
  for (const line of lines.slice(1)) {
    const [woj = '', pow = '', gmi = '', rodz = ''] = line.split(';');
    if (gmi === '' || Number(pow) > 60) continue;
    gminas.set(woj + pow + gmi, { '1': 'urban-gmina', '2': 'rural-gmina' }[rodz] ?? 'urban-rural-gmina');
  }
  const read = places.filter(({ code }) => code.length === 6);
  expect(Object.fromEntries(read.map(({ code, kind }) => [code, kind]))).toEqual(Object.fromEntries(gminas));
  expect(new Set(places.map(({ code }) => code)).size).toBe(places.length);
});

test('an import does what its preview said, a second one changes nothing, and what is gone stays, marked', async () => {
  const changed = lines
    .map((line) =>
      line.replace('30;01;01;1;Chodzież;', '30;01;01;1;Chodzież Nowa;').replace('30;01;03;2;', '30;01;03;1;'),
    )
    .filter((line) => !line.startsWith('30;02;05;'))
    .concat(
      '30;01;77;2;Zmyślona;gmina wiejska;2027-01-01',
      '02;;;;DOLNOŚLĄSKIE;województwo;2027-01-01',
      '02;99;;;zmyślony;powiat;2027-01-01',
    );
  const places = placesOf(fileOf(changed));
  const { changes } = await register.look(places);
  expect(changes.added.map(({ code }) => code)).toEqual(['0299', '300177']);
  expect(changes.renamed.map(({ before, after }) => [after.code, before.name, after.name])).toEqual([
    ['300101', 'Chodzież', 'Chodzież Nowa'],
  ]);
  expect(changes.rekinded.map(({ before, after }) => [after.code, before.kind, after.kind])).toEqual([
    ['300103', 'rural-gmina', 'urban-gmina'],
  ]);
  expect(changes.gone.map(({ code, name }) => [code, name])).toEqual([['300205', 'Lubasz']]);
  expect(changes.same).toBe(257 - 3);

  expect(await importOf(places)).toEqual(changes);
  expect(await register.all()).toEqual(changes.result);
  expect(await register.byCode('3002052')).toEqual({ code: '300205', name: 'Lubasz', kind: 'rural-gmina', gone: true });
  const before = await register.all();
  expect(changesNothing(await importOf(places))).toBe(true);
  expect(await register.all()).toEqual(before);

  const back = await importOf(placesOf(official));
  expect(back.back.map(({ code }) => code)).toEqual(['300205']);
  expect(back.gone.map(({ code }) => code)).toEqual(['300177']);
  expect(await register.byCode('0299')).toEqual({ code: '0299', name: 'zmyślony', kind: 'powiat' });
});

test('of two imports shown the same register only one is taken over, and nothing but what was shown', async () => {
  const one = placesOf(fileOf(lines.map((line) => line.replace('Budzyń', 'Budzyń Pierwszy'))));
  const other = placesOf(fileOf(lines.map((line) => line.replace('Budzyń', 'Budzyń Drugi'))));
  const [seenOne, seenOther] = [await register.look(one), await register.look(other)];
  expect(await register.import(other, seenOne.mark)).toEqual({ refused: 'register-changed' });
  const done = await Promise.all([register.import(one, seenOne.mark), register.import(other, seenOther.mark)]);
  expect(done.filter(isRefusal)).toEqual([{ refused: 'register-changed' }]);
  const winner = done.findIndex((result) => !isRefusal(result));
  expect((await register.byCode('300102'))?.name).toBe(['Budzyń Pierwszy', 'Budzyń Drugi'][winner]);
});

const problemsOf = (bytes: Uint8Array) => readTercFile(bytes).problems.map(({ code, line }) => [code, line]);

test.each<readonly [string, Buffer, readonly (readonly [string, number])[]]>([
  ['nothing', Buffer.from(''), [['csv-empty', 1]]],
  ['a header alone', fileOf(lines.slice(0, 1)), [['csv-empty', 1]]],
  ['another encoding', Buffer.from(lines.join('\r\n').replace(/ż/g, '\u00bf'), 'latin1'), [['terc-not-utf8', 2]]],
  ['no column of kinds', fileOf(lines.map((line) => line.replace('RODZ', 'TYP'))), [['column-missing', 1]]],
  [
    'a cell with letters',
    fileOf(lines.map((line) => line.replace('30;01;02;5;', '30;01;O2;5;'))),
    [['terc-row-malformed', 6]],
  ],
  [
    'an unknown kind',
    fileOf(lines.map((line) => line.replace('30;01;01;1;', '30;01;01;6;'))),
    [['terc-row-malformed', 4]],
  ],
  ['a row twice', fileOf([...lines.slice(0, 4), ...lines.slice(3)]), [['terc-row-twice', 5]]],
  [
    'a gmina of two kinds',
    fileOf(lines.map((line) => line.replace('30;01;02;5;', '30;01;02;2;'))),
    [['terc-kinds-differ', 6]],
  ],
  ['no row of a powiat', fileOf(lines.filter((line) => !line.startsWith('30;01;;;'))), [['terc-powiat-missing', 3]]],
  ['a row cut short', fileOf([...lines.slice(0, 3), '30;01;0']), [['terc-row-malformed', 4]]],
  [
    'an open quote',
    fileOf(lines.map((line) => line.replace(';Budzyń;miasto', ';"Budzyń;miasto'))),
    [['quote-not-closed', 5]],
  ],
])('a file with %s is refused with its line, and gives no places', (_what, file, problems) => {
  expect(problemsOf(file)).toEqual(problems);
  expect(placesOf(file)).toEqual([]);
});
