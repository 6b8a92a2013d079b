import Type from 'typebox';
import { anyLine, anyWords, day, line, wholeNumber, type InputOf } from '../shared/input';
import { longestLink } from '../shared/web-link';
import {
  day as storedDay,
  documentOf,
  listOf,
  nullable,
  objectOf,
  revision,
  shortText,
  text,
  words,
} from '../storage/document-fields';
import type { CollectionSpec, Stored } from '../storage/port';
import { requiredElements, type RequiredElement } from './elements';
import { programmeStates, type ProgrammeState } from './programme-status';

/** The act is of 2003. */
export const firstProgrammeYear = 2004;
/** Years that a programme may be for. */
export const programmeYear = wholeNumber(firstProgrammeYear, 2100);

/** The local government whose programme it is, as it was known then: it need not have an assessment. */
export interface ProgrammeUnit {
  /** Code of a place of the register, or of a unit of the assessments that is none. */
  readonly code: string;
  readonly name: string;
}

/** Where the adopted document and the report on it are published. */
export const publishedInput = Type.Object({
  /** Address of the document (`isWebLink`); may be empty. */
  link: anyLine(longestLink),
  /** Day on which the report on the programme was published; null: it was not yet. */
  reportedOn: Type.Union([day, Type.Null()]),
  reportLink: anyLine(longestLink),
});
export type PublishedInput = InputOf<typeof publishedInput>;

/** The annual cooperation programme of a unit for a year (act of 24 April 2003, art. 5a). */
export interface CooperationProgramme extends Stored, PublishedInput {
  readonly unit: ProgrammeUnit;
  /** `placeCode` of the unit: one programme a unit and year. */
  readonly unitKey: string;
  readonly year: number;
  readonly state: ProgrammeState;
  /** Day of adoption, `YYYY-MM-DD`; null before. */
  readonly adoptedOn: string | null;
  readonly revision: number;
}

export const cooperationProgrammesSpec: CollectionSpec<CooperationProgramme> = {
  name: 'cooperation-programmes',
  schema: documentOf({
    unit: objectOf({ code: shortText, name: shortText }),
    unitKey: shortText,
    year: programmeYear,
    state: { enum: [...programmeStates] },
    adoptedOn: nullable(storedDay),
    ...publishedInput.properties,
    revision,
  }),
  unique: { 'one-programme-a-year': ['unitKey', 'year'] },
};

export const elementInput = Type.Object({
  /** Paragraphs are parted by empty lines. */
  text: anyWords(20_000),
  /** Nothing more is to be written; also where the text stands only in the attached document. */
  ready: Type.Boolean(),
});
export type ElementInput = InputOf<typeof elementInput>;

/** A recommendation of the working group whose words were put into an element. */
export interface DrawnRecommendation {
  readonly id: string;
  /** Its words then. */
  readonly what: string;
}

/** What has been written of one required element. A row each, so that two people write two elements at once. */
export interface ProgrammeElement extends Stored, ElementInput {
  readonly programmeId: string;
  readonly element: RequiredElement;
  readonly drawn: readonly DrawnRecommendation[];
  /** User name of who wrote last. */
  readonly by: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly revision: number;
}

export const programmeElementsSpec: CollectionSpec<ProgrammeElement> = {
  name: 'cooperation-elements',
  schema: documentOf({
    programmeId: text,
    element: { enum: [...requiredElements] },
    ...elementInput.properties,
    drawn: listOf(objectOf({ id: text, what: words(2000) }), 200),
    by: shortText,
    at: text,
    revision,
  }),
  unique: { 'one-text-an-element': ['programmeId', 'element'] },
};

const count = wholeNumber(0, 100_000);

/** One consultation of the draft. */
export const consultationInput = Type.Object({
  from: day,
  to: day,
  /** Meeting, form, e-mail, council … */
  how: line(300),
  withWhom: line(300),
  /** Remarks received, and how many of them were accepted. */
  received: count,
  accepted: count,
  /** Address of the report of the consultation; may be empty. */
  link: anyLine(longestLink),
});
export type ConsultationInput = InputOf<typeof consultationInput>;

export interface Consultation extends Stored, ConsultationInput {
  readonly programmeId: string;
  readonly revision: number;
}

export const consultationsSpec: CollectionSpec<Consultation> = {
  name: 'cooperation-consultations',
  schema: documentOf({ programmeId: text, ...consultationInput.properties, revision }),
  indexes: [['programmeId']],
};

/** What attached documents of a programme belong to. */
export function fileOwnerOfProgramme(id: string): string {
  return `cooperation/${id}`;
}
