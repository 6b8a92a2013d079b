import { longestOtherWords, otherKey, type Answer, type Answers } from '../definitions/answers';
import { didYouMean } from '../definitions/check/likely';
import type { Instrument, Question } from '../definitions/instrument';
import type { Respondent } from '../scoring';
import { Failure, type Problem } from '../shared/errors';
import {
  csvRecords,
  csvRecordsOf,
  filledLength,
  shortened,
  type CsvRecord,
  type Delimiter,
} from '../shared/csv-records';
import { remembered } from '../shared/remember';
import { readCell, type CellReading } from './answer-cells';
import { piecesOf, readTextFile } from './read-file';

/** Answers of a file; with problems, `respondents` holds what could be read beside them. */
export interface AnswersFile {
  readonly respondents: readonly Respondent[];
  readonly problems: readonly Problem[];
}

type Keep = (respondent: Respondent) => Respondent;
const whole: Keep = (respondent) => respondent;

/** More problems than this are counted, not listed: somebody has to read them. */
export const mostProblems = 200;

/**
 * Reads a CSV file of answers: columns `respondent`, `group` and codes of questions in any order, `<code>.other` for
 * the words of an "other" choice, one respondent a row. An empty cell or an absent column is unanswered.
 *
 * @param keep what is kept of each respondent; all where left out
 * @returns every problem of the file with line and column, at most `mostProblems` and one that counts the others
 */
export async function readAnswersCsv(instrument: Instrument, file: string, keep: Keep = whole): Promise<AnswersFile> {
  const { respondents, problems } = (await readSound(instrument, file, keep)) ?? (await readWhole(instrument, file));
  const listed = problems.slice(0, mostProblems).map((problem) => ({ file, ...problem }));
  const more = problems.length - listed.length;
  if (more === 0) return { respondents, problems: listed };
  const message = `${more} more problems in this file are not listed: mend these first.`;
  return { respondents, problems: [...listed, { file, code: 'more-problems', message }] };
}

/** As `readAnswersCsv`, of a text already read; all problems, without the file's name. */
export function parseAnswersCsv(instrument: Instrument, text: string): AnswersFile {
  const { delimiter, records, problems } = csvRecords(text);
  const reader = answersReader(instrument);
  for (const record of records) reader.record(record);
  return reader.end(delimiter, problems);
}

/** In pieces, which takes the memory of the answers alone; null where anything is wrong with the file. */
async function readSound(instrument: Instrument, file: string, keep: Keep): Promise<AnswersFile | null> {
  const reader = answersReader(instrument, keep);
  try {
    const delimiter = await csvRecordsOf(piecesOf(file), (record) => reader.record(record));
    const read = reader.end(delimiter, []);
    return read.problems.length === 0 ? read : null;
  } catch (error) {
    // No CSV, no UTF-8, no such file: libraries and system say so by a code.
    if (typeof error === 'object' && error !== null && 'code' in error && !(error instanceof Failure)) return null;
    throw error;
  }
}

/** Finds out what is wrong with a file that is not sound, and where. */
async function readWhole(instrument: Instrument, file: string): Promise<AnswersFile> {
  const text = await readTextFile(file);
  return 'problems' in text ? { respondents: [], problems: text.problems } : parseAnswersCsv(instrument, text.content);
}

/** Rows one after the other, the header first. */
interface AnswersReader {
  record(record: CsvRecord): void;
  /** @param faults what is wrong with the file itself */
  end(delimiter: Delimiter, faults: readonly Problem[]): AnswersFile;
}

