import type { Request } from 'express';
import { requiredElements, type OutcomeAction } from '../../../../advisory/cooperation-programme';
import { isRefusal } from '../../../../shared/errors';
import { BadRequest } from '../../../bad-request';
import { rawForm, rawText } from '../../../forms/raw';
import { file, notFound, redirect, type Outcome } from '../../../outcome';
import type { Staff } from '../signed-in';
import { cycleOf, showCycle } from './cycles';

/** One step of the outcome along its table; adoption has a day. */
export async function moveOutcome(request: Request, staff: Staff): Promise<Outcome> {
  const found = await cycleOf(request, staff);
  if (!found) return notFound();
  const raw = rawForm(request.body);
  const day = rawText(raw, 'adoptedOn').trim();
  const action = rawText(raw, 'action') as OutcomeAction;
  const moved = await staff.services.advisory.groupAdvice.moveOutcome(found.cycle.id, action, readDay(day));
  if (!isRefusal(moved)) return redirect(`/staff/advice/groups/${found.cycle.id}#outcome`);
  const text = staff.t(`advisory:refusals.${moved.refused}`, moved.details);
  const href = action === 'adopt' ? '#adoptedOn' : '#outcome';
  const cycle = (await staff.services.advisory.groupAdvice.get(found.cycle.id)) ?? found.cycle;
  return showCycle(staff, cycle, found.programme, null, null, { day, errors: [{ text, href }] });
}

/** „17.11.2026” as people write it, or `2026-11-17`; what is neither stays as it is, and is refused. */
function readDay(typed: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})$/.exec(typed) ?? [];
  return year === '' ? typed : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Where the document is (attached or linked), and which of the required things it has. */
export async function describeOutcome(request: Request, staff: Staff): Promise<Outcome> {
  const found = await cycleOf(request, staff);
  if (!found) return notFound();
  const { groupAdvice, documents } = staff.services.advisory;
  const form = await readUpload(request);
  const link = form.texts.get('link')?.[0] ?? '';
  const chosen = form.texts.get('elements') ?? [];
  const elements = requiredElements.filter((one) => chosen.includes(one));
  const again = async (refused: string, details: Readonly<Record<string, unknown>> | undefined, href: string) => {
    const text = staff.t(`advisory:refusals.${refused}`, details);
    const cycle = (await groupAdvice.get(found.cycle.id)) ?? found.cycle;
    return showCycle(staff, cycle, found.programme, null, { link, elements, errors: [{ text, href }] });
  };

  const added = form.file === null ? null : await documents.add(form.file.name, form.file.content);
  if (isRefusal(added)) return again(added.refused, added.details, '#file');
  const seen = Number(form.texts.get('revision')?.[0]);
  const said = await groupAdvice.describeOutcome(
    found.cycle.id,
    { link, elements, ...(added === null ? {} : { file: added.id }) },
    seen,
  );
  if (isRefusal(said)) {
    if (added !== null) await documents.remove(added.id);
    return again(said.refused, said.details, said.refused === 'link-malformed' ? '#link' : '#document');
  }
  // The one that it replaces is of no more use.
  if (added !== null && found.cycle.outcome.file !== null) await documents.remove(found.cycle.outcome.file);
  return redirect(`/staff/advice/groups/${found.cycle.id}#document`);
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
