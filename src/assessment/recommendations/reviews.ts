import Type from 'typebox';
import { dayOf, type Clock } from '../../shared/clock';
import { isRefusal, refuse, type Refusal } from '../../shared/errors';
import { anyLine, anyWords, inputReader, oneOf, type InputOf } from '../../shared/input';
import { day, documentOf, revision, text } from '../../storage/document-fields';
import { isWebLink } from '../../shared/web-link';
import type { CollectionSpec, Store, Stored } from '../../storage/port';
import { updateSeen } from '../../storage/revisions';
import type { Round } from '../round';
import type { Rounds } from '../rounds';
import type { ListedRecommendation } from './recommendation';
import { needsWhy } from './recommendation-status';
import type { MinutesGate, Recommendations } from './recommendations';

/** What has become of a recommendation by the follow-up round. */
export const fates = ['done', 'partly', 'not-done'] as const;
export type Fate = (typeof fates)[number];

/** What the follow-up says of one recommendation of the baseline. */
export const fateInput = Type.Object({
  fate: oneOf(fates),
  /** What was done; what is missing and why, where something is. */
  why: anyWords(1000),
  /** Address of what shows it, or ''. */
  evidence: anyLine(500),
});
export type FateInput = InputOf<typeof fateInput>;

const read = inputReader(fateInput, {
  fate: 'fate-missing',
  why: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
  evidence: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
});

/**
 * The fate of one recommendation as the follow-up round has found it: a value of its own, that later reports of the
 * recommendation's state do not change.
 */
export interface ReviewedFate extends Stored, FateInput {
  /** The follow-up round. */
  readonly roundId: string;
  readonly recommendationId: string;
  /** `YYYY-MM-DD`. */
  readonly decidedOn: string;
  /** As the accounts name them. Never printed. */
  readonly decidedBy: string;
  readonly revision: number;
}

const fatesSpec: CollectionSpec<ReviewedFate> = {
  name: 'recommendation-fates',
  schema: documentOf({
    roundId: text,
    recommendationId: text,
    ...fateInput.properties,
    decidedOn: day,
    decidedBy: text,
    revision,
  }),
  unique: { 'one-fate-of-a-recommendation': ['roundId', 'recommendationId'] },
  indexes: [['recommendationId']],
};

/** A recommendation of the baseline with what the follow-up says of it. */
export interface Reviewed {
  readonly recommendation: ListedRecommendation;
  /** null: nobody has looked at it yet. */
  readonly fate: ReviewedFate | null;
}

/** How many recommendations came to each fate. */
export interface FateCounts {
  readonly all: number;
  readonly done: number;
  readonly partly: number;
  readonly notDone: number;
  /** Not reviewed yet. */
  readonly open: number;
}

export function fateCounts(reviewed: readonly { readonly fate: Fate | null }[]): FateCounts {
  const of = (wanted: Fate | null): number => reviewed.filter(({ fate }) => fate === wanted).length;
  return { all: reviewed.length, done: of('done'), partly: of('partly'), notDone: of('not-done'), open: of(null) };
}

export type FateRefusal =
  | Extract<ReturnType<typeof read>, Refusal>
  | Refusal<'round-unknown' | 'recommendation-unknown' | 'review-frozen' | 'why-missing' | 'link-malformed'>
  | Refusal<'changed-meanwhile'>;

type ReviewRound = Pick<Round, 'id' | 'name' | 'assessmentId'>;

export interface RecommendationReviews {
  /** All recommendations of the baseline, in its order; none where the round is a baseline itself. */
  ofRound(round: ReviewRound): Promise<Reviewed[]>;
  /** What each follow-up says of every recommendation of its baseline, which is among these rounds too; null: nothing yet. */
  fatesIn(rounds: readonly ReviewRound[]): Promise<ReadonlyMap<string, readonly (Fate | null)[]>>;
  /** How many of them nothing is said of yet, by the follow-up's id. */
  left(rounds: readonly ReviewRound[]): Promise<ReadonlyMap<string, number>>;
  /** @param seen the revision that the caller saw; 0 where there was none */
  decide(
    roundId: string,
    recommendationId: string,
    input: FateInput,
    by: string,
    seen: number,
  ): Promise<ReviewedFate | FateRefusal>;
  /** What a follow-up has said of these recommendations, by their ids: with its review their time is over. */
  fatesOf(recommendationIds: readonly string[]): Promise<ReadonlyMap<string, ReviewedFate>>;
  /** Whether the fates stand still, since the minutes of the follow-up are approved. */
  isFrozen(roundId: string): Promise<boolean>;
}

