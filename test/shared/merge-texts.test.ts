import fc from 'fast-check';
import { joinTexts, mergeTexts, onlyAdds } from '../../src/shared/merge-texts';

const text = fc
  .array(fc.constantFrom('plan', 'rada', 'gmina', 'do', 'wsi', '2026', '\n', 'ż'), { maxLength: 24 })
  .map((words) => words.join(' ').replaceAll(' \n ', '\n').trim());

const wordsOf = (one: string): readonly string[] => one.split(/\s+/).filter(Boolean);
const counted = (one: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const word of wordsOf(one)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};
/** Every word as often as it stands in the other text, or more often. */
const holds = (whole: string, part: string): boolean => {
  const counts = counted(whole);
  return [...counted(part)].every(([word, count]) => (counts.get(word) ?? 0) >= count);
};

describe('two people who change one text', () => {
  test.each([
    ['nothing and something', 'a b', 'a b', 'a b c', 'a b c'],
    ['the same', 'a b', 'x b', 'x b', 'x b'],
    ['beginning and end', 'Urząd ogłasza plany.', 'Nasz Urząd ogłasza plany.', 'Urząd ogłasza plany. Zawsze.', 'Nasz Urząd ogłasza plany. Zawsze.'], // prettier-ignore
    ['words apart in one sentence', 'jeden dwa trzy cztery', 'JEDEN dwa trzy cztery', 'jeden dwa TRZY cztery', 'JEDEN dwa TRZY cztery'], // prettier-ignore
    ['a line above and a line below', 'środek', 'góra\nśrodek', 'środek\ndół', 'góra\nśrodek\ndół'],
    ['one removes, the other adds elsewhere', 'a b c d e', 'a c d e', 'a b c d e f', 'a c d e f'],
    ['what was sent twice', '', 'Spotkania są rzadkie', 'Spotkania są rzadkie i krótkie', 'Spotkania są rzadkie i krótkie'], // prettier-ignore
    ['what was typed on after a lost answer', 'a', 'a b c d', 'a b c', 'a b c d'],
  ])('get both changes: %s', (_what, base, mine, theirs, merged) => {
    expect(mergeTexts(base, mine, theirs)).toBe(merged);
  });

  test.each([
    ['both write on an empty page', '', 'Tak', 'Nie'],
    ['both go on at the end', 'Urząd publikuje', 'Urząd publikuje plany', 'Urząd publikuje wyniki'],
    ['one changes a word that the other removes', 'a b c', 'a B c', 'a c'],
    ['both change a word', 'a b c', 'a x c', 'a y c'],
  ])('are asked where %s', (_what, base, mine, theirs) => {
    expect(mergeTexts(base, mine, theirs)).toBeNull();
  });

  test('get the same whoever of them comes second', () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        expect(mergeTexts(base, theirs, mine)).toBe(mergeTexts(base, mine, theirs));
      }),
    );
  });

  test('lose no word that one of them added, and keep none that one of them removed alone', () => {
    const change = fc.tuple(fc.nat(30), fc.nat(3), fc.array(fc.stringMatching(/^[a-z]{3,6}$/), { maxLength: 3 }));
    const changedBy = (
      base: readonly string[],
      [at, gone, added]: readonly [number, number, readonly string[]],
      mark: string,
    ) =>
      // prettier-ignore
      base.toSpliced(at % (base.length + 1), gone, ...added.map((word) => mark + word)).join(' ');
    const words = fc.array(fc.nat(9_999), { maxLength: 12 }).map((list) => list.map((n, at) => `${at}:${n}`));
    fc.assert(
      fc.property(words, change, change, (base, one, other) => {
        const [mine, theirs] = [changedBy(base, one, 'M'), changedBy(base, other, 'T')];
        const merged = mergeTexts(base.join(' '), mine, theirs);
        if (merged === null) return;
        for (const word of [...wordsOf(mine), ...wordsOf(theirs)]) {
          const isNew = !base.includes(word);
          const keptByBoth = wordsOf(mine).includes(word) && wordsOf(theirs).includes(word);
          expect(wordsOf(merged).includes(word)).toBe(isNew || keptByBoth);
        }
      }),
    );
  });

  test('find all words of both in the joined text', () => {
    fc.assert(
      fc.property(text, text, (mine, theirs) => {
        const joined = joinTexts('', mine, theirs);
        expect(holds(joined, mine) && holds(joined, theirs)).toBe(true);
      }),
    );
    expect(joinTexts('Urząd publikuje', 'Urząd publikuje plany', 'Urząd publikuje wyniki')).toBe(
      'Urząd publikuje wyniki\nUrząd publikuje plany',
    );
    expect(joinTexts('a\nx\nb', 'a\nx\nB', 'A\nx\nb')).toBe('A\nx\nB');
  });

  test('may write 2,000 characters each without keeping anybody waiting', () => {
    const long = (word: string) => `${word} `.repeat(400).trim();
    expect(mergeTexts(long('abcd'), long('bcde'), long('cdef'))).toBeNull();
  });
});

test('a text that only grew has lost nothing', () => {
  expect(onlyAdds('wspó', 'współpraca')).toBe(true);
  expect(onlyAdds('', 'a')).toBe(true);
  expect(onlyAdds('a b', 'a c')).toBe(false);
});
