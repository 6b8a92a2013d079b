import type { SchemaObject } from 'ajv';
import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Failure } from '../../shared/errors';

type Keyword = SchemaObject | boolean | undefined;

/** Stands for a place of which the schema says nothing: anything may be there. */
const anything = '*';

/** A collection's schema, ready to check documents and parts of them. Failures name places, never values. */
export interface DocumentSchema {
  /** Top-level fields that the schema names, with the schema of each. */
  readonly fields: ReadonlyMap<string, SchemaObject>;
  /** Top-level fields that every document has. */
  readonly required: ReadonlySet<string>;
  /** Throws `Failure('document-invalid')` unless the whole document fits. */
  checkDocument(document: unknown): void;
  /** Throws `Failure('document-invalid')` unless the value may stand at this place. */
  checkValue(keys: readonly string[], value: unknown): void;
  /** Throws `Failure('document-invalid')` unless there is a number at this place that this amount can be added to. */
  checkIncrement(keys: readonly string[], amount: number): void;
  /** Throws `Failure('document-invalid')` if the place must have a value. */
  checkUnset(keys: readonly string[]): void;
}

export function readDocumentSchema(collection: string, root: SchemaObject): DocumentSchema {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTuples: false, allowUnionTypes: true });
  addFormats(ajv);
  ajv.addSchema(root, 'document');
  const compiled = new Map<string, ValidateFunction>();

  function check(pointers: readonly string[], value: unknown, at: string): void {
    if (pointers.includes(anything)) return;
    const name = pointers.join(' ');
    let validate = compiled.get(name);
    if (validate === undefined) {
      const choices = pointers.map((pointer) => ({
        $ref: `document#${pointer.split('/').map(encodeURIComponent).join('/')}`,
      }));
      validate = ajv.compile(choices.length === 1 ? (choices[0] ?? {}) : { anyOf: choices });
      compiled.set(name, validate);
    }
    if (validate(value)) return;
    throw invalid(collection, (validate.errors ?? []).map((error) => wordsOf(error, at)).join('; '));
  }

  function placesOf(keys: readonly string[]): string[] {
    const places = keys.reduce(
      (pointers, key) => [...new Set(pointers.flatMap((pointer) => placesUnder(root, pointer, key)))],
      [''],
    );
    if (places.length === 0) throw invalid(collection, `the schema has no place /${keys.join('/')}`);
    return places;
  }

  const fields = fieldsOf(root, '');
  return {
    fields,
    required: new Set(keywordOf(root, 'required') as string[] | undefined),
    checkDocument(document) {
      check([''], document, '');
      // Both engines refuse a field that is not declared, even where the schema forgets to close the object.
      const unknown = Object.entries(document as object).find(
        ([field, value]) => value !== undefined && !fields.has(field),
      );
      if (unknown) throw invalid(collection, `/${unknown[0]} is not declared in the schema`);
    },
    checkValue: (keys, value) => check(placesOf(keys), value, `/${keys.join('/')}`),
    checkIncrement(keys, amount) {
      const types = placesOf(keys).flatMap((pointer) => {
        const type = keywordOf(resolve(root, pointer), 'type') as string | string[] | undefined;
        return type ?? 'number';
      });
      const fits = types.includes('number') || (types.includes('integer') && Number.isInteger(amount));
      if (!fits || !Number.isFinite(amount)) {
        throw invalid(collection, `/${keys.join('/')} takes no increment by ${amount}`);
      }
    },
    checkUnset(keys) {
      placesOf(keys);
      const last = keys.at(-1) ?? '';
      const parents = placesOf(keys.slice(0, -1)).map((pointer) => keywordOf(resolve(root, pointer), 'required'));
      if (parents.every((required) => Array.isArray(required) && required.includes(last))) {
        throw invalid(collection, `/${keys.join('/')} is required and cannot be unset`);
      }
    },
  };
}

function invalid(collection: string, what: string): Failure {
  return new Failure('document-invalid', `A document of "${collection}" does not fit its schema: ${what}.`);
}

function wordsOf(error: ErrorObject, at: string): string {
  const extra = (error.params as { additionalProperty?: string }).additionalProperty;
  return `${at}${error.instancePath} ${error.message ?? error.keyword}${extra === undefined ? '' : ` (${extra})`}`;
}

