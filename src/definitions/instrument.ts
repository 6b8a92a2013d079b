import { rememberedFor } from '../shared/remember';
import type { Rule } from './conditions/rule';

/**
 * The shape of one versioned instrument document (method §1), as the JSON Schema in
 * `survey-definitions/instrument.schema.json` guarantees it. What the schema cannot say (known references, types of
 * rules, order) is guaranteed by the meaning checks in `check/`.
 */
export interface Instrument {
  /** Lowercase id, e.g. `lijw`. */
  readonly id: string;
  /** Semantic version; a version that a round has used is frozen. */
  readonly version: string;
  /** `assessment` has groups, planes, areas and scores; `form` only asks (event registration, evaluation). */
  readonly kind: 'assessment' | 'form';
  /** Languages every text is given in; `pl` always, first language is the fallback. */
  readonly languages: readonly Language[];
  readonly title: Text;
  readonly description?: Text;
  readonly scale?: Scale;
  readonly groups?: readonly Group[];
  /** How groups too small to show are joined (`scoring/merging.ts`). */
  readonly mergePlan?: readonly Merge[];
  /** The rounds in order; `{"round":true}` in a rule is one of these. */
  readonly rounds?: readonly string[];
  readonly principles?: readonly Principle[];
  readonly planes?: readonly Plane[];
  /** The bank, in document order: the one order in which answers are evaluated. */
  readonly questions: readonly Question[];
  /** Named expressions, computed in document order. */
  readonly calcs?: readonly Calc[];
  /** Fields of the fact sheet, entered by the unit's coordinator. */
  readonly facts?: readonly FactField[];
  /** Questionnaires made from the bank: always `full`; `core` is the short one. */
  readonly forms: { readonly full: Form; readonly core?: Form };
  readonly thresholds?: Thresholds;
  /** Earlier versions that this one compares with, and what became of their items and areas. */
  readonly comparesWith?: readonly EarlierVersion[];
  /** Weight of each side in the joint score; equal where left out. */
  readonly sideWeights?: Readonly<Record<Side, number>>;
}

export type Language = 'pl' | 'en';
/** Words per language; `pl` is always there. */
export type Text = { readonly pl: string; readonly en?: string };
export type Side = 'administration' | 'ngo';
export const sides = ['administration', 'ngo'] as const satisfies readonly Side[];
export type FormName = 'full' | 'core';

export interface Scale {
  /** Lowest point, e.g. 1. */
  readonly min: number;
  /** Highest point, e.g. 5. */
  readonly max: number;
  /** A word for each point, keyed by the point as text: "1" … "5". */
  readonly points: Readonly<Record<string, Text>>;
}

export interface Group {
  readonly code: string;
  readonly name: Text;
  /** One sentence that helps a respondent to choose the right group. */
  readonly hint?: Text;
  /** null: both sides sit in it (public benefit council); shown apart, outside side and survey score. */
  readonly side: Side | null;
}

export interface Merge {
  /** Codes of the groups that are joined when one of them is too small, all of one side. */
  readonly groups: readonly string[];
  readonly name: Text;
}

/** What became of the items and areas of an earlier version (comparison.md 3). */
export interface EarlierVersion {
  readonly version: string;
  readonly items: Fates;
  readonly areas: Fates;
}

/** Every code of either version in exactly one list. */
export interface Fates {
  /** In both, with the same meaning. */
  readonly kept: readonly string[];
  /** In both, with other words: not comparable. */
  readonly changed: readonly string[];
  /** In the earlier version only. */
  readonly dropped: readonly string[];
  /** In the later version only. */
  readonly new: readonly string[];
}

export interface Principle {
  readonly code: string;
  readonly name: Text;
}

export interface Plane {
  /** `P1`. */
  readonly code: string;
  readonly name: Text;
  readonly shortName: Text;
  readonly areas: readonly Area[];
}

export interface Area {
  /** `P1.1`. */
  readonly code: string;
  readonly name: Text;
  /** One or two words for chart labels. */
  readonly shortName: Text;
  /** What the area is about, in a sentence a treasurer of a village NGO understands. */
  readonly description?: Text;
}

export type QuestionType =
  | 'rating'
  | 'single-choice'
  | 'multiple-choice'
  | 'ranking'
  | 'number'
  | 'percent'
  | 'money'
  | 'date'
  | 'yes-no'
  | 'short-text'
  | 'long-text';

