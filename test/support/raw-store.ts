import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection } from 'mongoose';
import { DatabaseSync } from '@photostructure/sqlite';

/** The bytes of all files of an embedded store, by name: what somebody with a copy of the disk has. */
export async function rawFiles(folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
}

/** Whether these words are anywhere in the files. */
export async function filesHold(folder: string, words: string): Promise<boolean> {
  return (await rawFiles(folder)).some(({ bytes }) => bytes.includes(words));
}

export interface RawRow {
  /** As in the file: of a collection in parts `<name>/<part>`. */
  readonly table: string;
  readonly id: string;
  /** The document as it is stored. */
  readonly text: string;
}

/** Every document of every collection of a database, in the order in which the server gives them unasked. */
export async function mongoRows(uri: string): Promise<RawRow[]> {
  const connection = await createConnection(uri).asPromise();
  try {
    const database = connection.getClient().db(connection.name);
    const rows: RawRow[] = [];
    for (const { name } of await database.listCollections({}, { nameOnly: true }).toArray()) {
      for (const { _id, ...document } of await database.collection(name).find({}).toArray()) {
        const id = String(_id);
        rows.push({ table: name.replace('.', '/'), id, text: JSON.stringify({ id, ...document }) });
      }
    }
    return rows;
  } finally {
    await connection.close();
  }
}

/** Every row of every table, in the order in which SQLite gives them when nobody asks for one. */
export async function rawRows(folder: string): Promise<RawRow[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sqlite'));
  return names.flatMap((name) => {
    const database = new DatabaseSync(join(folder, name), { readOnly: true });
    try {
      const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all() as {
        name: string;
      }[];
      return tables.flatMap(({ name: table }) =>
        (database.prepare(`SELECT * FROM "${table}"`).all() as { id: string; document: string }[]).map(
          ({ id, document }) => ({ table, id, text: document }),
        ),
      );
    } finally {
      database.close();
    }
  });
}
