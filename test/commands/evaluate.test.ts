import fc from 'fast-check';
import { evaluateCommand, evaluateLines } from '../../src/commands/evaluate';

/** Feeds chunks, as a pipe would cut them, and returns the lines that come out. */
async function answer(chunks: (string | Uint8Array)[], longest?: number): Promise<unknown[]> {
  let output = '';
  for await (const text of evaluateLines(streamOf(chunks), longest)) output += text;
  expect(output === '' || output.endsWith('\n')).toBe(true);
  return output
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream is asynchronous even where its data is at hand
async function* streamOf(chunks: Iterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

const malformed = { error: { code: 'malformed', message: expect.any(String) } };

test('one line out for each line in, in order, with errors on their lines', async () => {
  const lines = ['{"rule":1}', 'x', '{"rule":{"group":true}}', '{"rule":"ż"}'];
  expect(await answer([lines.join('\n')])).toEqual([{ value: 1 }, malformed, { unknown: true }, { value: 'ż' }]);
});

test('a final line break is no line, an empty line is a malformed one', async () => {
  expect(await answer([])).toEqual([]);
  expect(await answer([''])).toEqual([]);
  expect(await answer(['{"rule":1}\n'])).toEqual([{ value: 1 }]);
  expect(await answer(['\n'])).toEqual([malformed]);
  expect(await answer(['{"rule":1}\n\n{"rule":2}\n'])).toEqual([{ value: 1 }, malformed, { value: 2 }]);
  expect(await answer(['\n\n'])).toEqual([malformed, malformed]);
});

test('lines may end in CR LF and hold the separators of Unicode', async () => {
  expect(await answer(['{"rule":1}\r\n{"rule":"a\u2028b\u0085"}\r\n'])).toEqual([
    { value: 1 },
    { value: 'a\u2028b\u0085' },
  ]);
});

test('a byte order mark is allowed at the very start only; bytes that are no UTF-8 are malformed', async () => {
  const bad = Buffer.concat([Buffer.from('{"rule":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}\n{"rule":2}')]);
  expect(await answer(['\uFEFF{"rule":1}\n\uFEFF{"rule":1}\n', bad])).toEqual([
    { value: 1 },
    malformed,
    malformed,
    { value: 2 },
  ]);
});

test('minus zero is zero', async () => {
  const lines = ['{"rule":-0}', '{"rule":{"*":[-1,0]}}', '{"rule":{"if":[true,[-0.0],[1]]}}'];
  let output = '';
  for await (const text of evaluateLines(streamOf([lines.join('\n')]))) output += text;
  expect(output).toBe('{"value":0}\n{"value":0}\n{"value":[0]}\n');
});

test('it does not matter where the stream is cut', async () => {
  const bytes = Buffer.from('{"rule":"zażółć"}\n\nx\r\n{"rule":{"==":[1,"1"]}}\n{"rule":{"+":[1,2]}}');
  const whole = await answer([bytes]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
      const places = [0, ...cuts.toSorted((one, other) => one - other), bytes.length];
      expect(await answer(places.slice(1).map((end, index) => bytes.subarray(places[index], end)))).toEqual(whole);
    }),
  );
});

test('lines are answered as they come, not when the input ends', async () => {
  const taken: number[] = [];
  // eslint-disable-next-line @typescript-eslint/require-await
  async function* input(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < 1000; index += 1) {
      taken.push(index);
      yield Buffer.from(`{"rule":${index}}\n{"ru`);
      yield Buffer.from('le":true}\n');
    }
  }
  const answers = evaluateLines(input());
  expect(await answers.next()).toEqual({ done: false, value: '{"value":0}\n' });
  expect(taken).toEqual([0]);
  expect(await answers.next()).toEqual({ done: false, value: '{"value":true}\n' });
  expect(taken).toEqual([0]);
  await answers.return();
});

test('a line that is too long is answered in its place and not kept', async () => {
  const fits = `{"rule":"${'x'.repeat(89)}"}`;
  const tooLong = { error: { code: 'too-large', message: expect.stringContaining('100 bytes') } };
  expect(fits.length).toBe(100);
  const cut = ['{"rule":"', ...Array<string>(50).fill('xxxxx'), '"}\n{"rule":2}\n'];
  expect(await answer([`${fits}\n${fits} \n`, ...cut, ...cut.slice(0, 40)], 100)).toEqual([
    { value: 'x'.repeat(89) },
    tooLong,
    tooLong,
    { value: 2 },
    tooLong,
  ]);
});

test('takes no file names', async () => {
  const given = { values: {}, positionals: ['rules.jsonl'] };
  await expect(evaluateCommand.run(given)).rejects.toMatchObject({ problems: [{ code: 'bad-option' }] });
});

test('the examples of the help give what it says', async () => {
  const examples = [...evaluateCommand.help.matchAll(/\$ echo '(.+)' \| npm run --silent evaluate\n\s*(.+)\n/g)];
  expect(examples.length).toBeGreaterThanOrEqual(3);
  for (const [, line = '', result = ''] of examples) {
    const [actual] = await answer([line]);
    const expected: unknown = JSON.parse(result, (_, value: unknown) => (value === '…' ? expect.any(String) : value));
    expect(actual).toEqual(expected);
  }
});