export function createRecommendationReviews(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly rounds: Rounds;
  readonly recommendations: Recommendations;
  readonly minutes: MinutesGate;
}): RecommendationReviews {
  const { clock, rounds, recommendations, minutes } = deps;
  const decided = deps.store.collection(fatesSpec);

  async function ofRound(round: ReviewRound): Promise<Reviewed[]> {
    const baseline = await rounds.baselineOf(round);
    if (baseline === null) return [];
    const [listed, found] = await Promise.all([
      recommendations.ofRound(baseline.id),
      decided.find({ roundId: round.id }),
    ]);
    const fateOf = new Map(found.map((fate) => [fate.recommendationId, fate]));
    return listed.map((recommendation) => ({ recommendation, fate: fateOf.get(recommendation.id) ?? null }));
  }

  async function fatesIn(of: readonly ReviewRound[]): Promise<Map<string, (Fate | null)[]>> {
    const pairs = followUpsOf(of);
    const [listed, found] = await Promise.all([
      recommendations.idsOf(pairs.map(({ baseline }) => baseline.id)),
      decided.find({ roundId: { $in: pairs.map(({ followUp }) => followUp.id) } }),
    ]);
    const fateOf = new Map(found.map(({ id, fate }) => [id, fate]));
    return new Map(
      pairs.map(({ followUp, baseline }) => [
        followUp.id,
        (listed.get(baseline.id) ?? []).map((id) => fateOf.get(idOf(followUp.id, id)) ?? null),
      ]),
    );
  }

  return {
    isFrozen: (roundId) => minutes.isApproved(roundId),

    ofRound,

    fatesIn,

    async left(of) {
      const [made, said] = await Promise.all([
        recommendations.counts(of.filter(isBaseline).map(({ id }) => id)),
        decided.countBy({ roundId: { $in: of.map(({ id }) => id) } }, 'roundId'),
      ]);
      // Where nothing is said yet, numbers are enough. Else a fate may be left of a recommendation that is gone.
      const begun = new Set(of.filter(({ id }) => said.has(id)).map(({ assessmentId }) => assessmentId));
      const fates = await fatesIn(of.filter(({ assessmentId }) => begun.has(assessmentId)));
      return new Map(
        followUpsOf(of).map(({ followUp, baseline }) => {
          const own = fates.get(followUp.id);
          const left = own === undefined ? made.get(baseline.id) : own.filter((fate) => fate === null).length;
          return [followUp.id, left ?? 0] as const;
        }),
      );
    },

    async fatesOf(ids) {
      if (ids.length === 0) return new Map();
      const found = await decided.find({ recommendationId: { $in: ids } });
      return new Map(found.map((fate) => [fate.recommendationId, fate]));
    },

    async decide(roundId, recommendationId, input, by, seen) {
      const round = await rounds.get(roundId);
      if (!round) return refuse('round-unknown');
      const baseline = await rounds.baselineOf(round);
      const recommendation = await recommendations.get(recommendationId);
      if (baseline === null || recommendation?.roundId !== baseline.id) return refuse('recommendation-unknown');
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      if (needsWhy(fields.fate) && fields.why === '') return refuse('why-missing', { field: 'why' });
      if (fields.evidence !== '' && !isWebLink(fields.evidence)) {
        return refuse('link-malformed', { field: 'evidence' });
      }
      if (await minutes.isApproved(roundId)) return refuse('review-frozen');
      const now = { ...fields, decidedOn: dayOf(clock()), decidedBy: by };
      const id = idOf(roundId, recommendationId);
      if (seen === 0) {
        const fate: ReviewedFate = { id, roundId, recommendationId, ...now, revision: 1 };
        if (!(await decided.insert(fate)).inserted) return refuse('changed-meanwhile');
        if (await minutes.letIn(roundId)) return fate;
        await decided.remove({ id, revision: 1 });
        return refuse('review-frozen');
      }
      const before = await decided.get(id);
      const fate = await updateSeen<ReviewedFate>(decided, id, seen, now);
      if (before === null || fate === null) return refuse('changed-meanwhile');
      if (await minutes.letIn(roundId)) return fate;
      // The minutes were approved meanwhile: what stands in them stands again.
      await updateSeen<ReviewedFate>(decided, id, fate.revision, before);
      return refuse('review-frozen');
    },
  };
}

function idOf(followUpId: string, recommendationId: string): string {
  return `${followUpId}:${recommendationId}`;
}

const isBaseline = ({ name }: ReviewRound): boolean => name === 'baseline';

/** The follow-ups among these rounds whose baselines are among them too. */
function followUpsOf(rounds: readonly ReviewRound[]) {
  const baselines = new Map(rounds.filter(isBaseline).map((one) => [one.assessmentId, one]));
  return rounds.flatMap((followUp) => {
    const baseline = baselines.get(followUp.assessmentId);
    return isBaseline(followUp) || baseline === undefined ? [] : [{ followUp, baseline }];
  });
}
