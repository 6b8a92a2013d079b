import { publishedPoints } from '../shared/rounding';

/** Decimals of figures by the name of their field; all others have 2. Counts and percents are whole already. */
const decimals: Readonly<Record<string, number>> = { p: 4, adjustedP: 4, se: 3, delta: 3, alpha: 3, df: 1 };

/**
 * A document with every figure rounded as published, half away from zero (method.md 3). Points are computed anew from
 * the two rounded figures beside them (`baseline` and `followUp`, or `figures`), so that they can be checked with a
 * pencil.
 */
export function asPublished<Document>(document: Document): Document {
  return rounded(document, '') as Document;
}

function rounded(value: unknown, name: string): unknown {
  if (typeof value === 'number') return roundTo(value, decimals[name] ?? 2);
  if (Array.isArray(value)) return value.map((one) => rounded(one, name));
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Readonly<Record<string, unknown>>;
  const entries = Object.entries(record).map(([key, one]) => [
    key,
    key === 'points' ? pointsOf(record) : rounded(one, key),
  ]);
  return Object.fromEntries(entries) as unknown;
}

function pointsOf({ points, baseline, followUp, figures }: Readonly<Record<string, unknown>>): number | null {
  if (typeof points !== 'number') return null;
  if (typeof baseline === 'number' && typeof followUp === 'number') return publishedPoints(baseline, followUp);
  const [first, second] = Array.isArray(figures) ? (figures as readonly unknown[]) : [];
  return typeof first === 'number' && typeof second === 'number' ? publishedPoints(second, first) : points;
}

/** Half away from zero; a true tie must not be lost to the last bits of a sum. */
function roundTo(value: number, places: number): number {
  const unit = 10 ** places;
  const size = Math.floor(Math.abs(value) * unit + 0.5 + 1e-7) / unit;
  return size === 0 ? 0 : Math.sign(value) * size;
}