/** Pointers of all subschemas that a value under `key` of an object or array described at `pointer` may have to fit. */
function placesUnder(root: SchemaObject, pointer: string, key: string): string[] {
  const schema = resolve(root, pointer);
  if (schema === true) return [anything];
  if (typeof schema !== 'object') return [];
  const reference = keywordOf(schema, '$ref');
  if (typeof reference === 'string' && reference.startsWith('#')) {
    return placesUnder(root, decodeURIComponent(reference.slice(1)), key);
  }
  const places: string[] = [];
  const properties = keywordOf(schema, 'properties');
  const patterns = Object.keys(keywordOf(schema, 'patternProperties') ?? {}).filter((pattern) =>
    new RegExp(pattern, 'u').test(key),
  );
  if (typeof properties === 'object' && Object.hasOwn(properties as object, key)) {
    places.push(`${pointer}/properties/${segment(key)}`);
  }
  places.push(...patterns.map((pattern) => `${pointer}/patternProperties/${segment(pattern)}`));
  const extra = keywordOf(schema, 'additionalProperties');
  if (places.length === 0 && extra !== undefined && extra !== false) places.push(`${pointer}/additionalProperties`);
  if (/^\d+$/.test(key) && keywordOf(schema, 'items') !== undefined) places.push(`${pointer}/items`);
  for (const choice of ['allOf', 'anyOf', 'oneOf']) {
    const parts = keywordOf(schema, choice);
    if (Array.isArray(parts)) {
      places.push(...parts.flatMap((_part, index) => placesUnder(root, `${pointer}/${choice}/${index}`, key)));
    }
  }
  for (const branch of ['then', 'else']) {
    if (keywordOf(schema, branch) !== undefined) places.push(...placesUnder(root, `${pointer}/${branch}`, key));
  }
  if (places.length === 0 && extra === undefined && isOpen(schema, key)) places.push(anything);
  return places.filter((place) => resolve(root, place) !== false);
}

/** Whether a schema that does not speak of a key leaves it free. */
function isOpen(schema: SchemaObject, key: string): boolean {
  const type = schema.type as string | string[] | undefined;
  const list = /^\d+$/.test(key) && schema.items === undefined && (type === undefined || type.includes('array'));
  const choices = ['allOf', 'anyOf', 'oneOf', '$ref'].some((keyword) => keywordOf(schema, keyword) !== undefined);
  return !choices && (list || type === undefined || type.includes('object'));
}

function fieldsOf(root: SchemaObject, pointer: string): Map<string, SchemaObject> {
  const fields = new Map<string, SchemaObject>();
  const schema = resolve(root, pointer);
  if (typeof schema !== 'object') return fields;
  for (const [field, own] of Object.entries((keywordOf(schema, 'properties') ?? {}) as Record<string, Keyword>)) {
    fields.set(field, typeof own === 'object' ? own : {});
  }
  for (const choice of ['allOf', 'anyOf', 'oneOf']) {
    const parts = keywordOf(schema, choice);
    if (!Array.isArray(parts)) continue;
    for (const index of parts.keys()) {
      for (const [field] of fieldsOf(root, `${pointer}/${choice}/${index}`)) {
        // The branches may differ on what a field holds: an engine then takes any value.
        if (!fields.has(field)) fields.set(field, {});
      }
    }
  }
  return fields;
}

function resolve(root: SchemaObject, pointer: string): Keyword {
  if (pointer === anything) return true;
  let schema: Keyword = root;
  for (const part of pointer.split('/').slice(1)) {
    schema = keywordOf(schema, part.replaceAll('~1', '/').replaceAll('~0', '~')) as Keyword;
  }
  const reference = keywordOf(schema, '$ref');
  if (typeof reference === 'string' && reference.startsWith('#')) {
    return resolve(root, decodeURIComponent(reference.slice(1)));
  }
  return schema;
}

function keywordOf(schema: Keyword, keyword: string): unknown {
  if (typeof schema !== 'object' || !Object.hasOwn(schema, keyword)) return undefined;
  return (schema as Record<string, unknown>)[keyword];
}

function segment(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
