import { mergeTexts, onlyAdds } from '../../shared/merge-texts';
import { visibleLines } from '../../shared/plain-text';
import { areaTexts, type AgreedPoints, type AreaField, type AreaRecord, type AreaText } from './area-record';

/** What somebody saw of a field and what they made of it. A field that is absent was left alone. */
export interface AreaEdits {
  readonly score?: { readonly seen: AgreedPoints; readonly mine: AgreedPoints };
  readonly texts?: Readonly<Partial<Record<AreaText, { readonly seen: string; readonly mine: string }>>>;
}

/** Of an area: what is set, without who set it. */
export type AreaContent = Pick<AreaRecord, AreaField>;

export interface MergedArea {
  /** With all changes that go together with what others have written meanwhile. */
  readonly content: AreaContent;
  /** Fields that somebody else changed too, where the changes touch: they stay as they are stored. */
  readonly conflicts: readonly AreaField[];
  /** Fields that differ from what is stored. */
  readonly changed: readonly AreaField[];
}

/** Puts one person's changes, field by field, together with what is stored now. Pure. */
export function mergeArea(stored: AreaContent, { score, texts = {} }: AreaEdits): MergedArea {
  const content: { -readonly [Field in keyof AreaContent]: AreaContent[Field] } = contentOf(stored);
  const conflicts: AreaField[] = [];
  const changed: AreaField[] = [];
  if (score !== undefined && score.mine !== score.seen && score.mine !== stored.score) {
    if (stored.score !== score.seen) conflicts.push('score');
    else {
      delete content.score;
      if (score.mine !== undefined) content.score = score.mine;
      changed.push('score');
    }
  }
  for (const field of areaTexts) {
    const edit = texts[field];
    if (edit === undefined) continue;
    const merged = mergeTexts(visibleLines(edit.seen), visibleLines(edit.mine), stored[field]);
    if (merged === null) conflicts.push(field);
    else if (merged !== stored[field]) {
      content[field] = merged;
      changed.push(field);
    }
  }
  return { content, conflicts, changed };
}

export function contentOf({ score, reasons, dissent, strengths, barriers }: AreaContent): AreaContent {
  return { ...(score === undefined ? {} : { score }), reasons, dissent, strengths, barriers };
}

/** The words that a change takes away from a field, to be kept; null where it takes none. */
export function takenAway(before: AreaContent, after: AreaContent, field: AreaField): string | null {
  if (field === 'score') return before.score === undefined ? null : before.score === null ? '' : String(before.score);
  return onlyAdds(before[field], after[field]) ? null : before[field];
}
