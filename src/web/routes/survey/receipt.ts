import { translator } from '../../../locales/translate';
import type { Handler } from '../../handle';
import { languageOf } from '../../language';
import { notFound, page, redirect } from '../../outcome';
import type { Services } from '../../services';
import { findRound, ownDraft, surveyPath, unitNameOf } from './open-round';

/** Needs no open round; once sealing has removed the draft, the closed page says that what was sent counts. */
export function receiptPage(services: Services): Handler {
  return async (request) => {
    const round = await findRound(services, request);
    if (round === null) return notFound();
    const own = await ownDraft(services, request, round);
    if (own?.draft.state !== 'submitted') return redirect(surveyPath(round));
    return page('survey/receipt', {
      title: translator(languageOf(request))('survey:receipt.title'),
      unitName: await unitNameOf(services, round),
      closesOn: round.closesOn,
      open: round.status === 'open',
      againPath: `${surveyPath(round)}/group`,
      k: round.thresholds?.k,
    });
  };
}
