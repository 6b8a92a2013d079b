import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an earlier set-up found out; it lies with the packages and goes with them. */
export function readNotes(root) {
  const file = notesFile(root);
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  } catch {
    return {};
  }
}

export function writeNotes(root, more) {
  try {
    writeFileSync(notesFile(root), `${JSON.stringify({ ...readNotes(root), ...more }, null, 2)}\n`);
  } catch {
    // Somebody else installed the packages; then the next set-up looks again.
  }
}

function notesFile(root) {
  return join(root, 'node_modules', '.lijw-set-up.json');
}
