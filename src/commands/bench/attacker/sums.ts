import { countOf, isComplete, type Cell, type Over } from './people';
import { ratings } from './multisets';
import { rangesUnder, type Constraint, type Form } from './ranges';
import type { Success } from './success';
import type { AreaView, PublishedMean } from './view';

/** A sum narrowed to less than this a person is known. */
const known = 0.5;

/**
 * Linear algebra: are there 1 to k-1 people, told apart by what they have values in, whose sum is narrowed to less than
 * 0.5 a person, by more than one mean says by itself?
 */
export function sumsOfFew(view: AreaView, cells: readonly Cell[], k: number): readonly Success[] {
  const targets = fewPeople(view, cells, k);
  if (targets.length === 0) return [];
  const model = modelOf(view, cells);
  const ranges = rangesUnder(model.unknowns, model.constraints);
  // Made only where it is asked: few sums are narrowed at all.
  let accepted: readonly Ranges[] | null = null;
  const isAccepted = (holds: (alone: Ranges) => boolean) => {
    accepted ??= acceptedOf(view, cells, k, model, ranges);
    return accepted.some(holds);
  };
  return targets.flatMap(({ name, cells: few }) => {
    const people = countOf(few);
    const forms: [string, Form][] = view.items.items.map(({ code }) => [code, model.itemSum(few, code)]);
    if (few.every(({ scored }) => scored.all)) forms.push([view.items.area, model.areaSum(few, 'all')]);
    return forms.flatMap(([what, form]): Success[] => {
      if (form.size === 0 || (forms.length > 1 && form.size < few.length)) return [];
      const narrow = (range: readonly [number, number]) => range[1] - range[0] < known * people - 1e-6;
      if (!narrow(ranges(form)) || isAccepted((alone) => narrow(alone(form)))) return [];
      const text = `${people} of ${name}: the sum on ${what} is ${ranges(form)
        .map((at) => at.toFixed(2))
        .join('–')}`;
      return [{ how: 'narrowed a sum of few', what: text }];
    });
  });
}

type Ranges = ReturnType<typeof rangesUnder>;

/**
 * What a mean says by itself, which is accepted: a whole group that answers alike shows its answer. A mean is that of
 * at least k people: one that is published, that of an item's distribution, or the area mean, over all or the
 * compared items, of a class of a shown group, which the rule of classes lets follow from the others. Each is looked at alone: what two of them say together
 * is not accepted.
 */
function acceptedOf(
  view: AreaView,
  cells: readonly Cell[],
  k: number,
  model: ReturnType<typeof modelOf>,
  ranges: Ranges,
): readonly Ranges[] {
  const under = (constraint: Constraint) => rangesUnder(model.unknowns, [constraint]);
  const means = view.means.filter((mean) => mean.of.every((part) => countOf(model.behind(part, mean.over)) >= k));
  const distributions = view.distributions.filter(({ counts }) => counts.reduce((sum, one) => sum + one, 0) >= k);
  const classes = (['all', 'compared'] as const).flatMap((over) =>
    view.means
      .flatMap(({ of }) => of)
      .flatMap((part) =>
        [true, false].map((counted) => model.behind(part, over).filter((one) => one.counted === counted)),
      )
      .filter((one) => countOf(one) >= k)
      .map((one) => model.areaSum(one, over)),
  );
  return [
    ...means.map((mean) => under(model.ofMean(mean))),
    ...distributions.map((one) => under(model.ofDistribution(one))),
    ...classes.map((form) => {
      const [low, high] = ranges(form);
      return under({ form, low: low - 1e-9, high: high + 1e-9 });
    }),
  ];
}

