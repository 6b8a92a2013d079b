import { isHidden, type GroupFigure } from './figures';

/**
 * Hides what too few people stand behind (method §5): every figure of one area, plane or the index with 0 < n < k.
 * It sees all groups of that place at once, because whether a figure may be shown can depend on its siblings.
 */
export function withhold(
  figures: Readonly<Record<string, GroupFigure>>,
  k: number,
): Readonly<Record<string, GroupFigure>> {
  return Object.fromEntries(
    Object.entries(figures).map(([group, figure]) => [
      group,
      !isHidden(figure) && figure.n > 0 && figure.n < k ? { hidden: 'k' as const } : figure,
    ]),
  );
}
