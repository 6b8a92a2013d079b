import { largestFile, mostFiles, type AttachedFile } from '../../files/attached-files';
import { fileEndings } from '../../files/file-kinds';
import { formatDate, formatNumber } from '../../locales/formats';
import type { Language } from '../../locales/translate';
import { dayOf } from '../../shared/clock';

/** An attached file as pages show it. */
export interface FileLine {
  readonly id: string;
  readonly href: string;
  readonly name: string;
  /** „1,2 MB”. */
  readonly size: string;
  readonly addedBy: string;
  /** In words. */
  readonly addedOn: string;
}

export function fileLine(
  { id, name, size, addedBy, addedAt }: AttachedFile,
  language: Language,
  href: string,
): FileLine {
  const addedOn = formatDate(dayOf(new Date(addedAt)), language);
  return { id, href, name, size: sizeWords(size, language), addedBy, addedOn };
}

function sizeWords(bytes: number, language: Language): string {
  const nbsp = '\u00a0';
  if (bytes >= 1_000_000) return `${formatNumber(Number((bytes / 1_000_000).toFixed(1)), language)}${nbsp}MB`;
  return `${formatNumber(Math.max(1, Math.round(bytes / 1000)), language)}${nbsp}kB`;
}

/** What a field for files says and takes; for the partial `files/field`. */
export const fileFieldRules = {
  accept: fileEndings.map((ending) => `.${ending}`).join(','),
  megabytes: largestFile / 1_000_000,
  most: mostFiles,
};
