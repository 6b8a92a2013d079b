import type { Request } from 'express';
import type { AskedGroup } from '../../../../assessment/asking-plan';
import { groupsAsked } from '../../../../assessment/asking-plan';
import { wayOf } from '../../../../assessment/round';
import { shownCode, type Code } from '../../../../collection/code';
import { mostCodes, type NewSheet, type Sheet } from '../../../../collection/sheets';
import type { PrintedSheet } from '../../../../collection/tickets';
import { inLanguage } from '../../../../definitions/instrument';
import { cardsHtml, cardsOnSheet } from '../../../../handouts/cards';
import { printPaper } from '../../../../handouts/paper';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { readNumber } from '../../../../shared/typed-number';
import { rawForm, rawText } from '../../../forms/raw';
import { plainName } from '../../../file-name';
import { notFound, redirect, type Outcome } from '../../../outcome';
import { siteAddress } from '../../../site-address';
import { printedFile } from '../printed';
import { roundTitle } from '../round-lines';
import { staffPage } from '../signed-in';
import { paperFormOf } from './handouts';
import type { StaffRound } from './with-round';

const kinds = ['cards', 'forms'] as const;
type Kind = (typeof kinds)[number];

/** Most copies of a paper form in one print: each has several pages. */
const mostForms = 60;

/** What was typed wrongly in the form of one group. */
interface Fault {
  readonly group: string;
  readonly kind: Kind;
  readonly typed: string;
  readonly text: string;
}

/** Codes printed so far, by group and sheet; more can be printed here, and failed sheets given up. */
export function cardsPage(request: Request, staff: StaffRound): Promise<Outcome> {
  return show(staff, null, request.query['done'] === 'void');
}

async function show(staff: StaffRound, fault: Fault | null, voided = false): Promise<Outcome> {
  const { language, round, services, t, unit } = staff;
  const { tickets } = services.collection;
  const open = round.status === 'open';
  const sheets = open ? await tickets.sheets(round.id) : [];
  const counts = await tickets.counts(round.id);
  const { ok: pdf } = await services.pdf.available();
  const groups = cardGroups(staff).map(({ code, name, size }) => {
    const own = sheets.filter(({ group }) => group === code);
    const printed = own.filter(({ state }) => state !== 'void').reduce((sum, { count }) => sum + count, 0);
    const left = size === null ? null : Math.max(0, mostCodes(size) - printed);
    return {
      ...{ code, size, printed, left, name: inLanguage(name, language) },
      used: counts[code]?.used ?? 0,
      sheets: own.map((sheet) => sheetLine(staff, sheet)),
      forms: kinds.map((kind) => ({
        kind,
        id: `${kind}-${code}`,
        address: staff.path(`/cards/${encodeURIComponent(code)}`),
        error: fault?.group === code && fault.kind === kind ? fault.text : null,
        value:
          fault?.group === code && fault.kind === kind
            ? fault.typed
            : kind === 'cards' && printed === 0
              ? (size ?? '')
              : '',
      })),
    };
  });
  return staffPage(
    staff,
    'staff/rounds/cards',
    {
      title: t('staff:cards.title'),
      errors: fault === null ? [] : [{ text: fault.text, href: `#${fault.kind}-${fault.group}` }],
      notice: voided ? t('staff:cards.voided') : null,
      ...{ unit, open, pdf, groups },
      roundName: roundTitle(round, staff),
      back: staff.path(),
      planPath: staff.path('/plan'),
    },
    fault === null ? 200 : 422,
  );
}

function sheetLine(staff: StaffRound, { id, number, kind, count, state }: Sheet) {
  const { round, t } = staff;
  return {
    ...{ id, number, count },
    kind: t(`staff:cards.kinds.${kind}`),
    state: t(`staff:cards.states.${state}`),
    voidPath:
      state === 'printed' && round.status === 'open'
        ? staff.path(`/cards/sheets/${encodeURIComponent(id)}/void`)
        : null,
  };
}

