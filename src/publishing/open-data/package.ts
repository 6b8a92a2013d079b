import { ZipFile } from 'yazl';
import { csvOf } from './csv';
import type { OpenData } from './open-data';
import { columns, tableNames, typeOf } from './tables';

/** What the zip says in words, in the languages of the installation. */
export interface OpenDataWords {
  /** The method note, plain text. */
  readonly method: string;
  /** Terms of reuse, plain text. */
  readonly licence: string;
}

/** The open data as one zip: tables, their codebook, a Frictionless data package, method note and licence. */
export async function openDataZip(data: OpenData, words: OpenDataWords): Promise<Buffer> {
  const zip = new ZipFile();
  // The same data make the same bytes.
  const options = { mtime: new Date(`${data.newest ?? '2000-01-01'}T12:00:00Z`), forceDosTimestamp: true };
  const add = (name: string, text: string): void => zip.addBuffer(Buffer.from(text), name, options);
  for (const table of tableNames) add(`${table}.csv`, data.tables[table]);
  add('codebook.csv', codebook());
  add('datapackage.json', `${JSON.stringify(dataPackage(data), null, 2)}\n`);
  add('method.txt', words.method);
  add('licence.txt', words.licence);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** One line a column: table, name, type, meaning. */
export function codebook(): string {
  const lines = tableNames.flatMap((table) =>
    columns[table].map((column) => ({
      ...{ table, column: column.name, type: typeOf(column), meaning: meaningOf(column.schema) },
      values: (valuesOf(column.schema) ?? []).join(' '),
    })),
  );
  const names = ['table', 'column', 'type', 'meaning', 'values'].map((name) => ({ name, schema: {} }));
  return csvOf(names, lines);
}

function dataPackage({ installation, newest, version }: OpenData): object {
  const { licence, publisher } = installation;
  return {
    name: 'lijw-open-data',
    title: 'LIJW: published self-assessments of cooperation',
    version: version.slice(0, 12),
    ...(newest === null ? {} : { created: newest }),
    ...(licence === null
      ? {}
      : { licenses: [{ title: licence.name, ...(licence.url === null ? {} : { path: licence.url }) }] }),
    ...(publisher === null ? {} : { contributors: [{ title: publisher.name, role: 'publisher' }] }),
    resources: tableNames.map((table) => ({
      ...{ name: table, path: `${table}.csv`, format: 'csv', mediatype: 'text/csv', encoding: 'utf-8' },
      schema: {
        missingValues: [''],
        fields: columns[table].map((column) => ({
          ...{ name: column.name, type: typeOf(column), description: meaningOf(column.schema) },
        })),
      },
    })),
  };
}

function meaningOf(schema: Readonly<Record<string, unknown>>): string {
  return typeof schema['description'] === 'string' ? schema['description'] : '';
}

function valuesOf(schema: Readonly<Record<string, unknown>>): readonly string[] | null {
  const [first] = (schema['anyOf'] as readonly Readonly<Record<string, unknown>>[] | undefined) ?? [schema];
  return (first?.['enum'] as readonly string[] | undefined) ?? null;
}
