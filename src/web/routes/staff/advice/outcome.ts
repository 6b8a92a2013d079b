import type { Request } from 'express';
import { requiredElements, type RequiredElement } from '../../../../advisory/cooperation-programme';
import type { AdviceCycle } from '../../../../advisory/group-advice';
import { isRefusal, type Refusal } from '../../../../shared/errors';
import { BadRequest } from '../../../bad-request';
import { rawForm, rawList, rawText } from '../../../forms/raw';
import { file, notFound, redirect, type Outcome } from '../../../outcome';
import { saveEdit, type StaffEdit } from '../edit';
import type { Staff } from '../signed-in';
import { cycleOf, documentParts, documentRaw, showCycle, type StaffCycle } from './cycles';

/** One step of the outcome along its table; adoption has a day. */
export async function moveOutcome(request: Request, staff: Staff): Promise<Outcome> {
  const subject = await cycleOf(request, staff);
  if (!subject) return notFound();
  const { cycle, services, t } = subject;
  const raw = rawForm(request.body);
  const day = rawText(raw, 'adoptedOn').trim();
  const moved = await services.advisory.groupAdvice.moveOutcome(cycle.id, rawText(raw, 'action'), readDay(day));
  if (!isRefusal(moved)) return redirect(`/staff/advice/groups/${cycle.id}#outcome`);
  const text = t(`advisory:refusals.${moved.refused}`, moved.details);
  const href = moved.details?.['field'] === 'adoptedOn' ? '#adoptedOn' : '#outcome';
  return showCycle(subject, { adoption: { day, error: { text, href } } });
}

/** „17.11.2026” as people write it, or `2026-11-17`; what is neither stays as it is, and is refused. */
function readDay(typed: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})$/.exec(typed) ?? [];
  return year === '' ? typed : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

interface StaffDocument extends StaffCycle {
  readonly file: Upload['file'];
}

interface DocumentInput {
  readonly link: string;
  readonly elements: readonly RequiredElement[];
}

/** Where the document is (attached or linked), and which of the required things it has. */
const documentEdit: StaffEdit<StaffDocument, DocumentInput, AdviceCycle> = {
  stored: ({ cycle, services }) => services.advisory.groupAdvice.get(cycle.id),
  raw: ({ cycle }, stored) => documentRaw((stored ?? cycle).outcome),
  parts: (staff) => documentParts(staff),
  read: (_staff, raw) => ({
    input: {
      link: rawText(raw, 'link'),
      elements: requiredElements.filter((element) => rawList(raw, 'elements').includes(element)),
    },
  }),
  async save({ cycle, file, services }, input, seen) {
    const { groupAdvice, documents } = services.advisory;
    const added = file === null ? null : await documents.add(file.name, file.content);
    if (isRefusal(added)) return added;
    const before = await groupAdvice.get(cycle.id);
    const attached = added === null ? {} : { file: added.id };
    const said = await groupAdvice.describeOutcome(cycle.id, { ...input, ...attached }, seen);
    if (added !== null) {
      // Either the new one was not taken, or the one that it replaces is of no more use.
      const useless = isRefusal(said) ? added.id : (before?.outcome.file ?? null);
      if (useless !== null) await documents.remove(useless);
    }
    return said;
  },
  refused({ t }, { refused, details }) {
    const field = refused === 'link-malformed' ? 'link' : 'file';
    return { field, target: field, text: t(`advisory:refusals.${refused}`, details) };
  },
  done: ({ cycle }) => `/staff/advice/groups/${cycle.id}#document`,
  show(staff, document) {
    const { file, t } = staff;
    if (file === null || document.errors.some(({ field }) => field === 'file')) return showCycle(staff, { document });
    // A browser cannot be given a file back.
    const text = t('advisory:document.chooseAgain', { name: file.name });
    const again = { field: 'file', target: 'file', text };
    return showCycle(staff, { document: { ...document, errors: [...document.errors, again] } });
  },
};

export async function describeOutcome(request: Request, staff: Staff): Promise<Outcome | Refusal> {
  const subject = await cycleOf(request, staff);
  if (!subject) return notFound();
  const { texts, file: uploaded } = await readUpload(request);
  const typed = rawForm(Object.fromEntries(texts));
  return saveEdit(documentEdit, { ...subject, file: uploaded }, request, typed);
}

export async function attachedFile(request: Request, staff: Staff): Promise<Outcome> {
  const found = await cycleOf(request, staff);
  const id = found?.cycle.outcome.file ?? null;
  const document = id === null ? null : await staff.services.advisory.documents.get(id);
  return document ? file(document.name, document.type, Buffer.from(document.content, 'base64')) : notFound();
}

interface Upload {
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** null where none was chosen. */
  readonly file: { readonly name: string; readonly content: Buffer } | null;
}

/** A form with a file, read by Node's own parser. */
async function readUpload(request: Request): Promise<Upload> {
  const texts = new Map<string, string[]>();
  if (!Buffer.isBuffer(request.body)) throw new BadRequest('The form was not sent as multipart/form-data.');
  let form: FormData;
  try {
    const headers = { 'content-type': request.get('content-type') ?? '' };
    // Node marks it for what strangers send without bounds; here signed-in staff send at most 12 MB.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    form = await new Response(new Uint8Array(request.body), { headers }).formData();
  } catch (cause) {
    throw new BadRequest('The form cannot be taken apart.', { cause });
  }
  let found: Upload['file'] = null;
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') texts.set(name, [...(texts.get(name) ?? []), value]);
    else if (value.name !== '') found = { name: value.name, content: Buffer.from(await value.arrayBuffer()) };
  }
  return { texts, file: found };
}
