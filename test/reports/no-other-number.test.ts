import { outputs } from '../../src/commands/bench/numbers/shown';
import { numbersIn, strangeNumbers } from '../../src/commands/bench/numbers/strange-numbers';
import { languages } from '../../src/locales/translate';
import type { ReportDocument } from '../../src/reports/edition/edition';
import { releaseRound, type Respondent } from '../../src/scoring';

import { lijw, lijwPeople, reportDocument } from '../support/report';

/** Units with hidden, merged, small and large groups; the second compares two rounds, the third has agreed scores. */
const agreed = Object.fromEntries(
  lijw.planes!.flatMap(({ areas }) => areas.map(({ code }, at) => [code, 1.5 + (at % 5) / 2])),
);
const sizes = { officials: 21, councillors: 15, ngo: 43 };
const first = lijwPeople(71, 2.6, { officials: 14, councillors: 7, authorities: 3, ngo: 21, 'benefit-council': 3 });
const second = lijwPeople(72, 3.4, { officials: 13, councillors: 12, ngo: 19, informal: 4, 'benefit-council': 6 });
const units: readonly (readonly [string, ReportDocument, readonly Respondent[]])[] = [
  ['one round', reportDocument(lijw, [{ respondents: first, groupSizes: sizes }]), first],
  ['two rounds', reportDocument(lijw, [{ respondents: first, groupSizes: sizes }, { respondents: second }]), first],
  [
    'agreed scores',
    reportDocument(lijw, [
      { respondents: second, agreed, report: { study: { from: '2026-02-03', to: '2026-03-27' } } },
    ]),
    second,
  ],
];

describe.each(units)('of %s', (_name, document, respondents) => {
  it.each(Object.keys(outputs))('the %s shows no number that is not in the released document', async (output) => {
    for (const language of languages) {
      const shown = await outputs[output]!(document, language);
      if (output !== 'codebook') expect(shown.join(' ')).toMatch(/\d[.,]\d/);
      expect(strangeNumbers(shown, document, language)).toEqual([]);
    }
  });

  it('a figure that was hidden is found out in every output', async () => {
    // The mean that the council would have, if anybody gave it away.
    const all = releaseRound({
      opened: { instrument: lijw, hash: 'a'.repeat(64) },
      input: { ...{ form: 'full', round: null, facts: {}, groupSizes: {}, outOfScope: [], k: 1 }, respondents },
    });
    const means = Object.values(all.scorecard.areas).flatMap(({ groups }) =>
      Object.values(groups).flatMap((figure) => ('mean' in figure && figure.mean !== null ? [figure.mean] : [])),
    );
    const found = means.filter((mean) => strangeNumbers([mean], document, 'pl').length > 0);
    expect(found.length).toBeGreaterThan(5);
    const [raw = 0] = found;
    const words = `ukryta średnia ${raw.toFixed(2).replace('.', ',')}`;
    for (const read of Object.values(outputs)) {
      expect(strangeNumbers([...(await read(document, 'pl')), words], document, 'pl')).toEqual([String(raw)]);
    }
    expect(strangeNumbers(['z 1057 osób'], document, 'pl')).toEqual(['1057']);
  });
});

it('reads numbers as they are written in either language', () => {
  expect(numbersIn('z 2,14 na 3.40 (+1,26 punktu, −12 %), 1 234 osoby')).toEqual(['2.14', '3.4', '1.26', '12', '1234']);
});
