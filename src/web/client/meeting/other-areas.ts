import { keep, keysOf, read, type Kept } from './kept-texts';
import { ask } from './server';

/**
 * Sends what was typed in other areas of this round and never reached the server, because the connection or the tab was
 * gone.
 *
 * @returns the areas where a person has to decide, and whether something could not be sent yet
 */
export async function sendOtherAreas(owner: string, ownArea: string | null) {
  const undecided = new Set<string>();
  let waits = false;
  for (const key of keysOf(owner)) {
    const kept = read(key);
    if (kept === null || kept.area === ownArea) continue;
    const answer = await ask(kept.address, fieldsOf(kept));
    if (answer.kind === 'state' && answer.state.conflicts.length === 0) {
      // Unless more was typed there meanwhile.
      if (JSON.stringify(read(key)) === JSON.stringify(kept)) keep(key, null);
    } else if (answer.kind === 'state' || answer.kind === 'refused') undecided.add(kept.area);
    else waits = true;
  }
  return { undecided: [...undecided], waits };
}

function fieldsOf({ fields }: Kept): URLSearchParams {
  const sent = new URLSearchParams();
  for (const [name, { seen, mine }] of Object.entries(fields)) {
    sent.set(name, mine);
    sent.set(`${name}.seen`, seen);
  }
  return sent;
}
