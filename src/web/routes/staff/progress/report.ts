import type { Request } from 'express';
import type { Programme } from '../../../../programme/document/programme';
import { programmeReportModel, requestProgrammeReport } from '../../../../publishing/programme-report';
import type { ProgrammeModel } from '../../../../reports/programme-report/model';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { fileOrWait } from '../../../waiting-file';
import { programmeReportPath, progressPath } from '../../programme/progress-pages';
import { staffModel, staffPage, type Staff } from '../signed-in';

type Handler = (request: Request, staff: Staff, programme: Programme, model: ProgrammeModel) => Promise<Outcome>;

/** Hands the report of the programme that the address names to a handler. */
export function withModel(handler: Handler): (request: Request, staff: Staff) => Promise<Outcome> {
  return async (request, staff) => {
    const { services, language } = staff;
    const programme = services.programmes.get(String(request.params['programme']));
    if (!programme) return notFound();
    const deps = { ...services, editions: services.publishing.editions };
    return handler(request, staff, programme, await programmeReportModel(deps, programme, language));
  };
}

/** The report for the office that pays, as a page that prints well. */
export const programmeReportPage: Handler = async (_request, staff, programme, model) => {
  const { ok } = await staff.services.pdf.available();
  return staffPage(staff, 'staff/programme-report', {
    title: model.title,
    model,
    back: progressPath(programme, 'staff'),
    pdf: ok ? `${programmeReportPath(programme)}/report.pdf` : null,
  });
};

export const programmeReportFile: Handler = async (request, staff, programme, model) => {
  const { services, t } = staff;
  const path = programmeReportPath(programme);
  if (!(await services.pdf.available()).ok) return redirect(path);
  return fileOrWait(request, await requestProgrammeReport(services.jobs, programme, model), {
    title: t('programme:report.heading'),
    name: `lijw-${programme.id}-${t('programme:report.file')}.pdf`,
    path: `${path}/report.pdf`,
    back: { href: path, text: t('programme:report.heading') },
    model: staffModel(staff),
  });
};
