import type { SchemaObject } from 'ajv';

/** Building blocks of the schemas that modules declare for their collections (`CollectionSpec.schema`). */

/** A stored document: these fields and no others; all are required but `optional`. */
export function documentOf(properties: Record<string, SchemaObject>, optional: readonly string[] = []): SchemaObject {
  return objectOf({ id: text, ...properties }, optional);
}

/** An object inside a document: these fields and no others; all are required but `optional`. */
export function objectOf(properties: Record<string, SchemaObject>, optional: readonly string[] = []): SchemaObject {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    properties,
  };
}

export function listOf(items: SchemaObject, maxItems: number): SchemaObject {
  return { type: 'array', items, maxItems };
}

export function nullable(schema: SchemaObject): SchemaObject {
  return { anyOf: [schema, { type: 'null' }] };
}

/** Text of 1 to `longest` characters. */
export function words(longest: number): SchemaObject {
  return { type: 'string', minLength: 1, maxLength: longest };
}

export const text: SchemaObject = { type: 'string' };
export const shortText: SchemaObject = words(200);
/** `YYYY-MM-DD`. */
export const day: SchemaObject = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' };
export const revision: SchemaObject = { type: 'integer', minimum: 1 };