export interface QuestionBase {
  /** Unique in the instrument; a column of the CSV; never reused with another meaning. */
  readonly code: string;
  readonly text: Text;
  readonly hint?: Text;
  /** Other wording for some groups. */
  readonly variants?: readonly Variant[];
  /** Asked only where true; unknown = hidden. */
  readonly visibleIf?: Rule;
  /** true or a rule; unknown = optional. Ratings may never be required. */
  readonly requiredIf?: Rule;
  /** Further conditions on the answer; false = the message is shown, unknown = no error. */
  readonly valid?: readonly Validity[];
  /** Special answers offered beside the usual ones; ratings offer both where left out, other types none. */
  readonly special?: readonly SpecialAnswer[];
  /** Where the report shows its answers: on every question of an assessment that is no item, on no other. */
  readonly report?: ReportPlace;
}

/**
 * A place in the report. Answers to choose from are counted in `barriers` (what hinders cooperation), `support` (what
 * is needed) or `views` (what else people were asked); words stand in `comments` once staff have read them; `none`:
 * nowhere, e.g. because the question only decides what is asked next.
 */
export type ReportPlace = 'barriers' | 'support' | 'views' | 'comments' | 'none';

export interface Variant {
  readonly groups: readonly string[];
  readonly text: Text;
  readonly hint?: Text;
}

export interface Validity {
  readonly rule: Rule;
  readonly message: Text;
}

export type SpecialAnswer = 'hard-to-say' | 'not-applicable';

/** A rating on the instrument's scale; with an `area` it is an item and is scored. */
export interface RatingQuestion extends QuestionBase {
  readonly type: 'rating';
  readonly area?: string;
  /** Weight in the area's score, > 0; 1 where left out. */
  readonly weight?: number;
  /** Belongs to the short form; the two forms compare on these. */
  readonly core?: boolean;
  readonly principles?: readonly string[];
  /** The practice at the lowest and at the highest point, each in a few words, under the question. */
  readonly lowMeans?: Text;
  readonly highMeans?: Text;
}

export interface ChoiceQuestion extends QuestionBase {
  readonly type: 'single-choice' | 'multiple-choice' | 'ranking';
  readonly choices: readonly Choice[];
  /** multiple-choice: fewest and most that may be chosen. */
  readonly minChoices?: number;
  readonly maxChoices?: number;
  /** ranking: how many places are asked for (1st … nth); all choices where left out. */
  readonly places?: number;
}

export interface Choice {
  /** The stored answer; unique in its question. */
  readonly code: string;
  readonly text: Text;
  /** Chosen alone ("none of these"). */
  readonly exclusive?: boolean;
  /** Opens a short text of its own, stored under `<question code>.other`. */
  readonly other?: boolean;
}

export interface NumberQuestion extends QuestionBase {
  readonly type: 'number' | 'percent' | 'money';
  /** Inclusive; percent and money start at 0 where left out. */
  readonly min?: number;
  /** Inclusive; a percent ends at 100 where left out. */
  readonly max?: number;
  /** Decimal places accepted: 0 where left out for number, 1 for percent, 2 for money. */
  readonly decimals?: number;
  /** Shown after the field of a `number` ("dni"); percent and money have their own. */
  readonly unit?: Text;
}

export interface DateQuestion extends QuestionBase {
  readonly type: 'date';
  /** `YYYY-MM-DD`, inclusive. */
  readonly min?: string;
  readonly max?: string;
}

export interface PlainQuestion extends QuestionBase {
  readonly type: 'yes-no';
}

export interface TextQuestion extends QuestionBase {
  readonly type: 'short-text' | 'long-text';
  /** Characters; 200 for short and 2,000 for long where left out. */
  readonly maxLength?: number;
  /** A comment on a plane: stored, and shown to nobody until it has been reviewed. */
  readonly commentOn?: string;
}

export type Question = RatingQuestion | ChoiceQuestion | NumberQuestion | DateQuestion | PlainQuestion | TextQuestion;

/** A named expression; other rules read it as `{"calc": name}`. */
export interface Calc {
  readonly name: string;
  readonly rule: Rule;
}

/** Of the fact sheet only: what a fact has no use for, since one coordinator sees every field of it. */
type AsFact<Shape> = Omit<
  Shape,
  'variants' | 'visibleIf' | 'requiredIf' | 'valid' | 'special' | 'report' | 'commentOn'
>;

/** What a number usually is: whoever enters another one is asked why it is right (`plausible-fact.ts`). */
export interface UsualValues {
  /** Inclusive, like `max`. */
  readonly min?: number;
  readonly max?: number;
  /** So many times the value of the round before, or its inverse, is unusual; > 1. */
  readonly timesLast?: number;
}

type NumberFact = AsFact<NumberQuestion> & { readonly usual?: UsualValues };

