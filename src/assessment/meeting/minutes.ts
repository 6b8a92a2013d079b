import { areasOf } from '../../definitions/instrument';
import { dayOf, type Clock } from '../../shared/clock';
import { isRefusal, refuse, type Refusal } from '../../shared/errors';
import type { Ids } from '../../shared/ids';
import { moveFrom, refusalOfMove } from '../../shared/moves';
import { resultsStateOf } from '../results-status';
import type { Round } from '../round';
import type { Rounds } from '../rounds';
import type { AgreedScores } from './agreed-scores';
import {
  minutesMoves,
  readApproval,
  readReopening,
  type Approval,
  type ApprovalInput,
  type MinutesChange,
  type MinutesCode,
  type MinutesState,
} from './approval';
import type { Approvals } from './approvals';
import type { AreaRecord } from './area-record';
import type { Meeting, Meetings } from './meetings';

/** What the minutes of a round hold: as approved, or as it is written now. */
export interface RoundMinutes {
  readonly state: MinutesState;
  /** The approval that holds; null where none does. */
  readonly approval: Approval | null;
  /** Approvals that were taken back, the first one first. */
  readonly reopened: readonly (Approval & { readonly reopened: NonNullable<Approval['reopened']> })[];
  /** Areas about which anything is set, in the instrument's order. */
  readonly areas: readonly AreaRecord[];
  /** By date, with names as long as they are kept. */
  readonly meetings: readonly Meeting[];
  /** Names this content: another one by now means that something was written. */
  readonly mark: string;
  /** Why it may not be approved now; null where it may, or where it is. */
  readonly barred: Refusal<MinutesCode> | null;
}

type ApprovalRefusal =
  | Extract<ReturnType<typeof readApproval>, Refusal>
  | Refusal<'round-unknown' | 'changed-meanwhile' | 'approved-later' | 'approved-before-meeting' | MinutesCode>;

export interface Minutes {
  /** null where there is no such round. */
  of(roundId: string): Promise<RoundMinutes | null>;
  /**
   * Freezes scores, words and presence as the person has read them.
   *
   * @param mark of what was read: `changed-meanwhile` where anything else was written since
   */
  approve(
    roundId: string,
    input: Partial<ApprovalInput>,
    mark: string,
    by: string,
  ): Promise<Approval | ApprovalRefusal>;
  /** Takes approved minutes up again, which leaves a mark. */
  reopen(
    roundId: string,
    input: { readonly why: string },
    by: string,
  ): Promise<Approval | Extract<ReturnType<typeof readReopening>, Refusal> | Refusal<'changed-meanwhile'>>;
}

export function createMinutes(deps: {
  clock: Clock;
  ids: Ids;
  rounds: Rounds;
  agreedScores: AgreedScores;
  meetings: Meetings;
  approvals: Approvals;
}): Minutes {
  const { clock, ids, rounds, agreedScores, meetings, approvals } = deps;

  async function of(round: Round): Promise<RoundMinutes> {
    const [all, areas, held] = await Promise.all([
      approvals.ofRound(round.id),
      round.status === 'draft' ? [] : agreedScores.records(round.id),
      meetings.ofRound(round.id),
    ]);
    const approval = all.find(({ state }) => state === 'approved') ?? null;
    const state = approval === null ? 'open' : 'approved';
    const content = approval === null ? { areas, meetings: held } : frozenContent(approval, held);
    const move = moveFrom(minutesMoves, state, 'approve');
    return {
      ...{ state, approval, ...content, mark: markOf(content) },
      reopened: all.flatMap((one) => (one.reopened === null ? [] : [{ ...one, reopened: one.reopened }])),
      barred: move === undefined ? null : refusalOfMove(move, changeOf(round, content)),
    };
  }

  function changeOf(round: Round, { areas, meetings: held }: Pick<RoundMinutes, 'areas' | 'meetings'>): MinutesChange {
    const set = new Set(areas.filter(({ score }) => score !== undefined).map(({ area }) => area));
    // A round in preparation has pinned no instrument yet.
    const all = round.status === 'draft' ? [] : areasOf(rounds.instrumentOf(round).instrument);
    const inScope = all.filter(({ code }) => !round.outOfScope.includes(code));
    return {
      hasResults: resultsStateOf(round) === 'computed',
      areasLeft: inScope.filter(({ code }) => !set.has(code)).length,
      meetings: held.length,
    };
  }

  return {
    async of(roundId) {
      const round = await rounds.get(roundId);
      return round === null ? null : of(round);
    },

    async approve(roundId, given, mark, by) {
      const round = await rounds.get(roundId);
      if (!round) return refuse('round-unknown');
      const input = readApproval(given);
      if (isRefusal(input)) return input;
      const now = clock();
      if (input.approvedOn > dayOf(now)) return refuse('approved-later', { field: 'approvedOn' });
      const before = await of(round);
      if (before.state === 'approved' || before.mark !== mark) return refuse('changed-meanwhile');
      if (before.barred !== null) return before.barred;
      if (before.meetings.some(({ date }) => date > input.approvedOn)) {
        return refuse('approved-before-meeting', { field: 'approvedOn' });
      }
      const number = before.reopened.length + 1;
      const [id, token] = [`${roundId}:${number}`, ids.uuid()];
      const entered = { by, at: now.toISOString() };
      const begun = await approvals.begin({
        ...{ id, roundId, number, token, ...input, entered },
        ...{ state: 'settling', areas: [], meetings: [], reopened: null },
      });
      if (begun === null) return refuse('changed-meanwhile');
      // Read only now: whoever writes from here on gives this approval up, or is told that it came too late.
      const content = await of(round);
      if (content.mark !== mark) return refuse('changed-meanwhile');
      const frozen = content.meetings.map(({ id: one, date, present, revision }) => ({ id: one, date, present, revision })); // prettier-ignore
      const approved = await approvals.finish(id, token, { areas: content.areas, meetings: frozen });
      return approved ?? refuse('changed-meanwhile');
    },

    async reopen(roundId, given, by) {
      const input = readReopening(given);
      if (isRefusal(input)) return input;
      const current = await approvals.current(roundId);
      const reopened = { by, at: clock().toISOString(), why: input.why };
      return (current && (await approvals.reopen(current.id, reopened))) ?? refuse('changed-meanwhile');
    },
  };
}

/** As approved; of the meetings as they are stored only names are taken, which were not frozen. */
function frozenContent({ areas, meetings, roundId }: Approval, stored: readonly Meeting[]) {
  return {
    areas,
    meetings: meetings.map((frozen): Meeting => {
      const own = stored.find(({ id }) => id === frozen.id);
      return { ...(own ?? { roundId }), ...frozen };
    }),
  };
}

function markOf({ areas, meetings }: Pick<RoundMinutes, 'areas' | 'meetings'>): string {
  return [
    ...areas.map(({ area, revision }) => `${area}:${revision}`),
    ...meetings.map(({ id, revision }) => `${id}:${revision}`),
  ].join(' ');
}
