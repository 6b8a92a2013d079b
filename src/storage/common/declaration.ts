import type { SchemaObject } from 'ajv';
import Ajv2020, { type ErrorObject } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Failure } from '../../shared/errors';
import type { CollectionSpec, Stored } from '../port';
import type { Plain } from './engine';
import { plainCopy } from './plain-json';

/** One for all specs: each instance would compile the schema of schemas anew. */
const ajv = addFormats(new Ajv2020({ allErrors: true, strict: true, strictTuples: false, allowUnionTypes: true }));

/** A `CollectionSpec`, ready to check documents. */
export interface Declaration {
  readonly spec: { readonly name: string };
  /** Top-level fields, `id` among them. */
  readonly fields: ReadonlySet<string>;
  /** A copy to store; throws `Failure('document-invalid')`, which names places, never values, where it does not fit. */
  readonly checked: (document: Stored) => Plain;
}

/** A request that cannot be right is a fault of the caller's code. */
export function misuse(message: string): Failure {
  return new Failure('storage-misuse', message);
}

export function declarationOf<Doc extends Stored>(spec: CollectionSpec<Doc>): Declaration {
  const schema: SchemaObject = spec.schema;
  const fields = new Set(Object.keys(propertiesOf(schema)));
  const required = new Set(schema.required as string[] | undefined);
  const { name, unique = {}, indexes = [] } = spec;

  // Names end up as table names, index names and parts of queries.
  if (!/^[a-z][a-z0-9-]{0,59}$/.test(name)) throw misuse(`"${name}" is no name for a collection.`);
  for (const field of fields) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(field)) throw misuse(`"${field}" is no name for a field of "${name}".`);
  }
  for (const field of [...Object.values(unique), ...indexes].flat()) {
    if (!fields.has(field)) throw misuse(`An index of "${name}" names "${field}", which it has not.`);
  }
  for (const [key, of] of Object.entries(unique)) {
    const optional = of.find((field) => !required.has(field));
    if (optional !== undefined) throw misuse(`"${optional}" of the unique key "${key}" of "${name}" is not required.`);
  }

  const validate = ajv.compile(schema);

  return {
    spec,
    fields,
    checked(document) {
      const copy = plainCopy(document) as Plain;
      const problems = validate(copy) ? [] : (validate.errors ?? []).map(wordsOf);
      // Refused even where the schema forgets to close the object.
      problems.push(...Object.keys(copy).flatMap((field) => (fields.has(field) ? [] : [`/${field} is not declared`])));
      if (problems.length === 0) return copy;
      throw new Failure('document-invalid', `A document of "${name}" does not fit its schema: ${problems.join('; ')}.`);
    },
  };
}

function wordsOf({ instancePath, params, message, keyword }: ErrorObject): string {
  const extra = (params as { additionalProperty?: string }).additionalProperty;
  return `${instancePath} ${message ?? keyword}${extra === undefined ? '' : ` (${extra})`}`;
}

/** Those of the schema itself and of the branches that it chooses from. */
function propertiesOf(schema: SchemaObject): object {
  const branches = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((all) => (all ?? []) as SchemaObject[]);
  return Object.assign({}, schema.properties, ...branches.map(propertiesOf)) as object;
}
