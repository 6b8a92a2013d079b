import { join } from 'node:path';
import { deadlinesOf, loadDeadlines } from '../../src/cooperation/deadlines';
import { latenessOf } from '../../src/cooperation/lateness';

const deadlines = loadDeadlines(join(__dirname, '../../survey-definitions/deadlines/cooperation-programme.json'));
const rule = (from: number, day = '11-30') => ({
  from,
  adoption: { yearsAfter: -1, day },
  report: { yearsAfter: 1, day: '04-30' },
});

it('are the dates of the law for the year that a programme is for', () => {
  expect(deadlines(2014)).toEqual({ adoption: '2013-11-30', report: '2015-04-30' });
  expect(deadlines(2027)).toEqual({ adoption: '2026-11-30', report: '2028-05-31' });
});

it.each([
  ['no rules', { rules: [] }],
  ['years out of order', { rules: [rule(2016), rule(2015)] }],
  ['a day that is none', { rules: [rule(2016, '11-31')] }],
  ['a day of leap years only', { rules: [rule(2016, '02-29')] }],
  ['a field that nobody knows', { rules: [{ ...rule(2016), until: 2020 }] }],
])('are refused with the file and the place: %s', (_why, document) => {
  expect(() => deadlinesOf(document, 'deadlines.json')).toThrow(/^deadlines\.json: /);
});

test.each([
  [null, null, '2026-11-30', 'due', 'none'],
  [null, null, '2026-12-01', 'not-adopted', 'none'],
  ['2026-11-30', null, '2027-12-31', 'in-time', 'none'],
  ['2026-12-01', null, '2028-01-01', 'adopted-late', 'due'],
  ['2026-11-30', null, '2028-06-01', 'in-time', 'missing'],
  ['2026-11-30', '2028-05-31', '2028-06-01', 'in-time', 'in-time'],
  ['2026-11-30', '2028-06-01', '2028-06-02', 'in-time', 'late'],
])(
  'a programme for 2027 adopted on %s, reported on %s, is on %s: %s, %s',
  (adoptedOn, reportedOn, today, adoption, report) => {
    expect(latenessOf({ year: 2027, adoptedOn, reportedOn }, deadlines(2027), today)).toEqual({ adoption, report });
  },
);
