import {
  forbiddenInName,
  forbiddenInText,
  identityOf,
  isBlank,
  visibleLength,
  visibleLines,
  visibleText,
} from '../../src/shared/plain-text';

const unseen = ['\u200B', '\u00AD', '\u200D', '\u2060', '\uFEFF', '\u180E', '\u3164', '\uFE0F', '\u{E0041}', '\u061C'];
const overrides = ['\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069'];
const controls = ['\u0000', '\u0007', '\u001B', '\u007F', '\u0085', '\u009F'];

describe('characters that nobody sees', () => {
  it.each([...unseen, ...overrides])('count neither for emptiness nor identity nor length: %j', (character) => {
    expect(isBlank(` ${character}\u00A0${character}`)).toBe(true);
    expect(identityOf(`Gmi${character}na ${character}Próbna`)).toBe(identityOf('gmina próbna'));
    expect(visibleLength(`${character}Łódź${character}`)).toBe(4);
    expect(visibleText(`Łó${character}dź`)).toBe('Łódź');
  });

  it('look empty also as spaces of any width and the Braille blank', () => {
    expect(isBlank('\u2003\u3000\u2800\t\n')).toBe(true);
    expect(isBlank('-')).toBe(false);
  });

  it('leave composed and decomposed letters one', () => {
    expect(identityOf('Gmina Lo\u0301dz\u0301')).toBe(identityOf('GMINA  ŁÓDŹ'.replace('Ł', 'L')));
    expect(visibleLength('o\u0301')).toBe(1);
  });

  it('are taken out of texts whose lines stay', () => {
    expect(visibleLines('\r\n pierwszy\u200B  wers \r\n\r\ndrugi\u00AD\n')).toBe('pierwszy  wers\n\ndrugi');
  });
});

describe('characters that no name may hold', () => {
  it.each([...controls, ...overrides, '\u2028', '\u2029', '\uD800', '\uFFFE'])('refuses %j', (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    expect(forbiddenInName(`Gmina ${character}Próbna`)).toBe(`U+${code}`);
  });

  it('refuses tabs and line breaks in names and lets texts have them', () => {
    for (const character of ['\t', '\n', '\r']) {
      expect(forbiddenInName(`a${character}b`)).toBe(`U+000${character.charCodeAt(0).toString(16).toUpperCase()}`);
      expect(forbiddenInText(`a${character}b`)).toBeNull();
    }
    expect(forbiddenInText('a\u0000b')).toBe('U+0000');
    expect(forbiddenInText('a\u202Eb')).toBe('U+202E');
  });

  it('lets every letter pass, also beyond the basic plane', () => {
    expect(forbiddenInName('Zażółć gęślą jaźń – „Ala” 𝒜 👩‍🌾')).toBeNull();
  });
});
