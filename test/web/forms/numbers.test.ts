import fc from 'fast-check';
import { formatNumber } from '../../../src/locales/formats';
import { readNumber } from '../../../src/shared/typed-number';
import { numberForField } from '../../../src/web/forms/numbers';

describe('numbers in fields', () => {
  it('are read again as they were written, and as the page shows them', () => {
    const thousandths = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1000);
    fc.assert(
      fc.property(thousandths, fc.constantFrom('pl' as const, 'en' as const), (value, language) => {
        expect(readNumber(numberForField(value, language))).toEqual({ number: value === 0 ? 0 : value });
      }),
    );
    const hundredths = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 100);
    fc.assert(
      fc.property(hundredths, (value) => {
        expect(readNumber(formatNumber(value, 'pl'))).toEqual({ number: value === 0 ? 0 : value });
      }),
    );
  });
});
