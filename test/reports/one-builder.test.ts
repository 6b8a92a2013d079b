import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { registryOf, readInstrument } from '../../src/definitions/registry';
import { readReportInput } from '../../src/commands/report';
import { languages } from '../../src/locales/translate';
import { comparisonDocument, roundDocument } from '../../src/reports/assessment-report';
import { buildReport, type ReportInput } from '../../src/reports/model';
import { reportInput } from '../../src/reports/report-input';
import type { Respondent } from '../../src/scoring/scorecard';
import {
  agree,
  allowed,
  assessmentOver,
  closeAndCompute,
  newAssessment,
  roundInput,
  submitAnswers,
} from '../support/builders';
import { smallInstrument } from '../support/instruments';
import { csvOf } from '../support/report';
import { embeddedTestStore, type TestStore } from '../support/stores';

let files: TestStore & { readonly folder: string };
beforeEach(async () => {
  files = await embeddedTestStore();
});
afterEach(() => files.dispose());

const groups = { officials: 11, councillors: 3, ngo: 12, informal: 6, 'benefit-council': 5 };
const groupSizes = { officials: 18, councillors: 9, ngo: 30 };
const outOfScope = ['P1.2'];
const agreed = { 'P1.1': 2.5, 'P2.1': 4 };

function respondents(shift: number): Respondent[] {
  return Object.entries(groups).flatMap(([group, count], place) =>
    Array.from({ length: count }, (_one, at) => {
      const rating = (step: number) => 1 + ((at * step + place + shift) % 5);
      const answers = {
        meetings: 2,
        a1: rating(2),
        a2: rating(3),
        b1: rating(1),
        c1: rating(4),
        barriers: [['money', 'time', 'trust'][at % 3]!],
      };
      return { id: `${group}-${at}`, group, answers };
    }),
  );
}

it('makes the same report, byte for byte, from the store and from files', async () => {
  const { folder } = files;
  const instrument = smallInstrument();
  const file = join(folder, 'small-1.0.0.json');
  await writeFile(file, JSON.stringify(instrument));
  const services = assessmentOver(files.store, { instruments: registryOf([await readInstrument(file)]) });
  const { unit, assessment } = await newAssessment(services);
  const roundIds: string[] = [];
  for (const [at, name] of (['baseline', 'follow-up'] as const).entries()) {
    const input = roundInput(assessment.id, { name, assessedYear: 2024 + at, groupSizes, outOfScope });
    const { id } = allowed(await services.rounds.create(input));
    allowed(await services.rounds.open(id));
    for (const { group, answers } of respondents(at)) await submitAnswers(services, id, group, answers);
    for (const [area, score] of Object.entries(agreed)) {
      await agree(services, id, area, score - at);
    }
    await closeAndCompute(services, id);
    roundIds.push(id);
    await writeFile(join(folder, `${name}.csv`), csvOf(instrument, respondents(at)));
    const scores = {
      ...Object.fromEntries(Object.entries(agreed).map(([area, score]) => [area, score - at])),
      'P1.2': null,
    };
    await writeFile(join(folder, `${name}.json`), JSON.stringify(scores));
  }

  const values = {
    instrument: file,
    unit: unit.name,
    baseline: join(folder, 'baseline.csv'),
    'agreed-baseline': join(folder, 'baseline.json'),
    'group-sizes': ['officials=18,councillors=9,ngo=30'],
    'out-of-scope': outOfScope,
    'year-baseline': '2024',
    // The clock of the test's services stands still.
    'answered-baseline': '2026-03-16..2026-03-16',
  };
  const both = {
    ...values,
    'follow-up': join(folder, 'follow-up.csv'),
    'agreed-follow-up': join(folder, 'follow-up.json'),
    'year-follow-up': '2025',
    'answered-follow-up': '2026-03-16..2026-03-16',
  };
  const day = '2026-03-16';
  const compared = reportInput(allowed(await comparisonDocument(services, assessment.id, day)));
  const alone = reportInput(allowed(await roundDocument(services, roundIds[0]!, day)));
  for (const [fromFiles, fromStore] of [
    [await readReportInput(both, day), compared],
    [await readReportInput(values, day), alone],
  ] as const) {
    const told = withoutCollecting(fromStore);
    // Values first, for a failure that can be read; then every byte.
    expect(fromFiles).toEqual(told);
    expect(bytesOf(fromFiles).equals(bytesOf(told))).toBe(true);
  }
  await rm(file);
});

/** Files do not say how their answers came in, nor whether the minutes were approved. */
function withoutCollecting(input: ReportInput): ReportInput {
  const rounds = input.rounds.map(({ study, ...round }) => {
    const { ways, clause, ...days } = study!;
    expect({ ways, clause }).toEqual({ ways: ['link'], clause: '1.0' });
    const { name, assessedYear, ...rest } = round;
    const { approvedOn, ...agreed } = round.agreed!;
    expect(approvedOn).toBeNull();
    return { name, assessedYear, study: days, ...rest, agreed };
  });
  return { ...input, rounds };
}

function bytesOf(input: ReportInput): Buffer {
  return Buffer.from(JSON.stringify([input, ...languages.map((language) => buildReport(input, language))]));
}
