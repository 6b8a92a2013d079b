import writeSheet from 'write-excel-file/node';
import { checkList, type ListGroup } from '../../../src/collection/invitations/list/check-list';
import { listTextOf, longestList } from '../../../src/collection/invitations/list/list-text';
import { newInvitations, type Invited } from '../../../src/collection/invitations/list/new-invitations';
import { unpacksWithin } from '../../../src/collection/invitations/list/unpacked-size';
import { allowed } from '../../support/builders';

const groups: readonly ListGroup[] = [
  { code: 'ngo', names: ['ngo', 'Organizacje pozarządowe', 'Non-governmental organisations'], invited: true },
  { code: 'officials', names: ['officials', 'Urzędnicy', 'Officials', 'Pracownicy urzędu'], invited: true },
  { code: 'councillors', names: ['councillors', 'Radni'], invited: false },
];

const check = (text: string, usual: string | null = null) => allowed(checkList(text, groups, usual));
const people = (text: string, usual?: string) =>
  check(text, usual ?? null).people.map(({ line, address, group }) => `${line} ${address} ${group}`);
const faults = (text: string) =>
  check(text).faults.map(({ line, code, group }) => `${line} ${code}${group === null ? '' : ` ${group}`}`);

test.each([
  ['semicolons and a header', 'E-mail;Grupa\na@example.org;ngo\nb@example.org;Urzędnicy'],
  [
    'columns the other way round',
    'Grupa;Imię i nazwisko;Adres e-mail\nNGO;Ada;a@example.org\nurzednicy;;b@example.org',
  ],
  ['commas, no header', '\na@example.org,ngo\nb@example.org,officials'],
  ['tabs and names', 'Osoba\tPoczta\tGrupa\nAda\ta@example.org\tngo\nBea\tb@example.org\tofficials'],
  ['quoted names with a comma', 'x;y\n"Kowalska, Ada" <A@Example.org>;ngo\n"Nowak, Bea" <b@example.org>;"Urzędnicy"'],
  ['the same with commas between', 'mail,group\n"Kowalska, Ada" <a@example.org>,ngo\n"Bea" <b@example.org>,OFFICIALS'],
  [
    'columns by their content, words of the header unknown',
    'Kolumna 1;Kolumna 2\nngo;a@example.org\nradny? urzędnicy;b@example.org'.replace('radny? ', ''),
  ],
  ['every line parted by another sign', 'E-mail;Grupa\na@example.org;ngo\nb@example.org,officials'],
  [
    'accents, capitals, spaces and blank lines at the end',
    'e-mail;grupa\n A@EXAMPLE.ORG ; ORGANIZACJE  POZARZADOWE\nb@example.org;pracownicy urzędu;;\n;;\n\n',
  ],
])('reads %s', (_what, text) => {
  expect(people(text)).toEqual(['2 a@example.org ngo', '3 b@example.org officials']);
  expect(faults(text)).toEqual([]);
});

test('several addresses in one line, as mail programs write them, are several people', () => {
  expect(people('"Kowalska, Ada" <a@example.org>, Bea <b@example.org>; c@example.org', 'ngo')).toEqual([
    '1 a@example.org ngo',
    '1 b@example.org ngo',
    '1 c@example.org ngo',
  ]);
});

test('each fault is told by its line, with the group that was probably meant', () => {
  const text = [
    'e-mail;grupa',
    'a@example.org;ngo',
    ';ngo',
    'b.example.org;ngo',
    'c d@example.org;ngo',
    'e@f@example.org;ngo',
    'g@example;ngo',
    'żółw@example.org;ngo',
    'h@example..org;ngo',
    'i@example.org;',
    'j@example.org;urzendnicy',
    'k@example.org;kosmonauci',
    'n@example.org;pozarządowcy',
    'l@example.org;radni',
    '',
    'm@example.org;"ngo',
  ].join('\n');
  expect(faults(text)).toEqual([
    '3 address-missing',
    '4 address-without-at',
    '5 address-with-space',
    '6 address-with-two-at',
    '7 address-without-ending',
    '8 address-with-accents',
    '9 address-malformed',
    '10 group-missing',
    '11 group-unknown officials',
    '12 group-unknown',
    '13 group-unknown ngo',
    '14 group-not-invited councillors',
    '16 quote-not-closed',
  ]);
  expect(people(text)).toEqual(['2 a@example.org ngo']);
});

test('2,000 people are taken and one more is not', () => {
  const list = (count: number) => Array.from({ length: count }, (_, index) => `a${index}@example.org;ngo`).join('\n');
  expect(check(list(2000)).people).toHaveLength(2000);
  expect(checkList(list(2001), groups, null)).toEqual({ refused: 'list-too-many', details: { most: 2000 } });
});

