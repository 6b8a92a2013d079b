import { rangesUnder, type Constraint, type Form } from './ranges';
import type { AreaItems, Cell } from './people';

/** A range in which a published, rounded figure says that a value lies. */
export type Range = readonly [low: number, high: number];

/** What is published of one area in one round, wherever it stands: in the round's document or in a comparison. */
export interface AreaView {
  readonly items: AreaItems;
  /** Means of groups: of all items, or of core items alone. A merged group has several members. */
  readonly means: readonly {
    readonly of: 'all' | 'core';
    readonly members: readonly string[];
    readonly mean: Range;
    readonly sd: Range | null;
  }[];
  /** Counts of answers to an item, by rating 1-5, over groups: of people who rated all items, or of whoever rated it. */
  readonly distributions: readonly {
    readonly item: string;
    readonly of: 'complete' | 'raters';
    readonly members: readonly string[];
    readonly counts: readonly number[];
  }[];
}

/** What the attacker learnt that nobody should. */
export interface Success {
  readonly how: 'narrowed a sum of few people' | 'found the answers of a small group';
  readonly what: string;
}

const scale: Range = [1, 5];
const ratings = [1, 2, 3, 4, 5] as const;
/** A sum narrowed to less than this a person is known. */
const known = 0.5;

/** All attacks of the numbers of one area (anonymity §3, the attacker). */
export function attackArea(view: AreaView, cells: readonly Cell[], k: number): readonly Success[] {
  return [...sumsOfFew(view, cells, k), ...smallGroups(view, cells, k)];
}

/**
 * Linear algebra: are there 1 to k-1 people, told apart by what they have values in, whose sum is narrowed to less than
 * 0.5 a person, by more than the mean of their own group says by itself?
 */
function sumsOfFew(view: AreaView, cells: readonly Cell[], k: number): readonly Success[] {
  const targets = fewPeople(cells, k, view.items.items.length);
  if (targets.length === 0) return [];
  const model = modelOf(view, cells);
  const ranges = rangesUnder(model.unknowns, model.constraints);
  const under = (constraints: readonly Constraint[], form: Form) => rangesUnder(model.unknowns, constraints)(form);
  // What is accepted: what one mean says by itself, be it published or follow for a class of at least k people of a published group.
  const classes = view.means
    .flatMap(({ members }) =>
      [true, false].map((whole) =>
        cells.filter((cell) => {
          const complete = cell.rated.length === view.items.items.length;
          return members.includes(cell.group) && cell.scored && complete === whole;
        }),
      ),
    )
    .filter((one) => one.reduce((sum, { count }) => sum + count, 0) >= k);
  const alone = (form: Form) => [
    ...view.means.map((mean) => under(modelOf({ ...view, means: [mean], distributions: [] }, cells).constraints, form)),
    ...classes
      .flatMap((one) => [model.areaSum(one, 'all'), ...view.items.items.map(({ code }) => model.itemSum(one, code))])
      .map((sum) => {
        const [low, high] = ranges(sum);
        return under([{ form: sum, low: low - 1e-9, high: high + 1e-9 }], form);
      }),
  ];
  return targets.flatMap(({ name, cells: few }) => {
    const people = few.reduce((sum, { count }) => sum + count, 0);
    const forms: [string, Form][] = view.items.items.map(({ code }) => [code, model.itemSum(few, code)]);
    if (few.every(({ scored }) => scored)) forms.push([view.items.area, model.areaSum(few, 'all')]);
    return forms.flatMap(([what, form]): Success[] => {
      if (form.size === 0 || (forms.length > 1 && form.size < few.length)) return [];
      const narrow = (range: Range) => range[1] - range[0] < known * people - 1e-6;
      if (!narrow(ranges(form)) || alone(form).some(narrow)) return [];
      const text = `${people} of ${name}: the sum on ${what} is ${ranges(form)
        .map((at) => at.toFixed(2))
        .join('–')}`;
      return [{ how: 'narrowed a sum of few people', what: text }];
    });
  });
}