/** Sets of 1 to k-1 people: single cells, a whole group, those of a group, or of all, who have gaps. */
function fewPeople({ items }: AreaView, cells: readonly Cell[], k: number): readonly { name: string; cells: Cell[] }[] {
  const groups = [...new Set(cells.map(({ group }) => group))];
  const withGaps = cells.filter((cell) => !isComplete(cell, items));
  const patterns = [...new Set(withGaps.map(({ rated }) => rated.join(' ')))];
  const sets = [
    // Whom a lot leaves out of the distributions, the attacker does not know.
    ...cells.map(({ group, rated, scored }) => ({
      name: `${group} with ${rated.join(', ')}`,
      cells: cells.filter(
        (cell) =>
          cell.group === group &&
          cell.rated.join(' ') === rated.join(' ') &&
          cell.scored.all === scored.all &&
          cell.scored.compared === scored.compared,
      ),
    })),
    ...groups.map((group) => ({ name: group, cells: cells.filter((cell) => cell.group === group) })),
    ...groups.map((group) => ({
      name: `${group} with gaps`,
      cells: withGaps.filter((cell) => cell.group === group && cell.scored.all),
    })),
    ...patterns.map((pattern) => ({
      name: `all with ${pattern}`,
      cells: withGaps.filter(({ rated }) => rated.join(' ') === pattern),
    })),
    { name: 'all with gaps', cells: withGaps.filter(({ scored }) => scored.all) },
  ];
  const once = new Map(sets.toReversed().map((set) => [set.cells.map((cell) => cells.indexOf(cell)).join(), set]));
  return [...once.values()].filter((set) => countOf(set.cells) >= 1 && countOf(set.cells) < k);
}

/** The unknowns are, for each cell and item rated, the sum of the ratings. */
function modelOf({ items, means, distributions }: AreaView, cells: readonly Cell[]) {
  const columns = new Map<string, number>();
  const unknowns = cells.flatMap((cell, index) =>
    cell.rated.map((code) => {
      columns.set(`${index} ${code}`, columns.size);
      return { low: ratings[0] * cell.count, high: ratings[4] * cell.count };
    }),
  );
  const column = (cell: Cell, code: string) => columns.get(`${cells.indexOf(cell)} ${code}`);
  const itemSum = (of: readonly Cell[], code: string): Form =>
    new Map(
      of.flatMap((cell) => {
        const at = column(cell, code);
        return at === undefined ? [] : [[at, 1] as const];
      }),
    );
  /** The sum of these people's scores: each the weighted mean of what they rated. */
  const areaSum = (of: readonly Cell[], over: Over): Form =>
    new Map(
      of.flatMap((cell) => {
        const counted = items.items.filter(
          ({ code, compared }) => cell.rated.includes(code) && (over === 'all' || compared),
        );
        const total = counted.reduce((sum, { weight }) => sum + weight, 0);
        return counted.flatMap(({ code, weight }) => {
          const at = column(cell, code);
          return at === undefined ? [] : [[at, weight / total] as const];
        });
      }),
    );
  const behind = ({ members }: PublishedMean['of'][number], over: Over) =>
    cells.filter(({ group, scored }) => members.includes(group) && scored[over]);
  const ofMean = ({ of, over, mean: [low, high] }: PublishedMean): Constraint => {
    const form = new Map<number, number>();
    for (const part of of) {
      const counted = behind(part, over);
      const share = part.share / countOf(counted);
      for (const [at, weight] of areaSum(counted, over)) form.set(at, (form.get(at) ?? 0) + share * weight);
    }
    return { form, low, high };
  };
  const ofDistribution = ({ item, members, counts }: AreaView['distributions'][number]): Constraint => {
    const counted = cells.filter((cell) => cell.counted && members.includes(cell.group));
    const sum = counts.reduce((total, count, index) => total + count * (ratings[index] ?? 0), 0);
    return { form: itemSum(counted, item), low: sum, high: sum };
  };
  const constraints = [...means.map(ofMean), ...distributions.map(ofDistribution)];
  return { unknowns, constraints, itemSum, areaSum, behind, ofMean, ofDistribution };
}
