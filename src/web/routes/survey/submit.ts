import type { Request } from 'express';
import { isRefusal, type Refusal } from '../../../shared/errors';
import { redirect, type Outcome } from '../../outcome';
import { showCheck } from './check-answers';
import { ownDraft, wayOut, type Survey } from './open-round';
import { openDraft } from './form-pages';

/** Sends the answers. Sending twice (a double click, a page sent again) leads to the same receipt. */
export async function submitAnswers(request: Request, survey: Survey): Promise<Outcome | Refusal> {
  if (survey.own === null) {
    survey.countMisuse('old-form');
    return redirect(survey.path());
  }
  const receipt = await survey.services.collection.submissions.submit(survey.own.token);
  if (!isRefusal(receipt)) return redirect(survey.path('/receipt'));
  if (receipt.refused === 'group-missing') return redirect(survey.path('/group'));
  const draft = openDraft(survey);
  if (draft !== null && (receipt.refused === 'answers-missing' || receipt.refused === 'answers-invalid')) {
    return showCheck(survey, draft, String(receipt.details?.['questions'] ?? '').split(' '));
  }
  if (draft !== null && receipt.refused === 'nothing-rated') return showCheck(survey, draft, 'any-rating');
  // The draft stands still now; what was typed is shown, to be kept by whoever typed it.
  const own = await ownDraft(survey.services, request, survey.round);
  if (receipt.refused === 'ticket-used') survey.countMisuse('used-code');
  if (receipt.refused.startsWith('ticket-') && own?.draft.state === 'sending') {
    const { group, answers } = own.draft;
    const flow = survey.questionnaire.flow({ group, answers });
    return showCheck(
      { ...survey, own },
      { token: own.token, seen: own.draft, group, answers, remindedPages: [], flow },
      [],
      'ticket-used',
    );
  }
  return (await wayOut(receipt, request, survey)) ?? receipt;
}
