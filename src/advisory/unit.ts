import { nullable, objectOf, shortText } from '../storage/document-fields';

/** The local government that gets advice, as it was known then: it need not have an assessment. */
export interface AdvisedUnit {
  /** TERC code of a gmina (six or seven digits) or a powiat (four), or the code of a unit of the assessments. */
  readonly code: string;
  readonly name: string;
  /** Subregion as somebody entered it for a unit without a TERC code; otherwise null. */
  readonly subregion: string | null;
}

export const advisedUnitSchema = objectOf({ code: shortText, name: shortText, subregion: nullable(shortText) });

/**
 * What makes two codes one unit: the seventh digit of a gmina's code changes when it gains a town, and a city with
 * county rights (powiats 61 and up) is both a gmina and a powiat. 3001011 and 300101 → 300101; 306401 and 3064 → 3064.
 */
export function unitKey(code: string): string {
  const typed = code.trim();
  if (!/^\d{4}(\d{2,3})?$/.test(typed)) return typed.toUpperCase();
  const isCity = Number(typed.slice(2, 4)) >= 61;
  return isCity ? typed.slice(0, 4) : typed.slice(0, 6);
}
