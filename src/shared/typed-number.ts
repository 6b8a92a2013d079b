import { visibleText } from './plain-text';

/**
 * A typed number as read. `ambiguous` may be meant in two ways („1.250”: a thousand and a quarter, or one and a quarter)
 * and is asked about, never guessed; `readings` are the two, the one with thousands first.
 */
export type NumberReading =
  { readonly number: number } | { readonly ambiguous: readonly [number, number] } | { readonly notANumber: true };

const notANumber = { notANumber: true } as const;

/** A currency or percent sign behind the number is only its unit. */
const unit = /\s*(zł|pln|%)$/iu;

/** More digits than these a number cannot keep. */
const mostDigits = 15;
const mostDecimals = 10;

/**
 * Reads a number as people and spreadsheets write it: `1 250,50` (spaces of any kind), `1.250,50`, `1,250.50`, `1'250`,
 * `1.250.000`, `12,5`, `12.5`, `−3`, with an optional „zł”, „PLN” or „%” behind. Thousands are grouped by three or not at
 * all. A single comma or dot before exactly three digits is ambiguous, unless something else tells: thousands grouped
 * by spaces, or a zero before it (no thousands begin with one).
 */
export function readNumber(typed: string): NumberReading {
  const text = visibleText(typed)
    .replace(unit, '')
    .replace(/^[\u2212\u2013]/, '-')
    .replace(/[\u2019\u02BC`´]/g, "'");
  const parts = /^([+-]?) ?(\d[\d ',.]*)$/.exec(text);
  if (parts === null) return notANumber;
  const [, sign = '', body = ''] = parts;
  const marks = [...new Set(body.replace(/\d/g, ''))];

  const [only] = marks;
  const single = body.split(/[.,]/).length === 2;
  if (marks.length === 1 && single && /^(?!0+[.,])\d+[.,]\d{3}$/.test(body) && body.length <= mostDigits) {
    const thousands = Number(sign + body.replace(only ?? '', ''));
    return { ambiguous: [thousands, Number(sign + body.replace(',', '.'))] };
  }

  const { whole, decimals } = partsOf(body, marks);
  if (whole === null || whole.length > mostDigits || decimals.length > mostDecimals) return notANumber;
  return { number: Number(`${sign}${whole}${decimals === '' ? '' : `.${decimals}`}`) };
}

/** Digits before and behind the decimal sign; `whole` is null where the marks between digits make no number. */
function partsOf(body: string, marks: readonly string[]): { readonly whole: string | null; readonly decimals: string } {
  const last = /[.,](?=[^.,]*$)/.exec(body)?.[0];
  const isDecimal = last !== undefined && body.split(last).length === 2;
  const [before, decimals] = isDecimal ? (body.split(last) as [string, string]) : [body, ''];
  if (isDecimal && !/^\d+$/.test(decimals)) return { whole: null, decimals };
  const grouping = marks.filter((mark) => !isDecimal || mark !== last);
  if (grouping.length === 0) return { whole: before, decimals };
  const groups = before.split(grouping[0] ?? '');
  const isGrouped = grouping.length === 1 && /^\d{1,3}$/.test(groups[0] ?? '');
  const restFits = groups.slice(1).every((group) => /^\d{3}$/.test(group));
  return { whole: isGrouped && restFits ? groups.join('') : null, decimals };
}
