import Type from 'typebox';
import { areasOf, type Instrument } from '../definitions/instrument';
import { agreedFault } from '../scoring';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import { anyWords, inputReader, type InputOf } from '../shared/input';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { updateSeen } from '../storage/revisions';
import { documentOf, revision, text } from '../storage/document-fields';
import type { Round } from './round';
import type { Rounds } from './rounds';

/** What the working group says of one area. */
export const agreedScoreInput = Type.Object({
  /** On the half-point grid within the scale; null: the group left the area out of scope. */
  score: Type.Union([Type.Number({ multipleOf: 0.5 }), Type.Null()]),
  /** Why. */
  reasons: anyWords(2000),
  /** Who saw it otherwise and why. */
  dissent: anyWords(2000),
});
export type AgreedScoreInput = InputOf<typeof agreedScoreInput>;

const read = inputReader(agreedScoreInput, {
  score: 'score-off-grid',
  reasons: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
  dissent: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
});

/** The working group's joint rating of one area in one round. */
export interface AgreedScore extends Stored, AgreedScoreInput {
  readonly roundId: string;
  readonly area: string;
  /** 1 when first set; the next change must name it. */
  readonly revision: number;
}

export type AgreedScoreRefusal = Refusal<
  | 'round-unknown'
  | 'round-not-open'
  | 'area-unknown'
  | 'area-out-of-scope'
  | 'score-off-grid'
  | 'text-too-long'
  | 'hidden-characters'
  | 'changed-meanwhile'
>;

export const agreedScoresSpec: CollectionSpec<AgreedScore> = {
  name: 'agreed-scores',
  schema: documentOf({
    roundId: text,
    area: text,
    ...agreedScoreInput.properties,
    revision,
  }),
  unique: { 'one-score-of-an-area': ['roundId', 'area'] },
};

export interface AgreedScores {
  /**
   * Sets or replaces a score. `revision` is what the caller saw: 0 where there was none; another revision by now is the
   * refusal `changed-meanwhile`, so that two facilitators do not overwrite each other.
   */
  set(
    roundId: string,
    area: string,
    input: AgreedScoreInput,
    revision: number,
  ): Promise<AgreedScore | AgreedScoreRefusal>;
  /** How many areas in the scope of each round have no score yet, by its id; none of them is a draft. */
  areasLeft(rounds: readonly Round[]): Promise<ReadonlyMap<string, number>>;
  /** In the order of the instrument's areas. */
  ofRound(roundId: string): Promise<AgreedScore[]>;
}

export function createAgreedScores({ store, rounds }: { store: Store; rounds: Rounds }): AgreedScores {
  const scores = store.collection(agreedScoresSpec);
  return {
    async set(roundId, area, input, seen) {
      const round = await rounds.get(roundId);
      if (!round) return refuse('round-unknown');
      // The scale comes from the pinned instrument, so a draft has none yet.
      if (round.status === 'draft') return refuse('round-not-open');
      const { instrument } = rounds.instrumentOf(round);
      const refusal = refusalOf(round, instrument, area, input.score);
      if (refusal) return refusal;
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      const id = `${roundId}:${area}`;
      if (seen === 0) {
        const agreed: AgreedScore = { id, roundId, area, ...fields, revision: 1 };
        return (await scores.insert(agreed)).inserted ? agreed : refuse('changed-meanwhile');
      }
      const changed = await updateSeen(scores, id, seen, fields);
      return changed ?? refuse('changed-meanwhile');
    },

    async areasLeft(of) {
      const set = await scores.countBy({ roundId: { $in: of.map(({ id }) => id) } }, 'roundId');
      const left = of.map(async (round) => {
        const areas = areasOf(rounds.instrumentOf(round).instrument);
        if (round.outOfScope.length === 0) return [round.id, areas.length - (set.get(round.id) ?? 0)] as const;
        // An area out of scope may have an entry too, so here they are looked at one by one.
        const done = new Set(
          (await scores.find({ roundId: round.id })).map(({ area }) => area).concat(round.outOfScope),
        );
        return [round.id, areas.filter(({ code }) => !done.has(code)).length] as const;
      });
      return new Map(await Promise.all(left));
    },

    async ofRound(roundId) {
      const found = new Map((await scores.find({ roundId })).map((one) => [one.area, one]));
      if (found.size === 0) return [];
      const round = await rounds.get(roundId);
      if (!round) throw new Failure('round-missing', `Agreed scores belong to round ${roundId}, which is gone.`);
      return areasOf(rounds.instrumentOf(round).instrument).flatMap(({ code }) => found.get(code) ?? []);
    },
  };
}

function refusalOf(
  round: Round,
  instrument: Instrument,
  area: string,
  score: number | null,
): AgreedScoreRefusal | null {
  if (!areasOf(instrument).some(({ code }) => code === area)) return refuse('area-unknown', { area });
  if (score !== null) {
    if (round.outOfScope.includes(area)) return refuse('area-out-of-scope', { area });
    if (agreedFault(instrument, score)) {
      return refuse('score-off-grid', { min: instrument.scale?.min ?? 1, max: instrument.scale?.max ?? 5 });
    }
  }
  return null;
}
