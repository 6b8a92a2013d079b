import { resources } from '../../src/locales/resources';
import { translator } from '../../src/locales/translate';

/** Keys of a tree of words; plural forms of one key count as that key. */
function keysOf(words: object, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [prefix + key.replace(/_(zero|one|few|many|other)$/, '')]
      : keysOf(value as object, `${prefix}${key}.`),
  );
}

function placeholdersOf(words: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [
            [
              prefix + key,
              [...value.matchAll(/\{\{(\w+)\}\}/g)]
                .map(([, name]) => name)
                .sort()
                .join(' '),
            ] as const,
          ]
        : [...placeholdersOf(value as object, `${prefix}${key}.`)],
    ),
  );
}

describe('the words of pages', () => {
  it.each(Object.keys(resources.pl))('%s says everything in both languages', (namespace) => {
    const name = namespace as keyof typeof resources.pl;
    expect(new Set(keysOf(resources.en[name]))).toEqual(new Set(keysOf(resources.pl[name])));
  });

  it.each(Object.keys(resources.pl))('%s fills in the same places in both languages', (namespace) => {
    const name = namespace as keyof typeof resources.pl;
    const polish = placeholdersOf(resources.pl[name]);
    for (const [key, names] of placeholdersOf(resources.en[name])) {
      const twin = polish.get(key) ?? polish.get(key.replace(/_other$/, '_many'));
      expect(`${key}: ${names}`).toBe(`${key}: ${twin ?? ''}`);
    }
  });

  it('has all four Polish plural forms wherever there is one', () => {
    for (const words of Object.values(resources.pl)) {
      const all = [...placeholdersOf(words).keys()];
      for (const key of all.filter((one) => one.endsWith('_one'))) {
        for (const form of ['few', 'many', 'other']) expect(all).toContain(key.replace(/_one$/, `_${form}`));
      }
    }
  });

  it('counts as Poles do', () => {
    const t = translator('pl');
    expect(t('survey:length.left', { count: 1 })).toBe('Można wpisać jeszcze 1 znak.');
    expect(t('survey:length.left', { count: 22 })).toBe('Można wpisać jeszcze 22 znaki.');
    expect(t('survey:length.left', { count: 112 })).toBe('Można wpisać jeszcze 112 znaków.');
  });

  it('fails on a key without words, rather than show it', () => {
    expect(() => translator('pl')('survey:nonesuch')).toThrow('No words for pl survey:nonesuch');
  });
});
