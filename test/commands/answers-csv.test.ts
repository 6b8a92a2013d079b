import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instrument, Question } from '../../src/definitions/instrument';
import { mostProblems, parseAnswersCsv, readAnswersCsv } from '../../src/commands/answers-csv';
import { choice, smallInstrument, text } from '../support/instruments';

const small = smallInstrument();

/** The small instrument with one question of every other type, too. */
const every: Instrument = {
  ...small,
  questions: [
    ...small.questions,
    {
      type: 'ranking',
      code: 'order',
      text: text('Kolejność'),
      choices: [choice('x'), choice('y'), choice('z')],
      places: 2,
    },
    { type: 'percent', code: 'share', text: text('Udział') },
    { type: 'money', code: 'grants', text: text('Kwota') },
    { type: 'date', code: 'adopted', text: text('Data'), min: '2020-01-01' },
    { type: 'yes-no', code: 'council', text: text('Rada') },
    { type: 'short-text', code: 'note', text: text('Uwaga'), maxLength: 12 },
  ] satisfies Question[],
};

/** The answers of the only respondent of a file with these columns and cells. */
function answersOf(columns: string, cells: string): unknown {
  const delimiter = columns.includes(';') ? ';' : ',';
  const { respondents, problems } = parseAnswersCsv(
    every,
    `respondent${delimiter}group${delimiter}${columns}\nr1${delimiter}ngo${delimiter}${cells}\n`,
  );
  expect(problems).toEqual([]);
  return respondents[0]?.answers;
}

/** Every problem as `line column code`. */
function faultsOf(csv: string, instrument = every): string[] {
  return parseAnswersCsv(instrument, csv).problems.map(
    ({ line, column, code }) => `${line ?? '?'} ${column ?? '-'} ${code}`,
  );
}

