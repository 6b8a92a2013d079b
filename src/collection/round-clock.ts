import type { Round } from '../assessment/round';
import type { Rounds } from '../assessment/rounds';
import type { Clock } from '../shared/clock';
import { momentOf } from '../shared/warsaw-time';
import type { Sealing } from './sealing';

/**
 * Makes the moves of rounds that are due (`assessment/round-status.ts`): opens and begins to close those that staff
 * planned to the minute, and seals those whose time for finishing is over. To be called every minute. What cannot be done,
 * such as opening a round that is not ready, is left for staff, who see that its day has come.
 */
export function createRoundClock(deps: {
  rounds: Rounds;
  sealing: Pick<Sealing, 'seal'>;
  clock: Clock;
  /** Whether the clock can be trusted with what cannot be taken back. */
  clockIsRight: () => Promise<boolean>;
}): () => Promise<void> {
  const { rounds, sealing, clock, clockIsRight } = deps;

  return async () => {
    const [drafts, open, closing] = [
      await rounds.withStatus('draft'),
      await rounds.withStatus('open'),
      await rounds.withStatus('closing'),
    ];
    const now = clock();
    const toOpen = drafts.filter(({ opensOn, opensTime }) => isPast(now, opensOn, opensTime));
    const toClose = open.filter(({ closesOn, closesTime }) => isPast(now, closesOn, closesTime));
    const toSeal = closing.filter((round) => isOver(now, round));
    if (toOpen.length + toClose.length + toSeal.length === 0 || !(await clockIsRight())) return;
    for (const { id } of toOpen) await rounds.open(id, 'system');
    for (const { id } of toClose) await rounds.beginClosing(id, 'system');
    for (const { id } of toSeal) await sealing.seal(id);
  };
}

function isPast(now: Date, day: string, time: string | undefined): boolean {
  const moment = !time ? null : momentOf(`${day}T${time}`);
  return moment !== null && moment.getTime() <= now.getTime();
}

function isOver(now: Date, { closingUntil }: Round): boolean {
  return closingUntil === undefined || Date.parse(closingUntil) <= now.getTime();
}
