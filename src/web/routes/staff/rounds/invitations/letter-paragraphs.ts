import { withBase } from '../../../../../letters/base-mark';

/** A letter for showing it: paragraphs of lines. */
export function letterParagraphs(text: string, baseUrl: string): string[][] {
  return withBase(text, baseUrl)
    .trim()
    .split('\n\n')
    .map((paragraph) => paragraph.split('\n'));
}