describe('cells', () => {
  test('of every type are read as their answers', () => {
    expect(
      answersOf(
        'a1,part,barriers,order,meetings,share,grants,adopted,council,note,p1-comment',
        '4,yes,time|money,z|x,12,33.3,1250.50,2024-11-30,true,Żółć,"Tak, ""dobrze""\noraz źle"',
      ),
    ).toEqual({
      a1: 4,
      part: 'yes',
      // In the order of the definition, since several were ticked; a ranking keeps its own.
      barriers: ['money', 'time'],
      order: ['z', 'x'],
      meetings: 12,
      share: 33.3,
      grants: 1250.5,
      adopted: '2024-11-30',
      council: true,
      note: 'Żółć',
      'p1-comment': 'Tak, "dobrze"\noraz źle',
    });
  });

  test('empty is unanswered, and so is a column that is not there', () => {
    expect(answersOf('a1,a2,note', ',4,  ')).toEqual({ a2: 4 });
  });

  test('hs and na are special answers where they are offered, and words in a text', () => {
    expect(answersOf('a1,a2,part,note', 'hs,na,hs,hs')).toEqual({
      a1: { special: 'hard-to-say' },
      a2: { special: 'not-applicable' },
      part: { special: 'hard-to-say' },
      note: 'hs',
    });
    expect(faultsOf('respondent,group,part,council\nr1,ngo,na,hs')).toEqual([
      '2 part special-not-offered',
      '2 council special-not-offered',
    ]);
  });

  test('quotes inside a text are kept', () => {
    expect(answersOf('note', 'Klub "Iskra"')).toEqual({ note: 'Klub "Iskra"' });
    expect(answersOf('note', '"Iskra" X')).toEqual({ note: '"Iskra" X' });
    expect(answersOf('note', '"""Iskra"""')).toEqual({ note: '"Iskra"' });
  });

  test('words of an "other" choice have a column of their own', () => {
    expect(answersOf('part,part.other', 'elsewhere,w szkole')).toEqual({ part: 'elsewhere', 'part.other': 'w szkole' });
    expect(faultsOf('respondent,group,barriers.other\nr1,ngo,x')).toEqual(['1 barriers.other unknown-column']);
  });

  test('numbers are read as people write them', () => {
    expect(answersOf('share;grants', '33,3;10.25')).toEqual({ share: 33.3, grants: 10.25 });
    expect(answersOf('share,grants', '"33,3","1.250,50"')).toEqual({ share: 33.3, grants: 1250.5 });
    expect(answersOf('share;grants', '12,5 %;1 250,50 zł')).toEqual({ share: 12.5, grants: 1250.5 });
    expect(answersOf('grants', "1'250")).toEqual({ grants: 1250 });
    expect(answersOf('grants', '1.250.000')).toEqual({ grants: 1_250_000 });
  });

  test.each(['250.000', '1.250', '12,500', '-7,125'])('%s may be meant in two ways and is not guessed', (cell) => {
    const { problems, respondents } = parseAnswersCsv(every, `respondent;group;grants\nr1;ngo;${cell}\n`);
    expect(problems).toMatchObject([{ line: 2, column: 'grants', code: 'ambiguous-number' }]);
    expect(respondents[0]?.answers).toEqual({});
  });

  test.each([
    ['TRUE', true],
    ['True', true],
    ['PRAWDA', true],
    ['prawda', true],
    ['false', false],
    ['False', false],
    ['FAŁSZ', false],
  ])('spreadsheets write %s', (cell, council) => expect(answersOf('council', cell)).toEqual({ council }));

  test('a choice that is chosen with others though it excludes them is named', () => {
    const { problems } = parseAnswersCsv(every, 'respondent,group,barriers\nr1,ngo,none|money\n');
    expect(problems[0]?.message).toContain('none can only be chosen alone');
  });

  test.each([
    ['a1', '6', 'not-on-scale'],
    ['a1', '0', 'not-on-scale'],
    ['a1', '3.5', 'not-on-scale'],
    ['a1', 'dobrze', 'wrong-type'],
    ['a1', '1e0', 'wrong-type'],
    ['a1', '0x3', 'wrong-type'],
    ['a1', 'HS', 'wrong-type'],
    ['part', 'maybe', 'unknown-choice'],
    ['barriers', 'money|', 'unknown-choice'],
    ['barriers', 'money|money', 'repeated-choice'],
    ['barriers', 'none|money', 'exclusive-with-others'],
    ['barriers', 'money|time|trust', 'too-many-choices'],
    ['order', 'x|y|z', 'too-many-choices'],
    ['meetings', '-1', 'below-min'],
    ['meetings', '51', 'above-max'],
    ['meetings', '1.5', 'too-many-decimals'],
    ['share', '100.1', 'above-max'],
    ['adopted', '2023-02-29', 'not-a-date'],
    ['adopted', '30.11.2024', 'not-a-date'],
    ['adopted', '2019-12-31', 'below-min'],
    ['council', 'tak', 'wrong-type'],
    ['council', '1', 'wrong-type'],
    ['note', 'trzynaście znaków', 'too-long'],
  ])('%s does not take %s', (column, cell, code) => {
    const { problems, respondents } = parseAnswersCsv(every, `respondent,group,${column}\nr1,ngo,${cell}\n`);
    expect(problems).toEqual([
      { line: 2, column, code, message: expect.stringContaining(JSON.stringify(cell).slice(0, 12)) },
    ]);
    expect(respondents[0]?.answers).toEqual({});
  });
});

