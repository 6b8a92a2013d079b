import Type from 'typebox';
import { commentQuestionsOfForm } from '../definitions/comment-questions';
import { Failure, isRefusal, refuse, type Refusal } from '../shared/errors';
import type { Ids } from '../shared/ids';
import { anyWords, inputReader, oneOf, type InputOf } from '../shared/input';
import { moveFrom, movesOf, refusalOfMove } from '../shared/moves';
import { visibleLines } from '../shared/plain-text';
import { documentOf, listOf, nullable, objectOf, text } from '../storage/document-fields';
import type { CollectionSpec, Store, Stored } from '../storage/port';
import { passageNotFound, shownText, showsMore, type Hiding } from './comment-text';
import {
  commentsMoves,
  commentsStates,
  type CommentsAction,
  type CommentsCode,
  type CommentsState,
} from './comments-status';
import {
  fewestForComments,
  hidingReasons,
  keptBackGroups,
  readableGroup,
  type PublishedComments,
} from './published-comments';
import type { Results, ResultsRefusal } from './results';
import type { SealedFreeText, SealedRounds } from './sealed-answers';

/** What staff decide about one comment. */
export const commentInput = Type.Object({
  decision: oneOf(['publish', 'hide']),
  /** Passages to hide of one that is published, each in a line of its own. */
  hiddenWords: anyWords(2000),
  /** Needed where something is hidden. */
  reason: Type.Union([oneOf(hidingReasons), Type.Null()]),
});
export type CommentInput = InputOf<typeof commentInput>;

const read = inputReader(commentInput, {
  decision: 'decision-missing',
  hiddenWords: { tooLong: 'text-too-long', malformed: 'hidden-characters' },
  reason: 'hiding-reason-missing',
});
type InputRefusal = Extract<ReturnType<typeof read>, Refusal> | Refusal<'hiding-reason-missing' | 'passage-not-found'>;

/** A decision, with how often it was changed; none yet is null and 0. */
interface StoredComment {
  /** Id of the sealed text; it leaves this file nowhere. */
  readonly text: string;
  readonly decided: CommentInput | null;
  readonly revision: number;
}

/**
 * What staff decided about the comments of a round. All of them are one document, so that publishing and a late
 * decision cannot pass each other. The words themselves stay in the sealed texts: what is published is made of them by
 * the decisions, every time.
 */
interface StoredReview extends Stored {
  readonly state: CommentsState;
  /** In a random order, drawn when the review began: the one in which they are read and published. */
  readonly comments: readonly StoredComment[];
}

export const commentReviewsSpec: CollectionSpec<StoredReview> = {
  name: 'comment-reviews',
  schema: documentOf({
    state: { enum: [...commentsStates] },
    comments: listOf(
      objectOf({
        text,
        decided: nullable(objectOf(commentInput.properties)),
        revision: { type: 'integer', minimum: 0 },
      }),
      1_000_000,
    ),
  }),
};

/** A comment as staff read it. */
export interface Comment {
  /** Its place in the random order, from 1. */
  readonly number: number;
  /** Code of the published group. */
  readonly group: string;
  readonly question: string;
  /** As it was written. */
  readonly text: string;
  /** null: nobody has decided yet. */
  readonly decided: CommentInput | null;
  /** What is published, or would be; null where it is hidden whole. */
  readonly shown: string | null;
  readonly revision: number;
}

export interface CommentReview {
  /** `none`: nothing to read. */
  readonly state: CommentsState | 'none';
  /** What may be done now, if its conditions hold. */
  readonly actions: readonly CommentsAction[];
  readonly fewest: number;
  /** Codes of published groups whose comments nobody reads. */
  readonly keptBack: readonly string[];
  readonly comments: readonly Comment[];
}

type ReviewRefusal = ResultsRefusal | Refusal<'comments-not-asked'>;

/** How far a review is, without its words. */
export interface ReviewProgress {
  readonly state: CommentReview['state'];
  readonly total: number;
  /** Comments that nobody has decided about. */
  readonly unread: number;
}

