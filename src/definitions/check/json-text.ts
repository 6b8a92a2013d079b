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

/** Deeper nesting is refused, so that no text can exhaust the stack. */
const deepest = 200;

class SyntaxFault extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

/** Reads a JSON text (RFC 8259); a byte order mark before it is passed over. */
export function readJsonText(text: string): JsonText {
  const reader = new Reader(text);
  try {
    const value = reader.readAll();
    return { value, problems: reader.repeated, lineOf: (pointer) => reader.lineOf(pointer) };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    const { line, column } = positionOf(text, error.at);
    const message = `Line ${line}, column ${column}: ${error.message}`;
    return {
      value: undefined,
      problems: [{ pointer: '', line, code: 'not-json', message }],
      lineOf: () => line,
    };
  }
}

function positionOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class Reader {
  readonly repeated: Problem[] = [];
  private readonly starts = new Map<string, number>();
  private readonly lineStarts: readonly number[];
  private at = 0;

  constructor(private readonly text: string) {
    this.lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    if (text.startsWith('\uFEFF')) this.at = 1;
  }

  readAll(): unknown {
    const value = this.readValue('', 0);
    this.skipSpace();
    if (this.at < this.text.length) throw this.fault(`${this.found()} after the end of the document: remove it.`);
    return value;
  }

  lineOf(pointer: string): number {
    let known = pointer;
    while (!this.starts.has(known) && known !== '') known = known.slice(0, known.lastIndexOf('/'));
    return this.lineAt(this.starts.get(known) ?? 0);
  }

  /** Found by halving: the last line that starts at or before the place. */
  private lineAt(at: number): number {
    let [low, high] = [0, this.lineStarts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.lineStarts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  private readValue(pointer: string, depth: number): unknown {
    this.skipSpace();
    if (depth > deepest) throw this.fault(`brackets nest deeper than ${deepest} levels: no instrument needs that.`);
    this.starts.set(pointer, this.at);
    const first = this.text[this.at];
    if (first === '{') return this.readObject(pointer, depth);
    if (first === '[') return this.readList(pointer, depth);
    if (first === '"') return this.readString();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.readNumber();
  }

  private readObject(pointer: string, depth: number): unknown {
    const members = new Map<string, unknown>();
    this.at += 1;
    this.skipSpace();
    while (this.text[this.at] !== '}') {
      if (members.size > 0) {
        this.expect(',', 'a comma or the closing } is missing before');
        this.skipSpace();
      }
      if (this.text[this.at] === '}') throw this.fault('there is a comma before }: remove the comma.');
      const keyAt = this.at;
      if (this.text[this.at] !== '"')
        throw this.fault(`a property name in double quotes is missing before ${this.found()}.`);
      const key = this.readString();
      const place = below(pointer, key);
      if (members.has(key)) {
        const message = `The property '${key}' is here twice: keep one of them.`;
        this.repeated.push({ pointer: place, line: this.lineAt(keyAt), code: 'repeated-key', message });
      }
      this.skipSpace();
      this.expect(':', `a colon is missing after "${key}", before`);
      members.set(key, this.readValue(place, depth + 1));
      this.skipSpace();
    }
    this.at += 1;
    // Makes own properties of all names, `__proto__` too.
    return Object.fromEntries(members);
  }

  private readList(pointer: string, depth: number): unknown {
    const list: unknown[] = [];
    this.at += 1;
    this.skipSpace();
    while (this.text[this.at] !== ']') {
      if (list.length > 0) {
        this.expect(',', 'a comma or the closing ] is missing before');
        this.skipSpace();
      }
      if (this.text[this.at] === ']') throw this.fault('there is a comma before ]: remove the comma.');
      list.push(this.readValue(below(pointer, list.length), depth + 1));
      this.skipSpace();
    }
    this.at += 1;
    return list;
  }

  private readString(): string {
    let value = '';
    this.at += 1;
    for (;;) {
      // Control characters may not stand in a text, but those above the ASCII ones may.
      const plain = /(?:[^"\\\p{Cc}]|[\u007F-\u009F])*/uy;
      plain.lastIndex = this.at;
      const part = plain.exec(this.text)?.[0] ?? '';
      value += part;
      this.at += part.length;
      const next = this.text[this.at];
      if (next === '"') {
        this.at += 1;
        return value;
      }
      if (next !== '\\') throw this.fault('a text is not closed on its line: add the closing ".');
      value += this.readEscape();
    }
  }

  private readEscape(): string {
    const letter = this.text[this.at + 1] ?? '';
    const hex = this.text.slice(this.at + 2, this.at + 6);
    if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(hex)) {
      this.at += 6;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const meant = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (meant === undefined)
      throw this.fault('a \\ in a text stands before nothing known: write \\\\ for a backslash.');
    this.at += 2;
    return meant;
  }

  private readNumber(): number {
    const pattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    pattern.lastIndex = this.at;
    const digits = pattern.exec(this.text)?.[0];
    if (digits === undefined) throw this.fault(`a value is missing before ${this.found()}.`);
    this.at += digits.length;
    return Number(digits);
  }

  private expect(sign: string, message: string): void {
    if (this.text[this.at] !== sign) throw this.fault(`${message} ${this.found()}.`);
    this.at += 1;
  }

  private skipSpace(): void {
    const space = /[ \t\n\r]*/y;
    space.lastIndex = this.at;
    this.at += space.exec(this.text)?.[0].length ?? 0;
  }

  private found(): string {
    const sign = this.text[this.at];
    return sign === undefined ? 'the end of the file' : `"${sign}"`;
  }

  private fault(message: string): SyntaxFault {
    return new SyntaxFault(this.at, message);
  }
}
