import { longestOtherWords, otherKey, type Answer } from '../definitions/answers';
import { didYouMean } from '../definitions/check/likely';
import type { Instrument, Question } from '../definitions/instrument';
import type { Respondent } from '../scoring';
import type { Problem } from '../shared/errors';
import { readCell } from './answer-cells';
import { csvRecords, shortened, type CsvRecord } from '../shared/csv-records';
import { readTextFile } from './read-file';

/** Answers of a file; with problems, `respondents` holds what could be read beside them. */
export interface AnswersFile {
  readonly respondents: readonly Respondent[];
  readonly problems: readonly Problem[];
}

/** More problems than this are counted, not listed: somebody has to read them. */
export const mostProblems = 200;

/**
 * Reads a CSV file of answers: columns `respondent`, `group` and codes of questions in any order, `<code>.other` for
 * the words of an "other" choice, one respondent a row. An empty cell or an absent column is unanswered.
 *
 * @returns every problem of the file with line and column, at most `mostProblems` and one that counts the others
 */
export async function readAnswersCsv(instrument: Instrument, file: string): Promise<AnswersFile> {
  const text = await readTextFile(file);
  if ('problems' in text) return { respondents: [], problems: text.problems };
  const { respondents, problems } = parseAnswersCsv(instrument, text.content);
  const listed = problems.slice(0, mostProblems).map((problem) => ({ file, ...problem }));
  const more = problems.length - listed.length;
  if (more === 0) return { respondents, problems: listed };
  const message = `${more} more problems in this file are not listed: mend these first.`;
  return { respondents, problems: [...listed, { file, code: 'more-problems', message }] };
}

/** As `readAnswersCsv`, of a text already read; all problems, without the file's name. */
export function parseAnswersCsv(instrument: Instrument, text: string): AnswersFile {
  const { delimiter, records, problems: faults } = csvRecords(text);
  const [header, ...rows] = records;
  if (header === undefined) {
    const message = 'The file is empty: its first line names the columns (respondent,group,…).';
    return { respondents: [], problems: faults.length > 0 ? faults : [{ line: 1, code: 'empty-file', message }] };
  }
  const problems: Problem[] = [...faults];
  const columns = columnsOf(instrument, header, problems);
  if (rows.length === 0 && faults.length === 0) {
    const message = 'The file has only a header: each further line is one respondent.';
    problems.push({ line: header.line, code: 'no-respondents', message });
  }

  const groups = new Set((instrument.groups ?? []).map(({ code }) => code));
  const firstLines = new Map<string, number>();
  const respondents: Respondent[] = [];
  for (const { line, cells } of rows) {
    if (cells.length !== header.cells.length) {
      const sign = delimiter === '\t' ? 'a tab' : `"${delimiter}"`;
      const message =
        `This row has ${cells.length} cells and the header ${header.cells.length} columns: ` +
        `a cell that holds ${sign} stands in quotes.`;
      problems.push({ line, code: 'wrong-number-of-cells', message });
      continue;
    }
    const respondent = { id: '', group: '', answers: new Map<string, Answer>() };
    for (const [index, column] of columns.entries()) {
      if (column === null) continue;
      const cell = cells[index] ?? '';
      const say = (code: string, message: string) => problems.push({ line, column: column.name, code, message });
      if (column.kind === 'respondent') {
        respondent.id = cell.trim();
        const first = firstLines.get(respondent.id);
        if (respondent.id === '') say('empty-respondent', 'The respondent is empty: give each row a name or number.');
        else if (first === undefined) firstLines.set(respondent.id, line);
        else say('respondent-twice', `The respondent ${shortened(respondent.id)} is already on line ${first}.`);
      } else if (column.kind === 'group') {
        const group = cell.trim();
        if (groups.has(group)) respondent.group = group;
        else say('unknown-group', unknownGroup(group, groups));
      } else if (cell.trim() !== '') {
        const reading = readAnswer(instrument, column, cell);
        if ('answer' in reading) respondent.answers.set(column.name, reading.answer);
        else say(reading.code, reading.message);
      }
    }
    if (respondent.group !== '') {
      respondents.push({ ...respondent, answers: Object.fromEntries(respondent.answers) });
    }
  }
  return { respondents, problems: problems.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)) };
}

/** What the cells of a column hold; null: nothing that can be read, and a problem says so. */
type Column =
  | { readonly kind: 'respondent'; readonly name: string }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'answer' | 'other'; readonly name: string; readonly question: Question };

function columnsOf(instrument: Instrument, header: CsvRecord, problems: Problem[]): readonly (Column | null)[] {
  const known = knownColumns(instrument);
  const seen = new Set<string>();
  const columns = header.cells.map((cell, index): Column | null => {
    const name = cell.trim();
    const say = (code: string, message: string) => {
      problems.push({ line: header.line, ...(name === '' ? {} : { column: name }), code, message });
      return null;
    };
    if (name === '') return say('unnamed-column', `Column ${index + 1} has no name: name it, or take it out.`);
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

function knownColumns(instrument: Instrument): ReadonlyMap<string, Column> {
  const questions = instrument.questions.flatMap((question): Column[] => {
    const column: Column = { kind: 'answer', name: question.code, question };
    const hasOther = 'choices' in question && question.choices.some(({ other }) => other === true);
    return hasOther ? [column, { kind: 'other', name: otherKey(question.code), question }] : [column];
  });
  const fixed: Column[] = [
    { kind: 'respondent', name: 'respondent' },
    { kind: 'group', name: 'group' },
  ];
  // The two fixed columns come last, so that no question can take their names.
  return new Map([...questions, ...fixed].map((column) => [column.name, column]));
}

function readAnswer(
  instrument: Instrument,
  column: Extract<Column, { question: Question }>,
  cell: string,
): ReturnType<typeof readCell> {
  if (column.kind === 'answer') return readCell(instrument, column.question, cell);
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
