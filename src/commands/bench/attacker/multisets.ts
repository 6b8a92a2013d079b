import { countOf, type Cell } from './people';
import { rangesUnder, type Constraint, type Form } from './ranges';
import type { Success } from './success';
import { squaresOf, type AreaView, type PublishedMean, type Range } from './view';

export const ratings = [1, 2, 3, 4, 5] as const;

/**
 * Enumeration: do the published numbers leave a single multiset of answers to an item for k to 2k-1 people, of whom
 * they may tell mean and n, where mean and n alone leave several? Looked at are groups, and those of a group whom the
 * area's distributions count, or do not.
 */
export function answersOfFew(view: AreaView, cells: readonly Cell[], k: number): readonly Success[] {
  return view.items.items.flatMap(({ code }) => {
    const raters = cells.filter(({ rated }) => rated.includes(code));
    const targets = setsOf(raters).filter(({ people }) => people.length > 0 && isSmall(countOf(people), k));
    if (targets.length === 0) return [];
    const model = modelOf(view, raters, code);
    const ranges = rangesUnder(model.unknowns, model.constraints);
    return targets.flatMap(({ name, people }): Success[] => {
      const n = countOf(people);
      const rangeOf = (weightOf: (rating: number) => number) => ranges(model.form(people, weightOf));
      const [found, ...more] = multisetsWithin(n, [
        ...ratings.map((rating) => testOf((one) => (one === rating ? 1 : 0), rangeOf)),
        testOf((rating) => rating, rangeOf),
        testOf((rating) => rating * rating, rangeOf),
      ]);
      if (found === undefined || more.length > 0) return [];
      if (multisetsWithin(n, [testOf((rating) => rating, rangeOf)]).length === 1) return [];
      if (found.includes(n) && allAlike(view, people, code, k)) return [];
      return [{ how: 'found the answers of few', what: `${n} of ${name} to ${code}: ${String(found)}` }];
    });
  });
}

/**
 * Alpha, with the distributions of two items of one weight, gives the sum of squares of the scores of all who rated
 * both; the spreads of the groups give that of everybody. So the rest have a spread: does it leave a single multiset?
 */
export function answersOfTheRest(view: AreaView, cells: readonly Cell[], k: number): readonly Success[] {
  const { alpha, distributions, means, items } = view;
  const [first, second, ...others] = items.items;
  if (alpha === null || first === undefined || second === undefined) return [];
  if (others.length > 0 || first.weight !== second.weight) return [];
  const people = cells.filter(({ group, scored }) => alpha.members.includes(group) && scored.all);
  const complete = people.filter(({ counted }) => counted);
  const rest = people.filter(({ counted }) => !counted);
  const [n, left] = [countOf(complete), countOf(rest)];
  const countedBy = ({ code }: typeof first) =>
    distributions.filter(({ item }) => item === code).reduce((sum, { counts }) => sum + sumOver(counts, () => 1), 0);
  if (!isSmall(left, k) || countedBy(first) !== n || countedBy(second) !== n) return [];
  const variance = (code: string) => {
    const of = distributions.filter(({ item }) => item === code);
    const sum = of.reduce((total, { counts }) => total + sumOver(counts, (rating) => rating), 0);
    const squares = of.reduce((total, { counts }) => total + sumOver(counts, (rating) => rating * rating), 0);
    return { sum, variance: (squares - sum ** 2 / n) / (n - 1) };
  };
  const [one, two] = [variance(first.code), variance(second.code)];
  // alpha = 2·(1 - Σs²/s²T); the score is half of the total.
  const squaresComplete = alpha.value.map(
    (value) => (((n - 1) * (one.variance + two.variance)) / (1 - value / 2) + (one.sum + two.sum) ** 2 / n) / 4,
  );
  const groups = means.filter(({ of, over, sd }) => over === 'all' && of.length === 1 && sd !== null);
  const known = groups.filter(({ of: [part] }) => part?.members.some((member) => alpha.members.includes(member)));
  const sizeOf = ({ of: [part] }: PublishedMean) =>
    countOf(people.filter(({ group }) => part?.members.includes(group)));
  if (known.reduce((sum, mean) => sum + sizeOf(mean), 0) !== n + left) return [];
  const total = (at: 0 | 1, squares: boolean) =>
    known.reduce((sum, mean) => sum + (squares ? squaresOf(mean, sizeOf(mean))[at] : sizeOf(mean) * mean.mean[at]), 0);
  const sumLeft = ([0, 1] as const).map((at) => total(at, false) - (one.sum + two.sum) / 2);
  const squaresLeft = ([0, 1] as const).map((at) => total(at, true) - (squaresComplete[1 - at] ?? 0));
  const sums = testOf(
    (rating) => rating,
    () => [sumLeft[0] ?? 0, sumLeft[1] ?? 0],
  );
  const squares = testOf(
    (rating) => rating ** 2,
    () => [squaresLeft[0] ?? 0, squaresLeft[1] ?? 0],
  );
  const [found, ...more] = multisetsWithin(left, [sums, squares]);
  if (found === undefined || more.length > 0 || multisetsWithin(left, [sums]).length === 1) return [];
  return [{ how: 'found the answers of few', what: `${left} with gaps in ${items.area}: ${String(found)}` }];
}

