import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tablesForR } from './data-sets';

/** Writes the data sets as CSV files into the folder named on the command line; `rebuild.R` reads them. */
const [folder = 'data-sets'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const [name, table] of Object.entries(tablesForR())) writeFileSync(join(folder, `${name}.csv`), table);
