import fc from 'fast-check';
import { formatNumber } from '../../../src/locales/formats';
import { numberForField, parseNumber } from '../../../src/web/forms/numbers';

describe('numbers as people type them', () => {
  it.each([
    ['12', 12],
    [' 12 ', 12],
    ['1 250,50', 1250.5],
    ['1\u00a0250', 1250],
    ['1.250,50', 1250.5],
    ['1,250.50', 1250.5],
    ['12.5', 12.5],
    ['12,5', 12.5],
    ['\u22123', -3],
    ['-3', -3],
    ['0', 0],
    ['100 zł', 100],
    ['12,5 %', 12.5],
  ])('reads %j', (typed, number) => expect(parseNumber(typed)).toBe(number));

  it.each(['', 'dużo', '1,2,3', '1..2', '12a', '1e5', '0x10', 'Infinity', 'NaN', '--1', ',5', '5,', '9'.repeat(16)])(
    'does not take %j for a number',
    (typed) => expect(parseNumber(typed)).toBeNull(),
  );

  it('reads what it writes, and what the page shows', () => {
    const hundredths = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 100);
    fc.assert(
      fc.property(hundredths, fc.constantFrom('pl' as const, 'en' as const), (value, language) => {
        expect(parseNumber(numberForField(value, language)) ?? NaN).toBeCloseTo(value, 2);
        expect(parseNumber(formatNumber(value, 'pl'))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