/** Sets of 1 to k-1 people: single cells, a whole group, those of a group, or of all, who have gaps. */
function fewPeople(cells: readonly Cell[], k: number, items: number): readonly { name: string; cells: Cell[] }[] {
  const groups = [...new Set(cells.map(({ group }) => group))];
  const withGaps = cells.filter(({ rated }) => rated.length < items);
  const patterns = [...new Set(withGaps.map(({ rated }) => rated.join(' ')))];
  const sets = [
    ...cells.map((cell) => ({ name: `${cell.group} with ${cell.rated.join(', ')}`, cells: [cell] })),
    ...groups.map((group) => ({ name: group, cells: cells.filter((cell) => cell.group === group) })),
    ...groups.map((group) => ({
      name: `${group} with gaps`,
      cells: withGaps.filter((cell) => cell.group === group && cell.scored),
    })),
    ...patterns.map((pattern) => ({
      name: `all with ${pattern}`,
      cells: withGaps.filter(({ rated }) => rated.join(' ') === pattern),
    })),
    { name: 'all with gaps', cells: withGaps.filter(({ scored }) => scored) },
  ];
  const once = new Map(sets.toReversed().map((set) => [set.cells.map((cell) => cells.indexOf(cell)).join(), set]));
  return [...once.values()].filter((set) => {
    const people = set.cells.reduce((sum, { count }) => sum + count, 0);
    return people >= 1 && people < k;
  });
}

