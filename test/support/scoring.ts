import type { Answer, Answers } from '../../src/definitions/answers';
import type { Instrument } from '../../src/definitions/instrument';
import { isHidden, type GroupFigure, type RoundInput, type ShownFigure } from '../../src/scoring/scorecard';
import { item, smallInstrument, text } from './instruments';

/** "hard to say" and "not applicable" as answers. */
export const hs: Answer = { special: 'hard-to-say' };
export const na: Answer = { special: 'not-applicable' };

/** A round in which nothing is hidden, with respondents given as group code → list of answers. */
export function round(answers: Readonly<Record<string, readonly Answers[]>>, overrides: Partial<RoundInput> = {}) {
  const respondents = Object.entries(answers).flatMap(([group, list]) =>
    list.map((one, index) => ({ id: `${group}-${index}`, group, answers: one })),
  );
  const input: RoundInput = {
    form: 'full',
    round: null,
    respondents,
    facts: {},
    groupSizes: {},
    outOfScope: [],
    k: 1,
    ...overrides,
  };
  return input;
}

/** `times` people who answered the same. */
export function people(times: number, answers: Answers): Answers[] {
  return Array.from({ length: times }, () => answers);
}

/** The figure of a group, which must be shown. */
export function shown(figure: GroupFigure | undefined): ShownFigure {
  if (figure === undefined || isHidden(figure)) throw new Error('The figure is hidden.');
  return figure;
}

/** Codes of the twelve areas of the Model: six, three and three. */
export const twelveAreaCodes = [
  ...['P1.1', 'P1.2', 'P1.3', 'P1.4', 'P1.5', 'P1.6'],
  ...['P2.1', 'P2.2', 'P2.3'],
  ...['P3.1', 'P3.2', 'P3.3'],
];

/** The item code of an area in `twelveAreas`: `P1.2` → `p12`. */
export function itemOf(area: string): string {
  return area.toLowerCase().replace('.', '');
}

/** Three planes and twelve areas with one item each. */
export function twelveAreas(overrides: Partial<Instrument> = {}): Instrument {
  const named = (code: string) => ({ code, name: text(code), shortName: text(code) });
  const page = { code: 'all', title: text('Pytania'), sections: [{ questions: twelveAreaCodes.map(itemOf) }] };
  return {
    ...smallInstrument(),
    id: 'twelve',
    calcs: [],
    facts: [],
    mergePlan: [],
    planes: ['P1', 'P2', 'P3'].map((code) => ({
      ...named(code),
      areas: twelveAreaCodes.filter((area) => area.startsWith(code)).map(named),
    })),
    questions: twelveAreaCodes.map((area) => item(itemOf(area), area, { core: true })),
    forms: { full: { minutes: 5, pages: [page] }, core: { minutes: 5, pages: [page] } },
    ...overrides,
  };
}

/** Answers to `twelveAreas`: one rating for all areas, and other ones by area code. */
export function ratings(everywhere: number, others: Readonly<Record<string, Answer>> = {}): Answers {
  return Object.fromEntries(twelveAreaCodes.map((area) => [itemOf(area), others[area] ?? everywhere]));
}
