import { areasOf, type Instrument } from '../../definitions/instrument';
import { agreedFault } from '../../scoring';
import type { Clock } from '../../shared/clock';
import { Failure, isRefusal, refuse, type Refusal } from '../../shared/errors';
import type { Store } from '../../storage/port';
import type { Round } from '../round';
import type { Rounds } from '../rounds';
import type { Approvals } from './approvals';
import {
  areasSpec,
  earlierTextsSpec,
  emptyRecord,
  readArea,
  recordOf,
  type AreaField,
  type AreaRecord,
  type EarlierText,
  type Written,
} from './area-record';
import { mergeArea, takenAway, type AreaEdits } from './merge-area';

/** An area whose score the working group has set. */
export type AgreedScore = AreaRecord & { readonly score: number | null };

export type AreaRefusal = Refusal<
  | 'round-unknown'
  | 'round-not-open'
  | 'area-unknown'
  | 'area-out-of-scope'
  | 'score-off-grid'
  | 'text-too-long'
  | 'hidden-characters'
  | 'minutes-approved'
  | 'changed-meanwhile'
>;

/** What a change has come to. */
export interface WrittenArea {
  /** As it is stored now. */
  readonly record: AreaRecord;
  /** Fields where somebody else has changed the same: the change to these was not made. */
  readonly conflicts: readonly AreaField[];
}

export interface AgreedScores {
  /**
   * Changes fields of an area. Each field is put together with what others have written since it was seen; where two
   * changed the same place it is told as a conflict, and all else is kept. What a change takes away stays among the
   * earlier texts.
   *
   * @param by who writes, as the history names them
   */
  write(roundId: string, area: string, edits: AreaEdits, by: string): Promise<WrittenArea | AreaRefusal>;
  /** What is set of an area of an opened round, as approved where the minutes are; an empty record where nothing is. */
  record(roundId: string, area: string): Promise<AreaRecord>;
  /** Areas with a score, in the order of the instrument's areas. */
  ofRound(roundId: string): Promise<AgreedScore[]>;
  /** How many areas in the scope of each round have no score yet, by its id; none of them is a draft. */
  areasLeft(rounds: readonly Round[]): Promise<ReadonlyMap<string, number>>;
  /** All areas about which anything is set, in the same order. */
  records(roundId: string): Promise<AreaRecord[]>;
  /** What was replaced in an area, the newest first. */
  earlier(roundId: string, area: string): Promise<EarlierText[]>;
}

/** Each try that fails means that somebody else's change was kept; so many in a row do not happen to people. */
const mostTries = 20;