describe('files', () => {
  const text = 'e-mail;grupa\na@example.org;Urzędnicy\n';
  const cp1250 = Buffer.from(text.replace('ę', '\u00ea'), 'latin1');

  test.each([
    ['UTF-8', Buffer.from(text), null],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`), null],
    ['Windows-1250', Buffer.concat([cp1250, Buffer.from([0xb9, 10])]), 'Windows-1250'],
    ['ISO 8859-2', Buffer.concat([cp1250, Buffer.from([0xb1, 10])]), 'ISO 8859-2 (Latin-2)'],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), 'UTF-16'],
  ])('in %s are read', async (_encoding, bytes, readAs) => {
    const read = allowed(await listTextOf(bytes));
    expect(read.readAs).toBe(readAs);
    expect(people(read.text)).toEqual(['2 a@example.org officials']);
  });

  test('a spreadsheet keeps its row numbers, and the sheet with addresses is taken', async () => {
    const cell = (value: string) => ({ value });
    const file = writeSheet([
      { data: [[cell('Uwagi')]], sheet: 'Opis' },
      {
        data: [
          [null, null],
          [cell('E-mail'), cell('Grupa')],
          [null, null],
          [cell('"Nowak; Bea" <b@example.org> '), cell('ngo')],
        ],
        sheet: 'Osoby',
      },
    ]);
    const read = allowed(await listTextOf(await file.toBuffer()));
    expect(read.readAs).toBe('XLSX');
    expect(people(read.text)).toEqual(['4 b@example.org ngo']);
  });

  test.each([
    ['nothing', Buffer.alloc(0), 'list-empty'],
    ['blanks', Buffer.from(' \n\n'), 'list-empty'],
    ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), 'list-file-old'],
    ['half a spreadsheet', Buffer.from('PK\u0003\u0004 and no more'), 'list-file-damaged'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0x0d, 0xff]), 'list-file-unknown'],
    ['a novel', Buffer.from('a'.repeat(longestList + 1)), 'list-too-long'],
  ])('%s is refused in words', async (_what, bytes, refused) => {
    expect(await listTextOf(bytes)).toMatchObject({ refused });
  });

  test('a spreadsheet that would fill the memory is not unpacked', async () => {
    const long = Array.from({ length: 2000 }, (_, index) => [{ value: `${'a'.repeat(5000)}${index}` }]);
    const file = await writeSheet(long).toBuffer();
    expect(file.length).toBeLessThan(200_000);
    expect(unpacksWithin(file, 30_000_000)).toBe(true);
    expect(unpacksWithin(file, 5_000_000)).toBe(false);
  });
});

describe('one address in several lines', () => {
  const nobody: readonly Invited[] = [];
  const invite = (text: string, invited = nobody, several = false) =>
    newInvitations(check(text).people, invited, () => several);
  const short = ({ invite: list }: ReturnType<typeof invite>) =>
    list.map((one) => `${one.address} ${one.group} ${one.seat}`);
  const twice = 'A@example.org ;ngo\nb@example.org;ngo\n a@EXAMPLE.org;ngo';

  test('is one person unless somebody says otherwise', () => {
    expect(short(invite(twice))).toEqual(['a@example.org ngo 1', 'b@example.org ngo 1']);
    expect(invite(twice).shared).toMatchObject([{ address: 'a@example.org', namesDiffer: false }]);
    expect(short(invite(twice, nobody, true))).toEqual([
      'a@example.org ngo 1',
      'a@example.org ngo 2',
      'b@example.org ngo 1',
    ]);
  });

  test('with different names is probably several', () => {
    const named = 'Ada <biuro@example.org>;ngo\nBea <biuro@example.org>;officials';
    expect(invite(named).shared).toMatchObject([{ namesDiffer: true, people: [{ line: 1 }, { line: 2 }] }]);
    expect(short(invite(named))).toEqual(['biuro@example.org ngo 1']);
  });

  test('given again invites nobody again, whatever is said; one more line may', () => {
    const had = invite(twice, nobody, true).invite;
    for (const several of [false, true])
      expect(invite(twice, had, several)).toMatchObject({ invite: [], shared: [], already: 2 });
    const more = `${twice}\na@example.org;officials`;
    expect(short(invite(more, had))).toEqual([]);
    expect(invite(more, had).shared).toMatchObject([{ address: 'a@example.org', invited: ['ngo', 'ngo'] }]);
    expect(short(invite(more, had, true))).toEqual(['a@example.org officials 3']);
  });
});
