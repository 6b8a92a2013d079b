import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