describe('files', () => {
  const plain = 'respondent,group,a1,note\nr1,ngo,4,tak\nr2,officials,5,nie\n';
  const expected = [
    { id: 'r1', group: 'ngo', answers: { a1: 4, note: 'tak' } },
    { id: 'r2', group: 'officials', answers: { a1: 5, note: 'nie' } },
  ];

  test.each([
    ['commas', plain],
    ['semicolons', plain.replaceAll(',', ';')],
    ['CRLF', plain.replaceAll('\n', '\r\n')],
    ['old Mac line ends', plain.replaceAll('\n', '\r')],
    ['mixed line ends', plain.replace('\n', '\r\n')],
    ['no last line end', plain.trimEnd()],
    ['empty lines', plain.replaceAll('\n', '\n\n')],
    ['rows that a spreadsheet left', `${plain},,,\n,,,\n`],
    ['quotes around everything', plain.replace(/[^,\n]+/g, '"$&"')],
    ['tabs', plain.replaceAll(',', '\t')],
    ['the line that tells Excel its commas', `sep=,\n${plain}`],
    ['the line that tells Excel its semicolons', `sep=;\r\n${plain.replaceAll(',', ';')}`],
    ['the line that tells Excel its tabs', `"sep=\t"\n${plain.replaceAll(',', '\t')}`],
    ['a named delimiter that a cell holds more of', `SEP=;\n${plain.replaceAll(',', ';').replace('note', '"note"')}`],
    ['empty columns at the end', plain.replaceAll('\n', ',,\n')],
    ['empty columns at the end of some rows', plain.replace('tak\n', 'tak,,,\n')],
    ['columns in another order', 'note,a1,group,respondent\ntak,4,ngo,r1\nnie,5,officials,r2'],
    ['spaces around', plain.replaceAll(',', ' , ').replace(/ , (tak|nie)/g, ',$1')],
  ])('with %s', (_, csv) => {
    expect(parseAnswersCsv(every, csv)).toEqual({
      respondents: expected,
      problems: [],
    });
  });

  test.each([
    ['', '1 - empty-file'],
    ['\n\n', '1 - empty-file'],
    ['respondent,group,a1\n', '1 - no-respondents'],
    ['respondent,a1\nr1,4\n', '1 group missing-column'],
    ['group,a1\nngo,4\n', '1 respondent missing-column'],
    ['respondent,group,a1,a1\nr1,ngo,4,5', '1 a1 repeated-column'],
    ['respondent,group,a1,\nr1,ngo,4,5', '1 - unnamed-column'],
    ['respondent,group,a1,,\nr1,ngo,4,,5', '1 - unnamed-column'],
    ['sep=;\nrespondent;group;a1\nr1;ngo;9', '3 a1 not-on-scale'],
    ['sep=|\nrespondent|group|a1', '1 sep=| unknown-column'],
    ['respondent,group,A1\nr1,ngo,4', '1 A1 unknown-column'],
    ['respondent,group,constructor\nr1,ngo,4', '1 constructor unknown-column'],
    ['respondent,group,__proto__\nr1,ngo,4', '1 __proto__ unknown-column'],
    ['respondent,group,a1\nr1,ngo', '2 - wrong-number-of-cells'],
    ['respondent,group,a1\nr1,ngo,4,5', '2 - wrong-number-of-cells'],
    ['respondent,group,a1\nr1,constructor,4', '2 group unknown-group'],
    ['respondent,group,a1\nr1,,4', '2 group unknown-group'],
    ['respondent,group,a1\n,ngo,4', '2 respondent empty-respondent'],
    ['respondent,group,a1\nr1,ngo,4\nr2,ngo,4\n r1,ngo,4', '4 respondent respondent-twice'],
    ['respondent,group,note\nr1,ngo,"tak', '2 - quote-not-closed'],
  ])('%j is refused: %s', (csv, fault) => {
    expect(faultsOf(csv)).toContain(fault);
  });

  test('a line is where the row begins, also after cells of several lines', () => {
    const csv =
      'respondent,group,p1-comment,a1\r\n\r\nr1,ngo,"jeden\r\ndwa\r\n\r\ntrzy",4\r\nr2,ngo,,9\r\n\r\nr3,ngo,"a\nb",8\r\nr4,x,,\r\n';
    expect(faultsOf(csv)).toEqual(['7 a1 not-on-scale', '9 a1 not-on-scale', '11 group unknown-group']);
  });

  test('everything wrong is said at once, in the order of lines', () => {
    const csv = [
      'respondent;group;a1;b9;a1;barriers;part',
      'r1;ngo;7;x;;money;yes',
      'r1;mayors;4;;;cash|time;no',
      ';ngo;4;;;;perhaps',
      'r4;ngo;4',
      'r5;officials;na;;;hs;',
      'r6;officials;"5;;;;',
    ].join('\n');
    expect(faultsOf(csv)).toEqual([
      '1 b9 unknown-column',
      '1 a1 repeated-column',
      '2 a1 not-on-scale',
      '3 respondent respondent-twice',
      '3 group unknown-group',
      '3 barriers unknown-choice',
      '4 respondent empty-respondent',
      '4 part unknown-choice',
      '5 - wrong-number-of-cells',
      '6 barriers special-not-offered',
      '7 - quote-not-closed',
    ]);
  });

  test('messages tell what may be written instead', () => {
    const { problems } = parseAnswersCsv(
      every,
      'respondent,group,meeting,a1,part,adopted\nr1,ngos,3,9,maybe,30.11.2024\n',
    );
    expect(problems.map(({ message }) => message)).toEqual([
      'There is no question with the code "meeting". Did you mean "meetings"?',
      'There is no group "ngos"; the groups are officials, councillors, ngo, informal, benefit-council. Did you mean "ngo"?',
      '"9" is no answer to a1: write a whole number from 1 to 5, or hs, or na.',
      '"maybe" is no answer to part: the choices are yes, no, elsewhere.',
      '"30.11.2024" is no answer to adopted: write a real date as YYYY-MM-DD.',
    ]);
  });
});

