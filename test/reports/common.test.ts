import type { Instrument } from '../../src/definitions/instrument';
import { mapBetween } from '../../src/definitions/version-map';
import { reportDocument } from '../../src/reports/edition/report-document';
import { buildReport, type ReportModel } from '../../src/reports/model';
import { releaseNotes } from '../../src/reports/release-notes';
import { reportInput } from '../../src/reports/report-input';
import { releasePair, releaseRound, type RoundInput } from '../../src/scoring';
import { item, smallInstrument } from '../support/instruments';
import { reportDocument as documentOf } from '../support/report';
import { people, round } from '../support/scoring';

const small = smallInstrument();
const all = { a1: 3, a2: 4, b1: 3, b2: 3, c1: 3, c2: 3, part: 'yes' };
const respondents = round({ officials: people(12, all), ngo: people(12, all) }).respondents;
const plain = (value: unknown) => JSON.stringify(value).replaceAll('\u00a0', ' ');

/** 1.1.0 of the small instrument: a2 means something else, c2 is gone, c3 is new. */
const later: Instrument = {
  ...small,
  version: '1.1.0',
  questions: small.questions.map((question) => (question.code === 'c2' ? item('c3', 'P2.1') : question)),
  forms: JSON.parse(JSON.stringify(small.forms).replaceAll('"c2"', '"c3"')) as Instrument['forms'],
  comparesWith: [
    {
      version: '1.0.0',
      items: { kept: ['a1', 'b1', 'b2', 'c1'], changed: ['a2'], dropped: ['c2'], new: ['c3'] },
      areas: { kept: ['P1.1', 'P1.2', 'P2.1'], changed: [], dropped: [], new: [] },
    },
  ],
};

function report(
  [before, now]: readonly [Instrument, Instrument],
  forms: readonly [RoundInput['form'], RoundInput['form']] = ['full', 'full'],
): ReportModel {
  const rounds = [before, now].map((instrument, at) => ({
    opened: { instrument, hash: String(at).repeat(64) },
    input: { ...round({}), respondents, k: 5, form: forms[at]!, round: small.rounds![at]! },
  })) as [Parameters<typeof releaseRound>[0], Parameters<typeof releaseRound>[0]];
  const map = before === now ? null : mapBetween(before, now);
  const sources = rounds.map((one, at) => ({
    ...{ name: at === 0 ? ('baseline' as const) : ('follow-up' as const), assessedYear: 2024 + at, study: null },
    ...{ released: releaseRound(one), agreed: {}, words: {}, meetings: [], facts: [], comments: null },
  }));
  return buildReport(
    reportInput(
      reportDocument({
        ...{ unit: { name: 'Gmina Przykładowa' }, madeOn: '2026-11-23', instrument: now, hash: 'a'.repeat(64) },
        rounds: sources as [(typeof sources)[number], ...typeof sources],
        pair: releasePair(rounds[0], rounds[1], map),
      }),
    ),
    'pl',
  );
}

it('two versions are said to be compared on what they have in common, with the rest by its codes', () => {
  const model = report([small, later]);
  const limits = plain(model.summary.limits);
  expect(limits).toContain('dwiema wersjami kwestionariusza, 1.0.0 i 1.1.0');
  expect(limits).toContain('Poza porównaniem jest 1 pytanie o zmienionym znaczeniu.');
  expect(limits).toContain('Poza porównaniem jest 1 nowe pytanie.');
  // a2 has two thirds of its area's weight.
  expect(limits).toContain('Nie można porównać obszaru Diagnoza: za mało pytań zostało wspólnych.');
  const annex = plain(model.sections.find(({ id }) => id === 'annex-instrument'));
  expect(annex).toContain('{"term":"Pytania o zmienionym znaczeniu","meaning":"a2"}');
  expect(annex).toContain('{"term":"Pytania usunięte","meaning":"c2"}');
});

it('a full and a short survey are said to be compared on the questions of both; one version and form say nothing', () => {
  expect(plain(report([small, small], ['full', 'core']).summary.limits)).toContain(
    'Runda początkowa użyła ankiety pełnej, a powtórna skróconej.',
  );
  expect(plain(report([small, small], ['core', 'full']).summary.limits)).toContain(
    'Runda początkowa użyła ankiety skróconej, a powtórna pełnej.',
  );
  expect(plain(report([small, small]).summary.limits)).not.toMatch(/wersj|skrócon/);
});

describe('where one round merges groups and the other does not', () => {
  const before = round({ officials: people(12, all), ngo: people(12, all), informal: people(3, all) }).respondents;
  const now = round({ officials: people(12, all), ngo: people(12, all), informal: people(11, all) }).respondents;
  const document = documentOf(small, [{ respondents: before }, { respondents: now }]);
  const model = buildReport(reportInput(document), 'pl');
  const rowsOf = (id: string) =>
    model.sections.find((section) => section.id === id)!.parts.flatMap(({ table }) => table?.rows ?? []);

  it('each row says where its people are in the round that has it not', () => {
    const words = (name: string) =>
      rowsOf('participation')
        .find(({ heading }) => heading.replaceAll('\u00a0', ' ') === name)!
        .cells.map((one) => one.text.replaceAll('\u00a0', ' '));
    expect(words('Grupy nieformalne')[1]).toBe('połączona z inną');
    expect(words('Grupy nieformalne')[4]).toBe('11');
    expect(words('Organizacje i grupy')[1]).toBe('15');
    expect(words('Organizacje i grupy')[4]).toBe('podana w częściach');
    const annex = rowsOf('annex-figures').filter(({ heading }) => heading === 'Grupy nieformalne');
    expect(annex[0]!.cells.map(({ text }) => text.replaceAll('\u00a0', ' '))).toContain('połączona z inną');
  });

  it('staff are told what was merged and why, of each round and of the comparison', () => {
    const [first, second, compared] = releaseNotes(document, 'pl').map(({ sentences }) => plain(sentences));
    const merged = 'Organizacje i grupy: te grupy połączyliśmy';
    expect(first).toContain(merged);
    expect(second).not.toContain(merged);
    expect(compared).toContain(merged);
  });
});

it('staff are told what was left out, hidden, withheld and borrowed, in words that count', () => {
  const given = round({
    officials: people(12, all),
    councillors: people(3, all),
    ngo: [...people(6, all), ...people(2, { a1: 3, a2: 3 })],
    'benefit-council': people(5, { b1: 3, b2: 3, c1: 3, c2: 3, part: 'yes' }),
  }).respondents;
  const [notes] = releaseNotes(documentOf(small, [{ respondents: given }]), 'pl');
  const words = plain(notes!.sentences);
  expect(words).toContain('Radni: odpowiedziało mniej niż 5 osób');
  expect(words).toMatch(/Organizacje: podajemy tylko średnią i liczbę osób – .*Oceny wystawiło tam mniej niż 10 osób/);
  expect(words).toContain('Organizacje: w przedziałach stron');
  expect(words).not.toMatch(/notes\.|\{\{/);
});
