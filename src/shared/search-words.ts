import { searchable } from './plain-text';

/** Whether every word of the query is in one of the texts; capitals and accents do not matter. */
export function fits(query: string, texts: readonly string[]): boolean {
  if (query.trim() === '') return true;
  const all = texts.map(searchable).join(' ');
  return searchable(query)
    .split(' ')
    .every((word) => all.includes(word));
}