describe('reading from disk', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'answers-csv-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function written(content: string | Uint8Array): Promise<string> {
    const file = join(folder, 'answers.csv');
    await writeFile(file, content);
    return file;
  }

  test('a byte order mark is passed over', async () => {
    const file = await written('\uFEFFrespondent,group,a1\nr1,ngo,4\n');
    expect(await readAnswersCsv(every, file)).toEqual({
      respondents: [{ id: 'r1', group: 'ngo', answers: { a1: 4 } }],
      problems: [],
    });
  });

  test('another encoding is refused with how to save it', async () => {
    // Windows-1250: ż is one byte, 0xBF.
    const file = await written(Buffer.from([...Buffer.from('respondent,group,note\nr1,ngo,mo'), 0xbf, 0x65]));
    const { problems } = await readAnswersCsv(every, file);
    expect(problems).toEqual([
      { file, line: 2, code: 'not-utf-8', message: expect.stringMatching(/line 2.*Windows-1250.*CSV UTF-8/) },
    ]);
    const utf16 = await written(Buffer.from('\uFEFFrespondent,group\nr1,ngo', 'utf16le'));
    expect((await readAnswersCsv(every, utf16)).problems).toMatchObject([
      { line: 1, code: 'not-utf-8', message: expect.stringContaining('UTF-16') },
    ]);
    // Without its mark it reads as UTF-8 with a zero after every letter.
    const unmarked = await written(Buffer.from('respondent,group\nr1,ngo', 'utf16le'));
    expect((await readAnswersCsv(every, unmarked)).problems).toMatchObject([{ line: 1, code: 'not-utf-8' }]);
  });

  test('more problems than anybody reads are counted', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => `r${index},ngo,9`);
    const file = await written(`respondent,group,a1\n${rows.join('\n')}`);
    const { problems } = await readAnswersCsv(every, file);
    expect(problems).toHaveLength(mostProblems + 1);
    expect(problems[0]).toMatchObject({ file, line: 2, column: 'a1' });
    expect(problems.at(-1)).toMatchObject({ file, code: 'more-problems', message: expect.stringMatching(/^800 more/) });
  });

  test('a file that is not there, and a folder', async () => {
    expect((await readAnswersCsv(every, join(folder, 'none.csv'))).problems).toMatchObject([{ code: 'no-such-file' }]);
    expect((await readAnswersCsv(every, folder)).problems).toMatchObject([{ code: 'not-a-file' }]);
  });
});
