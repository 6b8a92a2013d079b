import type { SchemaObject } from 'ajv';

/** JSON Schemas of `answers.ts`, for the collections that store answers. */
export const answerSchema: SchemaObject = {
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

export const answersSchema: SchemaObject = { type: 'object', additionalProperties: answerSchema };
