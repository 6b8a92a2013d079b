import type { Request } from 'express';
import { groupsAsked } from '../../../../../assessment/asking-plan';
import { wayOf } from '../../../../../assessment/round';
import type { LookedList } from '../../../../../collection/invitations/invitations';
import type { ListFault } from '../../../../../collection/invitations/list/check-list';
import { largestListFile, listTextOf, longestList } from '../../../../../collection/invitations/list/list-text';
import type { SharedAddress } from '../../../../../collection/invitations/list/new-invitations';
import { inLanguage } from '../../../../../definitions/instrument';
import { formatList } from '../../../../../locales/formats';
import { isRefusal, type Refusal } from '../../../../../shared/errors';
import { rawForm, rawList, rawText, type RawForm } from '../../../../forms/raw';
import { readUpload } from '../../../../forms/upload';
import { redirect, type Outcome } from '../../../../outcome';
import { roundTitle } from '../../round-lines';
import { staffPage } from '../../signed-in';
import type { StaffRound } from '../with-round';

/** Faults that are listed; more help nobody before these are mended. */
const shownFaults = 50;
/** First lines that are shown as they were read. */
const shownSamples = 5;

/** What a form said of a list. */
interface TypedList {
  readonly text: string;
  /** '' for a list that names everybody's group. */
  readonly usual: string;
  /** Addresses that several people share; null before anybody was asked. */
  readonly several: ReadonlySet<string> | null;
  readonly readAs: string | null;
}

export function importPage(_request: Request, staff: StaffRound): Outcome {
  return canImport(staff) ? showImport(staff, '', '', null) : redirect(staff.path('/invitations'));
}

/** Checks a list that was pasted, read from a file, or mended on the page before. Stores nothing. */
export async function previewList(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { raw, file, tooLarge } = await readUpload(request, { file: largestListFile, text: 2 * longestList });
  const [text, usual] = [rawText(raw, 'list'), usualGroup(staff, raw)];
  if (tooLarge) return showImport(staff, '', usual, 'list-file-too-large', file === null ? 'list' : 'file');
  if (file === null && text.trim() === '') return showImport(staff, text, usual, null, 'list');
  const read = file === null ? { text, readAs: null } : await listTextOf(file);
  if (isRefusal(read)) return showImport(staff, text, usual, read, 'file');
  return showPreview(staff, { ...read, usual, several: severalIn(raw) });
}

export async function addInvitations(request: Request, staff: StaffRound): Promise<Outcome | Refusal> {
  const { known, round, services } = staff;
  const raw = rawForm(request.body);
  const several = severalIn(raw);
  const list = { text: rawText(raw, 'list'), usual: usualGroup(staff, raw), several, readAs: null };
  if (rawText(raw, 'action') === 'check') return showPreview(staff, list);
  const added = await services.collection.invitations.invitations.add(
    known.instrument,
    round,
    givenList(list),
    rawText(raw, 'seen'),
  );
  if (!isRefusal(added)) return redirect(staff.path(`/invitations?done=added&count=${added.added}`));
  return added.refused === 'list-changed' ? showPreview(staff, list, true) : showPreview(staff, list);
}

function canImport({ round, services }: StaffRound): boolean {
  return round.status === 'open' && services.mail.post !== null;
}

function severalIn(raw: RawForm): ReadonlySet<string> | null {
  return rawText(raw, 'asked') === '' ? null : new Set(rawList(raw, 'several'));
}

function givenList({ text, usual, several }: TypedList) {
  return {
    text,
    usual: usual === '' ? null : usual,
    // Before anybody was asked, different names speak for different people.
    several: ({ address, namesDiffer }: SharedAddress) => several?.has(address) ?? namesDiffer,
  };
}

function invitedGroups({ known, language, round }: StaffRound) {
  return groupsAsked(known.instrument, round)
    .filter(({ code }) => wayOf(round, code) === 'invitations')
    .map(({ code, name }) => ({ code, name: inLanguage(name, language) }));
}

function usualGroup(staff: StaffRound, raw: RawForm): string {
  const typed = rawText(raw, 'usual');
  return invitedGroups(staff).some(({ code }) => code === typed) ? typed : '';
}

function groupChoices(staff: StaffRound, usual: string) {
  return invitedGroups(staff).map((group) => ({ ...group, selected: group.code === usual }));
}

