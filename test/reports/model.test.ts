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
    expect(plain(model.summary.gap)).toContain(
      'P2.1: administracja 4,00, organizacje 1,00 (różnica 3,00 punktu, prawdopodobna)',
    );
    const [row] = sectionOf(model, 'sides').parts[0]!.table!.rows;
    expect(row!.heading).toBe('P2.1');
    expect(row!.cells.map(({ text }) => text)).toEqual([
      ...['4,00', '1,00', '3,00', 'administracja'],
      'prawdopodobnie wyżej: administracja',
    ]);
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
  expect(plain(model.summary.changesFinding)).toContain('Największy wzrost (po +1,00 punktu): P1.2 i P3.3.');
});

describe('ties', () => {
  const one = (administration: Record<string, number>, ngo: Record<string, number> = administration) =>
    buildReport(
      reportInput(instrument, [
        {
          respondents: round({
            officials: people(6, ratings(3, administration)),
            ngo: people(6, ratings(3, ngo)),
          }).respondents,
        },
      ]),
      'pl',
    );
  const listed = (list: ReportModel['summary']['strengths']) => list.map(({ name, score }) => `${name}: ${score}`);

  it('stand whole on the lists of highest and lowest scores', () => {
    const { summary } = one({ 'P1.1': 5, 'P1.2': 4, 'P1.3': 4, 'P1.4': 4, 'P2.1': 1, 'P2.2': 2 });
    expect(listed(summary.strengths)).toEqual(['P1.1: 5,00', 'P1.2, P1.3 i P1.4: 4,00']);
    expect(listed(summary.weaknesses)).toEqual(['P2.1: 1,00', 'P2.2: 2,00']);
  });

  it('never put one score on both lists', () => {
    const { summary } = one({ 'P1.1': 5 });
    expect([listed(summary.strengths), listed(summary.weaknesses)]).toEqual([['P1.1: 5,00'], []]);
    expect(plain(summary.alike)).toContain('Pozostałe obszary oceniono tak samo (po 3,00).');
    const same = one({});
    expect([same.summary.strengths, same.summary.weaknesses]).toEqual([[], []]);
    expect(plain(same.summary.changesFinding)).toContain('Wszystkie obszary oceniono tak samo (po 3,00).');
  });

  it('name every area of the widest gap, or say that all gaps are alike', () => {
    const gap = (model: ReportModel) => plain(model.summary.gap);
    expect(gap(one({ 'P1.1': 5, 'P3.3': 1 }, {}))).toContain('w obszarach: P1.1 i P3.3 (różnica po 2,00 punktu)');
    const everywhere = Object.fromEntries(
      instrument.planes!.flatMap(({ areas }) => areas.map(({ code }) => [code, 4])),
    );
    expect(gap(one(everywhere, {}))).toContain('Strony różnią się w każdym obszarze tak samo (o 1,00 punktu).');
    const { lead, parts } = sectionOf(one(everywhere, {}), 'sides');
    // Once in a sentence, and not again in every row.
    expect(plain(lead)).toContain('W każdym obszarze wyżej ocenia administracja.');
    expect(plain(parts[0]!.table!.rows)).not.toContain('administracja');
    expect(gap(one({}))).toContain('Obie strony oceniają wszystkie obszary tak samo.');
  });

  it('name every group that scores highest', () => {
    const model = buildReport(
      reportInput(instrument, [
        {
          respondents: round({
            officials: people(6, ratings(4)),
            councillors: people(6, ratings(4)),
            ngo: people(6, ratings(2)),
          }).respondents,
        },
      ]),
      'pl',
    );
    expect(plain(sectionOf(model, 'sides').parts[1]!.finding)).toContain(
      'Najwyżej oceniają współpracę: urzędnicy i radni (po 4,00). Najniżej: organizacje (2,00).',
    );
  });

  it('name every area in which working group and survey differ most', () => {
    const agreed = Object.fromEntries(instrument.planes!.flatMap(({ areas }) => areas.map(({ code }) => [code, 3])));
    const model = buildReport(
      reportInput(instrument, [{ respondents: answers(3, 3), agreed: { ...agreed, 'P1.1': 4, 'P2.2': 2 } }]),
      'pl',
    );
    expect(plain(sectionOf(model, 'agreed').parts[1]!.finding)).toContain(
      'Największa różnica (po 1,00 punktu): P1.1 (zespół 4,00, ankieta 3,00) i P2.2 (zespół 2,00, ankieta 3,00).',
    );
  });
});

