import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishedComments } from '../../src/assessment/published-comments';
import { buildReport, type ReportInput } from '../../src/reports/model';
import { smallInstrument } from '../support/instruments';
import { reportInput, type GivenRound } from '../support/report';
import { reportText } from '../support/report-text';
import { reportedRecommendation, reviewedRecommendation } from '../support/recommendations';
import { people, round } from '../support/scoring';

/**
 * Two small reports, word for word. A change of words or figures that is meant is accepted by running the command that
 * a failure prints, and then read in the difference of the commit.
 */
const command = 'ACCEPT_REPORTS=1 npx jest --selectProjects unit --testPathPatterns reports/golden';

const instrument = smallInstrument();
const all = (points: number, barriers: readonly string[]) => ({
  a1: points,
  a2: points,
  b1: points,
  c1: points,
  barriers,
});

/** Councillors are hidden in the first round; informal groups answer too few to be shown in either. */
const first: GivenRound = {
  respondents: round({
    officials: [...people(6, all(3, ['money'])), ...people(6, all(4, ['time']))],
    councillors: people(3, all(5, ['trust'])),
    ngo: [...people(7, all(2, ['money'])), ...people(6, all(3, ['none']))],
    informal: people(2, all(1, ['trust'])),
  }).respondents,
  groupSizes: { officials: 18, councillors: 9, ngo: 31 },
  agreed: { 'P1.1': 2.5, 'P1.2': 3, 'P2.1': 2 },
};
const second: GivenRound = {
  respondents: round({
    officials: [...people(6, all(4, ['money'])), ...people(6, all(5, ['time']))],
    councillors: [...people(3, all(5, ['trust'])), ...people(3, all(4, ['trust']))],
    ngo: [...people(7, all(3, ['money'])), ...people(6, all(4, ['none']))],
    informal: people(2, all(1, ['trust'])),
    'benefit-council': people(5, all(3, ['money'])),
  }).respondents,
  groupSizes: { officials: 17, councillors: 9 },
  agreed: { 'P1.1': 3.5 },
  report: {
    recommendations: [
      reportedRecommendation({ what: 'Ogłaszać kalendarz spotkań.', due: '2027-03-31', priority: true }),
      reportedRecommendation({ area: null, what: 'Napisać przewodnik dla organizacji.', who: '', due: null }),
    ],
    reviewed: [
      reviewedRecommendation({ evidence: 'https://bip.example.org/zespol' }),
      reviewedRecommendation({ area: 'P1.2', fate: 'not-done', why: 'Nie było chętnych.' }),
      reviewedRecommendation({ area: 'P2.1', fate: null }),
    ],
  },
};

const comments: PublishedComments = {
  state: 'published',
  fewest: 8,
  keptBack: ['councillors'],
  list: [
    { question: 'p1-comment', group: 'ngo+informal', text: 'Spotkania są za rzadko.\nPrzydałby się kalendarz.' },
    { question: 'p1-comment', group: 'officials', text: 'Dziękujemy […] za pomoc.' },
    { question: 'p1-comment', group: 'ngo+informal', text: 'Bez uwag.' },
  ],
  hidden: [{ reason: 'person', count: 2 }],
};

const recommendations = [
  reportedRecommendation({ state: 'given-up', remark: 'Zespół z niej zrezygnował.', priority: true }),
];

const reports: readonly (readonly [string, ReportInput, 'pl' | 'en'])[] = [
  ['comparison.pl', reportInput(instrument, [first, second]), 'pl'],
  [
    'one-round.en',
    reportInput(instrument, [{ ...first, outOfScope: ['P1.2'], report: { comments, recommendations } }]),
    'en',
  ],
];

it.each(reports)('%s reads as it was accepted', (name, input, language) => {
  const file = join(__dirname, 'golden', `${name}.txt`);
  const text = reportText(buildReport(input, language));
  if (process.env['ACCEPT_REPORTS'] === '1') writeFileSync(file, text);
  const accepted = readFileSync(file, 'utf8');
  if (text !== accepted)
    console.error(`If ${name} is to read like this, accept it and read the difference:\n  ${command}`);
  expect(text.split('\n')).toEqual(accepted.split('\n'));
});
