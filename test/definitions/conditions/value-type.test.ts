import fc from 'fast-check';
import { isRealDate } from '../../../src/shared/calendar-day';
import { typeOfValue } from '../../../src/definitions/conditions/value-type';

test.each(['2024-02-29', '2000-02-29', '2023-12-31', '1900-02-28', '2024-01-01', '9999-12-31'])(
  '%s is a real day',
  (text) => {
    expect(isRealDate(text)).toBe(true);
    expect(typeOfValue(text)).toBe('date');
  },
);

test.each([
  '2023-02-29',
  '1900-02-29',
  '2024-04-31',
  '2024-13-01',
  '2024-00-10',
  '2024-01-00',
  '2024-1-1',
  '24-01-01',
  '2024-01-01 ',
  '2024-01-01\n',
  '2024-01-01T00:00',
  '2024/01/01',
  '٢٠٢٤-٠١-٠١',
  '-024-01-01',
  '',
])('%j is no day', (text) => {
  expect(isRealDate(text)).toBe(false);
  expect(typeOfValue(text)).toBe('text');
});

test('agrees with the calendar of the platform on every day and its neighbours', () => {
  const two = (part: number): string => String(part).padStart(2, '0');
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 9999 }), fc.nat(14), fc.nat(33), (year, month, day) => {
      const text = `${year}-${two(month)}-${two(day)}`;
      const date = new Date(`${text}T00:00:00Z`);
      const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
      expect(isRealDate(text)).toBe(real);
    }),
    { numRuns: 2000 },
  );
});

test('types of the other values', () => {
  expect([0, true, [], ['2024-01-01']].map(typeOfValue)).toEqual(['number', 'boolean', 'list', 'list']);
});
