import fc from 'fast-check';
import { readJsonText } from '../../../src/definitions/check/json-text';

describe('readJsonText', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(readJsonText(text)).toMatchObject({ value: JSON.parse(text), problems: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('accepts and refuses the same texts as JSON.parse', () => {
    const parts = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '-',
      '.5',
      'e3',
      'true',
      'nul',
      ' ',
      '\\',
      '\n',
      '\u0001',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        let accepted = true;
        try {
          JSON.parse(text);
        } catch {
          accepted = false;
        }
        expect(readJsonText(text).problems.every(({ code }) => code !== 'not-json')).toBe(accepted);
      }),
      { numRuns: 3000 },
    );
  });

  it('reports keys that are there twice, with pointer and line', () => {
    const { value, problems } = readJsonText('{\n "a": {\n  "b/c": 1,\n  "b/c": 2\n },\n "a": 3\n}');
    expect(value).toEqual({ a: 3 });
    expect(problems).toMatchObject([
      { code: 'repeated-key', pointer: '/a/b~1c', line: 4 },
      { code: 'repeated-key', pointer: '/a', line: 6 },
    ]);
  });

  it.each([
    ['{"a": 1,}', 1, 'a property name in double quotes is missing before "}"'],
    ['{\n "a": 1\n "b": 2\n}', 3, 'a comma or a closing bracket is missing before'],
    ['[1, 2', 1, 'missing before the end of the file'],
    ['[1,\n\n]', 3, 'a value is missing before "]"'],
    ['{"a" 1}', 1, 'a colon is missing before "1"'],
    ["{'a': 1}", 1, 'put a text in double quotes'],
    ['{"a": "x\n"}', 1, 'a text is not closed on its line'],
    ['{"a": "\\q"}', 1, 'stands before nothing known'],
    ['{"a": "\\u12"}', 1, 'four digits'],
    ['{} x', 1, '"x" cannot stand here'],
    ['{} {}', 1, 'stands after the end of the document'],
    ['// no\n{}', 1, 'JSON has no comments'],
    ['', 1, 'a value is missing before the end of the file'],
    ['[NaN]', 1, '"NaN" cannot stand here'],
    ['[\u00A01]', 1, 'cannot stand here'],
  ])('says where %j is broken', (text, line, message) => {
    const [problem, ...more] = readJsonText(text).problems;
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'not-json', line });
    expect(problem?.message).toContain(message);
  });

  it('tells on which line a value starts, or what it is in', () => {
    const { lineOf } = readJsonText('{\n "a": [\n  1,\n  {"b": 2}\n ]\n}');
    expect(['', '/a', '/a/1', '/a/1/b', '/a/1/missing', '/none'].map(lineOf)).toEqual([1, 2, 4, 4, 4, 1]);
  });

  it('keeps `__proto__` a property like any other, passes over a byte order mark, and refuses endless nesting', () => {
    expect(Object.keys(readJsonText('{"__proto__": 1}').value as object)).toEqual(['__proto__']);
    expect(readJsonText('\uFEFF[1]').value).toEqual([1]);
    for (const open of ['[', '{"a":', '[{"a":']) {
      expect(readJsonText(open.repeat(100_000)).problems).toMatchObject([
        { code: 'not-json', message: expect.stringContaining('200 levels') },
      ]);
    }
    expect(readJsonText('"[[["').value).toBe('[[[');
  });
});