export function createAgreedScores({
  store,
  clock,
  rounds,
  approvals,
}: {
  store: Store;
  clock: Clock;
  rounds: Rounds;
  approvals: Approvals;
}): AgreedScores {
  const areas = store.collection(areasSpec);
  const earlierTexts = store.collection(earlierTextsSpec);
  const idOf = (roundId: string, area: string): string => `${roundId}:${area}`;

  async function recordNow(roundId: string, area: string): Promise<AreaRecord> {
    const stored = await areas.get(idOf(roundId, area));
    return stored === null ? emptyRecord(area) : recordOf(stored);
  }

  /** Before the change itself: what is kept once too often is harmless, what is not kept would be lost. */
  async function keepEarlier(
    roundId: string,
    before: AreaRecord,
    after: AreaRecord,
    fields: readonly AreaField[],
    replaced: Written,
  ) {
    for (const field of fields) {
      const text = takenAway(before, after, field);
      if (text === null) continue;
      const id = `${idOf(roundId, before.area)}:${field}:${before.revision}`;
      const written = before.written[field] ?? null;
      await earlierTexts.insert({ id, roundId, area: before.area, field, text, written, replaced });
    }
  }

  /** null where somebody else was quicker. */
  async function put(roundId: string, { area, revision, ...fields }: AreaRecord): Promise<AreaRecord | null> {
    const id = idOf(roundId, area);
    if (revision === 0) {
      const stored = { id, roundId, area, ...fields, revision: 1 };
      return (await areas.insert(stored)).inserted ? recordOf(stored) : null;
    }
    // A score that is taken back leaves no field behind.
    const stored = await areas.update(id, (one) => one.revision === revision ? { id, roundId, area, ...fields, revision: revision + 1 } : null); // prettier-ignore
    return stored && recordOf(stored);
  }

  /** As approved, where the minutes are. */
  async function records(roundId: string): Promise<AreaRecord[]> {
    const approval = await approvals.current(roundId);
    if (approval !== null) return [...approval.areas];
    const found = new Map((await areas.find({ roundId })).map((one) => [one.area, recordOf(one)]));
    if (found.size === 0) return [];
    const round = await rounds.get(roundId);
    if (!round) throw new Failure('round-missing', `Agreed scores belong to round ${roundId}, which is gone.`);
    return areasOf(rounds.instrumentOf(round).instrument).flatMap(({ code }) => found.get(code) ?? []);
  }

  /** Areas with a score, of many rounds at once: rows of words are not read for it, but those few without points. */
  async function setAreas(roundIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const of = { roundId: { $in: roundIds } };
    const counts = new Map(await areas.countBy({ ...of, score: { $gte: 0 } }, 'roundId'));
    for (const { roundId, score } of await areas.find({ ...of, score: null })) {
      // Left out of scope by the group; a row without any has words only.
      if (score === null) counts.set(roundId, (counts.get(roundId) ?? 0) + 1);
    }
    return counts;
  }

  return {
    async write(roundId, area, edits, by) {
      const round = await rounds.get(roundId);
      if (!round) return refuse('round-unknown');
      // The scale comes from the pinned instrument, so a draft has none yet.
      if (round.status === 'draft') return refuse('round-not-open');
      if ((await approvals.current(roundId)) !== null) return refuse('minutes-approved');
      const { instrument } = rounds.instrumentOf(round);
      for (let tries = 0; tries < mostTries; tries += 1) {
        const before = await recordNow(roundId, area);
        const { content, conflicts, changed } = mergeArea(before, edits);
        const refusal = refusalOf(round, instrument, area, content.score);
        if (refusal) return refusal;
        const fields = readArea(content);
        if (isRefusal(fields)) return fields;
        if (changed.length === 0) return { record: before, conflicts };
        const now: Written = { by, at: clock().toISOString() };
        const written = { ...before.written, ...Object.fromEntries(changed.map((field) => [field, now])) };
        const after: AreaRecord = { area, ...fields, written, revision: before.revision };
        await keepEarlier(roundId, before, after, changed, now);
        const record = await put(roundId, after);
        if (record === null) continue;
        // What came between the reading and the storing of an approval is given up, or told (`approvals.ts`).
        const isIn = await approvals.letIn(roundId, (approval) => approval.areas.some((one) => one.area === area && one.revision >= record.revision)); // prettier-ignore
        return isIn ? { record, conflicts } : refuse('minutes-approved');
      }
      return refuse('changed-meanwhile');
    },

    async record(roundId, area) {
      const approval = await approvals.current(roundId);
      if (approval === null) return recordNow(roundId, area);
      return approval.areas.find((one) => one.area === area) ?? emptyRecord(area);
    },
    records,
    async ofRound(roundId) {
      return (await records(roundId)).filter(isSet);
    },
    async areasLeft(of) {
      const set = await setAreas(of.map(({ id }) => id));
      const left = of.map(async (round) => {
        const all = areasOf(rounds.instrumentOf(round).instrument);
        if (round.outOfScope.length === 0) return [round.id, all.length - (set.get(round.id) ?? 0)] as const;
        // An area out of scope may have an entry too, so here they are looked at one by one.
        const done = new Set((await records(round.id)).filter(isSet).map(({ area }) => area).concat(round.outOfScope)); // prettier-ignore
        return [round.id, all.filter(({ code }) => !done.has(code)).length] as const;
      });
      return new Map(await Promise.all(left));
    },
    async earlier(roundId, area) {
      const found = await earlierTexts.find({ roundId, area });
      return found.toSorted((one, other) => (one.replaced.at < other.replaced.at ? 1 : -1));
    },
  };
}

function isSet(record: AreaRecord): record is AgreedScore {
  return record.score !== undefined;
}

function refusalOf(round: Round, instrument: Instrument, area: string, score: AreaRecord['score']): AreaRefusal | null {
  if (!areasOf(instrument).some(({ code }) => code === area)) return refuse('area-unknown', { area });
  if (score === null || score === undefined) return null;
  if (round.outOfScope.includes(area)) return refuse('area-out-of-scope', { area });
  if (agreedFault(instrument, score)) {
    return refuse('score-off-grid', { min: instrument.scale?.min ?? 1, max: instrument.scale?.max ?? 5 });
  }
  return null;
}
