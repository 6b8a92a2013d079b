import fc from 'fast-check';
import { buildReport, type ReportModel, type Section } from '../../src/reports/model';
import { lijw, lijwPeople, reportInput } from '../support/report';
import { people, ratings, round, twelveAreas } from '../support/scoring';

const instrument = twelveAreas();

/** Administration and NGOs answer alike inside each side. */
function answers(administration: number, ngo: number, ngoOthers: Record<string, number> = {}, size = 6) {
  return round({
    officials: people(size, ratings(administration)),
    ngo: people(size, ratings(ngo, ngoOthers)),
  }).respondents;
}

function sectionOf(model: ReportModel, id: string): Section {
  const section = model.sections.find((one) => one.id === id);
  if (!section)
    throw new Error(`There is no section ${id}; there are ${model.sections.map((one) => one.id).join(', ')}`);
  return section;
}

const plain = (value: unknown) => JSON.stringify(value).replaceAll('\u00a0', ' ');

describe('the report of two rounds', () => {
  const model = buildReport(
    reportInput(instrument, [{ respondents: answers(3, 2) }, { respondents: answers(4, 2, { 'P1.4': 5, 'P2.1': 1 }) }]),
    'pl',
  );

  it('tells the index in large figures and in a sentence', () => {
    // Baseline (3 + 2) / 2 = 2.50; follow-up: ten areas (4 + 2) / 2, P1.4 4.5, P2.1 2.5: 37 / 12 = 3.08.
    const [survey] = model.summary.indices;
    expect(survey).toMatchObject({ before: '2,50', now: '3,08' });
    expect(plain(model.summary.finding)).toContain('z 2,50 na 3,08 (+0,58 punktu, +23 %)');
  });

  it('names the largest rise', () => {
    expect(plain(model.summary.changesFinding)).toContain(
      'Największy wzrost: P1.4, z 2,50 na 4,50 (+2,00 punktu, +80 %).',
    );
  });

  it('names the widest gap between the sides and who scores higher', () => {
    expect(plain(model.summary.gap)).toContain('P2.1: administracja 4,00, organizacje 1,00 (różnica 3,00 punktu)');
    const [row] = sectionOf(model, 'sides').parts[0]!.table!.rows;
    expect(row!.heading).toBe('P2.1');
    expect(row!.cells.map(({ text }) => text)).toEqual(['4,00', '1,00', '3,00', 'administracja']);
  });

  it('gives each chart an alternative text and a table in its section', () => {
    const sections = model.sections.filter(({ parts }) => parts.some(({ chart }) => chart));
    expect(sections.length).toBeGreaterThan(3);
    for (const { parts } of sections) {
      for (const { chart } of parts) if (chart) expect(chart.alt).toMatch(/\d/);
      expect(parts.some(({ table }) => table)).toBe(true);
    }
  });

  it('never cuts the scale', () => {
    for (const { parts } of model.sections) {
      for (const { chart } of parts) {
        const axes = (chart?.config.options['scales'] ?? {}) as { x?: { min: number; max: number } };
        if (chart && chart.config.type === 'line') expect(axes.x).toMatchObject({ min: 1, max: 5 });
      }
    }
  });

  it('leaves out sections without anything to tell', () => {
    const ids = model.sections.map(({ id }) => id);
    expect(ids).not.toContain('agreed');
    expect(ids).not.toContain('facts');
    expect(ids).not.toContain('barriers');
  });

  it('says no word of certainty', () => {
    expect(plain(model)).not.toMatch(/istotn|na pewno|pewnoś/i);
  });
});

it('names all areas of a tie', () => {
  const model = buildReport(
    reportInput(instrument, [{ respondents: answers(3, 2) }, { respondents: answers(3, 2, { 'P1.2': 4, 'P3.3': 4 }) }]),
    'pl',
  );
  expect(plain(model.summary.changesFinding)).toContain('Największy wzrost (+1,00 punktu): P1.2 i P3.3.');
});

it('tells a fall as a fall, and nothing as nothing', () => {
  const fall = [{ respondents: answers(3, 3) }, { respondents: answers(3, 3, { 'P1.1': 1 }) }] as const;
  const finding = buildReport(reportInput(instrument, fall), 'pl').summary.changesFinding;
  expect(plain(finding)).toContain('Największy spadek: P1.1, z 3,00 na 2,00 (−1,00 punktu, −33 %).');
  expect(plain(finding)).not.toContain('wzrost');
  const same = [{ respondents: answers(3, 3) }, { respondents: answers(3, 3) }] as const;
  expect(buildReport(reportInput(instrument, same), 'en').summary.changesFinding).toBe('No area’s score has changed.');
});

it('reports one round without any word of change', () => {
  const model = buildReport(reportInput(instrument, [{ respondents: answers(4, 2, { 'P1.4': 5 }) }]), 'pl');
  expect(model.summary.indices[0]).toMatchObject({ before: null, change: null });
  expect(plain(model.summary.changesFinding)).toContain('Najwyższa ocena: P1.4, 4,50.');
  expect(plain(sectionOf(model, 'plane-P1').parts)).not.toMatch(/Zmiana|powtórna/);
});

