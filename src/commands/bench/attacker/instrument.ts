import type { Instrument, RatingQuestion } from '../../../definitions/instrument';
import type { VersionMap } from '../../../definitions/version-map';

/** A group as a round asks it: one of the instrument's, or several as one. */
export interface Group {
  readonly code: string;
  readonly parts: readonly string[];
}

export const groups = ['a1', 'a2', 'a3', 'n1', 'n2', 'o'] as const;

const text = (pl: string) => ({ pl });
const named = (code: string) => ({ code, name: text(code), shortName: text(code) });
const choices = (codes: readonly string[]) => codes.map((code) => ({ code, text: text(code) }));
const item = (code: string, area: string, more: Partial<RatingQuestion> = {}): RatingQuestion => ({
  type: 'rating',
  ...{ code, area, text: text(code) },
  ...more,
});
const page = (codes: readonly string[]) => ({ code: 'all', title: text('Pytania'), sections: [{ questions: codes }] });

/**
 * Three areas: of three items, of one, and of two of which the question `gate` decides on one; a merge on each side; and
 * a question that everybody must answer who said yes to `knows`.
 */
function instrumentOf(version: string, items: readonly RatingQuestion[]): Instrument {
  const codes = items.map(({ code }) => code);
  return {
    id: 'attacked',
    version,
    kind: 'assessment',
    languages: ['pl'],
    title: text('Atak'),
    scale: {
      min: 1,
      max: 5,
      points: Object.fromEntries([1, 2, 3, 4, 5].map((point) => [String(point), text(String(point))])),
    },
    groups: groups.map((code) => ({
      ...{ code, name: text(code) },
      side: code === 'o' ? null : code.startsWith('a') ? 'administration' : 'ngo',
    })),
    mergePlan: [
      { groups: ['a2', 'a3'], name: text('a2 i a3') },
      { groups: ['n1', 'n2'], name: text('n1 i n2') },
    ],
    rounds: ['baseline', 'follow-up'],
    planes: [
      { ...named('P1'), areas: [named('A1'), named('A2')] },
      { ...named('P2'), areas: [named('A3')] },
    ],
    questions: [
      {
        type: 'single-choice',
        ...{ code: 'gate', text: text('Czy tak?'), requiredIf: true, report: 'views' },
        choices: choices(['yes', 'no']),
      },
      ...items.map((one) => (one.code === 'x6' ? { ...one, visibleIf: { '==': [{ answer: 'gate' }, 'yes'] } } : one)),
      {
        type: 'yes-no',
        ...{ code: 'knows', text: text('Czy zna program?'), requiredIf: true, report: 'views' },
      },
      {
        type: 'single-choice',
        ...{ code: 'often', text: text('Jak często?'), requiredIf: true, report: 'views' },
        visibleIf: { '==': [{ answer: 'knows' }, true] },
        choices: choices(['often', 'seldom']),
      },
      {
        type: 'multiple-choice',
        ...{ code: 'barriers', text: text('Co przeszkadza?'), report: 'barriers' },
        choices: choices(['money', 'time', 'trust']),
      },
    ],
    forms: {
      full: { minutes: 5, pages: [page(['gate', ...codes, 'knows', 'often', 'barriers'])] },
      core: { minutes: 2, pages: [page(items.filter(({ core }) => core === true).map(({ code }) => code))] },
    },
  };
}

const items = [
  item('x1', 'A1', { core: true }),
  item('x2', 'A1'),
  item('x3', 'A1', { weight: 2 }),
  item('x4', 'A2', { core: true }),
  item('x5', 'A3', { core: true }),
  item('x6', 'A3'),
];

export const first = instrumentOf('1.0.0', items);

/** Asks an item in other words, and one more. */
export const later = instrumentOf('2.0.0', [...items, item('x7', 'A2')]);

/** What both versions have in common: not `x2`, whose words changed, and not `x7`, which is new. */
export const map: VersionMap = {
  ...{ instrument: 'attacked', from: '1.0.0', to: '2.0.0' },
  items: { kept: ['x1', 'x3', 'x4', 'x5', 'x6'], changed: ['x2'], dropped: [], new: ['x7'] },
  areas: { kept: ['A1', 'A2', 'A3'], changed: [], dropped: [], new: [] },
};
