import type { Request } from 'express';
import type { CooperationProgramme } from '../../../../cooperation/programme';
import type { Refusal } from '../../../../shared/errors';
import { notFound, type Outcome } from '../../../outcome';
import type { Staff, StaffHandler } from '../signed-in';

/** One request about one annual programme. */
export interface StaffProgramme extends Staff {
  readonly programme: CooperationProgramme;
  /** Paths of this programme, to its page where left out. */
  path(rest?: string): string;
}

type ProgrammeHandler = (request: Request, staff: StaffProgramme) => Outcome | Refusal | Promise<Outcome | Refusal>;

/** Finds the programme of `:cooperation`. */
export function withProgramme(handler: ProgrammeHandler): StaffHandler {
  return async (request, staff) => {
    const programme = await staff.services.cooperation.get(String(request.params['cooperation']));
    if (programme === null) return notFound();
    const path = (rest = ''): string => `/staff/cooperation/${programme.id}${rest}`;
    return handler(request, { ...staff, programme, path });
  };
}
