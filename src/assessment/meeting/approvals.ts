import type { Store } from '../../storage/port';
import { approvalsSpec, type Approval } from './approval';

/** What is kept of approvals, for those who write in the meeting and those who approve. */
export interface Approvals {
  /** Those that were given, reopened ones too, the first one first. */
  ofRound(roundId: string): Promise<Approval[]>;
  /** The one that holds; null where nothing is approved. */
  current(roundId: string): Promise<Approval | null>;
  /** The rounds of these that have one that holds. */
  approvedOf(roundIds: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Asked by whoever has just written: gives up an approval that is being made, which then begins anew.
   *
   * @param holds whether an approval has what was written
   * @returns false where the minutes have been approved without it
   */
  letIn(roundId: string, holds: (approval: Approval) => boolean): Promise<boolean>;
  /** Begins to approve; null where another approval of this number holds. */
  begin(approval: Approval): Promise<Approval | null>;
  /** null where somebody has written, or begun to approve, since it was begun. */
  finish(id: string, token: string, content: Pick<Approval, 'areas' | 'meetings'>): Promise<Approval | null>;
  /** null where it does not hold any more. */
  reopen(id: string, reopened: NonNullable<Approval['reopened']>): Promise<Approval | null>;
}

export function createApprovals({ store }: { store: Store }): Approvals {
  const approvals = store.collection(approvalsSpec);

  async function current(roundId: string): Promise<Approval | null> {
    return (await approvals.find({ roundId, state: 'approved' }, { limit: 1 }))[0] ?? null;
  }

  return {
    async ofRound(roundId) {
      const all = await approvals.find({ roundId }, { sort: [['number', 'ascending']] });
      return all.filter(({ state }) => state !== 'settling');
    },
    current,
    async approvedOf(roundIds) {
      return new Set((await approvals.countBy({ roundId: { $in: roundIds }, state: 'approved' }, 'roundId')).keys());
    },
    async letIn(roundId, holds) {
      await approvals.remove({ roundId, state: 'settling' });
      const approval = await current(roundId);
      return approval === null || holds(approval);
    },
    async begin(approval) {
      // One that was left half made, or is being made: whoever comes last goes on.
      await approvals.remove({ roundId: approval.roundId, state: 'settling' });
      return (await approvals.insert(approval)).inserted ? approval : null;
    },
    finish: (id, token, content) =>
      approvals.update(id, (one) =>
        one.state === 'settling' && one.token === token ? { ...one, ...content, state: 'approved' } : null,
      ),
    reopen: (id, reopened) =>
      approvals.update(id, (one) => (one.state === 'approved' ? { ...one, state: 'reopened', reopened } : null)),
  };
}