/** The unknowns are, for each cell and item rated, the sum of the ratings. */
function modelOf({ items: { items }, means, distributions }: AreaView, cells: readonly Cell[]) {
  const columns = new Map<string, number>();
  const unknowns = cells.flatMap((cell, index) =>
    cell.rated.map((code) => {
      columns.set(`${index} ${code}`, columns.size);
      return { low: scale[0] * cell.count, high: scale[1] * cell.count };
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
  const areaSum = (of: readonly Cell[], which: 'all' | 'core'): Form =>
    new Map(
      of.flatMap((cell) => {
        const counted = items.filter(({ code, core }) => cell.rated.includes(code) && (which === 'all' || core));
        const total = counted.reduce((sum, { weight }) => sum + weight, 0);
        return counted.flatMap(({ code, weight }) => {
          const at = column(cell, code);
          return at === undefined ? [] : [[at, weight / total] as const];
        });
      }),
    );
  const constraints = [
    ...means.map(({ of, members, mean: [low, high] }): Constraint => {
      const counted = cells.filter(
        ({ group, scored, coreScored }) => members.includes(group) && (of === 'all' ? scored : coreScored),
      );
      const n = counted.reduce((sum, { count }) => sum + count, 0);
      return { form: areaSum(counted, of), low: low * n, high: high * n };
    }),
    ...distributions.map(({ item, of, members, counts }): Constraint => {
      const counted = cells.filter(
        ({ group, rated }) => members.includes(group) && (of === 'raters' || rated.length === items.length),
      );
      const sum = counts.reduce((total, count, index) => total + count * (ratings[index] ?? 0), 0);
      return { form: itemSum(counted, item), low: sum, high: sum };
    }),
  ];
  return { unknowns, constraints, itemSum, areaSum };
}

/**
 * Enumeration: do the published numbers leave a single multiset of answers to an item for a group with n < 2k, where
 * its mean and n alone leave several?
 */
function smallGroups(view: AreaView, cells: readonly Cell[], k: number): readonly Success[] {
  const { items } = view.items;
  return items.flatMap(({ code }) => {
    const raters = view.distributions.some(({ item, of }) => item === code && of === 'raters');
    const groups = [...new Set(cells.map(({ group }) => group))].map((group) => {
      const counted = cells.filter(
        (cell) => cell.group === group && (raters ? cell.rated.includes(code) : cell.rated.length === items.length),
      );
      return { group, n: counted.reduce((sum, { count }) => sum + count, 0) };
    });
    const small = groups.filter(({ group, n }) => {
      const everybody = cells.filter((cell) => cell.group === group && cell.scored);
      return n > 0 && everybody.reduce((sum, { count }) => sum + count, 0) < 2 * k;
    });
    if (small.length === 0) return [];
    const left = (published: AreaView, group: string) => multisetsLeft(published, groups, code, group);
    return small.flatMap(({ group, n }): Success[] => {
      const found = left(view, group);
      if (found.length !== 1) return [];
      // What is accepted: what n and one mean say by themselves.
      const nothing = { ...view, means: [], distributions: [] };
      const means = view.means.map((mean) => ({ ...nothing, means: [{ ...mean, sd: null }] }));
      if ([nothing, ...means].some((published) => left(published, group).length === 1)) return [];
      return [{ how: 'found the answers of a small group', what: `${n} of ${group} to ${code}: ${String(found[0])}` }];
    });
  });
}

/** The ways in which a group can have answered an item that no published number rules out by itself. */
function multisetsLeft(
  view: AreaView,
  groups: readonly { readonly group: string; readonly n: number }[],
  item: string,
  group: string,
): readonly (readonly number[])[] {
  const place = groups.findIndex((one) => one.group === group);
  const unknowns = groups.flatMap(({ n }) => ratings.map(() => ({ low: 0, high: n })));
  const ranges = rangesUnder(unknowns, countsOf(view, groups, item));
  const within = (weightOf: (rating: number) => number) => {
    const form = ratings.map((rating, index) => [place * ratings.length + index, weightOf(rating)] as const);
    const [low, high] = ranges(new Map(form));
    return (counts: readonly number[]) => {
      const value = counts.reduce((sum, count, index) => sum + count * weightOf(ratings[index] ?? 0), 0);
      return value > low - 1e-6 && value < high + 1e-6;
    };
  };
  const tests = [
    ...ratings.map((rating) => within((one) => (one === rating ? 1 : 0))),
    within((rating) => rating),
    within((rating) => rating * rating),
  ];
  return multisets(groups[place]?.n ?? 0).filter((counts) => tests.every((test) => test(counts)));
}

/** What is published, said of the number of people of each group who gave each rating to an item. */
function countsOf(
  { items: { items }, means, distributions }: AreaView,
  groups: readonly { readonly group: string; readonly n: number }[],
  item: string,
): readonly Constraint[] {
  const form = (members: readonly string[], weightOf: (rating: number) => number): Form =>
    new Map(
      groups.flatMap(({ group }, index) =>
        members.includes(group)
          ? ratings.map((rating, place) => [index * ratings.length + place, weightOf(rating)] as const)
          : [],
      ),
    );
  const size = (members: readonly string[]) =>
    groups.reduce((sum, { group, n }) => sum + (members.includes(group) ? n : 0), 0);
  const one = items.length === 1;
  return [
    ...groups.map(({ group, n }): Constraint => ({ form: form([group], () => 1), low: n, high: n })),
    ...distributions
      .filter((distribution) => distribution.item === item)
      .flatMap(({ members, counts }) =>
        ratings.map((rating, index): Constraint => {
          const count = counts[index] ?? 0;
          return { form: form(members, (other) => (other === rating ? 1 : 0)), low: count, high: count };
        }),
      ),
    ...(one ? means : []).flatMap(({ members, mean: [low, high], sd }): Constraint[] => {
      const n = size(members);
      const sum = { form: form(members, (rating) => rating), low: low * n, high: high * n };
      if (sd === null) return [sum];
      // Σx² = (n - 1)·sd² + n·mean².
      const squares = {
        form: form(members, (rating) => rating * rating),
        low: (n - 1) * sd[0] ** 2 + n * low ** 2,
        high: (n - 1) * sd[1] ** 2 + n * high ** 2,
      };
      return [sum, squares];
    }),
  ];
}

/** All ways in which n people can answer 1-5, as counts by rating. */
function multisets(n: number, places: number = ratings.length): readonly (readonly number[])[] {
  if (places === 1) return [[n]];
  return Array.from({ length: n + 1 }, (_, count) => multisets(n - count, places - 1)).flatMap((rest, count) =>
    rest.map((counts) => [count, ...counts]),
  );
}