describe('one quantity has one value', () => {
  // Councillors answer only in the later round: the comparison goes without them.
  const before = round({ officials: people(6, ratings(3)), ngo: people(6, ratings(2)) }).respondents;
  const after = round({
    officials: people(6, ratings(3)),
    councillors: people(6, ratings(5)),
    ngo: people(6, ratings(2)),
  }).respondents;
  const model = buildReport(reportInput(instrument, [{ respondents: before }, { respondents: after }]), 'pl');

  it('and a figure that is not of all groups says so where it stands', () => {
    const [index] = model.summary.indices;
    expect(index).toMatchObject({ before: '2,50', now: '2,50' });
    expect(plain(index!.basis)).toContain('Runda powtórna (2025): wynik wszystkich grup to 3,00.');
    expect(plain(sectionOf(model, 'plane-P1').parts[0]!.paragraphs)).toContain('tylko grupy i obszary obecne w obu');
    expect(plain(sectionOf(model, 'sides').lead)).toContain('wszystkie pokazane grupy: runda powtórna (2025)');
  });

  it('and nothing is said where both are the same', () => {
    const same = buildReport(reportInput(instrument, [{ respondents: before }, { respondents: before }]), 'pl');
    expect(same.summary.indices[0]!.basis).toEqual([]);
    expect(plain(same)).not.toContain('obecne w obu, więc');
  });

  it('and a figure that is compared with nothing is marked', () => {
    const later = round({ councillors: people(6, ratings(4)), ngo: people(6, ratings(2)) }).respondents;
    const alone = buildReport(reportInput(instrument, [{ respondents: before }, { respondents: later }]), 'pl');
    const table = sectionOf(alone, 'plane-P1').parts[1]!.table!;
    expect(table.rows[0]!.cells.map(({ text }) => text)).toContain('2,50*');
    expect(plain(table.notes)).toContain('wynik wszystkich grup tej rundy');
  });
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
  expect(plain(model.summary.changesFinding)).toContain('Najwyżej oceniono: P1.4 (4,50). Najniżej: P1.1, P1.2');
  expect(plain(model)).not.toMatch(/jaśniejsz|pusty znak|przerywana/i);
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
    expect(one.summary.indices[1]).toMatchObject({
      before: '1,83',
      now: null,
      missing: 'Zespół nie ustalił jeszcze żadnej oceny.',
      change: null,
    });
    const some = buildReport(
      reportInput(instrument, [given[0], { respondents: answers(4, 3), agreed: { 'P1.1': 3 } }]),
      'pl',
    );
    expect(plain(some.summary.indices[1]!.missing)).toBe('"Zespół ustalił 1 z 12 ocen, więc indeksu jeszcze nie ma."');
  });

  it('leave an area out of scope out of every mean and say so', () => {
    const out = { ...after, 'P2.3': null };
    const scoped = [given[0], { ...given[1], agreed: out, outOfScope: ['P2.3'] }] as const;
    const report = buildReport(reportInput(instrument, scoped), 'pl');
    expect(plain(report.summary.limits)).toContain('poza zakresem pozostał obszar P2.3. Nie wpływa');
    expect(plain(sectionOf(report, 'plane-P2').parts[1]!.table)).toContain('poza zakresem');
  });
});

describe('hidden groups', () => {
  const respondents = (extra: number) =>
    round({
      officials: people(6, ratings(3)),
      councillors: people(extra === 1 ? 4 : 2, ratings(1, { 'P1.1': extra })),
      ngo: people(6, ratings(2)),
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
    expect(plain(report(1).summary.limits)).toMatch(/ukryto wyniki grupy.*\(Radni\)/);
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

it('names each source of the fact sheet once, under the number that its values carry', () => {
  const withFacts = twelveAreas({
    facts: ['a', 'b', 'c', 'd'].map((code) => ({ type: 'yes-no', code, text: { pl: code, en: code }, area: 'P1.1' })),
  });
  const fact = (code: string, source: string, year: number | null = 2025) =>
    ({ code, value: true, noData: null, year, source }) as const;
  const facts = [fact('a', 'Uchwała'), fact('b', 'Sprawozdanie', null), fact('c', 'Uchwała'), fact('d', '', null)];
  const model = buildReport(reportInput(withFacts, [{ respondents: answers(3, 2), report: { facts } }]), 'pl');
  const { rows, notes } = sectionOf(model, 'facts').parts[0]!.table!;
  expect(rows.slice(1).map(({ cells }) => cells.at(-1)!.text)).toEqual(['[1]', '[2]', '[1]', '']);
  expect(notes.join(' ')).toBe('Źródła: [1] Uchwała, 2025 [2] Sprawozdanie');
});
