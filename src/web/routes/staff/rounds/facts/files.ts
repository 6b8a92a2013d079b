import type { Request } from 'express';
import { fileOwnerOfFact } from '../../../../../assessment/fact-confirmations';
import { notFound, type Outcome } from '../../../../outcome';
import { attachedFile } from '../../../../attached-file';
import type { StaffRound } from '../with-round';

/** A file of one fact of this round. */
export async function factFile(request: Request, { round, services }: StaffRound): Promise<Outcome> {
  const owner = fileOwnerOfFact(round.id, String(request.params['fact']));
  const file = await services.files.get(owner, String(request.params['file']));
  return file === null ? notFound() : attachedFile(services.files, file);
}
