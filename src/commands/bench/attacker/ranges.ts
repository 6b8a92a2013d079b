/** A linear form over the unknowns: coefficients by index; what is not there is 0. */
export type Form = ReadonlyMap<number, number>;

/** `low ≤ form ≤ high`. */
export interface Constraint {
  readonly form: Form;
  readonly low: number;
  readonly high: number;
}

export interface Unknown {
  readonly low: number;
  readonly high: number;
}

export class Contradiction extends Error {
  constructor() {
    super('The constraints contradict one another.');
  }
}

const tiny = 1e-9;
const mostTurns = 5_000;

/**
 * The least and greatest value of linear forms under linear constraints: primal simplex with bounded variables
 * (Dantzig 1955; Chvátal, Linear Programming, 1983, chapter 8) over a dense tableau. The first feasible basis is found
 * once by driving the sum of infeasibilities to 0, and every form starts from where the last one ended.
 *
 * @throws Contradiction where no values satisfy all constraints
 */
export function rangesUnder(unknowns: readonly Unknown[], constraints: readonly Constraint[]) {
  const tableau = tableauOf(unknowns, constraints);
  makeFeasible(tableau);
  const extreme = (form: Form, sign: 1 | -1): number => {
    improve(tableau, (column) => sign * (form.get(column) ?? 0));
    let value = 0;
    for (const [column, coefficient] of form) value += coefficient * at(tableau.value, column);
    return value;
  };
  return (form: Form): readonly [low: number, high: number] => [extreme(form, 1), extreme(form, -1)];
}

/** Columns are the unknowns, then one variable a constraint, equal to its form and bounded by it. */
interface Tableau {
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Value of every column; of those outside the basis one of their bounds. */
  readonly value: Float64Array;
  /** Column that is basic in each row. */
  readonly basis: Int32Array;
  /** Row of a basic column; -1 outside the basis. */
  readonly rowOf: Int32Array;
  /** Row i: basic column = sum of coefficients times the columns outside the basis. */
  readonly rows: readonly Float64Array[];
}

function tableauOf(unknowns: readonly Unknown[], constraints: readonly Constraint[]): Tableau {
  const [n, m] = [unknowns.length, constraints.length];
  const bounds = [...unknowns, ...constraints];
  const low = Float64Array.from(bounds, (one) => one.low);
  const high = Float64Array.from(bounds, (one) => one.high);
  const value = Float64Array.from(low);
  const rows = constraints.map(({ form }, index) => {
    const row = new Float64Array(n + m);
    for (const [column, coefficient] of form) row[column] = coefficient;
    value[n + index] = [...form].reduce((sum, [column, coefficient]) => sum + coefficient * (value[column] ?? 0), 0);
    return row;
  });
  const rowOf = new Int32Array(n + m).fill(-1);
  const basis = Int32Array.from(constraints, (_, index) => n + index);
  for (const [row, column] of basis.entries()) rowOf[column] = row;
  return { low, high, value, basis, rowOf, rows };
}

/** Every index is one of the array's own. */
function at(array: Float64Array | Int32Array, index: number): number {
  return array[index] as number;
}

/** Adds a multiple of one array to another. */
function add(sum: Float64Array, row: Float64Array, times: number): void {
  for (let index = 0; index < row.length; index += 1) sum[index] = at(sum, index) + times * at(row, index);
}

/** How far a basic column lies beyond its bounds, with the sign of the way back. */
function lacking({ low, high, value, basis }: Tableau, row: number): number {
  const column = at(basis, row);
  const here = at(value, column);
  if (here < at(low, column) - tiny) return 1;
  return here > at(high, column) + tiny ? -1 : 0;
}

function makeFeasible(tableau: Tableau): void {
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const costs = new Float64Array(tableau.value.length);
    let feasible = true;
    for (const [index, row] of tableau.rows.entries()) {
      const way = lacking(tableau, index);
      if (way === 0) continue;
      feasible = false;
      add(costs, row, -way);
    }
    if (feasible) return;
    if (!step(tableau, costs, turn > 500)) throw new Contradiction();
  }
  throw new Error('No solution was found.');
}

/** Moves to where the form is least. */
function improve(tableau: Tableau, cost: (column: number) => number): void {
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const costs = new Float64Array(tableau.value.length);
    for (let column = 0; column < costs.length; column += 1) {
      const own = cost(column);
      if (own === 0) continue;
      const row = at(tableau.rowOf, column);
      if (row < 0) costs[column] = at(costs, column) + own;
      else add(costs, tableau.rows[row] as Float64Array, own);
    }
    if (!step(tableau, costs, turn > 500)) return;
  }
  throw new Error('No solution was found.');
}

/**
 * One step towards lower cost: a column outside the basis moves from its bound until it, or a basic column, meets one.
 *
 * @param first takes the first column that helps instead of the one that helps most: it never goes round in circles
 * @returns false where no column helps
 */
function step(tableau: Tableau, costs: Float64Array, first: boolean): boolean {
  const { low, high, value, basis, rowOf, rows } = tableau;
  let entering = -1;
  let most = 1e-7;
  for (let column = 0; column < costs.length; column += 1) {
    if (at(rowOf, column) >= 0 || at(high, column) - at(low, column) < tiny) continue;
    const atLow = at(value, column) < (at(low, column) + at(high, column)) / 2;
    const gain = atLow ? -at(costs, column) : at(costs, column);
    if (gain <= most) continue;
    entering = column;
    if (first) break;
    most = gain;
  }
  if (entering < 0) return false;
  const way = at(value, entering) < (at(low, entering) + at(high, entering)) / 2 ? 1 : -1;
  let length = at(high, entering) - at(low, entering);
  let leaving = -1;
  for (const [row, coefficients] of rows.entries()) {
    const rate = at(coefficients, entering) * way;
    if (Math.abs(rate) < 1e-7) continue;
    const column = at(basis, row);
    const lack = lacking(tableau, row);
    // A basic column beyond its bounds stops at the bound it comes to, and holds up nobody on the way out.
    if (lack !== 0 && Math.sign(rate) !== lack) continue;
    const stop = (lack === 0 ? rate > 0 : lack < 0) ? at(high, column) : at(low, column);
    const until = Math.max(0, (stop - at(value, column)) / rate);
    if (until < length - tiny || (leaving < 0 && until < length)) [length, leaving] = [until, row];
  }
  value[entering] = at(value, entering) + way * length;
  for (const [row, coefficients] of rows.entries())
    value[at(basis, row)] = at(value, at(basis, row)) + at(coefficients, entering) * way * length;
  if (leaving >= 0) exchange(tableau, leaving, entering);
  return true;
}

function exchange({ low, high, value, basis, rowOf, rows }: Tableau, leaving: number, entering: number): void {
  const pivotRow = rows[leaving] as Float64Array;
  const column = at(basis, leaving);
  const pivot = at(pivotRow, entering);
  // It left at the bound that is nearest.
  const [least, greatest] = [at(low, column), at(high, column)];
  value[column] = Math.abs(at(value, column) - least) <= Math.abs(at(value, column) - greatest) ? least : greatest;
  for (let other = 0; other < pivotRow.length; other += 1) pivotRow[other] = -at(pivotRow, other) / pivot;
  pivotRow[column] = 1 / pivot;
  pivotRow[entering] = 0;
  for (const [index, row] of rows.entries()) {
    const share = at(row, entering);
    if (index === leaving || share === 0) continue;
    row[entering] = 0;
    add(row, pivotRow, share);
  }
  basis[leaving] = entering;
  rowOf[entering] = leaving;
  rowOf[column] = -1;
}