/** A field of the fact sheet; typed like a question, but its value comes from the unit. */
export type FactField = (
  NumberFact | AsFact<DateQuestion> | AsFact<PlainQuestion> | AsFact<TextQuestion> | AsFact<ChoiceQuestion>
) & {
  /** The area whose picture the fact completes. */
  readonly area?: string;
};

/** One questionnaire made from the bank. */
export interface Form {
  /** How long it takes in whole minutes, as the start page promises. */
  readonly minutes: number;
  readonly pages: readonly Page[];
}

export interface Page {
  readonly code: string;
  readonly title: Text;
  /** One or two sentences under the title. */
  readonly lead?: Text;
  /** The page is passed over unless true; unknown = passed over. Its questions are then hidden. */
  readonly visibleIf?: Rule;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title?: Text;
  /** Area that this section is about; gives title and description where `title` is left out. */
  readonly area?: string;
  /** `matrix`: ratings share one header on wide screens and stand as single questions on a phone. */
  readonly display?: 'list' | 'matrix';
  /** Codes of the bank, in the bank's order. */
  readonly questions: readonly string[];
}

/** Frozen into the round when it opens; an instrument without them has `usualThresholds`. */
export interface Thresholds {
  /** Fewest answers behind any group figure; 5, never below 3. */
  readonly k: number;
  /** Fewest answers in a group before its comments may be reviewed. */
  readonly comments: number;
  /** Share of a respondent's item weight in an area that must be answered for an area score, 0..1. */
  readonly minAnsweredShare: number;
  /** Half-width in points within which a change counts as practically none. */
  readonly practicallySame: number;
  /** Variance in squared points where nobody lends one: `area` of area scores, `overall` of means over areas. */
  readonly assumedVariance?: { readonly area: number; readonly overall: number };
}

/** Used where an instrument states none (method §5, §3, §4). */
export const usualThresholds: Required<Thresholds> = {
  k: 5,
  comments: 8,
  minAnsweredShare: 0.5,
  practicallySame: 0.25,
  assumedVariance: { area: 1, overall: 0.6 },
};

/** The words of a text in a language, Polish where that language is not given. */
export function inLanguage(text: Text, language: Language): string {
  return text[language] ?? text.pl;
}

/** The code of a merged group. Group codes have no "+", so it is no group of the instrument. */
export function mergedCode(parts: readonly string[]): string {
  return parts.join('+');
}

/** The instrument's groups whose people are in a group, from its code: itself, or the parts of a merged one. */
export function partsOf(group: string): readonly string[] {
  return group.split('+');
}

/** The question's words for a group: its variant where there is one; for a merged group one that all its parts have. */
export function wordingFor(question: QuestionBase, group: string | null): { text: Text; hint?: Text } {
  const parts = group === null ? null : partsOf(group);
  const variant = parts && question.variants?.find((one) => parts.every((part) => one.groups.includes(part)));
  const hint = variant?.hint ?? question.hint;
  return { text: variant?.text ?? question.text, ...(hint === undefined ? {} : { hint }) };
}

/** Items: the ratings that belong to an area, in bank order. */
export function itemsOf(instrument: Pick<Instrument, 'questions'>): readonly (RatingQuestion & { area: string })[] {
  return instrument.questions.filter(
    (question): question is RatingQuestion & { area: string } =>
      question.type === 'rating' && question.area !== undefined,
  );
}

/** All areas in document order. */
export function areasOf(instrument: Pick<Instrument, 'planes'>): readonly Area[] {
  return instrument.planes === undefined ? [] : areasIn(instrument.planes);
}

const areasIn = rememberedFor((planes: NonNullable<Instrument['planes']>): readonly Area[] =>
  planes.flatMap((plane) => plane.areas),
);

/** A question whose answers can be counted choice by choice. */
export type CountedQuestion = ChoiceQuestion | PlainQuestion;

/** The questions whose answers the report counts in this place, in bank order. */
export function countedAt(
  instrument: Pick<Instrument, 'questions'>,
  place: 'barriers' | 'support' | 'views',
): readonly CountedQuestion[] {
  return instrument.questions.filter(
    (question): question is CountedQuestion => question.report === place && isCounted(question),
  );
}

function isCounted({ type }: Question): boolean {
  return type === 'single-choice' || type === 'multiple-choice' || type === 'ranking' || type === 'yes-no';
}

/** Special answers a question offers beside its usual ones. */
export function specialAnswersOf(question: Question): readonly SpecialAnswer[] {
  return question.special ?? (question.type === 'rating' ? ['hard-to-say', 'not-applicable'] : []);
}
