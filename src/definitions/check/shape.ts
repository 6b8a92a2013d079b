import Ajv2020, { type ErrorObject, type SchemaObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import schema from '../../../survey-definitions/instrument.schema.json';
import type { Problem } from '../../shared/errors';
import { likelyMeant } from './likely';
import { below } from './pointer';

function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true, allowUnionTypes: true, messages: false });
  addFormats(ajv);
  return ajv;
}

/** Faults of shape: everything the JSON Schema finds, in plain English, one problem a fault. */
export function shapeChecker(ofDocument: SchemaObject): (document: unknown) => Problem[] {
  // Compiled for the first document: most processes and tests check documents of one kind, or none.
  let validate: ValidateFunction | null = null;
  return (document) => {
    validate ??= newAjv().compile(ofDocument);
    if (validate(document)) return [];
    const problems = (validate.errors ?? []).flatMap((error) => problemOf(error) ?? []);
    return oneForEachKind(problems);
  };
}

/**
 * Every branch of the schema that a value of the wrong kind might have followed says so: the first is enough, and what
 * else is said of that value does not help.
 */
function oneForEachKind(problems: readonly Problem[]): Problem[] {
  const wrongKind = new Map<string, Problem>();
  for (const one of problems) {
    const at = one.pointer ?? '';
    if (one.code === 'wrong-type' && !wrongKind.has(at)) wrongKind.set(at, one);
  }
  return problems.filter((one) => (wrongKind.get(one.pointer ?? '') ?? one) === one);
}

/** Faults of shape of an instrument. */
export const checkShape = shapeChecker(schema);

interface Finding {
  readonly code: string;
  readonly message: string;
  /** Last steps below the place ajv names, where the fault is about a member of it. */
  readonly step?: string;
}

function problemOf(error: ErrorObject): Problem | null {
  const finding = findings[error.keyword]?.(error) ?? fallback(error);
  // `if` only says that its `then` failed, which is listed with its own errors.
  if (error.keyword === 'if') return null;
  const pointer = finding.step === undefined ? error.instancePath : below(error.instancePath, finding.step);
  return { pointer, code: finding.code, message: finding.message };
}

function fallback(error: ErrorObject): Finding {
  return { code: 'wrong-shape', message: `Does not fit the schema (${error.keyword}); see its JSON Schema.` };
}

/** What each schema keyword wants the author to do. */
const findings: Readonly<Record<string, (error: ErrorObject) => Finding>> = {
  additionalProperties: (error) => {
    const name = String(error.params['additionalProperty']);
    const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
    const meant = likelyMeant(name, known);
    const advice =
      meant === null
        ? `remove it, or use one of: ${known.join(', ')}.`
        : `did you mean '${meant}'? Otherwise remove it.`;
    return {
      code: 'unknown-property',
      message: `The property '${name}' is not known here: ${advice}`,
      step: name,
    };
  },
  required: (error) => ({
    code: 'missing-property',
    message: `The property '${String(error.params['missingProperty'])}' is missing: add it.`,
  }),
  type: (error) => ({
    code: 'wrong-type',
    message: `${shown(error.data)} does not fit here: must be ${titleOf(error) ?? typeWords(error.params['type'])}.`,
  }),
  enum: (error) => ({
    code: 'not-allowed-value',
    message: `${shown(error.data)} is not allowed here: must be one of: ${(error.params['allowedValues'] as unknown[])
      .map((value) => JSON.stringify(value))
      .join(', ')}.`,
  }),
  const: (error) => ({
    code: 'not-allowed-value',
    message: `${shown(error.data)} is not allowed here: must be ${JSON.stringify(error.params['allowedValue'])}.`,
  }),
  pattern: (error) => ({
    code: titleOf(error)?.startsWith('words') === true ? 'empty-text' : 'bad-code',
    message: `${shown(error.data)} does not fit here: must be ${titleOf(error) ?? 'of another form'}.`,
  }),
  format: (error) => ({
    code: 'not-a-date',
    message: `${shown(error.data)} does not fit here: must be ${titleOf(error) ?? 'a real date'}.`,
  }),
  minimum: (error) => tooSmall(error, 'at least'),
  exclusiveMinimum: (error) => tooSmall(error, 'above'),
  maximum: (error) => ({
    code: 'too-large',
    message: `${shown(error.data)} is too large: must be at most ${limitOf(error)}.`,
  }),
  minItems: (error) => ({
    code: 'too-few',
    message: `The list has too few entries: give at least ${limitOf(error)}.`,
  }),
  maxItems: (error) => ({
    code: 'too-many',
    message: `The list has too many entries: give at most ${limitOf(error)}.`,
  }),
  maxLength: (error) => ({
    code: 'too-long',
    message: `The text is too long: use at most ${limitOf(error)} characters.`,
  }),
  uniqueItems: (error) => ({
    code: 'repeated-entry',
    message: `Entries ${Number(error.params['j']) + 1} and ${Number(error.params['i']) + 1} of the list are the same: remove one.`,
  }),
};

function tooSmall(error: ErrorObject, bound: string): Finding {
  return { code: 'too-small', message: `${shown(error.data)} is too small: must be ${bound} ${limitOf(error)}.` };
}

function limitOf(error: ErrorObject): string {
  return String(error.params['limit']);
}

function titleOf(error: ErrorObject): string | undefined {
  return (error.parentSchema as { title?: string } | undefined)?.title;
}

const words: Readonly<Record<string, string>> = {
  object: 'an object { … }',
  array: 'a list [ … ]',
  string: 'a text in quotes',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

function typeWords(type: unknown): string {
  const types = Array.isArray(type) ? type : [type];
  return types.map((one) => words[String(one)] ?? String(one)).join(' or ');
}

/** A value as the author wrote it, cut to what fits in a message. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'A list';
  if (typeof value === 'object' && value !== null) return 'An object';
  const text = value === undefined ? 'Nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

/** Why a document is no JSON Schema that the checks could use, or null where it is one. */
export function schemaFault(document: unknown): string | null {
  try {
    newAjv().compile(document as object);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
