import type { SchemaObject } from 'ajv';

/** Schema of a stored document: these fields and no others; all are required but `optional`. */
export function documentOf(properties: Record<string, SchemaObject>, optional: readonly string[] = []): SchemaObject {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['id', ...Object.keys(properties).filter((name) => !optional.includes(name))],
    properties: { id: text, ...properties },
  };
}

export const text: SchemaObject = { type: 'string' };
export const shortText: SchemaObject = { type: 'string', minLength: 1, maxLength: 200 };
/** `YYYY-MM-DD`. */
export const day: SchemaObject = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' };
export const revision: SchemaObject = { type: 'integer', minimum: 1 };
/** One answer as `definitions/answers.ts` types it. */
export const answer: SchemaObject = {
  anyOf: [
    { type: ['number', 'string', 'boolean'] },
    { type: 'array', items: { type: 'string' } },
    {
      type: 'object',
      additionalProperties: false,
      required: ['special'],
      properties: { special: { enum: ['hard-to-say', 'not-applicable'] } },
    },
  ],
};
export const answers: SchemaObject = { type: 'object', additionalProperties: answer };

export function nullable(schema: SchemaObject): SchemaObject {
  return { anyOf: [schema, { type: 'null' }] };
}