export interface Comments {
  /** What lists of rounds say of a review; as quick for many comments as for none. */
  progress(roundId: string): Promise<ReviewProgress | ReviewRefusal>;
  /** The reviews of these rounds that nobody has published, by the round's id; the first look begins them. */
  unpublished(roundIds: readonly string[]): Promise<ReadonlyMap<string, ReviewProgress>>;
  /** Only once the round has results: the release says which groups are large enough. */
  review(roundId: string): Promise<CommentReview | ReviewRefusal>;
  /** @param seen the comment's revision as the caller saw it; another by now is `changed-meanwhile` */
  decide(
    roundId: string,
    number: number,
    input: CommentInput,
    seen: number,
  ): Promise<Comment | InputRefusal | ReviewRefusal | Refusal<CommentsCode | 'comment-unknown' | 'changed-meanwhile'>>;
  /** review → published, once every comment is decided. Done already is done. */
  publish(roundId: string): Promise<CommentReview | ReviewRefusal | Refusal<CommentsCode>>;
  /** For the report; null where the round asked for no comments. */
  published(roundId: string): Promise<PublishedComments | ResultsRefusal | null>;
}

export function createComments(deps: {
  store: Store;
  ids: Ids;
  results: Pick<Results, 'roundResults'>;
  sealedRounds: Pick<SealedRounds, 'textsOf'>;
}): Comments {
  const { ids, results, sealedRounds } = deps;
  const reviews = deps.store.collection(commentReviewsSpec);

  /** The review as it is stored, begun where it is not; one with nothing to read is kept too, as looked through. */
  async function begun(roundId: string, texts: readonly SealedFreeText[]): Promise<StoredReview | null> {
    const before = await reviews.get(roundId);
    if (before !== null) return before;
    // Keys drawn at random put them into an order that says nothing.
    const drawn = texts.map(({ id }) => [ids.uuid(), id] as const).sort(([a], [b]) => (a < b ? -1 : 1));
    const comments = drawn.map(([, id]): StoredComment => ({ text: id, decided: null, revision: 0 }));
    await reviews.insert({ id: roundId, state: 'review', comments });
    // Two may begin at once: the order of the first holds.
    return reviews.get(roundId);
  }

  async function load(roundId: string) {
    const found = await results.roundResults(roundId);
    if (isRefusal(found)) return found;
    const { round, released, instrument } = found;
    const questions = commentQuestionsOfForm(instrument, round.form).map(({ code }) => code);
    if (questions.length === 0 || !round.thresholds) return refuse('comments-not-asked');
    const fewest = fewestForComments(round.thresholds);
    const texts = (await sealedRounds.textsOf(roundId)).filter(
      ({ group, question }) => questions.includes(question) && readableGroup(released, fewest, group) !== null,
    );
    const stored = await begun(roundId, texts);
    const byId = new Map(texts.map((one) => [one.id, one]));
    const comment = (one: StoredComment, at: number): Comment => {
      const words = byId.get(one.text);
      const group = words && readableGroup(released, fewest, words.group);
      if (!words || !group)
        throw new Failure('comment-missing', `A comment of round ${roundId} has no words any more.`);
      const written = visibleLines(words.text);
      return {
        ...{ number: at + 1, group: group.code, question: words.question, text: written },
        ...{ decided: one.decided, revision: one.revision },
        shown: shownText(written, hidingOf(one.decided)),
      };
    };
    return { stored, comment, fewest, keptBack: keptBackGroups(released, fewest) };
  }

  async function review(roundId: string): Promise<CommentReview | ReviewRefusal> {
    const loaded = await load(roundId);
    if (isRefusal(loaded)) return loaded;
    const { stored, comment, fewest, keptBack } = loaded;
    const state = stored === null ? 'none' : stateOf(stored);
    return {
      state,
      actions: state === 'none' ? [] : movesOf(commentsMoves, state, 'staff').map(({ action }) => action),
      ...{ fewest, keptBack },
      comments: stored?.comments.map(comment) ?? [],
    };
  }

  async function progress(roundId: string): Promise<ReviewProgress | ReviewRefusal> {
    const stored = await reviews.get(roundId);
    // The first look begins the review.
    const loaded = stored === null ? await load(roundId) : { stored };
    if (isRefusal(loaded)) return loaded;
    const now = loaded.stored;
    return now === null ? { state: 'none', total: 0, unread: 0 } : progressOf(now);
  }

  return {
    review,
    progress,

    async unpublished(roundIds) {
      const begun = await reviews.countBy({ id: { $in: roundIds } }, 'id');
      await Promise.all(roundIds.filter((id) => !begun.has(id)).map((id) => progress(id)));
      const found = await reviews.find({ id: { $in: roundIds }, state: 'review' });
      return new Map(found.map((one) => [one.id, progressOf(one)] as const));
    },

    async decide(roundId, number, input, seen) {
      const loaded = await load(roundId);
      if (isRefusal(loaded)) return loaded;
      const fields = read(input);
      if (isRefusal(fields)) return fields;
      const { stored, comment } = loaded;
      const before = stored?.comments[number - 1];
      if (before === undefined) return refuse('comment-unknown');
      const written = comment(before, number - 1).text;
      const fault = faultOf(written, fields);
      if (fault) return fault;
      let refusal: Refusal<CommentsCode | 'changed-meanwhile'> = refuse('changed-meanwhile');
      const changed = await reviews.update(roundId, (now) => {
        const one = now.comments[number - 1];
        if (one?.revision !== seen) return null;
        const move = moveFrom(commentsMoves, now.state, now.state === 'review' ? 'decide' : 'hide-more');
        const change = { unread: unread(now), showsMore: showsMore(written, hidingOf(one.decided), hidingOf(fields)) };
        const barred = move && refusalOfMove(move, change);
        if (barred) refusal = barred;
        if (!move || barred) return null;
        const decided: StoredComment = { text: one.text, decided: fields, revision: seen + 1 };
        return { ...now, state: move.to, comments: now.comments.with(number - 1, decided) };
      });
      const decided = changed?.comments[number - 1];
      return decided === undefined ? refusal : comment(decided, number - 1);
    },

    async publish(roundId) {
      const loaded = await load(roundId);
      if (isRefusal(loaded)) return loaded;
      const refusals: Refusal<CommentsCode>[] = [];
      await reviews.update(roundId, (now) => {
        const move = moveFrom(commentsMoves, now.state, 'publish');
        const barred = move ? refusalOfMove(move, { unread: unread(now), showsMore: false }) : null;
        if (barred) refusals.push(barred);
        return move && !barred ? { ...now, state: move.to } : null;
      });
      // Asked again where another change came between: the last answer counts.
      return refusals.at(-1) ?? review(roundId);
    },

    async published(roundId) {
      const found = await review(roundId);
      if (isRefusal(found)) return found.refused === 'comments-not-asked' ? null : found;
      const { state, fewest, keptBack, comments } = found;
      const out = state === 'published' ? comments : [];
      return {
        ...{ state, fewest, keptBack },
        list: out.flatMap(({ question, group, shown }) => (shown === null ? [] : [{ question, group, text: shown }])),
        hidden: hidingReasons.flatMap((reason) => {
          const count = out.filter(({ shown, decided }) => shown === null && decided?.reason === reason).length;
          return count === 0 ? [] : [{ reason, count }];
        }),
      };
    },
  };
}

function progressOf(review: StoredReview): ReviewProgress {
  return { state: stateOf(review), total: review.comments.length, unread: unread(review) };
}

function stateOf({ state, comments }: StoredReview): CommentReview['state'] {
  return comments.length === 0 ? 'none' : state;
}

function unread({ comments }: StoredReview): number {
  return comments.filter(({ decided }) => decided === null).length;
}

function hidingOf(decided: CommentInput | null): Hiding {
  return { whole: decided?.decision === 'hide', words: decided?.hiddenWords ?? '' };
}

function faultOf(
  written: string,
  { decision, hiddenWords, reason }: CommentInput,
): Refusal<'hiding-reason-missing' | 'passage-not-found'> | null {
  const missing = passageNotFound(written, hiddenWords);
  if (missing !== null) return refuse('passage-not-found', { field: 'hiddenWords', passage: missing });
  const hides = decision === 'hide' || hiddenWords !== '';
  return hides && reason === null ? refuse('hiding-reason-missing', { field: 'reason' }) : null;
}