/** Makes codes and prints them in this request: they are kept nowhere, and a print that fails voids its sheets. */
export async function printCodes(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const group = cardGroups(staff).find(({ code }) => code === request.params['group']);
  if (group === undefined) return notFound();
  const { round, services, t, unit } = staff;
  const form = rawForm(request.body);
  const kind: Kind = rawText(form, 'kind') === 'forms' ? 'forms' : 'cards';
  const typed = rawText(form, 'count');
  const faulty = (text: string) => show(staff, { group: group.code, kind, typed, text });
  const reading = readNumber(typed);
  const count = 'number' in reading ? reading.number : 0;
  if (!Number.isInteger(count) || count < 1) return faulty(t('staff:cards.countMissing'));
  if (kind === 'forms' && count > mostForms) return faulty(t('staff:cards.tooManyForms', { count: mostForms }));
  const name = plainName(['lijw', unit.name, t(`staff:cards.files.${kind}`), group.name.pl], 'pdf');
  // Nothing is made where nothing could be printed.
  if (!(await services.pdf.available()).ok) return printedFile(staff, { name, back: staff.path('/cards') }, failed);
  const sheets = await services.collection.tickets.print(round.id, group.code, sheetsOf(kind, count));
  if (isRefusal(sheets)) {
    return sheets.refused === 'too-many-codes' || sheets.refused === 'group-size-unknown'
      ? faulty(t(`refusals:${sheets.refused}`, sheets.details))
      : sheets;
  }
  const before = await services.collection.tickets.sheets(round.id);
  const printed = await printedFile(staff, { name, back: staff.path('/cards') }, (print) =>
    kind === 'cards' ? cardsPdf(request, staff, group, sheets, print) : formsPdf(request, staff, group, sheets, print),
  );
  if (printed.kind !== 'file') {
    const numbers = new Set(sheets.map(({ number }) => number));
    const spoilt = before.filter((sheet) => sheet.group === group.code && numbers.has(sheet.number));
    for (const { id } of spoilt) await services.collection.tickets.voidSheet(round.id, id);
  }
  return printed;
}

/** Gives up a sheet that failed to print, while none of its codes was used. */
export async function voidSheet(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { collection } = staff.services;
  const sheet = await collection.tickets.voidSheet(staff.round.id, String(request.params['sheet']));
  return isRefusal(sheet) ? sheet : redirect(staff.path('/cards?done=void'));
}

function cardGroups({ known, round }: StaffRound): readonly AskedGroup[] {
  return groupsAsked(known.instrument, round).filter(({ code }) => wayOf(round, code) === 'cards');
}

/** Cards by the sheet that they are cut from; paper forms as one run. */
function sheetsOf(kind: Kind, count: number): readonly NewSheet[] {
  if (kind === 'forms') return [{ kind, count }];
  const whole = Math.floor(count / cardsOnSheet);
  const rest = count % cardsOnSheet;
  const full = Array.from({ length: whole }, () => ({ kind, count: cardsOnSheet }));
  return rest === 0 ? full : [...full, { kind, count: rest }];
}

type Print = (html: string) => Promise<Buffer>;

function cardsPdf(
  request: Request,
  staff: StaffRound,
  { name }: AskedGroup,
  sheets: readonly PrintedSheet[],
  print: Print,
): Promise<Buffer> {
  const { language, round, unit } = staff;
  return print(
    cardsHtml({
      ...{ language, unitName: unit.name, groupName: name, closesOn: round.closesOn },
      address: surveyAddress(request, staff, '/card').replace(/^https?:\/\//, ''),
      sheets: sheets.map(({ number, codes }) => ({
        number,
        cards: codes.map((code) => ({ code: shownCode(code), link: ticketLink(request, staff, code) })),
      })),
    }),
  );
}

async function formsPdf(
  request: Request,
  staff: StaffRound,
  group: AskedGroup,
  sheets: readonly PrintedSheet[],
  print: Print,
): Promise<Buffer> {
  const codes = sheets.flatMap((sheet) => sheet.codes);
  const copies = codes.map((code) => ({ shown: shownCode(code), link: ticketLink(request, staff, code) }));
  return printPaper(await paperFormOf(request, staff, group, copies), print);
}

function surveyAddress(request: Request, { round, services }: StaffRound, rest: string): string {
  return `${siteAddress(request, services.baseUrl)}/survey/${round.linkCode}${rest}`;
}

function ticketLink(request: Request, staff: StaffRound, code: Code): string {
  return surveyAddress(request, staff, `/ticket/${code}`);
}

function failed(): Promise<never> {
  return Promise.reject(new Error('There is nothing to print.'));
}
