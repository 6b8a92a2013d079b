import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import { isRealDate } from '../shared/calendar-day';
import { Failure } from '../shared/errors';

/** The law's dates for the programmes of these years, until the next entry. */
interface DeadlineRule {
  /** First year that a programme is for. */
  readonly from: number;
  readonly adoption: Deadline;
  /** Of the report on the programme. */
  readonly report: Deadline;
}

interface Deadline {
  /** Years after the programme's own; -1 is the year before. */
  readonly yearsAfter: number;
  /** `MM-DD`. */
  readonly day: string;
}

/** Until when the programme for a year is adopted, and the report on it published, both `YYYY-MM-DD`. */
export type DeadlinesOf = (year: number) => { readonly adoption: string; readonly report: string };

const deadline = {
  type: 'object',
  required: ['yearsAfter', 'day'],
  additionalProperties: false,
  properties: {
    yearsAfter: { type: 'integer', minimum: -2, maximum: 2 },
    day: { type: 'string', pattern: '^[0-9]{2}-[0-9]{2}$' },
  },
};

const schema = {
  type: 'object',
  required: ['rules'],
  additionalProperties: false,
  properties: {
    note: { type: 'string' },
    rules: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['from', 'adoption', 'report'],
        additionalProperties: false,
        properties: { from: { type: 'integer', minimum: 2004, maximum: 2100 }, adoption: deadline, report: deadline },
      },
    },
  },
};

const ajv = new Ajv2020({ allErrors: true, strict: true });

/**
 * Reads the file of deadlines; a coordinator of the project may correct it without a release.
 *
 * @throws Failure `deadlines-malformed` with what is wrong and where
 */
export function loadDeadlines(file: string): DeadlinesOf {
  return deadlinesOf(JSON.parse(readFileSync(file, 'utf8')), file);
}

/** @param file named where the document is wrong */
export function deadlinesOf(document: unknown, file: string): DeadlinesOf {
  const malformed = (why: string): Failure => new Failure('deadlines-malformed', `${file}: ${why}`);
  if (!ajv.validate(schema, document)) throw malformed(ajv.errorsText());
  const { rules } = document as { readonly rules: readonly DeadlineRule[] };
  for (const [index, rule] of rules.entries()) {
    const before = rules[index - 1];
    if (before !== undefined && before.from >= rule.from)
      throw malformed(`/rules/${index}/from must be above ${before.from}.`);
    for (const name of ['adoption', 'report'] as const) {
      // A day of every year: 29 February is none.
      if (!isRealDate(`2023-${rule[name].day}`))
        throw malformed(`/rules/${index}/${name}/day is no day of every year.`);
    }
  }
  return (year) => {
    const rule = rules.findLast(({ from }) => from <= year) ?? rules[0];
    if (rule === undefined) throw malformed('/rules is empty.');
    const on = ({ yearsAfter, day }: Deadline): string => `${year + yearsAfter}-${day}`;
    return { adoption: on(rule.adoption), report: on(rule.report) };
  };
}
