import type { Request } from 'express';
import { archiveKey, archiveOf, mostInArchive, requestArchive } from '../../../../publishing/editions-archive';
import { currentOf } from '../../../../publishing/services';
import { rawForm, rawList } from '../../../forms/raw';
import { redirect, type Outcome } from '../../../outcome';
import { fileOrWait } from '../../../waiting-file';
import { titleOf } from '../../library/card-view';
import { staffModel, staffPage, type Staff } from '../signed-in';

const path = '/staff/archives/new';

/** Which published reports to put into one archive. */
export function archivePage(_request: Request, staff: Staff): Promise<Outcome> {
  return show(staff, null, null);
}

export async function makeArchive(request: Request, staff: Staff): Promise<Outcome> {
  const { services, language, t } = staff;
  const chosen = rawList(rawForm(request.body), 'edition');
  const shelved = currentOf(await services.publishing.editions.published());
  // One that was withdrawn meanwhile is not on the page any more.
  const editions = shelved.map(({ id }) => id).filter((id) => chosen.includes(id));
  if (editions.length === 0) return show(staff, t('jobs:archive.missing'), chosen);
  if (editions.length > mostInArchive) return show(staff, t('jobs:archive.tooMany', { most: mostInArchive }), chosen);
  const input = { editions, language };
  await requestArchive(services.jobs, input);
  return redirect(`/staff/archives/${archiveKey(input)}.zip?waiting=on`);
}

export async function archiveFile(request: Request, staff: Staff): Promise<Outcome> {
  const { t } = staff;
  const name = String(request.params['archive']);
  const answer = await archiveOf(staff.services.jobs, name.replace(/\.zip$/, ''));
  const back = { href: path, text: t('jobs:archive.title') };
  if (answer === null) {
    const link = { href: path, text: back.text };
    return staffPage(
      staff,
      'errors/message',
      { title: t('jobs:archive.gone'), text: t('jobs:archive.goneText'), link },
      410,
    );
  }
  return fileOrWait(request, answer, {
    title: t('jobs:archive.asked'),
    name: `lijw-${t('jobs:archive.name')}.zip`,
    path: `/staff/archives/${name}`,
    back,
    model: staffModel(staff),
  });
}

/** @param chosen null: all */
async function show(staff: Staff, error: string | null, chosen: readonly string[] | null): Promise<Outcome> {
  const { services, language, t } = staff;
  const shelved = currentOf(await services.publishing.editions.published());
  return staffPage(staff, 'staff/jobs/archive', {
    title: t('jobs:archive.title'),
    errors: error === null ? [] : [{ text: error, href: '#edition-0' }],
    error,
    address: path,
    editions: shelved.map((edition, at) => ({
      field: `edition-${at}`,
      id: edition.id,
      label: titleOf(edition, language),
      checked: chosen === null || chosen.includes(edition.id),
    })),
  });
}
