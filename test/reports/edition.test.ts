import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import type { Edition } from '../../src/reports/edition/edition';
import { editionSchema } from '../../src/reports/edition/edition-schema';
import { contentHash, editionText, readEdition } from '../../src/reports/edition/read-edition';
import { buildReport } from '../../src/reports/model';
import { reportInput } from '../../src/reports/report-input';
import { editionFrom } from '../support/editions';
import { smallInstrument } from '../support/instruments';
import { lijw, lijwPeople } from '../support/report';
import { reportedRecommendation, reviewedRecommendation } from '../support/recommendations';
import { people, round } from '../support/scoring';

const folder = join(__dirname, 'editions');
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(editionSchema);

function faultsOf(edition: unknown): unknown {
  return validate(JSON.parse(JSON.stringify(edition))) ? [] : validate.errors;
}

const all = (points: number) => ({ a1: points, a2: points, b1: points, c1: points, barriers: ['money'] });
/** Councillors are hidden, informal groups merged or left out; one area is out of scope, one fact has no value. */
const small = editionFrom(smallInstrument(), [
  {
    respondents: round({
      officials: [...people(6, all(3)), ...people(6, all(4))],
      councillors: people(3, all(5)),
      ngo: [...people(7, all(2)), ...people(6, all(3))],
      informal: people(2, all(1)),
    }).respondents,
    groupSizes: { officials: 18, councillors: 9, ngo: 31 },
    agreed: { 'P1.1': 2.5, 'P1.2': null, 'P2.1': 2 },
    report: {
      study: { from: '2025-03-01', to: '2025-03-31' },
      words: { 'P1.1': { reasons: 'Spotkania odbywają się rzadko.', dissent: '' } },
      meetings: [{ date: '2025-04-10', present: [{ role: 'Urząd gminy', count: 4 }] }],
      facts: [{ code: 'grants', value: 12000, noData: null, year: 2024, source: 'Sprawozdanie' }],
    },
  },
  {
    respondents: round({ officials: people(12, all(4)), ngo: people(14, all(3)) }).respondents,
    report: {
      recommendations: [reportedRecommendation({ area: null, who: '', due: null, priority: true })],
      reviewed: [reviewedRecommendation({ fate: null }), reviewedRecommendation({ due: '2025-12-31' })],
    },
  },
]);
const several: readonly (readonly [string, Edition])[] = [
  ['two rounds with hidden groups', small],
  [
    'the real instrument',
    editionFrom(lijw, [{ respondents: lijwPeople(5, 3, { officials: 14, ngo: 12, informal: 6 }) }]),
  ],
  [
    'one round with comments',
    editionFrom(smallInstrument(), [
      {
        respondents: round({ ngo: people(12, all(3)) }).respondents,
        report: {
          comments: {
            ...{ state: 'published', fewest: 8, keptBack: [] },
            list: [{ question: 'p1-comment', group: 'ngo', text: 'Dziękujemy […]' }],
            hidden: [{ reason: 'person', count: 1 }],
          },
        },
      },
    ]),
  ],
  ['nobody shown', editionFrom(lijw, [{ respondents: lijwPeople(6, 3, { officials: 2 }) }])],
];

describe.each(several)('an edition of %s', (_name, edition) => {
  test('fits its schema, which knows no other field', () => {
    expect(faultsOf(edition)).toEqual([]);
    expect(faultsOf({ ...edition, enteredBy: 'Jan Kowalski' })).not.toEqual([]);
  });

  test('makes the same report once it has been stored', () => {
    const read = readEdition(editionText(edition));
    for (const language of ['pl', 'en'] as const) {
      expect(buildReport(reportInput(read), language)).toEqual(buildReport(reportInput(edition), language));
    }
  });

  test('is a file whose SHA-256 is the content hash', () => {
    expect(createHash('sha256').update(editionText(edition)).digest('hex')).toBe(contentHash(edition));
    expect(contentHash(readEdition(editionText(edition)))).toBe(contentHash(edition));
    expect(contentHash({ ...edition, madeOn: '2026-11-24' })).not.toBe(contentHash(edition));
  });
});

test('says in every form which edition it is, who decided, where it is, and that agreed scores are not approved', () => {
  const approvedOn = (day: string | null): Edition => {
    const [first, ...others] = small.rounds;
    return { ...small, rounds: [{ ...first, agreed: { ...first.agreed!, approvedOn: day } }, ...others] };
  };
  const model = buildReport(reportInput(readEdition(editionText(approvedOn(null)))), 'pl');
  expect(model.made.replaceAll('\u00a0', ' ')).toBe('Wydanie 1 z 23 listopada 2026');
  expect(model.published.join(' ').replaceAll('\u00a0', ' ')).toContain('Wójt Gminy Przykładowa, 20 listopada 2026');
  const address = 'Adres raportu: https://lijw.example.org/library/309901/2024-2025/1';
  expect(model.published).toContain(address);
  expect(model.summary.made).toContain(address);
  const said = /ocen uzgodnionych zespół jeszcze nie zatwierdził/;
  expect(model.summary.limits.some((limit) => said.test(limit))).toBe(true);
  expect(model.sections.find(({ id }) => id === 'agreed')!.lead.some((line) => said.test(line))).toBe(true);
  expect(JSON.stringify(buildReport(reportInput(approvedOn('2025-05-01')), 'pl'))).not.toMatch(said);
});

test('holds the releases as they are', () => {
  const [first] = readEdition(editionText(small)).rounds;
  expect(first.released).toEqual(JSON.parse(JSON.stringify(small.rounds[0].released)));
});

/** Every edition that an earlier program stored, with what a reader finds in it. */
const stored: readonly (readonly [file: string, unit: string, hash: string, index: readonly (string | null)[]])[] = [
  [
    'edition-1.json',
    'Gmina Przykładowa',
    '6666106526eecca20cd1d4426269eb7753c13104ff7d778101204811e16247de',
    ['2,88', '3,50', '2,25', null],
  ],
];

test('every stored edition is read', () => {
  expect(readdirSync(folder).toSorted()).toEqual(stored.map(([file]) => file).toSorted());
});

test.each(stored)('%s, stored by an earlier program, is read as it was meant', (file, unit, hash, index) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const edition = readEdition(text);
  expect(faultsOf(edition)).toEqual([]);
  expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
  expect(edition.unit.name).toBe(unit);
  const { indices } = buildReport(reportInput(edition), 'pl').summary;
  expect(indices.flatMap(({ before, now }) => [before, now])).toEqual(index);
});

test('an edition of a version that nobody knows yet is refused', () => {
  expect(() => readEdition(editionText({ ...small, schemaVersion: 99 } as unknown as Edition))).toThrow(
    'This program cannot read an edition of version 99.',
  );
});
