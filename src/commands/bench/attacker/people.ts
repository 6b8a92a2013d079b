import { followFlow } from '../../../definitions/flow';
import { itemsOf, type Instrument } from '../../../definitions/instrument';
import type { RoundInput } from '../../../scoring';

/** People of one group whom an area tells apart by which of its items they rated; the attacker is given all of this. */
export interface Cell {
  readonly group: string;
  /** Items rated, in document order. */
  readonly rated: readonly string[];
  readonly count: number;
  /** The area's distributions count them. */
  readonly counted: boolean;
  /** Have they a score of the area, over all of its items and over the compared ones alone? */
  readonly scored: Readonly<Record<Over, boolean>>;
}

/** Which items a score is over: all that the form asks in the area, or those that are compared with the other round. */
export type Over = 'all' | 'compared';

/** What an area asks in a form. */
export interface AreaItems {
  readonly area: string;
  readonly items: readonly { readonly code: string; readonly weight: number; readonly compared: boolean }[];
}

export function areaItems(
  instrument: Instrument,
  form: RoundInput['form'],
  area: string,
  compared: readonly string[],
): AreaItems {
  const asked = new Set(
    (instrument.forms[form]?.pages ?? []).flatMap(({ sections }) => sections.flatMap(({ questions }) => questions)),
  );
  const items = itemsOf(instrument).filter((item) => item.area === area && asked.has(item.code));
  return {
    area,
    items: items.map(({ code, weight = 1 }) => ({ code, weight, compared: compared.includes(code) })),
  };
}

/**
 * Everybody who rated something in the area, as cells.
 *
 * @param counted who is in the area's distributions, by id
 */
export function cellsOf(
  instrument: Instrument,
  input: RoundInput,
  { items }: AreaItems,
  counted: ReadonlySet<string>,
): readonly Cell[] {
  const minShare = instrument.thresholds?.minAnsweredShare ?? 0.5;
  const cells = new Map<string, Cell>();
  for (const { id, group, answers } of input.respondents) {
    const { form, round, facts } = input;
    const { visible, answers: seen } = followFlow(instrument, { form, group, round, facts }, answers);
    const rated = items.filter(({ code }) => visible.has(code) && typeof seen[code] === 'number');
    if (rated.length === 0) continue;
    const enough = (of: typeof items) => {
      const applicable = of.filter(({ code }) => visible.has(code) && !isNotApplicable(seen[code]));
      const answered = weightOf(of.filter((item) => rated.includes(item)));
      return answered > 0 && answered >= minShare * weightOf(applicable) - 1e-9;
    };
    const scored = { all: enough(items), compared: enough(items.filter(({ compared }) => compared)) };
    const codes = rated.map(({ code }) => code);
    const key = [group, counted.has(id), scored.all, scored.compared, ...codes].join(' ');
    const count = (cells.get(key)?.count ?? 0) + 1;
    cells.set(key, { group, counted: counted.has(id), rated: codes, count, scored });
  }
  return [...cells.values()];
}

/** Did these people rate every item of the area? */
export function isComplete({ rated }: Cell, { items }: AreaItems): boolean {
  return rated.length === items.length;
}

export function countOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0);
}

function weightOf(items: AreaItems['items']): number {
  return items.reduce((sum, { weight }) => sum + weight, 0);
}

function isNotApplicable(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'special' in answer && answer.special === 'not-applicable';
}
