import { unitKinds } from '../../../assessment/units';
import { editionSchema } from '../../../reports/edition/edition-schema';
import type { Installation } from '../../../reports/edition/edition';
import { answerSchemas } from './answers';
import { mostPerPage } from './editions';

/** Where the schema of editions lies; part of the interface's address, so that it stays. */
export const editionSchemaPath = '/api/v1/schemas/edition-1.json';

type Parameter = Readonly<Record<string, unknown>>;

/**
 * The interface in the words of OpenAPI 3.1, over the schemas that the answers are tested against.
 *
 * @param address public address of the installation
 */
export function apiDescription(address: string, { publisher, licence }: Installation): object {
  const query = (name: string, description: string, schema: object): Parameter => ({
    ...{ name, in: 'query', required: false, description, schema },
  });
  const edition: readonly Parameter[] = [
    part('unit', 'Code of the unit, as in the list.', { type: 'string' }),
    part('report', 'Assessed year or years, such as 2024-2025.', { type: 'string' }),
    part('number', 'Number of the edition.', { type: 'integer', minimum: 1 }),
  ];
  const text = { type: 'string' };
  return {
    openapi: '3.1.0',
    info: {
      title: 'LIJW: published reports',
      version: '1.0.0',
      description:
        'Read-only access to the published editions of self-assessments of cooperation between local governments and ' +
        'NGOs. Nothing that is not published, or was withdrawn, can be reached. Answers may be kept, but have to be ' +
        'asked for again (ETag): an edition can be withdrawn at any time.',
      ...(publisher === null ? {} : { contact: { name: publisher.name, email: publisher.email } }),
      ...(licence === null
        ? {}
        : { license: { name: licence.name, ...(licence.url === null ? {} : { url: licence.url }) } }),
    },
    servers: [{ url: address }],
    paths: {
      '/api/v1/editions': {
        get: {
          operationId: 'listEditions',
          summary: 'The current edition of every report, by unit and year',
          parameters: [
            query('q', 'Words of the name of the unit, or its code; accents do not matter.', text),
            query('powiat', 'Powiat of the unit.', text),
            query('subregion', 'Subregion of the unit.', text),
            query('kind', 'Kind of the unit.', { type: 'string', enum: unitKinds }),
            query('year', 'A year that is assessed.', { type: 'integer', minimum: 1000, maximum: 9999 }),
            query('page', 'Page of the list, from 1.', { type: 'integer', minimum: 1, default: 1 }),
            query('perPage', 'Editions on a page.', { type: 'integer', minimum: 1, maximum: mostPerPage, default: 20 }),
          ],
          responses: {
            200: answer('EditionList', 'A page of the list.'),
            400: fault('A parameter is wrong.'),
            404: fault('There is no such page.'),
          },
        },
      },
      '/api/v1/editions/{unit}/{report}/{number}': {
        get: {
          operationId: 'getEdition',
          summary: 'An edition: the whole report as data',
          parameters: edition,
          responses: {
            200: answer('Edition', 'The document, exactly as published: its SHA-256 is the content hash.'),
            ...missing(),
          },
        },
      },
      '/api/v1/editions/{unit}/{report}/{number}/figures': {
        get: {
          operationId: 'getFigures',
          summary: 'Its figures and changes, one record each',
          parameters: edition,
          responses: { 200: answer('EditionFigures', 'The records.'), ...missing() },
        },
      },
      [editionSchemaPath]: {
        get: {
          operationId: 'getEditionSchema',
          summary: 'JSON Schema of an edition',
          responses: {
            200: { description: 'The schema.', content: { 'application/json': { schema: { type: 'object' } } } },
            400: fault('It takes no parameters.'),
          },
        },
      },
    },
    components: { schemas: { ...answerSchemas, ...embedded() } },
  };
}

function part(name: string, description: string, schema: object): Parameter {
  return { name, in: 'path', required: true, description, schema };
}

const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });

function answer(schema: string, description: string): object {
  return { description, content: { 'application/json': { schema: schemaRef(schema) } } };
}

function fault(description: string): object {
  return { description, content: { 'application/problem+json': { schema: schemaRef('Problem') } } };
}

function missing(): object {
  return {
    304: { description: 'It has not changed (If-None-Match).' },
    400: fault('It takes no parameters.'),
    404: fault('There is no such edition.'),
    410: fault('It was withdrawn; the detail says when and why.'),
  };
}

/** The edition's schema with its parts as components: references inside it are those of this document. */
function embedded(): Record<string, unknown> {
  const whole: Record<string, unknown> = { ...editionSchema };
  const parts = editionSchema['$defs'] as Readonly<Record<string, unknown>>;
  for (const keyword of ['$schema', '$id', '$defs']) Reflect.deleteProperty(whole, keyword);
  const pointed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(pointed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string'
          ? inner.replace('#/$defs/', '#/components/schemas/edition.')
          : pointed(inner),
      ]),
    );
  };
  return Object.fromEntries(
    [['Edition', whole] as const, ...Object.entries(parts).map(([name, one]) => [`edition.${name}`, one] as const)].map(
      ([name, one]) => [name, pointed(one)],
    ),
  );
}
