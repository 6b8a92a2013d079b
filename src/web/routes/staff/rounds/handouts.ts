import type { Request } from 'express';
import { fewestIn, groupsAsked, type AskedGroup } from '../../../../assessment/asking-plan';
import { posterHtml } from '../../../../handouts/poster';
import { printPaper, type PaperForm } from '../../../../handouts/paper';
import { notFound, type Outcome } from '../../../outcome';
import { siteAddress } from '../../../site-address';
import { roundClause } from '../../../view-models/round-clause';
import { plainName } from '../../../file-name';
import { printedFile } from '../printed';
import type { StaffRound } from './with-round';

/** A poster for one group, or for all that answer by the link. */
export async function posterFile(request: Request, staff: StaffRound): Promise<Outcome> {
  const asked = request.params['group'];
  const group = asked === undefined ? null : groupOf(staff, asked);
  if (group === undefined) return notFound();
  const { known, language, round, t, unit } = staff;
  const name = plainName(['lijw', unit.name, t('staff:printed.poster'), ...(group ? [group.name.pl] : [])], 'pdf');
  return printedFile(staff, { name, back: staff.path('/plan') }, (print) =>
    print(
      posterHtml({
        ...{ language, unitName: unit.name, groupName: group?.name ?? null, closesOn: round.closesOn },
        minutes: known.instrument.forms[round.form]?.minutes ?? 0,
        k: fewestIn(known.instrument, round),
        address: openLink(request, staff),
        logos: staff.services.logos,
      }),
    ),
  );
}

/** The blank form of one group: copied as often as it is needed. */
export async function blankPaperFile(request: Request, staff: StaffRound): Promise<Outcome> {
  const group = groupOf(staff, request.params['group']);
  if (group === undefined) return notFound();
  const { t, unit } = staff;
  const name = plainName(['lijw', unit.name, t('staff:printed.paper'), group.name.pl], 'pdf');
  const form = await paperFormOf(request, staff, group, null);
  return printedFile(staff, { name, back: staff.path('/plan') }, (print) => printPaper(form, print));
}

/** @param codes of the copies; null for the blank form */
export async function paperFormOf(
  request: Request,
  staff: StaffRound,
  group: AskedGroup,
  codes: PaperForm['codes'],
): Promise<PaperForm> {
  const { language, round, services, unit } = staff;
  const questionnaire = await services.collection.questionnaires.expected(round, staff.known.instrument);
  // A blank form cannot be told from a copy of it, as the open link cannot.
  const ways = [codes === null ? 'link' : 'cards', 'paper'] as const;
  return {
    instrument: questionnaire.instrument,
    context: questionnaire.contextOf(group.code),
    ...{ language, unitName: unit.name, groupName: group.name, closesOn: round.closesOn, codes },
    address: codes === null ? openLink(request, staff) : openLink(request, staff, '/card'),
    clause: (await roundClause(services, round, staff.known.instrument, ways, language)).parts,
  };
}

export function groupOf({ known, round }: StaffRound, code: unknown): AskedGroup | undefined {
  return groupsAsked(known.instrument, round).find((group) => group.code === code);
}

function openLink(request: Request, { round, services }: StaffRound, rest = ''): PaperForm['address'] {
  const link = `${siteAddress(request, services.baseUrl)}/survey/${round.linkCode}${rest}`;
  return { shown: link.replace(/^https?:\/\//, ''), link };
}
