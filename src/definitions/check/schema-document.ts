import type { Problem } from '../../shared/errors';
import { objectIn, problem } from './outline';
import { schemaFault } from './shape';

/** Is it a JSON Schema: the one of instruments lies in the same folder and is checked together with them. */
export function isSchemaDocument(document: unknown): boolean {
  const schema = objectIn(document)?.['$schema'];
  return typeof schema === 'string' && schema.startsWith('https://json-schema.org/');
}

/** A schema must be one that the checks can use. */
export function checkSchemaDocument(document: unknown): Problem[] {
  const fault = schemaFault(document);
  if (fault === null) return [];
  return [problem('', 'bad-schema', `This is no usable JSON Schema 2020-12 (${fault}): correct it.`)];
}
