import type { Request } from 'express';
import { fileOwnerOfProgramme } from '../../../../cooperation/programme';
import { programmeMoves } from '../../../../cooperation/programme-status';
import { formatDate } from '../../../../locales/formats';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { movesOf } from '../../../../shared/moves';
import { attachedFile } from '../../../attached-file';
import { rawForm, rawText } from '../../../forms/raw';
import { readDay } from '../../../forms/typed-day';
import { notFound, redirect, type ErrorLink, type Outcome } from '../../../outcome';
import { fileLine } from '../../../view-models/file-line';
import { staffPage } from '../signed-in';
import { changedSince } from './recommendations';
import { namesOf, whoWhen } from '../who-when';
import { latenessWords } from './words';
import type { StaffProgramme } from './with-programme';

export function programmePage(_request: Request, staff: StaffProgramme): Promise<Outcome> {
  return show(staff, null);
}

async function show(
  staff: StaffProgramme,
  adoption: { readonly day: string; readonly error: ErrorLink } | null,
): Promise<Outcome> {
  const { language, programme, services, t } = staff;
  const { cooperation } = services;
  const [elements, consultations, files] = await Promise.all([
    cooperation.elements(programme.id),
    cooperation.consultations(programme.id),
    services.files.ofOwner(fileOwnerOfProgramme(programme.id)),
  ]);
  const ready = elements.filter(({ state }) => state === 'ready').length;
  const changed = await changedSince(staff, elements);
  const nameOf = await namesOf(
    staff,
    elements.flatMap(({ written }) => written?.by ?? []),
  );
  const { warnings, adoptionDay, reportDay } = latenessWords(staff, programme);
  const adoptedEarly = programme.state === 'adopted' && ready < elements.length;
  return staffPage(staff, 'staff/cooperation/programme', {
    title: t('cooperation:title', { year: programme.year }),
    errors: adoption ? [adoption.error] : [],
    address: staff.path(),
    programme,
    ready,
    all: elements.length,
    warnings: [
      ...warnings,
      ...(adoptedEarly ? [t('cooperation:late.elements', { count: elements.length - ready })] : []),
    ],
    adoptionDay,
    reportDay,
    adoptedOn: programme.adoptedOn === null ? null : formatDate(programme.adoptedOn, language),
    reportedOn: programme.reportedOn === null ? null : formatDate(programme.reportedOn, language),
    moves: movesOf(programmeMoves, programme.state, 'staff').map(({ action, to }) => ({
      action,
      needsDay: to === 'adopted',
    })),
    typedDay: adoption?.day ?? '',
    dayError: adoption?.error.text,
    elements: elements.map(({ element, state, written }) => ({
      element,
      state,
      href: staff.path(`/elements/${element}`),
      who: written === null ? null : whoWhen(staff, nameOf(written.by), written.at),
      changed: changed.get(element) ?? 0,
    })),
    consultations: consultations.map(({ id, from, to, ...rest }) => ({
      ...rest,
      href: staff.path(`/consultations/${id}`),
      days: from === to ? formatDate(from, language) : `${formatDate(from, language)} – ${formatDate(to, language)}`,
    })),
    files: files.map((file) => fileLine(file, language, staff.path(`/files/${file.id}`))),
  });
}

/** One step along the table; adoption has a day. */
export async function moveProgramme(request: Request, staff: StaffProgramme): Promise<Outcome | Refusal> {
  const raw = rawForm(request.body);
  const day = rawText(raw, 'adoptedOn').trim();
  const moved = await staff.services.cooperation.move(staff.programme.id, rawText(raw, 'action'), readDay(day));
  if (!isRefusal(moved)) return redirect(staff.path('#state'));
  const text = staff.t(`cooperation:refusals.${moved.refused}`, moved.details);
  return show(staff, {
    day,
    error: { text, href: moved.details?.['field'] === 'adoptedOn' ? '#adoptedOn' : '#state' },
  });
}

export async function programmeFile(request: Request, { programme, services }: StaffProgramme): Promise<Outcome> {
  const file = await services.files.get(fileOwnerOfProgramme(programme.id), String(request.params['file']));
  return file === null ? notFound() : attachedFile(services.files, file);
}
