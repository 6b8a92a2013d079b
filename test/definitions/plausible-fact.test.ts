import type { FactField } from '../../src/definitions/instrument';
import { doubtAbout } from '../../src/definitions/plausible-fact';

const field = (type: 'number' | 'percent' | 'money', usual?: object): FactField => ({
  type,
  code: 'f',
  text: { pl: 'Pole' },
  ...(usual === undefined ? {} : { usual }),
});

const days = field('number', { min: 7, max: 90, timesLast: 3 });

test.each([
  ['inside the usual values', days, 21, 20, null],
  ['on their edge', days, 90, null, null],
  ['below them', days, 6, 20, { doubt: 'below-usual', limit: 7 }],
  ['above them', days, 91, 20, { doubt: 'above-usual', limit: 90 }],
  ['three times the last', days, 60, 20, { doubt: 'far-above-last', last: 20, times: 3 }],
  ['a third of the last', days, 20, 60, { doubt: 'far-below-last', last: 60, times: 3 }],
  ['less than three times', days, 59, 20, null],
  ['ten times without a word of the definition', field('money'), 12_500, 1250, { doubt: 'far-above-last', last: 1250, times: 10 }], // prettier-ignore
  ['a decimal point forgotten', field('money'), 125, 1250, { doubt: 'far-below-last', last: 1250, times: 10 }],
  ['a share that grew ten times', field('percent'), 50, 5, null],
  ['a share with a limit of its own', field('percent', { timesLast: 4 }), 20, 5, { doubt: 'far-above-last', last: 5, times: 4 }], // prettier-ignore
  ['nothing after something', field('number'), 0, 500, null],
  ['something after nothing', field('number'), 500, 0, null],
  ['the first round', field('number'), 500, null, null],
  ['no data', field('number'), null, 500, null],
  ['another sign', field('number'), -500, 5, null],
] as const)('%s', (_case, of, value, last, doubt) => {
  expect(doubtAbout(of, value, last)).toEqual(doubt);
});
