import { formatDate, formatMoney, formatNumber, formatPercent, formatSigned } from '../../src/locales/formats';
import { typeset } from '../../src/locales/typography';

const nbsp = '\u00a0';

describe('numbers and dates', () => {
  it('writes them as Poles do', () => {
    expect(formatNumber(2.5, 'pl')).toBe('2,5');
    expect(formatNumber(1.8, 'pl', 2)).toBe('1,80');
    expect(formatNumber(12345.6, 'pl')).toBe(`12${nbsp}345,6`);
    expect(formatPercent(62, 'pl')).toBe(`62${nbsp}%`);
    expect(formatMoney(12500, 'pl')).toBe(`12${nbsp}500${nbsp}zł`);
    expect(formatMoney(12500.5, 'pl')).toBe(`12${nbsp}500,50${nbsp}zł`);
    expect(formatDate('2026-03-01', 'pl')).toBe(`1${nbsp}marca${nbsp}2026`);
    expect(formatDate('2026-03-01', 'pl', 'short')).toBe('01.03.2026');
  });

  it('writes them as the English do', () => {
    expect(formatNumber(12345.6, 'en')).toBe('12,345.6');
    expect(formatPercent(62, 'en')).toBe('62%');
    expect(formatDate('2026-03-01', 'en')).toBe(`1${nbsp}March${nbsp}2026`);
  });

  it('signs differences, and not one that is shown as nothing', () => {
    expect(formatSigned(1.13, 'pl')).toBe('+1,13');
    expect(formatSigned(-0.5, 'pl')).toBe('\u22120,5');
    expect(formatSigned(0, 'pl')).toBe('0');
    expect(formatSigned(-0.001, 'pl', 2)).toBe('0,00');
  });
});

describe('Polish typography', () => {
  it('keeps one-letter words and numbers with what follows', () => {
    expect(typeset('w gminie i w powiecie', 'pl')).toBe(`w${nbsp}gminie i${nbsp}w${nbsp}powiecie`);
    expect(typeset('za 12 miesięcy', 'pl')).toBe(`za 12${nbsp}miesięcy`);
    expect(typeset('„W urzędzie”', 'pl')).toBe(`„W${nbsp}urzędzie”`);
  });

  it('leaves English alone', () => {
    expect(typeset('a plan in 12 months', 'en')).toBe('a plan in 12 months');
  });
});