describe('agreed scores', () => {
  const areas = instrument.planes!.flatMap((plane) => plane.areas.map(({ code }) => code));
  const scores = (values: readonly (number | null)[]) =>
    Object.fromEntries(areas.map((code, at) => [code, values[at] ?? null]));
  const before = scores([1, 2, 2, 1, 2, 1, 2.5, 2.5, 2, 2, 2, 2]);
  const after = scores([3, 3, 4, 3.5, 2.5, 3.5, 3, 2.5, 3, 2.5, 2, 3]);
  const words = { 'P1.1': { reasons: 'Diagnoza powstała wspólnie.', dissent: 'Radni: za wcześnie na taką ocenę.' } };
  const given = [
    { respondents: answers(3, 2), agreed: before },
    { respondents: answers(4, 3), agreed: after },
  ] as const;
  const input = reportInput(instrument, given);
  const withWords = {
    ...input,
    rounds: input.rounds.map((one) => ({ ...one, agreed: one.agreed && { ...one.agreed, words } })),
  };
  const model = buildReport(withWords, 'pl');

  it('stand beside the survey with the published figures of a known case', () => {
    // The sums 22.0 and 35.5 of twelve half points: 1.83 → 2.96, +62 %.
    expect(model.summary.indices[1]).toMatchObject({ before: '1,83', now: '2,96' });
    expect(plain(model.summary.indices[1])).toContain('+1,13 punktu, +62 %');
    expect(plain(sectionOf(model, 'agreed'))).toContain('+250 %');
  });

  it('carry their reasons and dissent on the page of their plane', () => {
    const reasons = sectionOf(model, 'plane-P1').parts.flatMap((one) => one.reasons);
    expect(plain(reasons[0])).toContain('Diagnoza powstała wspólnie.');
    expect(plain(reasons[0])).toContain('Radni: za wcześnie na taką ocenę.');
    expect(plain(reasons[0])).toContain('+2,00 punktu, +200 %');
  });

  it('may be missing in one round', () => {
    const one = buildReport(reportInput(instrument, [given[0], { respondents: answers(4, 3) }]), 'pl');
    expect(one.summary.indices[1]).toMatchObject({ before: '1,83', now: 'nie ustalono', change: null });
  });

  it('leave an area out of scope out of every mean and say so', () => {
    const out = { ...after, 'P2.3': null };
    const scoped = [given[0], { ...given[1], agreed: out, outOfScope: ['P2.3'] }] as const;
    const report = buildReport(reportInput(instrument, scoped), 'pl');
    expect(plain(report.summary.limits)).toContain('poza zakresem pozostały obszary: P2.3');
    expect(plain(sectionOf(report, 'plane-P2').parts[1]!.table)).toContain('poza zakresem');
  });
});

describe('hidden groups', () => {
  const respondents = (extra: number) =>
    round({
      officials: people(6, ratings(3)),
      councillors: people(3, ratings(1, { 'P1.1': extra })),
      ngo: people(6, ratings(2)),
      informal: people(extra === 1 ? 4 : 2, ratings(5)),
    }).respondents;
  const report = (extra: number) =>
    buildReport(
      reportInput({ ...instrument, mergePlan: [] }, [
        { respondents: respondents(extra) },
        { respondents: respondents(extra) },
      ]),
      'pl',
    );

  it('are named, with „ukryto” in place of figures', () => {
    expect(plain(report(1).summary.limits)).toMatch(/ukryto wyniki grup.*Radni i Grupy nieformalne/);
    expect(plain(sectionOf(report(1), 'annex-figures').parts[0]!.table)).toContain('"ukryto"');
  });

  it('give away neither their answers nor how many they are', () => {
    expect(plain(report(1))).toBe(plain(report(2)));
  });
});

it('is plain JSON, in both languages, with the longest names', () => {
  const input = reportInput(lijw, [{ respondents: lijwPeople(2, 3, { officials: 8, ngo: 12 }) }], {
    unit: 'Ż'.repeat(120),
  });
  for (const language of ['pl', 'en'] as const) {
    const model = buildReport(input, language);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    expect(model.title).toContain('Ż'.repeat(120));
  }
});

it('holds for any sizes of groups: every report builds, and small groups show no figure', () => {
  const size = fc.integer({ min: 0, max: 7 });
  const rating = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(fc.tuple(size, size, size, size), fc.tuple(size, size, size, size), rating, (first, second, value) => {
      const of = ([officials, councillors, ngo, informal]: readonly number[]) =>
        round({
          officials: people(officials!, ratings(value)),
          councillors: people(councillors!, ratings(2)),
          ngo: people(ngo!, ratings(3)),
          informal: people(informal!, ratings(4)),
        }).respondents;
      const model = buildReport(
        reportInput(instrument, [{ respondents: of(first) }, { respondents: of(second) }]),
        'pl',
      );
      const rows = sectionOf(model, 'participation').parts[0]!.table!.rows;
      for (const row of rows.filter(({ kind }) => kind !== 'total')) {
        for (const cell of row.cells) if (cell.value !== null) expect(cell.value === 0 || cell.value >= 5).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