/** A whole group, or holder, of at least 2k people that answers alike shows its answer, which is accepted. */
function allAlike(view: AreaView, people: readonly Cell[], item: string, k: number): boolean {
  const within = (members: readonly string[]) => people.every(({ group }) => members.includes(group));
  const distributions = view.distributions.filter((one) => one.item === item && within(one.members));
  return (
    distributions.some(({ counts }) => countsAlike(counts) && sumOver(counts, () => 1) >= 2 * k) ||
    view.means.some(({ of: [part], sd }) => part !== undefined && within(part.members) && sd !== null && sd[1] < 0.01)
  );
}

function countsAlike(counts: readonly number[]): boolean {
  return counts.filter((count) => count > 0).length === 1;
}

/** A group that shows mean and n only; for smaller ones nothing is accepted, so that their sums say it all. */
function isSmall(n: number, k: number): boolean {
  return n >= k && n < 2 * k;
}

function setsOf(raters: readonly Cell[]) {
  const groups = [...new Set(raters.map(({ group }) => group))];
  return groups.flatMap((name) => {
    const people = raters.filter(({ group }) => group === name);
    const whole = people.filter(({ counted }) => counted);
    const rest = people.filter(({ counted }) => !counted);
    if (rest.length === 0 || whole.length === 0) return [{ name, people }];
    return [
      { name, people },
      { name: `${name}, those in distributions`, people: whole },
      { name: `${name}, the others`, people: rest },
    ];
  });
}

/** The unknowns are the numbers of people of each cell who gave each rating to the item. */
function modelOf({ items, means, distributions }: AreaView, raters: readonly Cell[], item: string) {
  const form = (people: readonly Cell[], weightOf: (rating: number) => number): Form =>
    new Map(
      people.flatMap((cell) =>
        ratings.map((rating, place) => [raters.indexOf(cell) * ratings.length + place, weightOf(rating)] as const),
      ),
    );
  /** The item alone makes these scores. */
  const onlyThis = (over: PublishedMean['over']) => {
    const [only, ...more] = items.items.filter(({ compared }) => over === 'all' || compared);
    return only?.code === item && more.length === 0;
  };
  const constraints = [
    ...raters.map((cell): Constraint => ({ form: form([cell], () => 1), low: cell.count, high: cell.count })),
    ...distributions
      .filter((distribution) => distribution.item === item)
      .flatMap(({ members, counts }) => {
        const behind = raters.filter(({ group, counted }) => counted && members.includes(group));
        return ratings.map((rating, index): Constraint => {
          const count = counts[index] ?? 0;
          return { form: form(behind, (other) => (other === rating ? 1 : 0)), low: count, high: count };
        });
      }),
    ...means
      .filter(({ over, of }) => of.length === 1 && onlyThis(over))
      .flatMap((mean): Constraint[] => {
        const counted = raters.filter(
          ({ group, scored }) => mean.of[0]?.members.includes(group) === true && scored[mean.over],
        );
        const n = countOf(counted);
        const sum = { form: form(counted, (rating) => rating), low: n * mean.mean[0], high: n * mean.mean[1] };
        if (mean.sd === null) return [sum];
        const [low, high] = squaresOf(mean, n);
        return [sum, { form: form(counted, (rating) => rating * rating), low, high }];
      }),
  ];
  return { unknowns: raters.flatMap(({ count }) => ratings.map(() => ({ low: 0, high: count }))), constraints, form };
}

type Test = (counts: readonly number[]) => boolean;

function testOf(weightOf: (rating: number) => number, rangeOf: (weight: typeof weightOf) => Range): Test {
  const [low, high] = rangeOf(weightOf);
  return (counts) => {
    const value = sumOver(counts, weightOf);
    return value > low - 1e-6 && value < high + 1e-6;
  };
}

function sumOver(counts: readonly number[], weightOf: (rating: number) => number): number {
  return counts.reduce((sum, count, index) => sum + count * weightOf(ratings[index] ?? 0), 0);
}

/** The ways in which n people can have answered that no test rules out. */
function multisetsWithin(n: number, tests: readonly Test[]): readonly (readonly number[])[] {
  const all = enumerated.get(n) ?? multisets(n);
  enumerated.set(n, all);
  return all.filter((counts) => tests.every((test) => test(counts)));
}

const enumerated = new Map<number, readonly (readonly number[])[]>();

/** All ways in which n people can answer 1-5, as counts by rating. */
function multisets(n: number, places: number = ratings.length): readonly (readonly number[])[] {
  if (places === 1) return [[n]];
  return Array.from({ length: n + 1 }, (_, count) => multisets(n - count, places - 1)).flatMap((rest, count) =>
    rest.map((counts) => [count, ...counts]),
  );
}
