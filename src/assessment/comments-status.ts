import { refuse, type Refusal } from '../shared/errors';
import type { Move } from '../shared/moves';

/** `review`: staff read them; `published`: they stand in the report. */
export const commentsStates = ['review', 'published'] as const;
export type CommentsState = (typeof commentsStates)[number];

export type CommentsAction = 'decide' | 'publish' | 'hide-more';

/** What decides whether a move may be made. */
export interface CommentsChange {
  /** Comments that nobody has decided about yet. */
  readonly unread: number;
  /** Whether the decision would show something that is hidden now. */
  readonly showsMore: boolean;
}

export type CommentsCode = 'comments-unread' | 'comment-published';

/** From the reading of a round's comments to their publication; afterwards more may be hidden and nothing less. */
export const commentsMoves: readonly Move<CommentsState, CommentsAction, CommentsChange, CommentsCode>[] = [
  { who: 'staff', from: 'review', action: 'decide', to: 'review', conditions: [] },
  { who: 'staff', from: 'review', action: 'publish', to: 'published', conditions: [allRead] },
  { who: 'staff', from: 'published', action: 'hide-more', to: 'published', conditions: [nothingShownAgain] },
];

function allRead({ unread }: CommentsChange): Refusal<'comments-unread'> | null {
  return unread === 0 ? null : refuse('comments-unread', { count: unread });
}

function nothingShownAgain({ showsMore }: CommentsChange): Refusal<'comment-published'> | null {
  return showsMore ? refuse('comment-published') : null;
}
