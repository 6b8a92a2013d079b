import type { Answer } from '../../src/definitions/answers';
import type { Instrument } from '../../src/definitions/instrument';
import { buildReport, type ReportModel } from '../../src/reports/model';
import { choice, smallInstrument, text } from '../support/instruments';
import { reportInput } from '../support/report';
import { people, round } from '../support/scoring';

const small = smallInstrument();
/** Barriers under another code, support, a view and a question that only decides what is asked. */
const instrument: Instrument = {
  ...small,
  mergePlan: [],
  questions: [
    ...small.questions.map((question) =>
      question.code === 'barriers' ? { ...question, code: 'hindrances' } : question,
    ),
    {
      type: 'ranking',
      code: 'needs',
      report: 'support',
      text: text('Jakie wsparcie?', 'What support?'),
      choices: [choice('training'), choice('rooms'), choice('law')],
      places: 2,
    },
    { type: 'yes-no', code: 'better', report: 'views', text: text('Czy jest lepiej?', 'Is it better?') },
    { type: 'yes-no', code: 'filter', report: 'none', text: text('Czy brali Państwo udział?', 'Did you take part?') },
  ],
  forms: {
    full: {
      minutes: 5,
      pages: [
        {
          code: 'all',
          title: text('Pytania', 'Questions'),
          sections: [{ questions: ['a1', 'a2', 'b1', 'c1', 'hindrances', 'needs', 'better', 'filter'] }],
        },
      ],
    },
  },
};

const ratings = { a1: 3, a2: 3, b1: 3, c1: 3 };
type Given = Readonly<Record<string, Answer>>;
function report(groups: Readonly<Record<string, readonly Given[]>>): ReportModel {
  const respondents = round(
    Object.fromEntries(
      Object.entries(groups).map(([group, list]) => [group, list.map((one) => ({ ...ratings, ...one }))]),
    ),
  ).respondents;
  return buildReport(reportInput(instrument, [{ respondents }]), 'pl');
}
const partOf = (model: ReportModel, id: string) => model.sections.find((one) => one.id === id)!.parts[0]!;
const plain = (words: string | null) => (words ?? '').replaceAll('\u00a0', ' ');
const named = (...hindrances: readonly string[]): Given => ({ hindrances });

it('stand where their definition says, whatever their codes, and nowhere where it says so', () => {
  const model = report({
    officials: people(12, { hindrances: ['money'], needs: ['rooms'], better: true, filter: true }),
    ngo: people(12, { hindrances: ['time'], needs: ['law', 'rooms'], better: false, filter: true }),
  });
  expect(plain(partOf(model, 'barriers').finding)).toContain(
    'Administracja najczęściej wskazywała „Odpowiedź money” (12 z 12).',
  );
  expect(plain(partOf(model, 'support').finding)).toContain('„Odpowiedź rooms” i „Odpowiedź law” (po 12 z 12)');
  expect(plain(partOf(model, 'views').finding)).toContain('Organizacje najczęściej wskazywały „nie” (12 z 12).');
  expect(JSON.stringify(model)).not.toContain('Czy brali Państwo udział?');
});

it('name all that were named most often, or say that all were named alike', () => {
  const model = report({
    officials: [...people(6, named('money')), ...people(6, named('trust')), ...people(2, named('time'))],
    ngo: [
      ...people(3, named('money')),
      ...people(3, named('time')),
      ...people(3, named('trust')),
      ...people(3, named('none')),
    ],
  });
  const finding = plain(partOf(model, 'barriers').finding);
  expect(finding).toContain('Administracja najczęściej wskazywała „Odpowiedź money” i „Odpowiedź trust” (po 6 z 14).');
  expect(finding).toContain('Organizacje wskazywały wszystkie odpowiedzi równie często.');
});

it('draw the longest bar across the picture', () => {
  const model = report({
    officials: people(10, named('money')),
    ngo: [...people(3, named('money')), ...people(17, named('time'))],
  });
  const few = report({
    officials: [...people(2, named('money')), ...people(18, named('time', 'trust'))],
    ngo: [...people(10, named('money')), ...people(10, named('time'))],
  });
  const maxOf = (one: ReportModel) =>
    (partOf(one, 'barriers').chart!.config.options['scales'] as { x: { max: number } }).x.max;
  expect([maxOf(model), maxOf(few)]).toEqual([100, 90]);
});

describe('with few answers', () => {
  it('count everyone together where a side alone has fewer than 2k', () => {
    const model = report({ officials: people(12, named('money')), ngo: people(9, named('time')) });
    const { table } = partOf(model, 'barriers');
    expect(table!.columns.map((column) => column.text)).toEqual(['Odpowiedź', 'Wszyscy']);
    expect(table!.rows.at(-1)!.cells[0]!.value).toBe(21);
  });

  it('leave out groups of which fewer than k answered, and name them', () => {
    const groups = {
      officials: people(12, named('money')),
      ngo: people(12, named('time')),
      councillors: [...people(4, named('trust')), ...people(2, {})],
    };
    const { table } = partOf(report(groups), 'barriers');
    expect(table!.rows.at(-1)!.cells.map(({ value }) => value)).toEqual([12, 12]);
    expect(plain(table!.notes.join())).toContain('(Radni)');
    // Neither their number nor what they chose can be read off.
    const others = { ...groups, councillors: [...people(1, named('money')), ...people(5, {})] };
    expect(partOf(report(others), 'barriers')).toEqual(partOf(report(groups), 'barriers'));
  });

  it('say that they are hidden, and say otherwise that nobody answered', () => {
    const hidden = partOf(report({ officials: people(6, named('money')), ngo: people(3, named('time')) }), 'barriers');
    expect(plain(hidden.paragraphs.join())).toContain('odpowiedzi ukryto dla ochrony anonimowości');
    expect([hidden.chart, hidden.table]).toEqual([null, null]);
    const silent = partOf(report({ officials: people(6, {}), ngo: people(6, {}) }), 'barriers');
    expect(plain(silent.paragraphs.join())).toContain('brak odpowiedzi na to pytanie');
  });
});
