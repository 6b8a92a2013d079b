import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ProblemsFound } from '../shared/errors';
import type { Command } from './command-line';
import { evaluateLine } from './evaluate-line';

const help = `
Usage: npm run --silent evaluate < LINES

Evaluates rules of the condition language, one JSON object a line on standard input, one JSON object a line on
standard output, in the same order.

Input, all but "rule" may be left out:
  {"rule": RULE, "answers": {…}, "facts": {…}, "calcs": {…}, "group": "ngo", "round": "baseline"}

  Types come from the values: number, text, date (a text YYYY-MM-DD that is a real day), true/false, list. null is
  unanswered and fits any type; {"special": "hard-to-say"} and {"special": "not-applicable"} are answered, and unknown to
  every operator but "answered". A name that is not listed is an error; a missing group or round is unknown.

Output, one of:
  {"value": …}                               the value of the rule
  {"unknown": true}                          it cannot be told from what was given
  {"error": {"code": …, "message": …}}       too-deep, too-large, malformed, unknown-operator, wrong-arity, unknown-name,
                                             type-mismatch or not-finite: of several, the first in this order

A line may have at most 16 MiB, a longer one is too-large.
A line with an error does not stop the others, and the exit code stays 0.

Examples:
  $ echo '{"rule": {">=": [{"answer": "q1"}, 3]}, "answers": {"q1": 4}}' | npm run --silent evaluate
  {"value":true}
  $ echo '{"rule": {">=": [{"answer": "q1"}, 3]}, "answers": {"q1": null}}' | npm run --silent evaluate
  {"unknown":true}
  $ echo '{"rule": {"==": ["3", 3]}}' | npm run --silent evaluate
  {"error":{"code":"type-mismatch","message":"…"}}

  RULE may be:
    a literal                  3   "ngo"   true
    a source                   {"answer": "q1"}  {"fact": "budget"}  {"calc": "total"}  {"group": true}  {"round": true}
    an operator and operands   {"and": [{"==": [{"group": true}, "ngo"]}, {"not": {"answer": "q2"}}]}
    a list only as an operand  {"in": [{"answer": "q3"}, ["a", "b"]]}  {"count": [["a", "b"]]}
`;

/** The command `evaluate`: standard input to standard output, until the reader or the writer is done. */
export const evaluateCommand: Command<Record<string, never>> = {
  help,
  options: {},
  async run({ positionals }) {
    if (positionals.length > 0) {
      const message =
        'evaluate takes no file names: give the lines on standard input (npm run --silent evaluate < FILE).';
      throw new ProblemsFound([{ code: 'bad-option', message }]);
    }
    try {
      await pipeline(Readable.from(evaluateLines(process.stdin)), process.stdout, { end: false });
    } catch (error) {
      // The reader of our output (`| head -1`) has seen enough.
      if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
    }
    return 0;
  },
};

/**
 * A longer line is answered without being kept. No rule with its answers needs 16 MiB, and a hostile line of that length
 * (millions of brackets) still fits into the memory of a small machine once it is parsed.
 */
export const longestLine = 16 * 1024 * 1024;

/**
 * Answers JSON lines (UTF-8, separated by `\n` or `\r\n`) as they come in: one line out for each line in, in order. A
 * final line break is no line; an empty line is a malformed one. No more than one line is kept in memory.
 *
 * @param longest bytes of the longest line that is read; a longer one is `too-large`
 */
export async function* evaluateLines(
  input: AsyncIterable<Uint8Array>,
  longest = longestLine,
): AsyncGenerator<string, void, undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let first = true;
  const answer = (last: Uint8Array): string => {
    const line = length + last.length > longest ? undefined : Buffer.concat([...parts, last]);
    const result = line === undefined ? tooLong(longest) : evaluateBytes(line, first);
    parts = [];
    length = 0;
    first = false;
    return `${JSON.stringify(result)}\n`;
  };

  for await (const chunk of input) {
    let answers = '';
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      answers += answer(chunk.subarray(start, end));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    if (length > longest) parts = [];
    else if (rest.length > 0) parts.push(rest);
    if (answers !== '') yield answers;
  }
  if (length > 0) yield answer(new Uint8Array());
}

const lineFeed = 10;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function tooLong(longest: number): ReturnType<typeof evaluateLine> {
  return { error: { code: 'too-large', message: `A line may have at most ${longest} bytes: make it shorter.` } };
}

/** Bytes that are no UTF-8 are no JSON. A byte order mark is allowed where files carry one: at the very start. */
function evaluateBytes(line: Uint8Array, first: boolean): ReturnType<typeof evaluateLine> {
  let text: string;
  try {
    text = utf8.decode(line);
  } catch {
    return { error: { code: 'malformed', message: 'The line is not UTF-8: save the file in that encoding.' } };
  }
  return evaluateLine(first && text.startsWith('\uFEFF') ? text.slice(1) : text);
}