function showImport(
  staff: StaffRound,
  text: string,
  usual: string,
  refused: Refusal | 'list-file-too-large' | null,
  field?: 'list' | 'file',
): Outcome {
  const { round, t, unit } = staff;
  const [code, details] = typeof refused === 'string' || refused === null ? [refused, {}] : [refused.refused, refused.details]; // prettier-ignore
  const words = code === null ? t('invitations:import.none') : t(`invitations:refusals.${code}`, details);
  const error = field === undefined ? null : words;
  const groups = groupChoices(staff, usual);
  return staffPage(staff, 'staff/rounds/invitations/import', {
    title: t('invitations:import.title'),
    errors: error === null ? [] : [{ text: error, href: `#${field ?? 'list'}` }],
    address: staff.path('/invitations/import'),
    back: staff.path('/invitations'),
    roundName: roundTitle(round, staff),
    ...{ unit, groups, typed: text },
    example: groups.map(({ name }, index) => `osoba${index + 1}@example.org; ${name}`).slice(0, 2),
    listError: field === 'list' ? error : null,
    fileError: field === 'file' ? error : null,
  });
}

async function showPreview(staff: StaffRound, list: TypedList, changed = false): Promise<Outcome | Refusal> {
  const { known, language, round, services, t, unit } = staff;
  const { invitations } = services.collection.invitations;
  const looked = await invitations.look(known.instrument, round, givenList(list));
  if (isRefusal(looked)) {
    const isOfList = looked.refused.startsWith('list-');
    return isOfList ? showImport(staff, list.text, list.usual, looked, 'list') : looked;
  }
  const { faults, invite, already, header } = looked;
  const names = new Map(groupsAsked(known.instrument, round).map((one) => [one.code, inLanguage(one.name, language)]));
  const nameOf = (code: string): string => names.get(code) ?? code;
  const { several } = givenList(list);
  return staffPage(
    staff,
    'staff/rounds/invitations/preview',
    {
      title: t('invitations:preview.title'),
      address: staff.path('/invitations/import'),
      action: staff.path('/invitations/add'),
      back: staff.path('/invitations/import'),
      roundName: roundTitle(round, staff),
      ...{ unit, header, changed, already },
      readAs: readAsWords(staff, list.readAs),
      faultCount: faults.length,
      faults: faults.slice(0, shownFaults).map((fault) => faultWords(staff, fault, nameOf)),
      moreFaults: Math.max(0, faults.length - shownFaults),
      shared: looked.shared.map((one) => ({
        address: one.address,
        id: `several-${one.address}`,
        checked: several(one),
        lines: linesWords(staff, one, nameOf),
        invited: one.invited.length === 0 ? null : formatList(one.invited.map(nameOf), language),
      })),
      byGroup: byGroup(looked, nameOf),
      samples: looked.people
        .slice(0, shownSamples)
        .map(({ line, address, group }) => ({ line, address, group: nameOf(group) })),
      ...{ count: invite.length, seen: looked.mark },
      mayStore: invite.length > 0 || looked.shared.length > 0,
      groups: groupChoices(staff, list.usual),
      usual: list.usual,
      typed: list.text,
    },
    changed ? 409 : 200,
  );
}

function byGroup({ invite }: LookedList, nameOf: (code: string) => string) {
  const groups = [...new Set(invite.map(({ group }) => group))];
  return groups.map((group) => ({
    name: nameOf(group),
    count: invite.filter((one) => one.group === group).length,
  }));
}

function linesWords({ language }: StaffRound, { people }: SharedAddress, nameOf: (code: string) => string): string {
  return formatList(
    people.map(({ line, name, group }) => `${line} (${[name, nameOf(group)].filter(Boolean).join(', ')})`),
    language,
  );
}

function faultWords({ t }: StaffRound, { code, group, line, value }: ListFault, nameOf: (code: string) => string) {
  const key = code === 'group-unknown' && group !== null ? 'group-unknown-meant' : code;
  return {
    line: t('invitations:preview.line', { line }),
    text: t(`invitations:faults.${key}`, { value, meant: group === null ? '' : nameOf(group) }),
  };
}

function readAsWords({ t }: StaffRound, readAs: string | null): string | null {
  if (readAs === null) return null;
  return readAs === 'XLSX' ? t('invitations:preview.readAsSheet') : t('invitations:preview.readAs', { kind: readAs });
}
