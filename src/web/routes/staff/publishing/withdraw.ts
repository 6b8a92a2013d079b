import type { Request } from 'express';
import { longestWithdrawalReason, type PublishedEdition } from '../../../../publishing/services';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawForm, type RawForm } from '../../../forms/raw';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { editionWords } from '../../library/edition-page';
import { titleOf } from '../../library/card-view';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type FormError, type StaffForm } from '../form';
import { staffPage, type Staff } from '../signed-in';
import { publishPath, withdrawPath } from './publish';

const form: StaffForm = {
  fields: [
    {
      type: 'long-text',
      code: 'why',
      text: textOf('publishing:withdrawal.why'),
      hint: textOf('publishing:withdrawal.whyHint'),
      maxLength: longestWithdrawalReason,
    },
  ],
  required: { why: 'publishing:withdrawal.missing' },
};

export async function withdrawalPage(request: Request, staff: Staff): Promise<Outcome> {
  const edition = await find(request, staff);
  if (edition === null) return notFound();
  return edition.state === 'published' ? show(staff, edition, {}, []) : redirect(backOf(edition));
}

export async function withdrawEdition(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const edition = await find(request, staff);
  if (edition === null) return notFound();
  const raw = rawForm(request.body);
  const { values, errors } = readForm(form, raw, staff.language);
  if (errors.length > 0) return show(staff, edition, raw, errors);
  const done = await staff.services.publishing.editions.withdraw(edition.id, asText(values['why']));
  // Somebody else has withdrawn it: what was wanted is done.
  if (!isRefusal(done) || done.refused === 'edition-withdrawn') return redirect(`${backOf(edition)}?done=withdrawn`);
  if (done.refused === 'edition-unknown') return done;
  return show(staff, edition, raw, [fieldError(form, 'why', staff.t(`refusals:${done.refused}`, done.details))]);
}

function find(request: Request, { services }: Staff): Promise<PublishedEdition | null> {
  const { shelf, report, number } = request.params;
  return services.publishing.editions.get(String(shelf), String(report), Number(number));
}

/** The page of publishing that the edition came from. */
function backOf({ reportId }: PublishedEdition): string {
  const [kind, id = ''] = reportId.split(':');
  return publishPath({ kind: kind === 'round' ? 'round' : 'comparison', id });
}

function show(staff: Staff, edition: PublishedEdition, raw: RawForm, errors: readonly FormError[]): Outcome {
  const { language, t } = staff;
  return staffPage(staff, 'staff/publishing/withdraw', {
    title: t('publishing:withdrawal.title'),
    errors: errorLinks(errors),
    report: `${titleOf(edition, language)}. ${editionWords(edition, language)}`,
    why: shownFields(form, raw, language, errors)['why'],
    back: backOf(edition),
    address: withdrawPath(edition),
  });
}
