import type { ReportInput } from '../reports/input';
import { searchable } from '../shared/plain-text';

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * A name that people find again in their folder: `lijw-gmina-przykladowa-porownanie-2024-2025.csv`. Plain letters, so
 * that every program and archive keeps it; the years are those assessed.
 */
export function fileName(input: ReportInput, what: string, extension: string): string {
  const years = input.rounds.flatMap(({ assessedYear }) => assessedYear ?? []);
  return plainName(['lijw', input.unit, what, ...years.map(String)], extension);
}

/** `lijw-gmina-przykladowa-plakat.pdf`: words as a file name, each cut where it is very long. */
export function plainName(words: readonly string[], extension: string): string {
  return `${words.map((word) => plain(word).slice(0, 60).replace(/-$/, '')).join('-')}.${extension}`;
}

function plain(text: string): string {
  return searchable(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
