import type { Request } from 'express';
import {
  fileOwnerOfProgramme,
  publishedInput,
  type CooperationProgramme,
  type PublishedInput,
} from '../../../../cooperation/programme';
import { largestFile } from '../../../../files/attached-files';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { rawList } from '../../../forms/raw';
import { schemaField } from '../../../forms/schema-field';
import { readUpload, type UploadedFile } from '../../../forms/upload';
import type { Outcome } from '../../../outcome';
import { formOf } from '../../../view-models/answer-fields';
import { fileFieldRules, fileLine } from '../../../view-models/file-line';
import { fieldParts, saveEdit, showEdit, type Shown, type StaffEdit } from '../edit';
import { asText, errorLinks, fieldError, readForm, shownFields, textOf, type FormError, type StaffForm } from '../form';
import { staffPage } from '../signed-in';
import type { StaffProgramme } from './with-programme';

/** One request with what became of the files that came with it. */
interface StaffPublished extends StaffProgramme {
  readonly fileErrors: readonly FormError[];
}

const form: StaffForm = {
  fields: (['link', 'reportedOn', 'reportLink'] as const).map((name) =>
    schemaField(publishedInput, name, { text: textOf(`cooperation:published.${name}`) }),
  ),
};

const edit: StaffEdit<StaffPublished, PublishedInput, CooperationProgramme> = {
  stored: ({ programme, services }) => services.cooperation.get(programme.id),
  raw({ language, programme }, stored) {
    const { link, reportedOn, reportLink } = stored ?? programme;
    return formOf(form.fields, { link, reportLink, ...(reportedOn === null ? {} : { reportedOn }) }, language);
  },
  parts: (staff) => fieldParts(form, staff),
  read(staff, raw) {
    const { values, errors } = readForm(form, raw, staff.language);
    const all = [...errors, ...staff.fileErrors];
    if (all.length > 0) return { errors: all };
    const reportedOn = asText(values['reportedOn']);
    return {
      input: {
        ...{ link: asText(values['link']), reportLink: asText(values['reportLink']) },
        reportedOn: reportedOn === '' ? null : reportedOn,
      },
    };
  },
  save: ({ programme, services }, input, seen) => services.cooperation.publish(programme.id, input, seen),
  refused(staff, { refused, details }) {
    return fieldError(form, String(details?.['field'] ?? 'link'), staff.t(`cooperation:refusals.${refused}`, details));
  },
  done: (staff) => staff.path('#documents'),
  show,
};

export function publishedPage(_request: Request, staff: StaffProgramme): Promise<Outcome> {
  return showEdit(edit, { ...staff, fileErrors: [] });
}

/** Files are kept whatever becomes of the fields beside them: a browser cannot be given a file back. */
export async function savePublished(request: Request, staff: StaffProgramme): Promise<Outcome | Refusal> {
  const { programme, services } = staff;
  const owner = fileOwnerOfProgramme(programme.id);
  const { files, raw, tooLarge } = await readUpload(request, { file: largestFile, text: 20_000, files: 10 });
  for (const id of rawList(raw, 'removed')) await services.files.remove(owner, id);
  const fileErrors: FormError[] = [];
  for (const file of files) fileErrors.push(...(await attach(staff, owner, file)));
  if (tooLarge && fileErrors.length === 0) {
    fileErrors.push({ field: 'files', target: 'files', text: staff.t('files:refusals.incomplete', { most: 10 }) });
  }
  return saveEdit(edit, { ...staff, fileErrors }, request, raw);
}

async function attach(
  { member, services, t }: StaffProgramme,
  owner: string,
  file: UploadedFile,
): Promise<FormError[]> {
  const kept = file.tooLarge
    ? { refused: 'file-too-large', details: { name: file.name, megabytes: largestFile / 1_000_000 } }
    : await services.files.attach(owner, file, member.user);
  if (!isRefusal(kept)) return [];
  return [{ field: 'files', target: 'files', text: t(`files:refusals.${kept.refused}`, kept.details) }];
}

async function show(staff: StaffPublished, { raw, errors, edit: state, status }: Shown): Promise<Outcome> {
  const { language, programme, services, t } = staff;
  const files = await services.files.ofOwner(fileOwnerOfProgramme(programme.id));
  const model = {
    title: t('cooperation:published.title'),
    errors: errorLinks(errors),
    programme,
    programmeTitle: t('cooperation:title', { year: programme.year }),
    address: staff.path('/published'),
    back: staff.path('#documents'),
    edit: state,
    fields: shownFields(form, raw, language, errors),
    files: {
      ...fileFieldRules,
      ...{ id: 'files', name: 'files', removeName: 'removed' },
      error: errors.filter(({ field }) => field === 'files').map(({ text }) => text).join(' '), // prettier-ignore
      attached: files.map((file) => fileLine(file, language, staff.path(`/files/${file.id}`))),
    },
  };
  return staffPage(staff, 'staff/cooperation/published', model, status);
}
