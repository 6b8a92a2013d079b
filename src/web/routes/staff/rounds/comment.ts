import type { Request } from 'express';
import { hidingReasons, type HidingReason } from '../../../../assessment/published-comments';
import { commentInput, type Comment, type CommentInput } from '../../../../assessment/comments';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { schemaField } from '../../../forms/schema-field';
import { notFound, type Outcome } from '../../../outcome';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type StaffForm } from '../form';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import { groupNames, numberOf, pieces, questionWords } from './comments';
import type { StaffRound } from './with-round';

/** One request about one comment. */
interface StaffComment extends StaffRound {
  readonly comment: Comment;
  readonly published: boolean;
}

const commentForm: StaffForm = {
  fields: [
    schemaField(commentInput, 'decision', {
      text: textOf('staff:comments.decision'),
      choice: (code) => textOf(`staff:comments.decisions.${code}`),
    }),
    schemaField(commentInput, 'hiddenWords', {
      text: textOf('staff:comments.hiddenWords'),
      hint: textOf('staff:comments.hiddenWordsHint'),
    }),
    schemaField(commentInput, 'reason', {
      text: textOf('staff:comments.reasonTitle'),
      hint: textOf('staff:comments.reasonHint'),
      choice: (code) => textOf(`staff:comments.reason.${code}`),
    }),
  ],
  required: { decision: 'refusals:decision-missing' },
};

const commentEdit: StaffEdit<StaffComment, CommentInput, Comment> = {
  async stored({ comment, round, services }) {
    const review = await services.assessment.comments.review(round.id);
    const now = isRefusal(review) ? undefined : review.comments[comment.number - 1];
    return now === undefined || now.decided === null ? null : now;
  },
  raw(_staff, stored) {
    const { decision = 'publish', hiddenWords = '', reason = null } = stored?.decided ?? {};
    return { decision: [decision], hiddenWords: [hiddenWords], ...(reason === null ? {} : { reason: [reason] }) };
  },
  parts: (staff) => fieldParts(commentForm, staff),
  read(staff, raw) {
    const { values, errors } = readForm(commentForm, raw, staff.language);
    if (errors.length > 0) return { errors };
    const reason = hidingReasons.find((one) => one === values['reason']) ?? null;
    const hiddenWords = asText(values['hiddenWords']);
    const hides = values['decision'] === 'hide';
    return {
      // A reason without anything hidden would say that something is.
      input: { decision: hides ? 'hide' : 'publish', hiddenWords, reason: hides || hiddenWords ? reason : null },
    };
  },
  save: ({ comment, round, services }, input, seen) =>
    services.assessment.comments.decide(round.id, comment.number, input, seen),
  refused(staff, { refused, details }) {
    const field = details?.['field'] ?? (refused === 'comment-published' ? 'decision' : undefined);
    return field === undefined ? null : fieldError(commentForm, String(field), staff.t(`refusals:${refused}`, details));
  },
  done: (staff) => staff.path(`/comments?done=saved#c${staff.comment.number}`),
  show,
};

export async function commentPage(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const found = await find(request, staff);
  return found === null ? notFound() : isRefusal(found) ? found : showEdit(commentEdit, found);
}

export async function saveComment(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const found = await find(request, staff);
  return found === null ? notFound() : isRefusal(found) ? found : saveEdit(commentEdit, found, request);
}

async function find(request: Request, staff: StaffRound): Promise<StaffComment | Refusal | null> {
  const review = await staff.services.assessment.comments.review(staff.round.id);
  if (isRefusal(review)) return review;
  const comment = review.comments[numberOf(request) - 1];
  return comment === undefined ? null : { ...staff, comment, published: review.state === 'published' };
}

function show(staff: StaffComment, { raw, errors, edit, status }: Shown): Outcome {
  const { comment, known, language, published, round, t, unit } = staff;
  const { number, group, text, shown } = comment;
  const reason: HidingReason | null = comment.decided?.reason ?? null;
  return staffPage(
    staff,
    'staff/rounds/comment',
    {
      title: t('staff:comments.one', { number }),
      errors: errorLinks(errors),
      unit,
      roundName: roundTitle(round, staff),
      address: staff.path(`/comments/${number}`),
      back: staff.path(`/comments#c${number}`),
      group: groupNames(known.instrument, [group], language)[0]?.name,
      question: questionWords(staff, comment),
      text,
      now: shown === null ? null : shown === text ? null : pieces(shown),
      hiddenWhole: shown === null && reason !== null ? t(`staff:comments.reason.${reason}`) : null,
      published,
      edit,
      fields: shownFields(commentForm, raw, language, errors),
      scripts: ['staff.js'],
    },
    status,
  );
}
