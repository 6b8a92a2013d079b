/**
 * Small builders of the edition's JSON Schema (2020-12). `fields` asks the compiler whether the schema names exactly the
 * fields of its type and which of them may be left out, so that neither can change without the other.
 */
export type Schema = Readonly<Record<string, unknown>>;

export interface Optional {
  readonly optional: Schema;
}

export const optional = (schema: Schema): Optional => ({ optional: schema });

type Fields<Shape> = {
  readonly [Name in keyof Shape]-?: object extends Pick<Shape, Name> ? Optional : Schema;
};

/** An object with these fields and no others. */
export function fields<Shape>(properties: Fields<Shape>, description?: string): Schema {
  const entries = Object.entries<Schema | Optional>(properties);
  const isOptional = (one: Schema | Optional): one is Optional => 'optional' in one;
  return {
    ...(description === undefined ? {} : { description }),
    type: 'object',
    additionalProperties: false,
    required: entries.flatMap(([name, one]) => (isOptional(one) ? [] : [name])),
    properties: Object.fromEntries(entries.map(([name, one]) => [name, isOptional(one) ? one.optional : one])),
  };
}

export const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
export const listOf = (items: Schema, description?: string): Schema => described({ type: 'array', items }, description);
/** An object whose keys are codes. */
export const mapOf = (values: Schema, description?: string): Schema =>
  described({ type: 'object', additionalProperties: values }, description);
export const pairOf = (items: Schema, description?: string): Schema =>
  described({ type: 'array', items, minItems: 2, maxItems: 2 }, description);
export const nullable = ({ description, ...schema }: Schema): Schema =>
  described({ anyOf: [schema, { type: 'null' }] }, description as string | undefined);
export const oneOf = (words: readonly string[], description?: string): Schema =>
  described({ type: 'string', enum: words }, description);
export const exactly = (value: string | number | boolean): Schema => ({ const: value });

export const text = (description?: string): Schema => described({ type: 'string' }, description);
export const number = (description?: string): Schema => described({ type: 'number' }, description);
export const yes: Schema = exactly(true);
export const people = (description?: string): Schema => described({ type: 'integer', minimum: 0 }, description);
export const code = text('A code of the instrument.');
export const codes = listOf({ type: 'string' });
export const day = (description?: string): Schema =>
  described({ type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }, description);
export const hash: Schema = described({ type: 'string', pattern: '^[0-9a-f]{64}$' }, 'SHA-256 in hex.');

function described(schema: Schema, description?: string): Schema {
  return description === undefined ? schema : { description, ...schema };
}
