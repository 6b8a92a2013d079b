import { passageNotFound, shownText, showsMore } from '../../src/assessment/comment-text';

const shown = (text: string, ...lines: readonly string[]) => shownText(text, { whole: false, words: lines.join('\n') });

it.each([
  [
    'a name in any of its endings',
    'Nowak pomaga. Dziękujemy Nowakowi i NOWAKA też.',
    ['Nowak'],
    '[…] pomaga. Dziękujemy […] i […] też.',
  ],
  ['no part of another word', 'Kowal i podkowa u Kowalskiej', ['Kowa'], '[…] i podkowa u […]'],
  [
    'several words, however they are parted',
    'Pani\n  Anna   Nowak z referatu',
    ['Anna Nowak'],
    'Pani\n  […] z referatu',
  ],
  ['neighbours as one place', 'Pani Anna Nowak z referatu', ['Nowak', 'Anna'], 'Pani […] z referatu'],
  ['what overlaps once', 'od stycznia do marca 2025', ['stycznia do marca', 'marca 2025'], 'od […]'],
  [
    'signs that mean something to a pattern',
    'Kosztuje 5.000 (zł) [brutto]*',
    ['5.000 (zł)', '[brutto]*'],
    'Kosztuje […]',
  ],
  ['letters of every script', 'Źrebięca pomoc; żrebięca', ['źrebięca'], '[…] pomoc; żrebięca'],
  ['nothing where nothing is to be hidden', 'Bez uwag', ['', ' '], 'Bez uwag'],
])('hides %s', (_what, text, lines, expected) => {
  expect(shown(text, ...lines)).toBe(expected);
});

it('hides a comment whole', () => {
  expect(shownText('Wszystko', { whole: true, words: '' })).toBeNull();
});

it('names the first passage that is not there', () => {
  expect(passageNotFound('Pani Anna Nowak', 'Anna\nnowak')).toBeNull();
  expect(passageNotFound('Pani Anna Nowak', 'Anna\nowak\nKowal')).toBe('owak');
});

describe('of two ways to hide, the later shows more', () => {
  const text = 'Pani Anna Nowak z referatu';
  const hiding = (words: string, whole = false) => ({ whole, words });
  it.each([
    ['words less', hiding('Anna\nNowak'), hiding('Anna'), true],
    ['words more', hiding('Anna'), hiding('Pani Anna'), false],
    ['other words', hiding('Anna'), hiding('Nowak'), true],
    ['the same in other words', hiding('Anna\nNowak'), hiding('anna nowak'), false],
    ['whole after words', hiding('Anna'), hiding('', true), false],
    ['words after whole', hiding('', true), hiding('Pani Anna Nowak z referatu'), true],
  ])('%s', (_what, before, after, expected) => {
    expect(showsMore(text, before, after)).toBe(expected);
  });
});
