import Type from 'typebox';
import { anyWords, inputReader, type InputOf } from '../../shared/input';
import type { CollectionSpec, Stored } from '../../storage/port';
import { documentOf, nullable, objectOf, revision, text } from '../../storage/document-fields';

/** The texts that the working group writes about an area, in the order of the minutes. */
export const areaTexts = ['reasons', 'dissent', 'strengths', 'barriers'] as const;
export type AreaText = (typeof areaTexts)[number];

/** Everything of an area that is set and kept for itself. */
export const areaFields = ['score', ...areaTexts] as const;
export type AreaField = (typeof areaFields)[number];

/** On the half-point grid within the scale; null: the group left the area out of scope; undefined: not set yet. */
export type AgreedPoints = number | null | undefined;

/** What the working group says of one area. */
export const areaInput = Type.Object({
  score: Type.Optional(Type.Union([Type.Number({ multipleOf: 0.5 }), Type.Null()])),
  /** Why this score. */
  reasons: anyWords(2000),
  /** Who saw it otherwise and why. */
  dissent: anyWords(2000),
  /** What works well here. */
  strengths: anyWords(2000),
  /** What stands in the way. */
  barriers: anyWords(2000),
});
export type AreaInput = InputOf<typeof areaInput>;

const ofText = { tooLong: 'text-too-long', malformed: 'hidden-characters' } as const;

export const readArea = inputReader(areaInput, {
  score: 'score-off-grid',
  reasons: ofText,
  dissent: ofText,
  strengths: ofText,
  barriers: ofText,
});

/** Who wrote something, and when: ISO 8601 in UTC. */
export interface Written {
  readonly by: string;
  readonly at: string;
}

/** What the working group has set of one area in one round. */
export interface AreaRecord extends AreaInput {
  readonly area: string;
  /** Who changed each field last; a field that is absent was never set, or before this was kept. */
  readonly written: Readonly<Partial<Record<AreaField, Written>>>;
  /** Grows by one with every change; 0 where nothing was ever set. */
  readonly revision: number;
}

/** As stored. Rows from before strengths and barriers were asked for have neither, nor who wrote. */
export interface StoredArea extends Stored, Omit<AreaInput, 'strengths' | 'barriers'> {
  readonly roundId: string;
  readonly area: string;
  readonly strengths?: string;
  readonly barriers?: string;
  readonly written?: AreaRecord['written'];
  readonly revision: number;
}

export const writtenSchema = objectOf({ by: text, at: text });

export const areasSpec: CollectionSpec<StoredArea> = {
  name: 'agreed-scores',
  schema: documentOf(
    {
      roundId: text,
      area: text,
      ...areaInput.properties,
      written: objectOf(Object.fromEntries(areaFields.map((field) => [field, writtenSchema])), areaFields),
      revision,
    },
    ['score', 'strengths', 'barriers', 'written'],
  ),
  unique: { 'one-score-of-an-area': ['roundId', 'area'] },
};

/** A text or a score that somebody has replaced, kept so that nothing said in the meeting is ever lost. */
export interface EarlierText extends Stored {
  readonly roundId: string;
  readonly area: string;
  readonly field: AreaField;
  /** As it stood; a score in half points, or '' where it was left out of scope. */
  readonly text: string;
  /** Who had written it; null where that was not kept. */
  readonly written: Written | null;
  readonly replaced: Written;
}

export const earlierTextsSpec: CollectionSpec<EarlierText> = {
  name: 'earlier-texts',
  schema: documentOf({
    roundId: text,
    area: text,
    field: { enum: [...areaFields] },
    text,
    written: nullable(writtenSchema),
    replaced: writtenSchema,
  }),
  indexes: [['roundId', 'area']],
};

export function recordOf(stored: StoredArea): AreaRecord {
  const { area, score, reasons, dissent, strengths = '', barriers = '', written = {}, revision } = stored;
  return { area, ...(score === undefined ? {} : { score }), reasons, dissent, strengths, barriers, written, revision };
}

/** Of an area about which nothing was ever set. */
export function emptyRecord(area: string): AreaRecord {
  return { area, reasons: '', dissent: '', strengths: '', barriers: '', written: {}, revision: 0 };
}
