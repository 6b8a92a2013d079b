import { followFlow } from '../../../definitions/flow';
import { itemsOf, type Instrument } from '../../../definitions/instrument';
import type { RoundInput } from '../../../scoring';

/** People of one group whom an area tells apart by which of its items they rated; the attacker is given all of this. */
export interface Cell {
  readonly group: string;
  /** Items rated, in document order. */
  readonly rated: readonly string[];
  readonly count: number;
  /** Have they a score of the area, of all items and of core items alone? */
  readonly scored: boolean;
  readonly coreScored: boolean;
}

/** What an area asks in a form. */
export interface AreaItems {
  readonly area: string;
  readonly items: readonly { readonly code: string; readonly weight: number; readonly core: boolean }[];
}

export function areaItems(instrument: Instrument, form: RoundInput['form'], area: string): AreaItems {
  const asked = new Set(
    (instrument.forms[form]?.pages ?? []).flatMap(({ sections }) => sections.flatMap(({ questions }) => questions)),
  );
  const items = itemsOf(instrument).filter((item) => item.area === area && asked.has(item.code));
  return { area, items: items.map(({ code, weight = 1, core = false }) => ({ code, weight, core })) };
}

/** Everybody who rated something in the area, as cells. */
export function cellsOf(instrument: Instrument, input: RoundInput, { items }: AreaItems): readonly Cell[] {
  const minShare = instrument.thresholds?.minAnsweredShare ?? 0.5;
  const cells = new Map<string, Cell>();
  for (const { group, answers } of input.respondents) {
    const { form, round, facts } = input;
    const { visible, answers: seen } = followFlow(instrument, { form, group, round, facts }, answers);
    const rated = items.filter(({ code }) => visible.has(code) && typeof seen[code] === 'number');
    if (rated.length === 0) continue;
    const enough = (of: typeof items) => {
      const applicable = of.filter(({ code }) => visible.has(code) && !isNotApplicable(seen[code]));
      const answered = weightOf(of.filter((item) => rated.includes(item)));
      return answered > 0 && answered >= minShare * weightOf(applicable) - 1e-9;
    };
    const [scored, coreScored] = [enough(items), enough(items.filter(({ core }) => core))];
    const codes = rated.map(({ code }) => code);
    const key = [group, scored, coreScored, ...codes].join(' ');
    const count = (cells.get(key)?.count ?? 0) + 1;
    cells.set(key, { group, rated: codes, count, scored, coreScored });
  }
  return [...cells.values()];
}

function weightOf(items: AreaItems['items']): number {
  return items.reduce((sum, { weight }) => sum + weight, 0);
}

function isNotApplicable(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'special' in answer && answer.special === 'not-applicable';
}