function answersReader(instrument: Instrument, keep: Keep = whole): AnswersReader {
  const groups = new Set((instrument.groups ?? []).map(({ code }) => code));
  const firstLines = new Map<string, number>();
  const problems: Problem[] = [];
  const wrong: { readonly line: number; readonly cells: number }[] = [];
  const respondents: Respondent[] = [];
  let header: CsvRecord | null = null;
  let columns: readonly (Column | null)[] = [];
  let named = 0;
  let widest = 0;
  let nobody: Answers = {};

  function begin(first: CsvRecord): void {
    header = first;
    named = filledLength(first.cells);
    columns = columnsOf(instrument, { ...first, cells: first.cells.slice(0, named) }, problems);
    nobody = unansweredOf(columns.flatMap((column) => (column !== null && 'read' in column ? [column.name] : [])));
  }

  return {
    record(record) {
      const { line, cells } = record;
      if (header === null) {
        begin(record);
        return;
      }
      // Columns without a name are none as long as nothing stands in them.
      const filled = cells.length > named ? filledLength(cells) : cells.length;
      widest = Math.max(widest, filled);
      if (filled < named || filled > header.cells.length) wrong.push({ line, cells: filled });
      if (filled !== named) return;
      const answers: Record<string, Answer> = { ...nobody };
      let [id, group] = ['', ''];
      const say = (column: Column, code: string, message: string) =>
        problems.push({ line, column: column.name, code, message });
      for (let index = 0; index < named; index += 1) {
        const column = columns[index] ?? null;
        if (column === null) continue;
        const cell = cells[index] ?? '';
        if (column.kind === 'respondent') {
          id = cell.trim();
          const first = firstLines.get(id);
          if (id === '') say(column, 'empty-respondent', 'The respondent is empty: give each row a name or number.');
          else if (first === undefined) firstLines.set(id, line);
          else say(column, 'respondent-twice', `The respondent ${shortened(id)} is already on line ${first}.`);
        } else if (column.kind === 'group') {
          const code = cell.trim();
          if (groups.has(code)) group = code;
          else say(column, 'unknown-group', unknownGroup(code, groups));
        } else if (cell.trim() !== '') {
          const reading = column.read(cell);
          if ('answer' in reading) answers[column.name] = reading.answer;
          else say(column, reading.code, reading.message);
        }
      }
      if (group !== '') respondents.push(keep({ id, group, answers }));
    },

    end(delimiter, faults) {
      problems.push(...faults);
      if (header === null) {
        const message = 'The file is empty: its first line names the columns (respondent,group,…).';
        return { respondents: [], problems: faults.length > 0 ? faults : [{ line: 1, code: 'empty-file', message }] };
      }
      const { line, cells } = header;
      if (widest === 0 && faults.length === 0) {
        const message = 'The file has only a header: each further line is one respondent.';
        problems.push({ line, code: 'no-respondents', message });
      }
      for (let column = named; column < Math.min(widest, cells.length); column += 1) {
        problems.push({ line, code: 'unnamed-column', message: unnamed(column) });
      }
      const sign = delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
      for (const row of wrong) {
        const message =
          `This row has ${row.cells} cells and the header ${named} columns: ` +
          `a cell that holds ${sign} stands in quotes.`;
        problems.push({ line: row.line, code: 'wrong-number-of-cells', message });
      }
      return { respondents, problems: problems.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)) };
    },
  };
}

/**
 * A record of nothing: copies of it share one shape, so that a hundred thousand respondents take a fraction of the
 * memory that as many dictionaries would.
 */
function unansweredOf(codes: readonly string[]): Answers {
  const blank = JSON.parse(JSON.stringify(Object.fromEntries(codes.map((code) => [code, null])))) as Record<
    string,
    unknown
  >;
  for (const code of codes) blank[code] = undefined;
  return blank as Answers;
}

/** What the cells of a column hold; null: nothing that can be read, and a problem says so. */
type Column =
  | { readonly kind: 'respondent'; readonly name: string }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'answer'; readonly name: string; readonly read: (cell: string) => CellReading };

function columnsOf(instrument: Instrument, header: CsvRecord, problems: Problem[]): readonly (Column | null)[] {
  const known = knownColumns(instrument);
  const seen = new Set<string>();
  const columns = header.cells.map((cell, index): Column | null => {
    const name = cell.trim();
    const say = (code: string, message: string) => {
      problems.push({ line: header.line, ...(name === '' ? {} : { column: name }), code, message });
      return null;
    };
    if (name === '') return say('unnamed-column', unnamed(index));
    const column = known.get(name);
    if (column === undefined) {
      const message = `There is no question with the code ${shortened(name)}.${didYouMean(name, known.keys())}`;
      return say('unknown-column', message);
    }
    if (seen.has(name)) return say('repeated-column', `The column ${name} is there more than once: keep one of them.`);
    seen.add(name);
    return column;
  });
  for (const name of ['respondent', 'group']) {
    if (!seen.has(name)) {
      const message = `The column ${name} is missing; the first line must name it (columns are parted by , or ; or tabs).`;
      problems.push({ line: header.line, column: name, code: 'missing-column', message });
    }
  }
  return columns;
}

function unnamed(index: number): string {
  return `Column ${index + 1} has no name: name it, or take it out.`;
}

function knownColumns(instrument: Instrument): ReadonlyMap<string, Column> {
  const questions = instrument.questions.flatMap((question): Column[] => {
    const column: Column = { kind: 'answer', name: question.code, read: cellReader(instrument, question) };
    const hasOther = 'choices' in question && question.choices.some(({ other }) => other === true);
    return hasOther ? [column, { kind: 'answer', name: otherKey(question.code), read: readOther }] : [column];
  });
  const fixed: Column[] = [
    { kind: 'respondent', name: 'respondent' },
    { kind: 'group', name: 'group' },
  ];
  // The two fixed columns come last, so that no question can take their names.
  return new Map([...questions, ...fixed].map((column) => [column.name, column]));
}

/** Few different things stand in the cells of a column, but for texts. */
function cellReader(instrument: Instrument, question: Question): (cell: string) => CellReading {
  const read = (cell: string) => readCell(instrument, question, cell);
  const isText = question.type === 'short-text' || question.type === 'long-text';
  return isText ? read : remembered(read, (cell) => cell, 1_000);
}

function readOther(cell: string): CellReading {
  if (Array.from(cell).length <= longestOtherWords) return { answer: cell };
  const message = `${shortened(cell)} is too long: at most ${longestOtherWords} characters are kept.`;
  return { code: 'too-long', message };
}

function unknownGroup(group: string, groups: ReadonlySet<string>): string {
  const known = `the groups are ${[...groups].join(', ')}.`;
  return group === ''
    ? `The group is empty; ${known}`
    : `There is no group ${shortened(group)}; ${known}${didYouMean(group, groups)}`;
}
