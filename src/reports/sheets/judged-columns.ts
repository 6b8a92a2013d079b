import type { GapOfSides } from '../../scoring';
import type { Context } from '../context';
import { column, type SheetColumn, type SheetValue } from './sheet';

/** What the verdict of a difference rests on, the same of a change and of a gap. */
type Basis = Pick<GapOfSides, 'interval' | 'se' | 'df' | 'p' | 'adjustedP'>;

export function judgedColumns({ w }: Context): readonly SheetColumn[] {
  return [
    column(w.say('csv.low'), 14, 'points'),
    column(w.say('csv.high'), 14, 'points'),
    column(w.say('column.se'), 12, 3),
    column(w.say('column.df'), 12, 1),
    column(w.say('column.p'), 10, 4),
    column(w.say('column.adjustedP'), 12, 4),
  ];
}

/** Degrees of freedom that are infinite are told apart from none: there is a p beside them. */
export function judgedValues({ w }: Context, { interval, se, df, p, adjustedP }: Basis): readonly SheetValue[] {
  const [low, high] = interval ?? [null, null];
  return [low, high, se, p !== null && df === null ? w.say('annex.infinite') : df, p, adjustedP];
}
