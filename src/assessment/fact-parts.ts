import { areasOf, type FactField, type Instrument } from '../definitions/instrument';

/** Facts are entered and confirmed area by area; those of no area stand together at the end. */
export interface FactPart {
  /** Code of the area, or `other`. */
  readonly code: string;
  readonly fields: readonly FactField[];
}

/** No area has this code: theirs are like P1.1. */
export const otherFacts = 'other';

/** The parts of an instrument's fact sheet that have fields, in its order. */
export function factParts(instrument: Instrument): readonly FactPart[] {
  const facts = instrument.facts ?? [];
  const areas = areasOf(instrument).map(({ code }) => code);
  const parts = areas.map((code) => ({ code, fields: facts.filter(({ area }) => area === code) }));
  const rest = facts.filter(({ area }) => area === undefined || !areas.includes(area));
  return [...parts, { code: otherFacts, fields: rest }].filter(({ fields }) => fields.length > 0);
}
