import type { Request } from 'express';
import { draftDocx, type ProgrammeDraft } from '../../../../cooperation/draft-docx';
import { formatDate } from '../../../../locales/formats';
import { translator } from '../../../../locales/translate';
import { dayOf } from '../../../../shared/clock';
import { plainName } from '../../../file-name';
import { file, type Outcome } from '../../../outcome';
import { staffPage } from '../signed-in';
import type { StaffProgramme } from './with-programme';

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The draft to go on with in a word processor. */
export async function draftFile(_request: Request, staff: StaffProgramme): Promise<Outcome> {
  const { programme } = staff;
  const content = await draftDocx(await draftOf(staff));
  return file(
    plainName(['program-wspolpracy', programme.unit.name, String(programme.year)], 'docx'),
    docxType,
    content,
  );
}

export async function printPage(_request: Request, staff: StaffProgramme): Promise<Outcome> {
  const draft = await draftOf(staff);
  const elements = draft.elements.map(({ heading, text }) => ({
    heading,
    paragraphs: text === '' ? [] : text.split(/\n\s*\n/),
  }));
  return staffPage(staff, 'staff/cooperation/print', {
    title: draft.title,
    language: 'pl',
    back: staff.path(),
    draft: { ...draft, elements },
  });
}

/** The programme of a Polish local government is a Polish document, whatever language its writer reads pages in. */
async function draftOf({ programme, services }: StaffProgramme): Promise<ProgrammeDraft> {
  const t = translator('pl');
  const { adoptedOn, id, unit, year } = programme;
  const [elements, consultations] = await Promise.all([
    services.cooperation.elements(id),
    services.cooperation.consultations(id),
  ]);
  const day = (one: string): string => formatDate(one, 'pl', 'short');
  return {
    title: t('cooperation:draft.title', { year }),
    unit: unit.name,
    status:
      adoptedOn === null
        ? t('cooperation:draft.status', { day: formatDate(dayOf(services.clock()), 'pl') })
        : t('cooperation:draft.adopted', { day: formatDate(adoptedOn, 'pl') }),
    blank: t('cooperation:draft.blank'),
    elements: elements.map(({ element, written }) => ({
      heading: t(`cooperation:elements.${element}.name`),
      text: written?.text ?? '',
    })),
    consultations: {
      heading: t('cooperation:draft.consultations'),
      none: t('cooperation:draft.noConsultations'),
      columns: (['when', 'how', 'withWhom', 'received', 'accepted', 'link'] as const).map((name) =>
        t(`cooperation:draft.columns.${name}`),
      ),
      rows: consultations.map(({ from, to, how, withWhom, received, accepted, link }) => [
        from === to ? day(from) : `${day(from)} – ${day(to)}`,
        ...[how, withWhom, String(received), String(accepted), link],
      ]),
    },
  };
}
