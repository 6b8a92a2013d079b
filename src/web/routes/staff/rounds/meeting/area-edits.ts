import {
  areaTexts,
  type AgreedPoints,
  type AreaField,
  type AreaText,
} from '../../../../../assessment/meeting/area-record';
import type { AreaEdits } from '../../../../../assessment/meeting/merge-area';
import { joinTexts } from '../../../../../shared/merge-texts';
import { rawText, type RawForm } from '../../../../forms/raw';

/** The words of a form for a score that is out of scope, and for one that is taken back. */
export const outOfScope = 'none';
export const takenBack = 'unset';

/** The field beside another that holds what the person saw, or what somebody else wrote meanwhile. */
export const seenName = (field: AreaField): string => `${field}.seen`;
export const theirsName = (field: AreaField): string => `${field}.theirs`;

export function formOfPoints(points: AgreedPoints): string {
  return points === undefined ? '' : points === null ? outOfScope : String(points);
}

function pointsOf(word: string): AgreedPoints {
  if (word === '' || word === takenBack) return undefined;
  return word === outOfScope ? null : Number(word);
}

/**
 * What a form changes of an area. Beside each field stands what was seen of it; a field that was not sent is left alone.
 * `take` is the answer to a conflict: `reasons:mine`, `reasons:theirs` or `reasons:both`.
 */
export function editsOf(raw: RawForm): AreaEdits {
  const [chosen, choice] = rawText(raw, 'take').split(':');
  const texts = areaTexts.flatMap((field) => {
    if (!Object.hasOwn(raw, field)) return [];
    const [seen, mine] = [rawText(raw, seenName(field)), rawText(raw, field)];
    if (chosen !== field) return [[field, { seen, mine }] as const];
    const theirs = rawText(raw, theirsName(field));
    return [[field, { seen: theirs, mine: takenText(choice, { seen, mine, theirs }) }] as const];
  });
  const score = scoreEdit(raw, chosen === 'score' ? choice : undefined);
  return { texts: Object.fromEntries(texts), ...(score === undefined ? {} : { score }) };
}

function takenText(
  choice: string | undefined,
  { seen, mine, theirs }: Readonly<Record<'seen' | 'mine' | 'theirs', string>>,
): string {
  const plain = (text: string): string => text.replaceAll('\r\n', '\n');
  if (choice === 'theirs') return theirs;
  return choice === 'both' ? joinTexts(plain(seen), plain(mine), plain(theirs)) : mine;
}

function scoreEdit(raw: RawForm, choice: string | undefined): AreaEdits['score'] {
  const theirs = pointsOf(rawText(raw, theirsName('score')));
  if (choice === 'theirs') return { seen: theirs, mine: theirs };
  if (choice === 'mine') return { seen: theirs, mine: pointsOf(rawText(raw, 'score.mine')) };
  if (!Object.hasOwn(raw, 'score')) return undefined;
  return { seen: pointsOf(rawText(raw, seenName('score'))), mine: pointsOf(rawText(raw, 'score')) };
}

/** The texts of a form as they were typed. */
export function typedTexts(raw: RawForm): Readonly<Partial<Record<AreaText, string>>> {
  return Object.fromEntries(areaTexts.filter((field) => Object.hasOwn(raw, field)).map((field) => [field, rawText(raw, field)])); // prettier-ignore
}
