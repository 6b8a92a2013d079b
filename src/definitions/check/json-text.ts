import { createScanner, printParseErrorCode, visit } from 'jsonc-parser';
import type { Problem } from '../../shared/errors';
import { below } from './pointer';

/** A JSON text read with what `JSON.parse` does not tell: lines, and keys that are there twice. */
export interface JsonText {
  /** The value; of keys that are there twice the last one counts. undefined where the text is no JSON. */
  readonly value: unknown;
  /** Syntax error (then it is the only one) or repeated keys. */
  readonly problems: readonly Problem[];
  /** 1-based line on which the value at a pointer starts; the line of what it is in where there is no such value. */
  readonly lineOf: (pointer: string) => number;
}

/** Deeper nesting is refused before anything recursive sees the text, so that none can exhaust the stack. */
const deepest = 200;

/** Reads a JSON text (RFC 8259); a byte order mark before it is passed over. */
export function readJsonText(text: string): JsonText {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const tooDeep = placeTooDeep(json);
  if (tooDeep !== null) {
    return noJson({ ...tooDeep, message: `brackets nest deeper than ${deepest} levels: no definition needs that.` });
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return noJson(firstFault(json));
  }
  const { lines, repeated } = placesIn(json);
  return { value, problems: repeated, lineOf: (pointer) => lineIn(lines, pointer) };
}

/** Line and column, both from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

function noJson({ line, column, message }: Place & { readonly message: string }): JsonText {
  const problem = { pointer: '', line, code: 'not-json', message: `Line ${line}, column ${column}: ${message}` };
  return { value: undefined, problems: [problem], lineOf: () => line };
}

/** The first bracket that opens one level too many, or null. Looks at one token after the other. */
function placeTooDeep(json: string): Place | null {
  const scanner = createScanner(json, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const sign = json[scanner.getTokenOffset()];
    if (sign === '{' || sign === '[') depth += 1;
    if (sign === '}' || sign === ']') depth -= 1;
    if (depth > deepest) {
      return { line: scanner.getTokenStartLine() + 1, column: scanner.getTokenStartCharacter() + 1 };
    }
  }
  return null;
}

const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** Where a text that is no JSON goes wrong first, and how. */
function firstFault(json: string): Place & { readonly message: string } {
  const faults: (Place & { readonly message: string })[] = [];
  visit(
    json,
    {
      onError: (code, offset, length, line, character) => {
        const found = json.slice(offset, offset + Math.min(length, 20));
        const before = found === '' ? 'the end of the file' : `"${found}"`;
        const message = faultWords[printParseErrorCode(code)]?.(before) ?? `${before} cannot stand here: correct it.`;
        faults.push({ line: line + 1, column: character + 1, message });
      },
    },
    strict,
  );
  // White space that JSON does not know is the one fault that only JSON.parse sees.
  const unseen = {
    line: 1,
    column: 1,
    message: 'a sign stands somewhere that JSON does not know: save it as plain JSON.',
  };
  return faults[0] ?? unseen;
}

/** What each fault, by the name that jsonc-parser has for it, asks of the author; the argument is what was found. */
const faultWords: Readonly<Record<string, (found: string) => string>> = {
  InvalidSymbol: (found) => `${found} cannot stand here: remove it, or put a text in double quotes.`,
  InvalidNumberFormat: (found) => `${found} is no number: write it with digits and a point.`,
  PropertyNameExpected: (found) =>
    `a property name in double quotes is missing before ${found}: add it, or remove the comma before.`,
  ValueExpected: (found) => `a value is missing before ${found}: add it, or remove the comma before.`,
  ColonExpected: (found) => `a colon is missing before ${found}: add it.`,
  CommaExpected: (found) => `a comma or a closing bracket is missing before ${found}: add it.`,
  CloseBraceExpected: (found) => `a closing } is missing before ${found}: add it.`,
  CloseBracketExpected: (found) => `a closing ] is missing before ${found}: add it.`,
  EndOfFileExpected: (found) => `${found} stands after the end of the document: remove it.`,
  InvalidCommentToken: () => 'JSON has no comments: remove this one.',
  UnexpectedEndOfComment: () => 'JSON has no comments: remove this one.',
  UnexpectedEndOfString: () => 'a text is not closed on its line: add the closing ".',
  UnexpectedEndOfNumber: (found) => `the number ${found} is not complete: add its digits.`,
  InvalidUnicode: () => 'a \\u in a text stands before four digits 0-9, a-f: correct it.',
  InvalidEscapeCharacter: () => 'a \\ in a text stands before nothing known: write \\\\ for a backslash.',
  InvalidCharacter: () => 'a control character stands in a text: remove it.',
};

/** The line of each value by its pointer, and the keys that are there twice; of a text that is JSON. */
function placesIn(json: string): {
  readonly lines: ReadonlyMap<string, number>;
  readonly repeated: readonly Problem[];
} {
  const lines = new Map<string, number>();
  const repeated: Problem[] = [];
  const keysOfOpen: Set<string>[] = [];
  const note = (line: number, path: readonly (string | number)[]): void => {
    lines.set(below('', ...path), line + 1);
  };
  visit(
    json,
    {
      onObjectBegin: (_offset, _length, line, _character, path) => {
        keysOfOpen.push(new Set());
        note(line, path());
      },
      onObjectEnd: () => void keysOfOpen.pop(),
      onArrayBegin: (_offset, _length, line, _character, path) => note(line, path()),
      onLiteralValue: (_value, _offset, _length, line, _character, path) => note(line, path()),
      onObjectProperty: (key, _offset, _length, line, _character, path) => {
        const keys = keysOfOpen.at(-1);
        if (keys?.has(key) === true) {
          const message = `The property '${key}' is here twice: keep one of them.`;
          repeated.push({ pointer: below('', ...path(), key), line: line + 1, code: 'repeated-key', message });
        }
        keys?.add(key);
      },
    },
    strict,
  );
  return { lines, repeated };
}

function lineIn(lines: ReadonlyMap<string, number>, pointer: string): number {
  let known = pointer;
  while (!lines.has(known) && known !== '') known = known.slice(0, known.lastIndexOf('/'));
  return lines.get(known) ?? 1;
}
