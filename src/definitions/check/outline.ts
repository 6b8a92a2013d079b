import type { Problem } from '../../shared/errors';
import { below } from './pointer';

/**
 * What the meaning checks read: the parts of a document that are there and of the right kind, each with its pointer.
 * Made of any value, so that one fault of shape never hides the faults of meaning elsewhere: what is malformed is
 * simply not in the outline (the schema reports it).
 */
export interface Outline {
  readonly document: JsonObject;
  readonly kind: 'assessment' | 'form' | null;
  readonly languages: readonly string[];
  readonly scale: { readonly min: number; readonly max: number; readonly points: JsonObject } | null;
  readonly groups: readonly Entry[];
  readonly merges: readonly Entry[];
  readonly rounds: readonly Word[];
  readonly principles: readonly Entry[];
  readonly planes: readonly Entry[];
  readonly areas: readonly Entry[];
  readonly questions: readonly QuestionEntry[];
  readonly calcs: readonly Entry[];
  readonly facts: readonly QuestionEntry[];
  readonly forms: readonly FormOutline[];
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** A text in the document, usually a code. */
export interface Word {
  readonly word: string;
  readonly pointer: string;
}

/** An object of a list, known by its code (a calc by its name); '' where it has none. */
export interface Entry {
  readonly code: string;
  readonly pointer: string;
  readonly value: JsonObject;
}

export interface QuestionEntry extends Entry {
  /** One of the types of questions, or '' where it is none. */
  readonly type: string;
  readonly choices: readonly Entry[];
}

export interface FormOutline {
  readonly name: string;
  readonly pointer: string;
  readonly pages: readonly PageOutline[];
  /** Codes of all questions of its pages, in the order in which the pages name them. */
  readonly asked: readonly Word[];
}

export interface PageOutline extends Entry {
  readonly sections: readonly {
    readonly pointer: string;
    readonly value: JsonObject;
    readonly questions: readonly Word[];
  }[];
}

export function outlineOf(document: unknown): Outline {
  const root = objectIn(document) ?? {};
  const planes = entries(root['planes'], '/planes');
  return {
    document: root,
    kind: root['kind'] === 'assessment' || root['kind'] === 'form' ? root['kind'] : null,
    languages: wordsOf(root['languages'], '/languages').map(({ word }) => word),
    scale: scaleOf(objectIn(root['scale'])),
    groups: entries(root['groups'], '/groups'),
    merges: entries(root['mergePlan'], '/mergePlan'),
    rounds: wordsOf(root['rounds'], '/rounds'),
    principles: entries(root['principles'], '/principles'),
    planes,
    areas: planes.flatMap(({ value, pointer }) => entries(value['areas'], below(pointer, 'areas'))),
    questions: questionsOf(root['questions'], '/questions'),
    calcs: entries(root['calcs'], '/calcs', 'name'),
    facts: questionsOf(root['facts'], '/facts'),
    forms: formsOf(objectIn(root['forms']) ?? {}),
  };
}

/** A problem of the document, as every check yields it. */
export function problem(pointer: string, code: string, message: string): Problem {
  return { pointer, code, message };
}

export function objectIn(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

export function numberIn(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** The texts of a list with their pointers. */
export function wordsOf(list: unknown, pointer: string): readonly Word[] {
  return listIn(list).flatMap((word, index) =>
    typeof word === 'string' ? [{ word, pointer: below(pointer, index) }] : [],
  );
}

function entries(list: unknown, pointer: string, key = 'code'): readonly Entry[] {
  return listIn(list).flatMap((item, index) => {
    const value = objectIn(item);
    if (value === null) return [];
    const code = value[key];
    return [{ code: typeof code === 'string' ? code : '', pointer: below(pointer, index), value }];
  });
}

function questionsOf(list: unknown, pointer: string): readonly QuestionEntry[] {
  return entries(list, pointer).map((entry) => ({
    ...entry,
    type: typeof entry.value['type'] === 'string' ? entry.value['type'] : '',
    choices: entries(entry.value['choices'], below(entry.pointer, 'choices')),
  }));
}

function scaleOf(scale: JsonObject | null): Outline['scale'] {
  const min = numberIn(scale?.['min']);
  const max = numberIn(scale?.['max']);
  if (scale === null || min === null || max === null || !Number.isInteger(min) || !Number.isInteger(max)) return null;
  return { min, max, points: objectIn(scale['points']) ?? {} };
}

function formsOf(forms: JsonObject): readonly FormOutline[] {
  return ['full', 'core'].flatMap((name) => {
    const form = Object.hasOwn(forms, name) ? objectIn(forms[name]) : null;
    if (form === null) return [];
    const pointer = below('/forms', name);
    const pages = entries(form['pages'], below(pointer, 'pages')).map((page) => ({
      ...page,
      sections: entries(page.value['sections'], below(page.pointer, 'sections')).map((section) => ({
        pointer: section.pointer,
        value: section.value,
        questions: wordsOf(section.value['questions'], below(section.pointer, 'questions')),
      })),
    }));
    const asked = pages.flatMap(({ sections }) => sections.flatMap(({ questions }) => questions));
    return [{ name, pointer, pages, asked }];
  });
}
