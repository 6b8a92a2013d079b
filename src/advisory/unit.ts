import { nullable, objectOf, shortText } from '../storage/document-fields';

/** The local government that gets advice, as it was known then: it need not have an assessment. */
export interface AdvisedUnit {
  /** Code of a place of the register, or of a unit of the assessments that is none. */
  readonly code: string;
  readonly name: string;
  /** Subregion as somebody entered it for a unit without a TERC code; otherwise null. */
  readonly subregion: string | null;
}

export const advisedUnitSchema = objectOf({ code: shortText, name: shortText, subregion: nullable(shortText) });
