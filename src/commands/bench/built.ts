import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../shared/project-root';

/** Builds `dist/` where it is not made of what is there now: what browsers get, and the program as it is started. */
export async function builtAnew(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(projectRoot, 'scripts', 'build.mjs'), '--if-changed']);
}
