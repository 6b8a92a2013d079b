import { compose } from './compose';
import { readConfig } from './config';
import { failStart, serve } from './serve';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  process.stdout.write(`${await serve(await compose(config), config)}\n`);
}

main().catch(failStart);
